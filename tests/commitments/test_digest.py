"""The letter of a day: one to a person, about everything, never twice, and it stays readable."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kelisim.bodies.queries.powers import powers
from kelisim.commitments import tasks
from kelisim.commitments.actions import agreeing, approving, control, digests, extending, reminding
from kelisim.commitments.models import Commitment, Digest, Edition
from kelisim.commitments.queries import digest as reading
from kelisim.commitments.states import Rung, Status
from kelisim.jobs import clock
from tests.commitments.world import (
    AT,
    agreed,
    approved,
    digest,
    drafted,
    handed_in,
    opined,
    row,
    world,
    written,
)

pytestmark = pytest.mark.django_db
TERM, OVERDUE = date(2026, 10, 1), date(2026, 10, 22)


def at(on: date) -> datetime:
    return datetime(on.year, on.month, on.day, 4, tzinfo=UTC)


@pytest.fixture
def morning(settings, monkeypatch):
    """It is this day; jobs run at once, as a worker would run them."""
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}

    def come(on: date) -> int:
        monkeypatch.setattr("django.utils.timezone.now", lambda: at(on))
        return tasks.remind.call()

    return come


def keys(who, on):
    return [one.key for one in reading.sections(who, powers(who, on), on)]


def to(who):
    return [one for one in mail.outbox if one.to == [who.email]]


def test_each_post_is_told_its_own_and_all_in_one_letter():
    of = world()
    approved(of, row("1"), row("2", term="до 29 октября 2026 года"))
    reminding.remind(on=OVERDUE, at=at(OVERDUE))
    assert keys(of.minister, OVERDUE) == [Rung.HEAD, Rung.BEFORE]
    assert keys(of.clerk, OVERDUE) == [Rung.BEFORE]
    assert keys(of.officer, OVERDUE) == ["unheard"]
    assert keys(of.head, OVERDUE) == ["unheard"]
    assert keys(of.other_minister, OVERDUE) == []


def test_what_waits_for_an_act_of_mine_is_in_my_letter():
    of = world()
    first, second, third, fourth = approved(of, *(row(str(n)) for n in range(1, 5)))
    handed_in(of, first)
    opined(of, second)
    report = handed_in(of, third)
    control.send_back(report.pk, because="No form", by=of.officer, at=AT)
    extending.ask_extension(
        fourth.stages.get().pk,
        until=date(2026, 11, 2),
        because="The tender is late",
        by=of.minister,
        at=AT,
    )
    agreeing.ask(drafted(of, row("9")).pk, by=of.officer, at=AT)
    agreed(of, drafted(of, row("8", lead="ministry-of-roads")))
    on = AT.date()
    assert keys(of.minister, on) == ["returned", "agree"]
    assert keys(of.clerk, on) == ["returned", "agree"]
    assert keys(of.officer, on) == ["control"]
    assert keys(of.head, on) == ["control", "issue", "extend"]
    assert keys(of.chair, on) == ["issue", "extend", "approve"]


def test_a_co_executors_part_waits_for_the_lead():
    of = world()
    (commitment,) = approved(of, row("1", others=("ministry-of-roads",)))
    handed_in(of, commitment, body_id=of.other.pk, by=of.other_minister)
    assert keys(of.minister, AT.date()) == ["gather"]
    assert keys(of.officer, AT.date()) == []


def test_a_morning_writes_one_letter_to_each_in_their_language_and_never_again(morning):
    of = world()
    of.minister.language = "ru"
    of.minister.save()
    approved(of)
    for _again in range(2):
        morning(OVERDUE)
    assert {one.to[0] for one in mail.outbox} == {
        who.email for who in (of.minister, of.officer, of.head)
    }
    assert len(mail.outbox) == 3
    (letter,) = to(of.minister)
    assert "22 октября 2026" in letter.subject
    assert "1 октября 2026" in letter.body
    assert "/ru/desk/commitments/" in letter.body
    kept = Digest.objects.get(person=of.minister)
    assert (kept.text, kept.day) == (letter.body, OVERDUE)
    assert kept.sent_at


def test_a_reminder_is_told_once_and_a_day_with_nothing_new_has_no_letter(morning):
    of = world()
    approved(of)
    morning(date(2026, 9, 17))
    assert len(to(of.minister)) == 1
    morning(date(2026, 9, 18))
    assert len(to(of.minister)) == 1


def test_a_free_day_writes_to_nobody(morning):
    of = world()
    approved(of)
    assert morning(date(2026, 10, 24)) == 0
    assert mail.outbox == []


def test_a_letter_that_the_mail_server_refused_is_told_the_next_morning(morning, monkeypatch):
    of = world()
    approved(of)

    def refuse(_mail):
        raise OSError("no mail server")

    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.EmailMessage.send", refuse)
        morning(date(2026, 9, 17))
    assert not Digest.objects.exists()
    morning(date(2026, 9, 18))
    (letter,) = to(of.minister)
    assert "No. 1" in letter.body or "№ 1" in letter.body


def test_a_letter_that_was_claimed_before_a_crash_is_not_mailed_but_stays_readable(morning, client):
    of = world()
    approved(of)
    digests.claim(of.minister, date(2026, 9, 17), "Due soon")
    morning(date(2026, 9, 17))
    assert to(of.minister) == []
    client.force_login(of.minister)
    page = client.get(reverse("commitments:letters"))
    letter = Digest.objects.get(person=of.minister)
    assert reverse("commitments:letter", args=[letter.pk]) in page.content.decode()
    assert (
        "Due soon" in client.get(reverse("commitments:letter", args=[letter.pk])).content.decode()
    )


def test_a_letter_is_its_readers_alone(client):
    of = world()
    letter = digests.claim(of.minister, TERM, "Due soon")
    address = reverse("commitments:letter", args=[letter.pk])
    assert client.get(address).status_code == 302
    client.force_login(of.officer)
    assert client.get(address).status_code == 404
    assert (
        "2026" not in client.get(reverse("commitments:letters")).content.decode().split("<h1>")[1]
    )


def test_a_letter_asks_as_much_of_the_database_for_many_as_for_few():
    of = world()
    counts = []
    for number, rows in enumerate((2, 7)):
        made = approved(of, *(row(f"{number}{n}") for n in range(rows)))
        written(of, made[0])
        opined(of, made[1])
        reminding.remind(on=OVERDUE, at=at(OVERDUE))
        held = powers(of.head, OVERDUE)
        with CaptureQueriesContext(connection) as queries:
            found = reading.sections(of.head, held, OVERDUE)
        assert sum(len(one.lines) for one in found) >= rows
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 14


def test_the_night_brings_into_force_what_is_due_and_computes_every_status(settings, monkeypatch):
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}
    of = world()
    approved(of)
    later = agreed(of, drafted(of, row("5")))
    approving.approve(
        later.pk,
        number="2",
        in_force_from=date(2026, 4, 1),
        digest=digest(later),
        by=of.chair,
        at=AT,
    )
    monkeypatch.setattr("django.utils.timezone.now", lambda: at(date(2026, 10, 2)))
    for _again in range(2):
        tasks.tell_standings.call()
    assert Edition.objects.get(pk=later.pk).state == "in_force"
    assert {one.status for one in Commitment.objects.all()} == {Status.OVERDUE}


def test_both_recur_every_day_because_moved_days_may_work_on_a_weekend():
    work = {name.rpartition(".")[2]: one for name, one in clock.REGISTER.items()}
    for name in ("tell_standings", "remind"):
        assert name in work
    saturday = datetime(2026, 10, 24, 12, tzinfo=UTC)
    found = {
        one.task.func.__name__: slot
        for one, slot in clock.due(saturday, UTC)
        if one.name.startswith("kelisim.commitments")
    }
    assert {slot.date() for slot in found.values()} == {saturday.date()}
    assert saturday - found["remind"] < timedelta(days=1)
