"""iCalendar: what a program reads is what was written."""

from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar as Read

from kelisim.calendar import exports
from tests.calendar.days import AT


def event(**facts):
    return exports.Event(
        **{
            "uid": "meeting-1@kelisim",
            "starts_at": datetime(2026, 4, 1, 5, tzinfo=UTC),
            "ends_at": datetime(2026, 4, 1, 7, tzinfo=UTC),
            "title": "Кеңес, отырыс; " + "ұзын атау " * 20,
            "place": "Астана",
            "description": "Бірінші жол\nекінші \\ жол",
            "address": "https://council.example/kk/meetings/1/",
            "changed_at": AT,
            "sequence": 2,
            "cancelled": False,
            "language": "kk",
            **facts,
        }
    )


def feed(*events) -> bytes:
    return exports.feed("Кеңес", events, language="kk", at=AT)


def read(*events) -> list:
    return Read.from_ical(feed(*events)).walk("VEVENT")


def test_a_feed_is_read_back_as_it_was_written():
    (entry,) = read(event())
    assert str(entry["UID"]) == event().uid
    assert str(entry["SUMMARY"]) == event().title
    assert str(entry["DESCRIPTION"]) == event().description
    assert entry["SUMMARY"].params["LANGUAGE"] == "kk"
    assert entry.decoded("DTSTART") == event().starts_at
    assert entry.decoded("DTEND") == event().ends_at
    assert (entry["SEQUENCE"], str(entry["STATUS"])) == (2, "CONFIRMED")
    assert entry.decoded("DTSTAMP") == AT


def test_the_same_in_gives_the_same_bytes_out():
    assert feed(event(), event(uid="b")) == feed(event(), event(uid="b"))


def test_lines_are_folded_and_end_as_the_standard_says():
    lines = feed(event()).split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert not any(b"\n" in line or b"\r" in line for line in lines)


def test_no_text_can_begin_a_line_of_its_own():
    content = feed(event(title="x\r\nATTENDEE:mailto:a@b.example\nURL:https://evil.example"))
    names = [line.partition(b":")[0] for line in content.split(b"\r\n")]
    assert b"ATTENDEE" not in names
    assert names.count(b"URL") == 1


def test_the_zone_is_the_office_s_own_before_and_after_it_changed():
    before = datetime(2024, 2, 29, 5, tzinfo=UTC)
    after = datetime(2024, 3, 1, 5, tzinfo=UTC)
    content = feed(event(starts_at=before, ends_at=None), event(starts_at=after, ends_at=None))
    old, new = Read.from_ical(content).walk("VEVENT")
    (zone,) = Read.from_ical(content).walk("VTIMEZONE")
    assert str(zone["TZID"]) == "Asia/Almaty"
    # As a program that knows no time zones of its own would understand the wall clock.
    told = zone.to_tz(lookup_tzid=False)
    for entry, moment, hours in ((old, before, 6), (new, after, 5)):
        wall = entry.decoded("DTSTART").replace(tzinfo=None)
        assert wall == moment.replace(tzinfo=None) + timedelta(hours=hours)
        assert wall.replace(tzinfo=told).utcoffset() == timedelta(hours=hours)


def test_what_lasts_whole_days_has_no_hours():
    (entry,) = read(event(starts_at=date(2026, 4, 1), ends_at=date(2026, 4, 3)))
    assert entry.decoded("DTSTART") == date(2026, 4, 1)
    assert entry.decoded("DTEND") == date(2026, 4, 3)
    assert b"DTSTART;VALUE=DATE:20260401" in feed(event(starts_at=date(2026, 4, 1), ends_at=None))


def test_a_cancelled_event_says_so_and_an_empty_feed_is_a_feed():
    (entry,) = read(event(cancelled=True, sequence=3))
    assert (str(entry["STATUS"]), entry["SEQUENCE"]) == ("CANCELLED", 3)
    assert Read.from_ical(feed()).walk("VEVENT") == []


def test_what_is_not_known_is_left_out():
    (entry,) = read(event(place="", description="", address="", ends_at=None))
    assert not {"LOCATION", "DESCRIPTION", "URL", "DTEND"} & set(entry)
