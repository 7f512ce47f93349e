"""Meetings on the desk: planned, given an agenda and papers, convened, looked at."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from kelisim.bodies.models import Body
from kelisim.meetings import rights
from kelisim.meetings.actions import agenda, planning, sitting
from kelisim.meetings.forms import concluding
from kelisim.meetings.forms import planning as forms
from kelisim.meetings.models import Item, ItemPaper, Meeting
from kelisim.meetings.queries import office, procedures
from kelisim.meetings.states import MeetingKind, Presence
from kelisim.meetings.trees.procedure import plain
from kelisim.meetings.views.access import (
    PersonRequest,
    bodies_of,
    done,
    page_asked,
    seen,
    signed_in,
    tabs,
    tongue,
    with_right,
)
from kelisim.papers.actions.files import keep
from kelisim.papers.views import serve


@signed_in
def listing(request: PersonRequest) -> HttpResponse:
    """The meetings that I prepare or am invited to."""
    found = office.mine(request.user, request.held, rights.READ)
    page = Paginator(found, office.PAGE).get_page(page_asked(request))
    return TemplateResponse(
        request,
        "meetings/desk/list.html",
        {
            "section": "desk",
            "place": "meetings",
            "page": page,
            "may_plan": request.held.may(rights.PREPARE),
            "regulated": bodies_of(request.held, rights.REGULATE),
        },
    )


@with_right(rights.PREPARE)
def plan(request: PersonRequest) -> HttpResponse:
    """Begin to prepare a meeting."""
    bodies = bodies_of(request.held, rights.PREPARE)
    form = forms.Plan(request.POST or None, bodies=bodies, tongue=tongue())
    made: list[Meeting] = []
    if form.is_valid():
        given = form.cleaned_data

        def act() -> None:
            made.append(
                planning.plan(
                    given["body"],
                    kind=MeetingKind(given["kind"]),
                    title=form.by_language("title"),
                    place=form.by_language("place"),
                    starts_at=given["starts_at"],
                    ends_at=given["ends_at"],
                    link=given["link"],
                    by=request.user,
                    at=timezone.now(),
                )
            )

        if done(request, act, form=form):
            return redirect("meetings:office", made[0].pk)
    return TemplateResponse(
        request,
        "meetings/desk/form.html",
        {
            "section": "desk",
            "place": "meetings",
            "form": form,
            "heading": _("Plan a meeting"),
            "button": _("Begin to prepare it"),
        },
    )


type Act = Callable[[PersonRequest, Meeting, datetime], object]


def own_item(request: PersonRequest, meeting: Meeting) -> int:
    """The item that a button names, of this meeting."""
    return own(Item, request, meeting, meeting=meeting)


def own(model: Any, request: PersonRequest, _meeting: Meeting, **facts: Any) -> int:
    said = request.POST.get("of", "")
    if not (said.isdecimal() and len(said) < 10):  # noqa: PLR2004
        raise Http404
    return int(get_object_or_404(model, pk=int(said), **facts).pk)


def one_higher(request: PersonRequest, meeting: Meeting, at: datetime) -> object:
    """Move an item one place up."""
    pk = own_item(request, meeting)
    order = [item.pk for item in office.agenda(meeting, proposed=False)]
    place = order.index(pk) if pk in order else 0
    if place:
        order[place - 1], order[place] = order[place], order[place - 1]
    return agenda.order_items(meeting.pk, order=order, by=request.user, at=at)


def says(presence: Presence) -> Act:
    def act(request: PersonRequest, meeting: Meeting, at: datetime) -> object:
        seat = seen(request, meeting.pk)[1]
        if seat is None:
            raise PermissionDenied
        excuse = request.POST.get("excuse", "")[:300]
        return sitting.mark(seat.pk, presence=presence, excuse=excuse, by=request.user, at=at)

    return act


ACTS: dict[str, Act] = {
    "convene": lambda r, m, at: planning.convene(m.pk, by=r.user, at=at),
    "send_papers": lambda r, m, at: planning.send_papers(m.pk, by=r.user, at=at),
    "list": lambda r, m, at: agenda.list_item(own_item(r, m), by=r.user, at=at),
    "remove": lambda r, m, at: agenda.remove_item(own_item(r, m), by=r.user, at=at),
    "higher": one_higher,
    "come": says(Presence.COMING),
    "apologise": says(Presence.APOLOGISED),
}


@signed_in
def meeting(request: PersonRequest, pk: int) -> HttpResponseBase:
    """A meeting on the desk: its agenda and papers, and what can be done next."""
    found, mine = seen(request, pk)
    if request.method == "POST":
        act = ACTS.get(request.POST.get("act", ""))
        if act is None:
            raise Http404
        done(request, lambda: act(request, found, timezone.now()), said=_("Done."))
        return redirect("meetings:office", pk)
    shown = tabs(request, found)
    return TemplateResponse(
        request,
        "meetings/desk/meeting.html",
        {
            **shown,
            "tab": "agenda",
            "mine": mine,
            "items": office.agenda(found, proposed=shown["prepares"] or shown["takes_part"]),
            "guests": list(found.guests.all()),
            "procedure": procedures.of_meeting(found)
            if found.rules
            else procedures.procedure(found.body, timezone.localdate()),
        },
    )


def form_page(
    request: PersonRequest, found: Meeting, form: Any, heading: str, button: str, **more: Any
) -> HttpResponse:
    """A page with one form about a meeting."""
    return TemplateResponse(
        request,
        "meetings/desk/form.html",
        {**tabs(request, found), "form": form, "heading": heading, "button": button, **more},
    )


@with_right(rights.PREPARE)
def put_item(request: PersonRequest, pk: int) -> HttpResponse:
    """Put an item on the agenda."""
    found, _mine = seen(request, pk)
    form = forms.PutItem(request.POST or None)
    if form.is_valid():
        facts = form.facts()
        if done(
            request,
            lambda: agenda.put_item(pk, **facts, by=request.user, at=timezone.now()),
            form=form,
        ):
            return redirect("meetings:office", pk)
    return form_page(request, found, form, _("Put an item on the agenda"), _("Put it"))


@with_right(rights.PREPARE)
def change_item(request: PersonRequest, pk: int, item_pk: int) -> HttpResponse:
    """Correct an item."""
    found, _mine = seen(request, pk)
    item = get_object_or_404(Item.objects.prefetch_related("provisions"), pk=item_pk, meeting=found)
    initial: dict[str, Any] = {
        f"{name}_{code}": text
        for name in ("title", "text", "draft")
        for code, text in getattr(item, name).items()
    }
    initial |= {
        "subject": item.subject,
        "weighty": item.weighty,
        "provisions": " ".join(each.cite for each in item.provisions.all()),
    }
    form = forms.PutItem(request.POST or None, initial=initial)
    if form.is_valid():
        facts = form.facts()
        if done(
            request,
            lambda: agenda.change_item(item_pk, **facts, by=request.user, at=timezone.now()),
            form=form,
        ):
            return redirect("meetings:office", pk)
    return form_page(request, found, form, _("Correct the item"), _("Save"))


@signed_in
def propose_item(request: PersonRequest, pk: int) -> HttpResponse:
    """A member proposes an item."""
    found, _mine = seen(request, pk)
    form = forms.Proposal(request.POST or None)
    if form.is_valid() and done(
        request,
        lambda: agenda.propose_item(
            pk,
            title=form.by_language("title"),
            text=form.by_language("text"),
            by=request.user,
            at=timezone.now(),
        ),
        form=form,
        said=_("Proposed. Whoever prepares the meeting puts it on the agenda or says why not."),
    ):
        return redirect("meetings:office", pk)
    return form_page(request, found, form, _("Propose an item"), _("Propose"))


@with_right(rights.PREPARE)
def decline_item(request: PersonRequest, pk: int, item_pk: int) -> HttpResponse:
    """Do not put a proposed item on the agenda."""
    found, _mine = seen(request, pk)
    item = get_object_or_404(Item, pk=item_pk, meeting=found)
    form = forms.Because(request.POST or None)
    if form.is_valid() and done(
        request,
        lambda: agenda.decline_item(
            item.pk, because=form.cleaned_data["because"], by=request.user, at=timezone.now()
        ),
        form=form,
    ):
        return redirect("meetings:office", pk)
    return form_page(request, found, form, _("Do not put it on the agenda"), _("Decline it"))


@with_right(rights.PREPARE)
def add_paper(request: PersonRequest, pk: int, item_pk: int) -> HttpResponse:
    """Lay a paper before the members."""
    found, _mine = seen(request, pk)
    item = get_object_or_404(Item, pk=item_pk, meeting=found)
    form = forms.Paper(request.POST or None, request.FILES or None, initial={"language": tongue()})
    if form.is_valid():
        given = form.cleaned_data

        def act() -> None:
            at = timezone.now()
            file = keep(
                name=given["file"].name,
                content=given["file"].read(),
                media_type=given["file"].content_type or "application/octet-stream",
                at=at,
            )
            agenda.add_paper(
                item.pk,
                file=file,
                title=given["title"],
                language=given["language"],
                public=given["public"],
                by=request.user,
                at=at,
            )

        if done(request, act, form=form):
            return redirect("meetings:office", pk)
    return form_page(request, found, form, _("Add a paper"), _("Add it"), files=True)


@signed_in
def paper(request: PersonRequest, pk: int, paper_pk: int) -> HttpResponseBase:
    """A paper, for those who may read the meeting."""
    found, _mine = seen(request, pk)
    row = get_object_or_404(
        ItemPaper.objects.select_related("file"), pk=paper_pk, item__meeting=found
    )
    return serve(row.file)


@with_right(rights.PREPARE)
def invite_guest(request: PersonRequest, pk: int) -> HttpResponse:
    found, _mine = seen(request, pk)
    form = forms.InvitedGuest(request.POST or None)
    if form.is_valid() and done(
        request,
        lambda: planning.invite_guest(pk, **form.cleaned_data, by=request.user, at=timezone.now()),
        form=form,
    ):
        return redirect("meetings:office", pk)
    return form_page(request, found, form, _("Invite a guest"), _("Invite"))


@with_right(rights.CONVENE)
def postpone(request: PersonRequest, pk: int) -> HttpResponse:
    found, _mine = seen(request, pk)
    initial = {
        "starts_at": timezone.localtime(found.starts_at),
        "ends_at": timezone.localtime(found.ends_at) if found.ends_at else None,
    }
    form = forms.Postponement(request.POST or None, initial=initial)
    if form.is_valid() and done(
        request,
        lambda: planning.postpone(pk, **form.cleaned_data, by=request.user, at=timezone.now()),
        form=form,
    ):
        return redirect("meetings:office", pk)
    return form_page(request, found, form, _("Another time"), _("Postpone"))


@with_right(rights.CONVENE)
def cancel(request: PersonRequest, pk: int) -> HttpResponse:
    found, _mine = seen(request, pk)
    form = forms.Because(request.POST or None)
    if form.is_valid() and done(
        request,
        lambda: planning.cancel(
            pk, because=form.cleaned_data["because"], by=request.user, at=timezone.now()
        ),
        form=form,
    ):
        return redirect("meetings:office", pk)
    return form_page(request, found, form, _("Cancel the meeting"), _("Cancel it"))


@with_right(rights.REGULATE)
def regulate(request: PersonRequest, slug: str) -> HttpResponse:
    """A body's rules of procedure."""
    body = get_object_or_404(
        Body.objects.select_related("kind", "unit__parent", "parent"), slug=slug
    )
    if not request.held.may(rights.REGULATE, body):
        raise PermissionDenied
    today = timezone.localdate()
    known = procedures.procedure(body, today)
    form = concluding.Regulation(request.POST or None, initial={**plain(known), "since": today})
    if form.is_valid() and done(
        request,
        lambda: planning.regulate(
            body.pk,
            rules=form.rules(),
            since=form.cleaned_data["since"],
            by=request.user,
            at=timezone.now(),
        ),
        form=form,
    ):
        messages.success(request, _("Saved."))
        return redirect("meetings:desk-list")
    return TemplateResponse(
        request,
        "meetings/desk/form.html",
        {
            "section": "desk",
            "place": "meetings",
            "body": body,
            "form": form,
            "heading": _("Rules of procedure"),
            "button": _("Save"),
        },
    )
