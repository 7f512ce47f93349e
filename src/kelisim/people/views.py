"""My page, and the people whom an administrator looks after."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kelisim.pages.sentences import sentences
from kelisim.people import actions, exports, forms, queries
from kelisim.people.models import Person, Session
from kelisim.people.states import PersonState
from kelisim.refusals import Refused


class PersonRequest(HttpRequest):
    """A request whose person is known to be signed in."""

    user: Person


type View = Callable[..., HttpResponseBase]

# An act on others needs more than a browser left open: the password again, within five minutes.
prove_before_acting: Callable[[View], View] = reauthentication_required(allow_get=True)


def administrators_only(view: View) -> View:
    @wraps(view)
    @never_cache
    @login_required
    def guarded(request: PersonRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_staff:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@never_cache
@login_required
def me(request: PersonRequest) -> HttpResponse:
    """What my record says, and the form to correct it."""
    person = request.user
    form = forms.Profile(
        request.POST or None,
        initial={"name": person.name, "phone": person.phone, "language": person.language},
    )
    if form.is_valid():
        actions.change_profile(person, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("people:me")
    duties = queries.held_by(person, on=timezone.localdate())
    return TemplateResponse(
        request,
        "people/me.html",
        {
            "form": form,
            "second_factor": queries.has_second_factor(person),
            "duties": duties,
            "weighs": any(duty.weighs for duty in duties),
        },
    )


@never_cache
@login_required
def sessions(request: PersonRequest) -> HttpResponse:
    """Where I am signed in; each place can be ended, or all others at once."""
    here = request.session.session_key or ""
    if request.method == "POST":
        asked = request.POST.get("session")
        keys = Session.objects.filter(person=request.user).values_list("session_key", flat=True)
        ended = [key for key in keys if key != here and asked in {queries.handle(key), "others"}]
        actions.end_sessions(request.user, keys=ended)
        messages.success(request, _("Signed out there."))
        return redirect("people:sessions")
    found = queries.sessions(request.user, here=here, at=timezone.now())
    return TemplateResponse(request, "people/sessions.html", {"sessions": found})


@never_cache
@login_required
@reauthentication_required  # type: ignore[untyped-decorator]
def data(request: PersonRequest) -> HttpResponse:
    """Take my data with me; ask for erasure, or think again."""
    refused: list[str] = []
    if request.method == "POST":
        act = actions.stay if request.POST.get("act") == "stay" else actions.ask_erasure
        try:
            act(request.user.pk, at=timezone.now())
        except Refused as refusal:
            refused = sentences(refusal)
        else:
            return redirect("people:data")
    return TemplateResponse(request, "people/data.html", {"refused": refused})


@never_cache
@login_required
@reauthentication_required  # type: ignore[untyped-decorator]
@require_safe
def download(request: PersonRequest) -> HttpResponse:
    """All that is held on me, as a file."""
    return JsonResponse(
        exports.everything(request.user),
        json_dumps_params={"ensure_ascii": False, "indent": 2},
        headers={"Content-Disposition": 'attachment; filename="my-data.json"'},
    )


@administrators_only
@require_safe
def everybody(request: PersonRequest) -> HttpResponse:
    """Everybody who can sign in, newest first."""
    after = request.GET.get("after", "")
    page, following = queries.people(
        after=int(after) if after.isdecimal() else None, on=timezone.localdate()
    )
    return TemplateResponse(request, "people/list.html", {"people": page, "next": following})


@administrators_only
@prove_before_acting
def invite(request: PersonRequest) -> HttpResponse:
    """Make an account; the person sets their own password by a mailed link."""
    form = forms.Invitation(request.POST or None, initial={"language": translation.get_language()})
    if form.is_valid():
        try:
            person = actions.invite(**form.facts(), by=request.user, at=timezone.now())
        except Refused as refused:
            for said in sentences(refused):
                form.add_error(None, said)
        else:
            messages.success(request, _("Invited. The link has been sent."))
            return redirect("people:person", person.pk)
    return TemplateResponse(request, "people/invite.html", {"form": form})


@administrators_only
@prove_before_acting
def person(request: PersonRequest, pk: int) -> HttpResponse:
    """One person: what they are entrusted with, and each act with its ground."""
    found = get_object_or_404(Person, pk=pk)
    form = forms.Reason(request.POST or None)
    if form.is_valid():
        try:
            act(request, found)
        except Refused as refused:
            for said in sentences(refused):
                form.add_error(None, said)
        else:
            messages.success(request, _("Done and recorded in the ledger."))
            return redirect(reverse("people:person", args=[pk]))
    return TemplateResponse(
        request,
        "people/person.html",
        {
            "person": found,
            "form": form,
            "acts": possible(found, request.user),
            "duties": queries.held_by(found, on=timezone.localdate()),
            "second_factor": queries.has_second_factor(found),
        },
    )


def act(request: PersonRequest, found: Person) -> None:
    """Do what the pressed button says; an unknown one is refused like a forged form."""
    name = request.POST.get("act", "")
    facts: dict[str, Any] = {
        "by": request.user,
        "because": request.POST["because"],
        "at": timezone.now(),
    }
    if name in {"entrust", "withdraw", "suspend", "readmit", "erase"}:
        getattr(actions, name)(found.pk, **facts)
    elif name == "ask_erasure":
        actions.ask_erasure(found.pk, by=request.user, at=facts["at"])
    else:
        raise PermissionDenied


def possible(found: Person, by: Person) -> list[tuple[str, str]]:
    """The buttons that a person's page offers: only what the rules allow now."""
    state, own = found.state, found.pk == by.pk
    offered = [
        (PersonState.ACTIVE, "suspend", _("Suspend")),
        (PersonState.SUSPENDED, "readmit", _("Readmit")),
        (PersonState.ACTIVE, "ask_erasure", _("Enter a request for erasure")),
        (PersonState.LEAVING, "erase", _("Confirm the erasure")),
    ]
    acts = [(name, label) for when, name, label in offered if state == when and not own]
    if state == PersonState.ACTIVE and not own:
        acts.append(
            ("withdraw", _("Withdraw the administrator’s right"))
            if found.is_staff
            else ("entrust", _("Make an administrator"))
        )
    return acts
