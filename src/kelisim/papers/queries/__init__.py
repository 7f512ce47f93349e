"""What is asked of papers."""

from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet

from kelisim.bodies.models import Body
from kelisim.papers.models import (
    Attached,
    Consent,
    Document,
    FileIndex,
    Round,
    Template,
)
from kelisim.papers.states import PaperKind, RoundState, Verdict

PAGE = 50


def template_of(body_id: int, kind: PaperKind, language: str) -> bytes | None:
    """The template that a body uses in place of the shipped form; one query."""
    used = (
        Template.objects.filter(body=body_id, kind=kind, language=language, in_use=True)
        .select_related("file")
        .first()
    )
    return bytes(used.file.content) if used else None


def templates(body: Body) -> dict[tuple[str, str], Template]:
    """What a body uses of its own, by kind and language; one query."""
    rows = Template.objects.filter(body=body, in_use=True).defer()
    return {(row.kind, row.language): row for row in rows}


def journal(
    bodies: Q, *, direction: str = "", kind: str = "", year: int | None = None, body: str = ""
) -> QuerySet[Document]:
    """The papers of bodies that one keeps, newest first."""
    found = Document.objects.filter(body__in=Body.objects.filter(bodies)).select_related("body")
    for name, asked in (("direction", direction), ("kind", kind), ("body__slug", body)):
        if asked:
            found = found.filter(**{name: asked})
    return found.filter(year=year) if year else found


def document(pk: int) -> Document | None:
    """A paper with its files, not their contents; two queries."""
    attached = Attached.objects.select_related("file").defer("file__content")
    return (
        Document.objects.filter(pk=pk)
        .select_related("body__kind", "body__unit__parent", "body__parent", "index", "resolved_by")
        .prefetch_related(Prefetch("attached", attached))
        .first()
    )


def about(kind: str, ref: str) -> list[Document]:
    """The papers that a room above had registered about something; two queries."""
    attached = Attached.objects.select_related("file").defer("file__content")
    return list(
        Document.objects.filter(about_kind=kind, about_ref=ref)
        .prefetch_related(Prefetch("attached", attached))
        .order_by("registered_at")
    )


def indexes(body: Body) -> list[FileIndex]:
    return list(FileIndex.objects.filter(body=body))


def rounds(bodies: Q, own: Q) -> QuerySet[Round]:
    """Approvals that one keeps or is asked in, newest first."""
    keeps = Q(body__in=Body.objects.filter(bodies))
    asked = Q(consents__body__in=Body.objects.filter(own))
    waiting = Count("consents", filter=Q(consents__verdict=Verdict.WAITING), distinct=True)
    return (
        Round.objects.filter(keeps | asked)
        .select_related("body")
        .annotate(waiting=waiting)
        .distinct()
        .order_by("-begun_at", "-pk")
    )


def round_of(pk: int) -> Round | None:
    """An approval with what each said; three queries."""
    consents = (
        Consent.objects.select_related("body__kind", "body__unit__parent", "body__parent", "by")
        .prefetch_related("disagreements")
        .order_by("pk")
    )
    return (
        Round.objects.filter(pk=pk)
        .select_related("body__kind", "body__unit__parent", "body__parent", "file")
        .defer("file__content")
        .prefetch_related(Prefetch("consents", consents))
        .first()
    )


def waiting(own: Q, on: date) -> list[Consent]:  # noqa: ARG001  (the day is the desk's)
    """What waits for the word of one's bodies; one query."""
    return list(
        Consent.objects.filter(
            body__in=Body.objects.filter(own),
            verdict=Verdict.WAITING,
            round__state=RoundState.OPEN,
        )
        .select_related("round__body", "body")
        .order_by("round__due_on", "pk")
    )
