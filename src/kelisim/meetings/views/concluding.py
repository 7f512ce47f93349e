"""After the meeting: minutes, publication, papers; answers to points; a member's year."""

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from kelisim.bodies.actions.mandates import give_account
from kelisim.bodies.models import Account
from kelisim.meetings import rights
from kelisim.meetings.actions import answering, concluding
from kelisim.meetings.forms import concluding as forms
from kelisim.meetings.forms.year import AccountForm
from kelisim.meetings.models import Addressee, Decision, Feed, Minutes
from kelisim.meetings.queries import office
from kelisim.meetings.queries.papers import registered
from kelisim.meetings.states import AnswerState, ItemState
from kelisim.meetings.views.access import PersonRequest, done, seen, signed_in, tabs, tongue
from kelisim.papers.actions.files import keep
from kelisim.papers.queries import indexes
from kelisim.papers.words import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime


@signed_in
def minutes(request: PersonRequest, pk: int) -> HttpResponse:
    """The minutes: written, signed by the chair and the secretary, published."""
    found, _mine = seen(request, pk)
    written = Minutes.objects.filter(meeting=found).prefetch_related("passages").first()
    items = [
        item
        for item in office.agenda(found, proposed=False)
        if item.state not in {ItemState.PROPOSED, ItemState.DECLINED}
    ]
    asked = request.POST.get("act", "")
    data = request.POST if asked == "write" else None
    form = forms.Writing(data, items=items, minutes=written)
    if asked:
        acts: dict[str, Callable[[datetime], object]] = {
            "write": lambda at: concluding.write_minutes(
                pk, passages=form.passages(), by=request.user, at=at
            ),
            "sign_chair": lambda at: concluding.sign_minutes(
                pk, as_chair=True, read=request.POST.get("read", ""), by=request.user, at=at
            ),
            "sign_secretary": lambda at: concluding.sign_minutes(
                pk, as_chair=False, read=request.POST.get("read", ""), by=request.user, at=at
            ),
            "publish": lambda at: concluding.publish(pk, by=request.user, at=at),
        }
        act = acts.get(asked)
        if act is None:
            raise Http404
        if asked != "write" or form.is_valid():
            done(request, lambda: act(timezone.now()), said=_("Done."))
            return redirect("meetings:minutes", pk)
    decisions = list(Decision.objects.filter(item__meeting=found).order_by("pk"))
    return TemplateResponse(
        request,
        "meetings/desk/minutes.html",
        {
            **tabs(request, found),
            "tab": "minutes",
            "minutes": written,
            "form": form,
            "items": items,
            "decisions": decisions,
            "languages": LANGUAGES,
            "indexes": indexes(found.body),
            "documents": registered(found, decisions),
        },
    )


@signed_in
def answer(request: PersonRequest, pk: int) -> HttpResponse:
    """Answer a point for one's body: one form, from the link in the letter."""
    row = get_object_or_404(
        Addressee.objects.select_related(
            "body__kind",
            "body__unit__parent",
            "body__parent",
            "point__decision__item__meeting__body",
        ).prefetch_related("answers__files"),
        pk=pk,
    )
    if not request.held.may(rights.ANSWER, row.body):
        raise PermissionDenied
    form = forms.Answering(
        request.POST or None, request.FILES or None, initial={"language": tongue()}
    )
    if form.is_valid():
        given = form.cleaned_data

        def act() -> None:
            at = timezone.now()
            answering.answer(
                pk,
                state=AnswerState(given["state"]),
                reasons=given["reasons"],
                language=given["language"],
                files=[
                    keep(
                        name=file.name,
                        content=file.read(),
                        media_type=file.content_type or "application/octet-stream",
                        at=at,
                    )
                    for file in given["papers"]
                ],
                by=request.user,
                at=at,
            )

        if done(request, act, form=form, said=_("Answered.")):
            return redirect("meetings:answer", pk)
    return TemplateResponse(
        request,
        "meetings/desk/answer.html",
        {
            "section": "desk",
            "place": "meetings",
            "row": row,
            "point": row.point,
            "decision": row.point.decision,
            "form": form,
            "today": timezone.localdate(),
        },
    )


@signed_in
def year(request: PersonRequest, number: int | None = None) -> HttpResponse:
    """My year: duties, attendance, voices given in the open, what I undertook and did."""
    today = timezone.localdate()
    number = number or today.year
    if not 1990 < number <= today.year:  # noqa: PLR2004
        raise Http404(number)
    found = office.year(request.user, number)
    said = request.POST.get("of", "")
    mandate = next((row for row in found.mandates if str(row.pk) == said), None)
    form = AccountForm(request.POST if mandate else None)
    if request.method == "POST" and mandate is None:
        raise Http404(said)
    if mandate is not None and form.is_valid():
        pk = mandate.pk
        if done(
            request,
            lambda: give_account(
                pk, year=number, **form.cleaned_data, by=request.user, at=timezone.now()
            ),
            form=form,
            said=_("Saved."),
        ):
            return redirect("meetings:year", number)
    accounts = Account.objects.filter(mandate__in=found.mandates, year=number)
    by_mandate = {account.mandate_id: account for account in accounts}
    return TemplateResponse(
        request,
        "meetings/desk/year.html",
        {
            "section": "desk",
            "place": "year",
            "number": number,
            "today": today,
            "year": found,
            "rows": [
                (
                    row,
                    AccountForm(
                        initial={
                            "undertook": by_mandate[row.pk].undertook,
                            "text": by_mandate[row.pk].text,
                        }
                        if row.pk in by_mandate
                        else None,
                        auto_id=f"id_{row.pk}_%s",
                    ),
                )
                for row in found.mandates
            ],
            "feed": Feed.objects.filter(person=request.user).first(),
        },
    )
