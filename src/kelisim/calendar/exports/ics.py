"""Events as iCalendar (RFC 5545, RFC 7986), for programs that subscribe."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.utils.timezone import get_default_timezone
from icalendar import Calendar, vText
from icalendar import Event as Entry


@dataclass(frozen=True, slots=True)
class Event:
    """Something at a time, or (where it starts with a date alone) on whole days.

    `uid` stays for ever; `sequence` counts its changes. `ends_at` is the first moment, or the
    first day, that is no longer in it.
    """

    uid: str
    starts_at: datetime | date
    ends_at: datetime | date | None
    title: str
    place: str
    description: str
    address: str
    changed_at: datetime
    sequence: int
    cancelled: bool
    language: str


def text(said: str, language: str) -> vText:
    return vText(said, params={"LANGUAGE": language})


def local(when: datetime | date) -> datetime | date:
    """A moment in the office's own time zone; a day as it is."""
    return when.astimezone(get_default_timezone()) if isinstance(when, datetime) else when


def entry(event: Event) -> Entry:
    found = Entry()
    found.add("uid", event.uid)
    found.add("dtstamp", event.changed_at.astimezone(UTC))
    found.add("last-modified", event.changed_at.astimezone(UTC))
    found.add("sequence", event.sequence)
    found.add("dtstart", local(event.starts_at))
    if event.ends_at:
        found.add("dtend", local(event.ends_at))
    found.add("summary", text(event.title, event.language))
    for name, said in (("location", event.place), ("description", event.description)):
        if said:
            found.add(name, text(said, event.language))
    if event.address:
        found.add("url", event.address)
    found.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    return found


def feed(name: str, events: Iterable[Event], *, language: str, at: datetime) -> bytes:
    """A calendar of events, with the definition of its time zone; the same in, the same bytes out.

    `at` is when it last changed.
    """
    found = Calendar()
    found.add("prodid", "-//Kelisim//Kelisim//EN")
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    found.add("name", text(name, language))
    found.add("x-wr-calname", name)
    found.add("last-modified", at.astimezone(UTC))
    for event in events:
        found.add_component(entry(event))
    found.add_missing_timezones()
    return bytes(found.to_ical())
