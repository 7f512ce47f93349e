"""Yearly plans and reports: handed in, replaced while the year is open, asked for once."""

from datetime import UTC, date, datetime
from types import SimpleNamespace as Some

import pytest
from django.core import mail

from kelisim.bodies import tasks
from kelisim.bodies.actions import merging, yearly
from kelisim.bodies.models import Reminder, Yearly
from kelisim.bodies.queries import yearly as queries
from kelisim.bodies.rules.register import LARGEST_FILE, may_hand_in
from kelisim.bodies.states import YearlyKind
from kelisim.ledger.models import Entry
from kelisim.refusals import Refused
from kelisim.territory.commands import load as load_territory
from tests.bodies.people import AT, council, head, officer, person
from tests.bodies.records import ON, enter, representative

PLAN, REPORT = YearlyKind


class Everything:
    def may(self, *_asked):
        return True


HERE = Some(body=Some(merged_into_id=None))


@pytest.mark.parametrize(
    ("kind", "year", "replaces", "text", "size", "code"),
    [
        (PLAN, 2026, False, "x", 0, None),
        (PLAN, 2027, True, "", 5, None),
        (PLAN, 2028, False, "x", 0, "bodies.year_not_yet"),
        (PLAN, 2025, False, "x", 0, None),
        (PLAN, 2025, True, "x", 0, "bodies.year_closed"),
        (REPORT, 2025, True, "x", 0, None),
        (REPORT, 2027, False, "x", 0, "bodies.year_not_yet"),
        (REPORT, 2024, True, "x", 0, "bodies.year_closed"),
        (REPORT, 1900, False, "x", 0, "bodies.year_not_yet"),
        (REPORT, 2025, False, " ", 0, "bodies.text_or_file"),
        (REPORT, 2025, False, "", LARGEST_FILE + 1, "bodies.file_too_large"),
    ],
)
def test_what_may_be_handed_in_when(kind, year, replaces, text, size, code):
    refusal = may_hand_in(
        Everything(), HERE, kind, year=year, on=ON, replaces=replaces, text=text, size=size
    )
    assert (refusal and refusal.code) == code


@pytest.fixture
def clerk(db):
    load_territory()
    council()
    return officer()


@pytest.fixture
def association(clerk):
    return enter(clerk)


def hand_in(association, by, **facts):
    facts = {"kind": REPORT, "year": 2025, "text": "Есеп", "by": by, "at": AT, **facts}
    return yearly.hand_in(association.pk, **facts)


def test_a_report_is_a_text_a_file_or_both_and_may_be_replaced(association):
    who = representative(association)
    hand_in(association, who)
    hand_in(association, who, text="", file=b"%PDF-1.7 report", file_name="report.pdf")
    (row,) = Yearly.objects.all()
    assert (row.text, row.file_name, bytes(row.file)) == ("", "report.pdf", b"%PDF-1.7 report")
    acts = Entry.objects.order_by("-number").values_list("act", flat=True)[:2]
    assert list(acts) == ["bodies.handed_in_again", "bodies.handed_in"]


def test_a_stranger_hands_in_nothing(association):
    with pytest.raises(Refused):
        hand_in(association, person("Stranger"))
    assert not Yearly.objects.exists()


@pytest.mark.parametrize(
    ("kind", "on", "year"),
    [
        (PLAN, date(2026, 1, 31), 2025),
        (PLAN, date(2026, 2, 1), 2026),
        (REPORT, date(2026, 1, 31), 2024),
        (REPORT, date(2026, 2, 1), 2025),
    ],
)
def test_from_a_day_of_the_year_on_it_is_missing(kind, on, year):
    assert queries.expected(kind, on) == year


def missing(kind=REPORT, year=2025):
    return set(queries.without(kind, year, ON).values_list("pk", flat=True))


def test_who_has_not_handed_in_is_told_by_kind_and_year(association, clerk):
    other = enter(clerk, name={"ru": "Другое"})
    young = enter(clerk, name={"ru": "Новое"}, recorded_on=date(2026, 1, 5))
    hand_in(association, representative(association))
    assert missing() == {other.pk}
    assert missing(PLAN, 2026) == {association.pk, other.pk, young.pk}


def test_what_a_merged_double_handed_in_counts_for_the_kept(association, clerk):
    double = enter(clerk, name={"ru": "Двойник"})
    hand_in(double, representative(double))
    merging.merge(association.pk, double.pk, because="x", by=head(), at=AT)
    assert missing() == set()


def run_all():
    """What the worker does with the jobs that stand in the queue."""
    from django_tasks_db.models import DBTaskResult

    for job in DBTaskResult.objects.filter(task_path__endswith="send_reminder"):
        tasks.send_reminder.call(*job.args_kwargs["args"], **job.args_kwargs["kwargs"])


@pytest.fixture
def day(monkeypatch):
    monkeypatch.setattr(tasks.timezone, "now", lambda: datetime(2026, 3, 2, 9, tzinfo=UTC))


def test_each_is_reminded_once_a_year_in_their_own_language(association, day):
    who = representative(association)
    who.language = "ru"
    who.save()
    assert tasks.remind.call() == 2
    run_all()
    run_all()
    assert len(mail.outbox) == 2
    assert {letter.to[0] for letter in mail.outbox} == {who.email}
    assert all("Просим сдать" in letter.body for letter in mail.outbox)
    assert any("2025" in letter.subject for letter in mail.outbox)
    assert f"/ru/desk/register/{association.body.slug}/yearly/" in mail.outbox[0].body
    assert tasks.remind.call() == 0
    assert set(Reminder.objects.values_list("kind", "year", "person")) == {
        ("plan", 2026, who.pk),
        ("report", 2025, who.pk),
    }


def test_without_an_account_the_associations_own_address_is_written_to(association, day):
    tasks.send_reminder.call(association.pk, "report", 2025)
    (letter,) = mail.outbox
    assert letter.to == ["sample@demo.example"]
    assert "Құрметті" in letter.body
    assert "Уважаем" in letter.body


def test_whoever_handed_in_meanwhile_is_not_written_to(association, day):
    assert tasks.remind.call() == 2
    hand_in(association, representative(association))
    hand_in(association, person("Representative"), kind=PLAN, year=2026)
    run_all()
    assert mail.outbox == []


def test_a_letter_that_was_claimed_before_a_crash_is_not_written_again(association, day):
    who = representative(association)
    yearly.claim(association, REPORT, 2025, who, at=AT)
    tasks.send_reminder.call(association.pk, "report", 2025)
    assert mail.outbox == []


def test_a_letter_that_the_server_did_not_take_may_be_written_again(association, day, settings):
    representative(association)
    settings.MAILERS = {"default": {"BACKEND": "tests.bodies.refusing.Refusing"}}
    with pytest.raises(OSError, match="mailbox"):
        tasks.send_reminder.call(association.pk, "report", 2025)
    assert not Reminder.objects.exists()
