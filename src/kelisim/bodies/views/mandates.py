"""Bodies, seats and mandates on the desk of those who found and appoint."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from kelisim.bodies import rights
from kelisim.bodies.actions import appointments, mandates, seating
from kelisim.bodies.forms import bodies as body_forms
from kelisim.bodies.forms import mandates as forms
from kelisim.bodies.forms.register import Because
from kelisim.bodies.models import Appointment, Body, Mandate, Seat
from kelisim.bodies.queries import choices, posts
from kelisim.bodies.queries.composition import composition
from kelisim.bodies.queries.pages import body as body_at
from kelisim.bodies.rules import mandates as rules
from kelisim.bodies.states import AppointmentState
from kelisim.bodies.views.access import PersonRequest, done, signed_in, tongue
from kelisim.people.rules import may_administer

HERE = {"section": "desk", "place": "bodies"}


def page(request: PersonRequest, name: str, **facts: Any) -> HttpResponse:
    status = 422 if getattr(facts.get("form"), "errors", None) else 200
    return TemplateResponse(request, f"bodies/desk/{name}.html", {**HERE, **facts}, status=status)


@signed_in
def listing(request: PersonRequest) -> HttpResponse:
    """The bodies that I keep or appoint to, and what of it waits."""
    on = timezone.localdate()
    found = posts.kept(request.held, on).select_related("kind", "unit")
    return page(
        request,
        "bodies",
        bodies=[(body, body.path.count("/") - 2) for body in found.order_by("path")],
        posts=posts.posts(request.held, on, limit=100),
        appointments=list(posts.appointments(request.held)),
        founds=request.held.may(rights.FOUND),
        today=on,
    )


def seen(request: PersonRequest, slug: str, *any_of: str) -> Body:
    """A body over which somebody holds one of these rights; 404, or 403."""
    body = body_at(slug)
    if body is None:
        raise Http404(slug)
    if not any(request.held.may(right, body) for right in any_of or posts.KEEPING):
        raise PermissionDenied
    return body


@signed_in
def one(request: PersonRequest, slug: str) -> HttpResponse:
    """A body with its seats, and everything that can be done to it."""
    body = seen(request, slug, *posts.KEEPING, rights.SEE_OFFICE)
    on = timezone.localdate()
    held = request.held
    return page(
        request,
        "body",
        body=body,
        sittings=composition(body, on, office=True),
        coming=coming(body, on),
        appointments=[row for row in posts.appointments(held) if row.seat.body_id == body.pk],
        founds=held.may(rights.FOUND, body),
        describes=held.may(rights.DESCRIBE, body),
        appoints=held.may(rights.APPOINT, body),
        sees_office=held.may(rights.SEE_OFFICE, body),
        today=on,
    )


def coming(body: Body, on: date) -> list[Mandate]:
    """Mandates that begin later; one query."""
    rows = Mandate.objects.filter(seat__body=body, since__gt=on)
    return list(rows.select_related("seat", "person", "represents").order_by("since", "pk"))


def own_seat(request: PersonRequest, pk: int, right: str) -> Seat:
    seat = (
        Seat.objects.filter(pk=pk)
        .select_related("body__kind", "body__unit__parent", "body__parent", "consent_of")
        .first()
    )
    if seat is None:
        raise Http404(pk)
    if not request.held.may(right, seat.body):
        raise PermissionDenied
    return seat


def own_mandate(request: PersonRequest, pk: int) -> Mandate:
    mandate = (
        Mandate.objects.filter(pk=pk)
        .select_related(
            "seat__body__kind", "seat__body__unit__parent", "seat__body__parent", "person"
        )
        .first()
    )
    if mandate is None:
        raise Http404(pk)
    if not request.held.may(rights.APPOINT, mandate.seat.body):
        raise PermissionDenied
    return mandate


def simple(
    request: PersonRequest,
    body: Body,
    form: Any,
    act: Callable[[], object],
    *,
    heading: str,
    button: str,
    **more: Any,
) -> HttpResponse:
    """One form about a body; afterwards its page."""
    if form.is_valid() and done(request, act, form=form, said=_("Done.")):
        return redirect("bodies:office-body", body.slug)
    return page(
        request,
        "form",
        form=form,
        body=body,
        heading=heading,
        button=button,
        back="bodies:office-body",
        **more,
    )


@signed_in
def establish(request: PersonRequest, slug: str) -> HttpResponse:
    """Make a seat."""
    body = seen(request, slug, rights.FOUND)
    councils = Body.objects.filter(kind__nature__in=["council", "secretariat"], dissolved_on=None)
    form = body_forms.Establishing(
        request.POST or None,
        nature=body.nature,
        bodies=choices.bodies(councils, tongue()),
    )

    def act() -> None:
        asked = form.cleaned_data["consent_of"]
        mandates.establish(
            body.pk,
            **form.terms(),
            consent_of=Body.objects.get(pk=asked) if asked else None,
            by=request.user,
            at=timezone.now(),
        )

    return simple(request, body, form, act, heading=_("Make a seat"), button=_("Make it"))


@signed_in
def close_seat(request: PersonRequest, pk: int) -> HttpResponse:
    """Appoint nobody to a seat any more."""
    seat = own_seat(request, pk, rights.FOUND)
    form = body_forms.OnDay(request.POST or None)
    return simple(
        request,
        seat.body,
        form,
        lambda: mandates.close_seat(
            pk, on=form.cleaned_data["on"], by=request.user, at=timezone.now()
        ),
        heading=_("Close the seat"),
        button=_("Close it"),
    )


@signed_in
def appoint(request: PersonRequest, pk: int) -> HttpResponse:
    """Appoint somebody to a seat, or ask for the consent that it needs."""
    seat = own_seat(request, pk, rights.APPOINT)
    consent = seat.consent_of_id is not None
    form = forms.Appointing(
        request.POST or None,
        consent=consent,
        invites=may_administer(request.user) is None,
        initial={"since": timezone.localdate(), "language": tongue()},
    )

    def act() -> None:
        given = form.cleaned_data
        more = {"grounds": given["grounds"]} if consent else {"act": form.act()}
        seating.seat(
            pk,
            email=given["email"],
            name=given["name"],
            invite=given.get("invite", False),
            language=given.get("language") or tongue(),
            represents=given["represents"],
            since=given["since"],
            **more,
            by=request.user,
            at=timezone.now(),
        )

    return simple(
        request,
        seat.body,
        form,
        act,
        heading=_("Ask for consent to an appointment") if consent else _("Appoint"),
        button=_("Ask for consent") if consent else _("Appoint"),
        seat=seat,
    )


@signed_in
def end(request: PersonRequest, pk: int) -> HttpResponse:
    """End a mandate."""
    mandate = own_mandate(request, pk)
    form = forms.Ending(request.POST or None)
    return simple(
        request,
        mandate.seat.body,
        form,
        lambda: mandates.end(
            pk,
            on=form.cleaned_data["on"],
            because=form.cleaned_data["because"],
            act=form.act(),
            by=request.user,
            at=timezone.now(),
        ),
        heading=_("End the mandate"),
        button=_("End it"),
        mandate=mandate,
    )


@signed_in
def suspend(request: PersonRequest, pk: int) -> HttpResponse:
    """Let a mandate rest."""
    mandate = own_mandate(request, pk)
    form = forms.Suspending(request.POST or None)
    return simple(
        request,
        mandate.seat.body,
        form,
        lambda: mandates.suspend(
            pk,
            since=form.cleaned_data["since"],
            because=form.cleaned_data["because"],
            act=form.act(),
            by=request.user,
            at=timezone.now(),
        ),
        heading=_("Suspend the mandate"),
        button=_("Suspend it"),
        mandate=mandate,
    )


@signed_in
def resume(request: PersonRequest, pk: int) -> HttpResponse:
    """Take a suspended mandate up again."""
    mandate = own_mandate(request, pk)
    form = body_forms.OnDay(request.POST or None)
    return simple(
        request,
        mandate.seat.body,
        form,
        lambda: mandates.resume(pk, on=form.cleaned_data["on"], by=request.user, at=timezone.now()),
        heading=_("Take the mandate up again"),
        button=_("Take up again"),
        mandate=mandate,
    )


@signed_in
def deputise(request: PersonRequest, pk: int) -> HttpResponse:
    """Let somebody act in a seat for a time."""
    mandate = own_mandate(request, pk)
    others = {one.pk: one for one in posts.deputies(mandate, timezone.localdate())}
    form = forms.Deputising(
        request.POST or None,
        deputies=[(key, f"{one.called}, {one.seat.body}") for key, one in others.items()],
    )
    return simple(
        request,
        mandate.seat.body,
        form,
        lambda: mandates.deputise(
            pk,
            deputy=others[int(form.cleaned_data["deputy"])],
            since=form.cleaned_data["since"],
            until=form.cleaned_data["until"],
            act=form.act(),
            by=request.user,
            at=timezone.now(),
        ),
        heading=_("Let somebody deputise"),
        button=_("Let them deputise"),
        mandate=mandate,
    )


@signed_in
def appointment(request: PersonRequest, pk: int) -> HttpResponse:
    """An appointment that needs consent: given, refused, withdrawn, completed."""
    row = (
        Appointment.objects.filter(pk=pk)
        .select_related(
            "seat__body__kind",
            "seat__body__unit__parent",
            "seat__body__parent",
            "consent_of__kind",
            "consent_of__unit__parent",
            "consent_of__parent",
            "person",
            "represents",
            "asked_by",
            "decided_by",
        )
        .first()
    )
    if row is None:
        raise Http404(pk)
    held = request.held
    consents = held.may(rights.CONSENT, row.consent_of)
    appoints = held.may(rights.APPOINT, row.seat.body)
    if not (consents or appoints):
        raise PermissionDenied
    act = request.POST.get("act", "")
    refusing = Because(request.POST if act == "refuse" else None)
    completing = forms.Completing(
        request.POST if act == "complete" else None, initial={"since": row.since}
    )
    own: dict[str, Any] = {"by": request.user, "at": timezone.now()}
    acts: dict[str, tuple[Any, Callable[[], object]]] = {
        "give": (None, lambda: appointments.give_consent(pk, **own)),
        "withdraw": (None, lambda: appointments.withdraw(pk, **own)),
        "refuse": (
            refusing,
            lambda: appointments.refuse_consent(pk, reason=refusing.cleaned_data["because"], **own),
        ),
        "complete": (
            completing,
            lambda: appointments.complete(
                pk, since=completing.cleaned_data["since"], act=completing.act(), **own
            ),
        ),
    }
    if request.method == "POST":
        if act not in acts:
            raise Http404(act)
        form, do = acts[act]
        if form is None or form.is_valid():
            was_done = done(request, do, form=form, said=_("Done."))
            if was_done or form is None:
                return redirect("bodies:appointment", pk)
    return page(
        request,
        "appointment",
        row=row,
        form=acts[act][0] if act in acts else refusing,
        refusing=refusing,
        completing=completing,
        may_give=rules.may_decide(held, row, AppointmentState.GIVEN) is None,
        may_withdraw=rules.may_withdraw(held, row) is None,
        may_complete=not rules.may_complete(held, row, oneself=row.person_id == request.user.pk),
    )
