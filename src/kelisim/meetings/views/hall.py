"""A body sits: attendance, the floor, motions and votes, from one page."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from kelisim.bodies.models import Body
from kelisim.meetings import rights
from kelisim.meetings.actions import concluding, floor, sitting, voting
from kelisim.meetings.forms import concluding as concluding_forms
from kelisim.meetings.forms import hall as forms
from kelisim.meetings.forms.planning import Because
from kelisim.meetings.models import Attendance, Ballot, Guest, Item, Meeting, Motion, Speech
from kelisim.meetings.queries import office, public
from kelisim.meetings.queries.procedures import of_meeting
from kelisim.meetings.states import BallotForm, MotionKind, Presence, Subject
from kelisim.meetings.views.access import (
    PersonRequest,
    done,
    seen,
    signed_in,
    tabs,
    tongue,
    with_right,
)

type Act = Callable[[PersonRequest, Meeting, datetime], object]


def named(model: Any, request: PersonRequest, **facts: Any) -> Any:
    """What a button is about, of this meeting; 404 for anything else."""
    said = request.POST.get("of", "")
    if not (said.isdecimal() and len(said) < 10):  # noqa: PLR2004
        raise Http404
    return get_object_or_404(model, pk=int(said), **facts)


def item(request: PersonRequest, meeting: Meeting) -> int:
    return int(named(Item, request, meeting=meeting).pk)


def speech(request: PersonRequest, meeting: Meeting) -> int:
    return int(named(Speech, request, item__meeting=meeting).pk)


def ballot(request: PersonRequest, meeting: Meeting) -> int:
    return int(named(Ballot, request, item__meeting=meeting).pk)


def presence(to: Presence) -> Act:
    def act(request: PersonRequest, meeting: Meeting, at: datetime) -> object:
        pk = named(Attendance, request, meeting=meeting).pk
        return sitting.mark(pk, presence=to, by=request.user, at=at)

    return act


def all_present(request: PersonRequest, meeting: Meeting, at: datetime) -> None:
    """Mark everybody present who has not said that they will not come."""
    waiting = meeting.attendances.filter(presence__in=[Presence.INVITED, Presence.COMING])
    for row in waiting:
        sitting.mark(row.pk, presence=Presence.PRESENT, by=request.user, at=at)


def ask_floor(request: PersonRequest, meeting: Meeting, at: datetime) -> object:
    """For myself, or for a member or guest whom the keeper of the list names."""
    heard = office.hall(meeting).item
    if heard is None:
        raise Http404
    who: dict[str, Any] = {}
    if request.POST.get("guest", "").isdecimal():
        guests = Guest.objects.filter(meeting=meeting)
        who["guest"] = get_object_or_404(guests, pk=request.POST["guest"])
    elif request.POST.get("of"):
        who["attendance"] = named(Attendance, request, meeting=meeting)
    return floor.ask_floor(heard.pk, **who, by=request.user, at=at)


def enter_voice(request: PersonRequest, meeting: Meeting, at: datetime) -> object:
    """A voice that was read out, or one's own."""
    attendance = named(Attendance, request, meeting=meeting)
    said = request.POST.get("ballot", "")
    row = get_object_or_404(Ballot, pk=int(said) if said.isdecimal() else 0, item__meeting=meeting)
    choice = request.POST.get("choice", "")
    return voting.cast(row.pk, attendance=attendance, choice=choice, by=request.user, at=at)


ACTS: dict[str, Act] = {
    "open": lambda r, m, at: sitting.open_(m.pk, by=r.user, at=at),
    "adjourn": lambda r, m, at: sitting.adjourn(m.pk, by=r.user, at=at),
    "close": lambda r, m, at: sitting.close(m.pk, by=r.user, at=at),
    "present": presence(Presence.PRESENT),
    "left": presence(Presence.LEFT),
    "apologised": presence(Presence.APOLOGISED),
    "all_present": all_present,
    "take_up": lambda r, m, at: sitting.take_up(item(r, m), by=r.user, at=at),
    "note": lambda r, m, at: sitting.note(item(r, m), by=r.user, at=at),
    "defer": lambda r, m, at: sitting.defer(item(r, m), by=r.user, at=at),
    "ask_floor": ask_floor,
    "call": lambda r, m, at: floor.call_speaker(speech(r, m), by=r.user, at=at),
    "end_speech": lambda r, m, at: floor.end_speech(speech(r, m), by=r.user, at=at),
    "give_up": lambda r, m, at: floor.withdraw_speech(speech(r, m), by=r.user, at=at),
    "withdraw_motion": lambda r, m, at: floor.withdraw_motion(
        named(Motion, r, item__meeting=m).pk, by=r.user, at=at
    ),
    "voice": enter_voice,
    "close_ballot": lambda r, m, at: voting.close_ballot(ballot(r, m), by=r.user, at=at),
    "sign_count": lambda r, m, at: voting.sign_count(ballot(r, m), by=r.user, at=at),
}


@signed_in
def sit(request: PersonRequest, pk: int) -> HttpResponseBase:
    """The hall: who is there, who speaks, what is moved, what is voted on."""
    found, mine = seen(request, pk)
    if request.method == "POST":
        act = ACTS.get(request.POST.get("act", ""))
        if act is None:
            raise Http404
        done(request, lambda: act(request, found, timezone.now()))
        return redirect("meetings:hall", pk)
    state = office.hall(found)
    return TemplateResponse(
        request,
        "meetings/desk/hall.html",
        {
            **tabs(request, found),
            "tab": "hall",
            "hall": state,
            "mine": mine,
            "items": list(found.items.exclude(state__in=["proposed", "declined"])),
            "guests": list(found.guests.all()),
            "own_voice": own_voice(state.ballot, mine),
        },
    )


def own_voice(row: Ballot | None, mine: Attendance | None) -> str:
    """How one voted in the vote that is open."""
    if row is None or mine is None:
        return ""
    given = row.voices.filter(mandate=mine.mandate_id).first()
    return given.choice if given else ""


def form_page(
    request: PersonRequest, found: Meeting, form: Any, heading: str, button: str, **more: Any
) -> HttpResponse:
    return TemplateResponse(
        request,
        "meetings/desk/form.html",
        {
            **tabs(request, found),
            "form": form,
            "heading": heading,
            "button": button,
            "back": "meetings:hall",
            **more,
        },
    )


@with_right(rights.PRESIDE)
def put_question(request: PersonRequest, pk: int, item_pk: int) -> HttpResponse:
    """Open a vote on an item or on a motion."""
    found, _mine = seen(request, pk)
    row = get_object_or_404(Item, pk=item_pk, meeting=found)
    procedure = of_meeting(found)
    initial: dict[str, Any] = {f"question_{code}": text[:500] for code, text in row.title.items()}
    initial["form"] = procedure.form_for(Subject(row.subject))
    form = forms.Question(
        request.POST or None,
        initial=initial,
        motions=office.open_motions(row),
        tongue=tongue(),
    )
    if form.is_valid():
        given = form.cleaned_data
        motion = Motion.objects.filter(pk=given["motion"]).first() if given["motion"] else None
        if done(
            request,
            lambda: voting.open_ballot(
                row.pk,
                question=form.by_language("question"),
                form=BallotForm(given["form"]),
                motion=motion,
                by=request.user,
                at=timezone.now(),
            ),
            form=form,
        ):
            return redirect("meetings:hall", pk)
    return form_page(request, found, form, _("Put to the vote"), _("Open the vote"))


@signed_in
def enter_count(request: PersonRequest, pk: int, ballot_pk: int) -> HttpResponse:
    """What was counted: hands, or papers."""
    found, _mine = seen(request, pk)
    row = get_object_or_404(
        Ballot.objects.select_related("item"), pk=ballot_pk, item__meeting=found
    )
    form = forms.Tallied(request.POST or None)
    if row.form != BallotForm.SECRET:
        for name in ("handed_out", "spoiled"):
            form.fields.pop(name)
    if form.is_valid() and done(
        request,
        lambda: voting.enter_count(
            row.pk, counted=form.counted(), by=request.user, at=timezone.now()
        ),
        form=form,
    ):
        return redirect("meetings:hall", pk)
    return form_page(request, found, form, _("Enter the count"), _("Enter it"))


@with_right(rights.PRESIDE)
def annul(request: PersonRequest, pk: int, ballot_pk: int) -> HttpResponse:
    """Have a vote taken again."""
    found, _mine = seen(request, pk)
    row = get_object_or_404(Ballot, pk=ballot_pk, item__meeting=found)
    form = Because(request.POST or None)
    if form.is_valid() and done(
        request,
        lambda: voting.annul(
            row.pk, because=form.cleaned_data["because"], by=request.user, at=timezone.now()
        ),
        form=form,
    ):
        return redirect("meetings:hall", pk)
    return form_page(request, found, form, _("Annul the vote"), _("Annul it"))


@with_right(rights.TAKE_PART)
def move(request: PersonRequest, pk: int, item_pk: int) -> HttpResponse:
    """Move something on the item under discussion."""
    found, _mine = seen(request, pk)
    row = get_object_or_404(Item, pk=item_pk, meeting=found)
    form = forms.Moved(request.POST or None)
    if form.is_valid():
        kind = MotionKind.AMENDMENT if form.cleaned_data["amendment"] else MotionKind.MOTION
        if done(
            request,
            lambda: floor.move(
                row.pk,
                text=form.by_language("text"),
                kind=kind,
                by=request.user,
                at=timezone.now(),
            ),
            form=form,
        ):
            return redirect("meetings:hall", pk)
    return form_page(request, found, form, _("Move something"), _("Move it"))


@signed_in
def recuse(request: PersonRequest, pk: int, item_pk: int) -> HttpResponse:
    """Stand aside from an item."""
    found, mine = seen(request, pk)
    row = get_object_or_404(Item, pk=item_pk, meeting=found)
    if mine is None:
        raise PermissionDenied
    form = Because(request.POST or None)
    if form.is_valid() and done(
        request,
        lambda: floor.recuse(
            row.pk,
            attendance=mine,
            because=form.cleaned_data["because"],
            by=request.user,
            at=timezone.now(),
        ),
        form=form,
    ):
        return redirect("meetings:hall", pk)
    return form_page(request, found, form, _("Stand aside from this item"), _("Stand aside"))


@signed_in
def roll(request: PersonRequest, pk: int, ballot_pk: int) -> HttpResponse:
    """A vote with its arithmetic and, where it was open, who voted how."""
    found, _mine = seen(request, pk)
    row = get_object_or_404(
        Ballot.objects.select_related("item", "motion", "count"), pk=ballot_pk, item__meeting=found
    )
    return TemplateResponse(
        request,
        "meetings/desk/roll.html",
        {**tabs(request, found), "ballot": row, "voices": public.roll(row)},
    )


@signed_in
def decide(request: PersonRequest, pk: int, ballot_pk: int) -> HttpResponse:
    """Adopt what was carried as a decision with its points."""
    found, _mine = seen(request, pk)
    row = get_object_or_404(
        Ballot.objects.select_related("item"), pk=ballot_pk, item__meeting=found
    )
    bodies = addressable()
    draft = row.item.draft or {}
    initial = {f"title_{code}": text for code, text in row.item.title.items()}
    first = [{f"text_{code}": text for code, text in draft.items()}] if draft else None
    form = concluding_forms.Adoption(request.POST or None, initial=initial)
    points: Any = concluding_forms.PointFormSet(
        request.POST or None,
        initial=first,
        prefix="points",
        form_kwargs={"bodies": bodies, "tongue": tongue()},
    )
    if request.method == "POST" and form.is_valid() and points.is_valid():
        given = form.cleaned_data
        if done(
            request,
            lambda: concluding.decide(
                row.pk,
                title=form.by_language("title"),
                preamble=form.by_language("preamble"),
                points=points.points(),
                must_consider=given["must_consider"],
                by=request.user,
                at=timezone.now(),
            ),
            form=form,
        ):
            return redirect("meetings:hall", pk)
    return TemplateResponse(
        request,
        "meetings/desk/decide.html",
        {**tabs(request, found), "form": form, "points": points, "ballot": row},
    )


def addressable() -> list[Body]:
    """The bodies to which points can be addressed: all that stand and are not in the register."""
    found = Body.objects.filter(dissolved_on=None, merged_into=None, association=None).order_by(
        f"order_{tongue()}", "pk"
    )
    return list(found)
