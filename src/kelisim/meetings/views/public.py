"""Meetings and decisions in public; calendars to subscribe to."""

from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kelisim.bodies.models import Body
from kelisim.calendar.exports import feed as calendar_feed
from kelisim.meetings.actions.feeds import subscribe
from kelisim.meetings.exports.invitations import event
from kelisim.meetings.models import Answer, Feed, ItemPaper, Meeting
from kelisim.meetings.queries import feeds, public
from kelisim.meetings.states import ANNOUNCED
from kelisim.meetings.views.access import page_asked, tongue
from kelisim.pages.languages import spoken
from kelisim.papers.models import File
from kelisim.papers.views import serve

NEVER = datetime(2000, 1, 1, tzinfo=UTC)


def before_asked(request: HttpRequest) -> tuple[datetime, int] | None:
    """Where the next page of a list begins: `2026-04-01T05:00:00+00:00_17`."""
    moment, _sign, pk = request.GET.get("before", "").rpartition("_")
    try:
        found = datetime.fromisoformat(moment)
    except ValueError:
        return None
    return (found, int(pk)) if found.tzinfo and pk.isdecimal() and len(pk) < 18 else None  # noqa: PLR2004


def listing(request: HttpRequest) -> HttpResponse:
    """What is coming, and what was held."""
    body = request.GET.get("body", "")
    before = before_asked(request)
    rows = public.held(body=body, before=before)
    page, more = rows[: public.PAGE], len(rows) > public.PAGE
    following = ""
    if more:
        last = page[-1]
        asked = {"before": f"{last.starts_at.isoformat()}_{last.pk}"}
        following = "?" + urlencode({**asked, **({"body": body} if body else {})})
    return TemplateResponse(
        request,
        "meetings/list.html",
        {
            "section": "meetings",
            "coming": [] if before else public.coming(timezone.now(), body=body),
            "held": page,
            "after": following,
            "body": Body.objects.filter(slug=body).first() if body else None,
        },
    )


def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """A meeting: its agenda; once published its votes, minutes and decisions."""
    found = public.meeting(pk)
    if found is None:
        raise Http404(pk)
    return TemplateResponse(
        request,
        "meetings/meeting.html",
        {"section": "meetings", "page": found, "meeting": found.meeting},
    )


def paper(request: HttpRequest, pk: int, paper_pk: int) -> HttpResponseBase:  # noqa: ARG001
    """A paper that was laid open to everybody."""
    row = get_object_or_404(
        ItemPaper.objects.select_related("file"),
        pk=paper_pk,
        public=True,
        item__meeting=pk,
        item__meeting__state__in=ANNOUNCED,
        item__meeting__convened_at__isnull=False,
    )
    return serve(row.file)


def decisions(request: HttpRequest) -> HttpResponse:
    """Every published decision, with the answers that it waits for."""
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else None  # noqa: PLR2004
    found = public.decisions(body=request.GET.get("body", ""), year=year)
    page = Paginator(found, public.PAGE).get_page(page_asked(request))
    return TemplateResponse(
        request, "meetings/decisions.html", {"section": "meetings", "page": page, "year": year}
    )


def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """A decision: its points, to whom each is addressed, who has answered what."""
    found = public.decision(pk)
    if found is None:
        raise Http404(pk)
    return TemplateResponse(
        request,
        "meetings/decision.html",
        {
            "section": "meetings",
            "decision": found,
            "today": timezone.localdate(),
            "voices": public.roll(found.ballot),
        },
    )


def answers(request: HttpRequest) -> HttpResponse:
    """Which bodies have answered, and which have not: by body and by point."""
    today = timezone.localdate()
    asked = {name: request.GET.get(name, "") for name in ("body", "state")}
    found = public.addressed(**asked, on=today)
    page = Paginator(found, public.PAGE).get_page(page_asked(request))
    return TemplateResponse(
        request,
        "meetings/answers.html",
        {
            "section": "meetings",
            "standings": public.standings(today),
            "page": page,
            "asked": asked,
            "query": urlencode({name: said for name, said in asked.items() if said}),
            "today": today,
        },
    )


def answer_file(request: HttpRequest, pk: int, sha256: str) -> HttpResponseBase:  # noqa: ARG001
    """A document with which a body answered."""
    found = get_object_or_404(Answer, pk=pk, addressee__point__decision__published_at__isnull=False)
    return serve(get_object_or_404(File, pk__in=found.files.values("pk"), sha256=sha256))


def ics(name: str, content: bytes) -> HttpResponse:
    return HttpResponse(
        content,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'inline; filename="{name}.ics"'},
    )


def feed(request: HttpRequest, slug: str) -> HttpResponse:  # noqa: ARG001
    """The meetings of a body, to subscribe to."""
    body = get_object_or_404(Body, slug=slug)
    language = tongue()
    return ics(slug, of(spoken(body.name, language).text, feeds.of_body(body), language))


def own_feed(request: HttpRequest, key: str) -> HttpResponse:  # noqa: ARG001
    """A person's own meetings, under an address that only they know."""
    found = get_object_or_404(Feed.objects.select_related("person"), key=key)
    if not found.person.is_active:
        raise Http404
    language = tongue()
    return ics("meetings", of(_("My meetings"), feeds.of_person(found.person), language))


def of(name: str, meetings: list[Meeting], language: str) -> bytes:
    entries: list[Any] = [event(each, language) for each in meetings]
    changed = max((each.changed_at for each in meetings), default=NEVER)
    return calendar_feed(name, entries, language=language, at=changed)


@require_POST
@login_required
def subscribe_own(request: HttpRequest) -> HttpResponse:
    """Make (or make anew) the secret address of one's own calendar."""
    subscribe(request.user)  # type: ignore[arg-type]
    return redirect("meetings:year-now")
