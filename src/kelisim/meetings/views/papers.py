"""Papers of a meeting on the desk: numbers given, drafts downloaded."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from kelisim.meetings.actions import papering
from kelisim.meetings.exports import papers as contexts
from kelisim.meetings.models import Decision, Meeting
from kelisim.meetings.queries import papers as queries
from kelisim.meetings.views.access import PersonRequest, done, seen, signed_in
from kelisim.papers.exports import docx, pdf
from kelisim.papers.models import FileIndex
from kelisim.papers.states import PaperKind
from kelisim.papers.trees.contexts import Context
from kelisim.papers.views.serving import download
from kelisim.papers.words import LANGUAGES

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OF_MEETING: dict[str, Callable[[Meeting, str], Context]] = {
    "agenda": contexts.agenda,
    "minutes": contexts.minutes,
}
OF_DECISION: dict[str, Callable[[Decision, str], Context]] = {
    "decision": contexts.decision,
    "extract": contexts.extract,
}


def file(kind: str, language: str, ending: str, context: Context, meeting: Meeting) -> HttpResponse:
    name = f"{kind}-{meeting.pk}.{language}.{ending}"
    if ending == "pdf":
        return download(pdf.render(PaperKind(kind), language, context), name, "application/pdf")
    content = docx.render(PaperKind(kind), language, context, body_id=meeting.body_id)
    return download(content, name, DOCX)


@signed_in
def of_meeting(
    request: PersonRequest, pk: int, *, kind: str, language: str, ending: str
) -> HttpResponse:
    """The agenda or the minutes as they stand now, as DOCX or PDF."""
    seen(request, pk)
    found = queries.meeting(pk)
    if found is None or language not in LANGUAGES or (kind == "minutes" and not found.opened_at):
        raise Http404(kind)
    return file(kind, language, ending, OF_MEETING[kind](found, language), found)


@signed_in
def of_decision(
    request: PersonRequest, pk: int, decision: int, *, kind: str, language: str, ending: str
) -> HttpResponse:
    """A decision, or the extract from the minutes, as DOCX or PDF."""
    meeting, _mine = seen(request, pk)
    found = queries.decision(decision)
    if found is None or found.item.meeting_id != meeting.pk or language not in LANGUAGES:
        raise Http404(kind)
    return file(kind, language, ending, OF_DECISION[kind](found, language), meeting)


@signed_in
def register(request: PersonRequest, pk: int) -> HttpResponse:
    """Give the minutes or a decision its number."""
    meeting, _mine = seen(request, pk)
    if request.method == "POST":
        said = request.POST.get("index", "")
        index = (
            FileIndex.objects.filter(pk=int(said), body=meeting.body).first()
            if said.isdecimal() and len(said) < 10  # noqa: PLR2004
            else None
        )
        at = timezone.now()
        which = request.POST.get("decision", "")
        if which:
            row = get_object_or_404(
                Decision, pk=int(which) if which.isdecimal() else 0, item__meeting=meeting
            )
            done(
                request,
                lambda: papering.register_decision(row.pk, index=index, by=request.user, at=at),
            )
        else:
            done(
                request,
                lambda: papering.register_minutes(pk, index=index, by=request.user, at=at),
            )
    return redirect("meetings:minutes", pk)
