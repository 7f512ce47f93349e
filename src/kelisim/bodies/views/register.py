"""The register on the desk: lists, one record, verified, corrected, accredited, reported."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kelisim.bodies import rights
from kelisim.bodies.actions import accreditation, record, verification, yearly
from kelisim.bodies.forms import record as record_forms
from kelisim.bodies.forms import register as forms
from kelisim.bodies.models import Accreditation, Association, Body, Yearly
from kelisim.bodies.queries import choices, office
from kelisim.bodies.queries.showing import dictionary, shown
from kelisim.bodies.queries.yearly import expected
from kelisim.bodies.states import YearlyKind
from kelisim.bodies.trees.record import plain
from kelisim.bodies.views.access import (
    PersonRequest,
    done,
    page_asked,
    signed_in,
    tongue,
    with_right,
)

HERE = {"section": "desk", "place": "register"}


def page(request: PersonRequest, name: str, **facts: Any) -> HttpResponse:
    status = 422 if getattr(facts.get("form"), "errors", None) else 200
    shown = {**HERE, "may": may(request), **facts}
    return TemplateResponse(request, f"bodies/desk/{name}.html", shown, status=status)


def may(request: PersonRequest, body: Body | None = None) -> dict[str, bool]:
    """What the person may do to a record (None: anywhere), for the template. No query."""
    keys = ("register", "verify", "accredit", "merge", "import", "propose", "hand_in")
    return {key: request.held.may(f"bodies.{key}", body) for key in keys}


def seen(request: PersonRequest, slug: str, right: str = rights.SEE_OFFICE) -> Association:
    """A record over which somebody holds a right; 404, or 403."""
    association = office.one(slug)
    if association is None:
        raise Http404(slug)
    if not request.held.may(right, association.body):
        raise PermissionDenied
    return association


@signed_in
def listing(request: PersonRequest) -> HttpResponse:
    """The records that I look after, or speak for."""
    on, language = timezone.localdate(), tongue()
    regions = choices.region_names(on, language)
    form = forms.Looking(request.GET, regions=regions.items())
    found = office.listing(request.held, form.asked(), on, language)
    part = Paginator(found, office.PAGE).get_page(page_asked(request))
    rows = list(part.object_list)
    known = office.standings([row.pk for row in rows], on)
    query = request.GET.copy()
    query.pop("page", None)
    return page(
        request,
        "register",
        looking=form,
        page=part,
        rows=[(row, known[row.pk], region_of(row, regions)) for row in rows],
        query=query.urlencode(),
        today=on,
    )


def region_of(row: Association, regions: dict[str, str]) -> str:
    unit = row.body.unit
    return regions.get((unit.parent or unit).kato, "") if unit else _("the whole country")


@with_right(rights.VERIFY)
def due(request: PersonRequest) -> HttpResponse:
    """What is due to be verified again, by territory."""
    on, language = timezone.localdate(), tongue()
    regions = choices.region_names(on, language)
    rows = [
        (row, regions.get(row.region, "") or _("the whole country"))
        for row in office.due_by_region(request.held, on)
    ]
    return page(request, "due", rows=rows)


@signed_in
def one(request: PersonRequest, slug: str) -> HttpResponse:
    """A record as the office and its own people see it."""
    return record_page(request, seen(request, slug))


def record_page(
    request: PersonRequest, association: Association, form: forms.Verifying | None = None
) -> HttpResponse:
    on, language = timezone.localdate(), tongue()
    found = office.whole(association, on)
    by = dictionary([plain(found.facts)], on, language)
    return page(
        request,
        "record",
        association=association,
        body=association.body,
        whole=found,
        rows=[(line, shown(line.values, by)) for line in found.lines],
        open=[one for one in found.proposals if one.state == "proposed"],
        form=form or verifying(request, found),
        may=may(request, association.body),
        today=on,
    )


def verifying(request: PersonRequest, found: office.Whole) -> forms.Verifying:
    facts = [(line.key, line.words) for line in found.lines if line.open]
    return forms.Verifying(request.POST or None, facts=facts)


@require_POST
@signed_in
def verify(request: PersonRequest, slug: str) -> HttpResponse:
    """Verify the facts that are marked."""
    association = seen(request, slug, rights.VERIFY)
    form = verifying(request, office.whole(association, timezone.localdate()))
    if form.is_valid() and done(
        request,
        lambda: verification.verify(
            association.pk,
            facts=form.cleaned_data["facts"],
            source=form.cleaned_data["source"],
            by=request.user,
            at=timezone.now(),
        ),
        form=form,
        said=_("Verified."),
    ):
        return redirect("bodies:office-record", slug)
    return record_page(request, association, form)


def options(own: Body | None) -> record_forms.Options:
    language, on = tongue(), timezone.localdate()
    return record_forms.Options(
        units=choices.units(on, language),
        parents=choices.parents(language, own),
        tags=choices.tags(language),
    )


@with_right(rights.REGISTER)
def enter(request: PersonRequest) -> HttpResponse:
    """Enter an association."""
    form = record_forms.Entering(
        request.POST or None,
        facts=None,
        options=options(None),
        kinds=choices.kinds(tongue(), registered=True),
    )
    made: list[Association] = []

    def act() -> None:
        given = form.cleaned_data
        entered = record.enter(
            form.facts(),
            kind=given["kind"],
            founded_on=given["founded_on"],
            source=given["source"],
            by=request.user,
            at=timezone.now(),
        )
        made.append(entered)

    if form.is_valid() and done(request, act, form=form, said=_("Entered.")):
        return redirect("bodies:office-record", made[0].body.slug)
    return page(
        request, "facts", form=form, heading=_("Enter an association"), button=_("Enter it")
    )


@signed_in
def correct(request: PersonRequest, slug: str) -> HttpResponse:
    """Write in the record what the office knows."""
    association = seen(request, slug, rights.REGISTER)
    facts = office.whole(association, timezone.localdate()).facts
    form = record_forms.Correcting(
        request.POST or None, facts=facts, options=options(association.body)
    )

    def act() -> None:
        given = form.cleaned_data
        record.correct(
            association.pk,
            facts=form.facts(),
            source=given["source"],
            verified=given["verified"],
            by=request.user,
            at=timezone.now(),
        )

    if form.is_valid() and done(request, act, form=form, said=_("Saved.")):
        return redirect("bodies:office-record", slug)
    return page(
        request,
        "facts",
        form=form,
        body=association.body,
        heading=_("Correct the record"),
        button=_("Save"),
    )


def simple(
    request: PersonRequest,
    association: Association,
    form: Any,
    act: Callable[[], object],
    *,
    heading: str,
    button: str,
    **more: Any,
) -> HttpResponse:
    """One form about a record; afterwards its page."""
    if form.is_valid() and done(request, act, form=form, said=_("Done.")):
        return redirect("bodies:office-record", association.body.slug)
    return page(
        request,
        "form",
        form=form,
        body=association.body,
        heading=heading,
        button=button,
        back="bodies:office-record",
        **more,
    )


@signed_in
def accredit(request: PersonRequest, slug: str) -> HttpResponse:
    """Enter a public accreditation."""
    association = seen(request, slug, rights.ACCREDIT)
    form = forms.Accrediting(request.POST or None)
    return simple(
        request,
        association,
        form,
        lambda: accreditation.accredit(
            association.pk,
            decision=form.act(),
            since=form.cleaned_data["since"],
            months=form.cleaned_data["months"],
            by=request.user,
            at=timezone.now(),
        ),
        heading=_("Enter an accreditation"),
        button=_("Enter it"),
    )


@signed_in
def revoke(request: PersonRequest, pk: int) -> HttpResponse:
    """End an accreditation before its term."""
    row = Accreditation.objects.filter(pk=pk).select_related("association__body").first()
    if row is None:
        raise Http404(pk)
    association = seen(request, row.association.body.slug, rights.ACCREDIT)
    form = forms.Revoking(request.POST or None)
    return simple(
        request,
        association,
        form,
        lambda: accreditation.revoke(
            pk,
            on=form.cleaned_data["on"],
            because=form.cleaned_data["because"],
            by=request.user,
            at=timezone.now(),
        ),
        heading=_("Revoke the accreditation"),
        button=_("Revoke"),
    )


@with_right(rights.REGISTER)
def accreditations(request: PersonRequest) -> HttpResponse:
    """Accreditations that end soon or have ended."""
    on = timezone.localdate()
    found = office.accredited_until(request.held, rights.REGISTER, on, office.AHEAD)
    part = Paginator(found, office.PAGE).get_page(page_asked(request))
    return page(request, "accreditations", page=part, query="", today=on)


@signed_in
def hand_in(request: PersonRequest, slug: str) -> HttpResponse:
    """Hand in a plan or a report."""
    association = seen(request, slug, rights.HAND_IN)
    on = timezone.localdate()
    form = forms.HandingIn(
        request.POST or None,
        request.FILES or None,
        initial={
            "kind": request.GET.get("kind", YearlyKind.REPORT.value),
            "year": request.GET.get("year", expected(YearlyKind.REPORT, on)),
            "language": tongue(),
        },
    )

    def act() -> None:
        given = form.cleaned_data
        file = given["file"]
        yearly.hand_in(
            association.pk,
            kind=YearlyKind(given["kind"]),
            year=given["year"],
            text=given["text"],
            language=given["language"],
            file_name=file.name if file else "",
            file=file.read() if file else b"",
            by=request.user,
            at=timezone.now(),
        )

    return simple(
        request,
        association,
        form,
        act,
        heading=_("Hand in a plan or a report"),
        button=_("Hand it in"),
        files=True,
    )


@signed_in
def yearly_file(request: PersonRequest, pk: int) -> HttpResponseBase:
    """The file of a plan or report, for the office and the association's own people."""
    row = Yearly.objects.filter(pk=pk).select_related("association__body").first()
    if row is None or not row.sha256:
        raise Http404(pk)
    seen(request, row.association.body.slug)
    response = HttpResponse(bytes(row.file), content_type="application/octet-stream")
    name = "".join(sign for sign in row.file_name if sign.isprintable() and sign not in '"\\')
    ending = name.rpartition(".")[2] if name.isascii() else "bin"
    response["Content-Disposition"] = f'attachment; filename="{row.kind}-{row.year}.{ending[:8]}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@with_right(rights.REGISTER)
def missing(request: PersonRequest) -> HttpResponse:
    """Who has handed in no plan or report of a year."""
    on = timezone.localdate()
    form = forms.WhichYear(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    kind = YearlyKind(asked.get("kind") or YearlyKind.REPORT)
    year = asked.get("year") or expected(kind, on)
    found = office.missing(request.held, kind, year, on, tongue())
    part = Paginator(found, office.PAGE).get_page(page_asked(request))
    return page(
        request,
        "missing",
        looking=forms.WhichYear(initial={"kind": kind.value, "year": year}),
        kind=kind,
        year=year,
        page=part,
        query=f"kind={kind.value}&year={year}",
    )
