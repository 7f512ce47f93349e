"""What is asked of papers."""

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

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
    rows = Template.objects.filter(body=body, in_use=True)
    return {(row.kind, row.language): row for row in rows}


def editions(body: Body, kind: PaperKind, language: str) -> list[Template]:
    """Every edition of a body's template, the newest first; one query."""
    return list(
        Template.objects.filter(body=body, kind=kind, language=language)
        .select_related("file", "uploaded_by")
        .defer("file__content")
    )


def journal(
    bodies: Q,
    *,
    direction: str | None = None,
    kind: str | None = None,
    year: int | None = None,
    body: str | None = None,
    before: int | None = None,
) -> QuerySet[Document]:
    """The papers of bodies that one keeps, newest first; `before`: those older than this one."""
    found = Document.objects.filter(body__in=Body.objects.filter(bodies)).select_related("body")
    for name, asked in (
        ("direction", direction),
        ("kind", kind),
        ("body__slug", body),
        ("year", year),
    ):
        if asked:
            found = found.filter(**{name: asked})
    return found.filter(pk__lt=before) if before else found


def registering(bodies: Q, order: str) -> QuerySet[Body]:
    """The bodies among these that have registered a paper."""
    papers = Document.objects.filter(body=OuterRef("pk"))
    return Body.objects.filter(bodies).filter(Exists(papers)).order_by(order, "pk")


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
        .order_by("pk")
    )


def indexes(body: Body) -> list[FileIndex]:
    return list(FileIndex.objects.filter(body=body))


def rounds(bodies: Q, own: Q, before: int | None = None) -> QuerySet[Round]:
    """Approvals that one keeps or is asked in, newest first; `before`: those older than this."""
    keeps = Q(body__in=Body.objects.filter(bodies))
    asking = Consent.objects.filter(round=OuterRef("pk"), body__in=Body.objects.filter(own))
    found = Round.objects.filter(keeps | Q(Exists(asking)))
    if before:
        found = found.filter(pk__lt=before)
    waiting = Count("consents", filter=Q(consents__verdict=Verdict.WAITING))
    return found.select_related("body").annotate(waiting=waiting).order_by("-pk")


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
        .select_related("follows", "followed")
        .defer("file__content")
        .prefetch_related(Prefetch("consents", consents))
        .first()
    )


def waiting(own: Q) -> list[Consent]:
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
