"""Meetings as calendar entries: in a letter, in a body's feed, in a person's own."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from kelisim.calendar.exports import Event, feed
from kelisim.meetings.models import Meeting
from kelisim.meetings.states import MeetingState
from kelisim.pages.languages import spoken


def event(meeting: Meeting, language: str) -> Event:
    """A meeting as an entry; its address is its public page."""
    with translation.override(language):
        where = settings.ORIGIN + reverse("meetings:meeting", args=[meeting.pk])
        title = spoken(meeting.title, language).text or str(meeting)
        cancelled = meeting.state == MeetingState.CANCELLED
    return Event(
        uid=f"meeting-{meeting.pk}@kelisim",
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        title=f"{spoken(meeting.body.name, language).text}: {title}",
        place=spoken(meeting.place, language).text,
        description=meeting.cancelled_because if cancelled else "",
        address=where,
        changed_at=meeting.changed_at,
        sequence=meeting.sequence,
        cancelled=cancelled,
        language=language,
    )


def attached(meeting: Meeting, language: str) -> bytes:
    """One meeting, for a letter."""
    with translation.override(language):
        name = _("Meetings")
    entries = [event(meeting, language)]
    return feed(name, entries, language=language, at=meeting.changed_at)
