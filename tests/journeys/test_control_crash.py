"""A power cut during the nightly statuses, the morning's letters, an import, an act on many.

Each act is done by a real process that is killed with SIGKILL, at random moments. What it had
acknowledged is compared with what the database holds; then it is begun again. Against a program
without transactions the same comparisons must find what is half done: so they can fail.
"""

import json
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import date, timedelta
from random import Random

import pytest
from django.db import connection

from kelisim.commitments.actions import drafting, standing
from kelisim.commitments.models import (
    Bulk,
    Commitment,
    Digest,
    Edit,
    Line,
    Mark,
    Night,
    Notice,
    Standing,
)
from kelisim.commitments.states import Control
from kelisim.commitments.trees.table import Table
from kelisim.ledger.models import Entry
from kelisim.ledger.queries import verify
from tests.commitments.world import AT, approved, drafted, row, world
from tests.journeys.real import CRASHES, environment

pytestmark = [
    pytest.mark.crash,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("crash of control"),
]
MOMENTS = max(3, CRASHES // 5)
FIRST, TODAY = date(2026, 10, 1), date(2026, 10, 9)
MORNING = date(2026, 10, 22)
ROWS = 60


class Program:
    """The program that acts, and is killed."""

    def __init__(self, folder, process):
        self.folder, self.process = folder, process

    def do(self, act, facts, moment=None):
        """Let it be done; how it ended and what it had acknowledged. Only then it is looked at."""
        (self.folder / "acknowledged").write_text("")
        connection.close()
        self.process.stdin.write(json.dumps([act, facts, moment]) + "\n")
        self.process.stdin.flush()
        code = int(self.process.stdout.readline())
        settled()
        assert code in {0, -signal.SIGKILL}, (self.folder / "errors").read_text()[-3000:]
        return code, (self.folder / "acknowledged").read_text().split()

    def whole(self, act, **facts):
        """How long it takes when nobody kills it."""
        began = time.monotonic()
        code, said = self.do(act, facts)
        assert code == 0
        assert said
        return time.monotonic() - began

    def killed(self, moment, act, **facts):
        """Kill it so many seconds after it began; what it had acknowledged, and whether it died."""
        code, said = self.do(act, facts, moment)
        return said, code != 0

    def letters(self):
        """To whom letters went out, each as often as it did."""
        folder = self.folder / "letters"
        files = sorted(folder.glob("*.log")) if folder.is_dir() else ()
        return [
            to for file in files for to in re.findall(r"^To: (.+)$", file.read_text(), re.MULTILINE)
        ]


@contextmanager
def program(folder, mode="whole"):
    """The program; always dead afterwards, its letters forgotten before."""
    for letter in (folder / "letters").glob("*"):
        letter.unlink()
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.killed_acts", str(folder), mode],
        env=environment(folder),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=(folder / "errors").open("ab"),
        text=True,
        start_new_session=True,
    )
    try:
        assert process.stdout.readline() == "ready\n", (folder / "errors").read_text()[-3000:]
        yield Program(folder, process)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def settled():
    """Wait until the database has noticed that who asked it is dead."""
    while connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                "AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
            )
            if not cursor.fetchone()[0]:
                return
        time.sleep(0.02)


def moments(lasts, number=MOMENTS):
    dice = Random(2026)
    return [dice.uniform(0, 1.1 * lasts) for _ in range(number)]


# What each act must leave: faults in words, empty where all is well.


def intervals():
    return sorted(Standing.objects.values_list("commitment_id", "since", "until", "status", "why"))


class Nights:
    """Nights were missed; each is told wholly or not at all, in their order."""

    act, facts = "nights", {"today": TODAY.isoformat()}

    def __init__(self, of):
        approved(
            of,
            *(row(str(n), term=f"до {n % 8 + 1} октября 2026 года") for n in range(1, ROWS + 1)),
        )
        standing.tell(today=FIRST, at=AT)
        self.before = intervals()
        self.statuses = dict(Commitment.objects.values_list("pk", "status"))
        standing.tell(today=TODAY, at=AT)
        self.after = intervals()
        assert len(self.after) > len(self.before)

    def reset(self):
        Standing.objects.all().delete()
        Night.objects.filter(day__gt=FIRST).delete()
        Standing.objects.bulk_create(
            Standing(commitment_id=pk, since=since, until=until, status=status, why=why)
            for pk, since, until, status, why in self.before
        )
        for pk, status in self.statuses.items():
            Commitment.objects.filter(pk=pk).update(status=status)

    def expected(self, day):
        """The intervals as they are when this day is the last that was told."""
        return sorted(
            (pk, since, until if until and until <= day else None, status, why)
            for pk, since, until, status, why in self.after
            if since <= day
        )

    def faults(self, said):
        last = Night.objects.latest("day").day
        there = intervals()
        wrong = ["half a night"] if there != self.expected(last) else []
        told = {row[0]: row[3] for row in there if row[2] is None}
        if told != dict(Commitment.objects.values_list("pk", "status")):
            wrong.append("a status is not its interval's")
        nights = set(Night.objects.values_list("day", flat=True))
        if nights != {FIRST + timedelta(days=n) for n in range((last - FIRST).days + 1)}:
            wrong.append("a night was left out")
        if said and last != TODAY:
            wrong.append("acknowledged and lost")
        return wrong

    def done(self):
        return intervals() == self.after


class Import:
    """A table replaces another: the one or the other, with its step and its entry."""

    act = "take"

    def __init__(self, of):
        self.edition, self.by = drafted(of), of.officer
        self.words = ""
        self.number = 0

    @property
    def facts(self):
        return {
            "edition": self.edition.pk,
            "by": self.by.pk,
            "rows": ROWS,
            "words": self.words,
        }

    def reset(self):
        drafting.take(
            self.edition.pk,
            table=Table([row(str(n), title={"kk": "old"}) for n in range(1, ROWS + 1)]),
            by=self.by,
            at=AT,
        )
        self.number += 1
        self.words = f"new-{self.number}"
        self.steps, self.entries = self.counts()

    def counts(self):
        edits = Edit.objects.filter(edition=self.edition)
        entries = Entry.objects.filter(act="commitments.edited")
        return edits.count(), entries.count()

    def faults(self, said):
        lines = Line.objects.filter(edition=self.edition).values_list("content", flat=True)
        new = sum(content["title"]["kk"] == self.words for content in lines)
        steps, entries = self.counts()
        traces = {len(lines), new, (steps - self.steps) * ROWS, (entries - self.entries) * ROWS}
        wrong = [] if traces in ({ROWS}, {ROWS, 0}) else [f"half an import: {traces}"]
        if said and new != ROWS:
            wrong.append("acknowledged and lost")
        return wrong

    def done(self):
        return self.counts()[0] == self.steps + 1


class Many:
    """One act on many commitments: on all or on none, and pressed again it does nothing more."""

    act = "suspend"

    def __init__(self, of):
        made = approved(of, *(row(str(n)) for n in range(1, 16)))
        self.pks, self.by, self.number = [one.pk for one in made], of.chair, 0

    @property
    def facts(self):
        return {"commitments": self.pks, "by": self.by.pk, "token": f"press-{self.number}"}

    def reset(self):
        Mark.objects.filter(kind="suspended").delete()
        Commitment.objects.filter(pk__in=self.pks).update(control=Control.ON)
        self.number += 1

    def faults(self, said):
        held = Commitment.objects.filter(control=Control.SUSPENDED)
        marks = Mark.objects.filter(kind="suspended")
        entries = Entry.objects.filter(
            act="commitments.suspended",
            subject_ref__in=[str(pk) for pk in marks.values_list("pk", flat=True)],
        )
        pressed = Bulk.objects.filter(token=self.facts["token"])
        traces = (held.count(), marks.count(), entries.count(), pressed.count() * len(self.pks))
        wrong = [] if set(traces) in ({0}, {len(self.pks)}) else [f"half of it: {traces}"]
        if said and not pressed.exists():
            wrong.append("acknowledged and lost")
        return wrong

    def done(self):
        return Bulk.objects.filter(token=self.facts["token"]).exists()


def cut(scenario, running, when):
    """Kill at each moment, then begin again, be it done or not; the faults, and what was met."""
    found, met = [], 0
    for moment in when:
        scenario.reset()
        said, died = running.killed(moment, scenario.act, **scenario.facts)
        found += scenario.faults(said)
        met += died and not scenario.done()
        if not found:
            running.whole(scenario.act, **scenario.facts)
            found += scenario.faults(["again"])
            assert scenario.done()
    return found, met


@pytest.mark.parametrize("kind", [Nights, Import, Many])
def test_what_is_cut_off_is_whole_or_never_was_and_goes_on(kind, tmp_path):
    scenario = kind(world())
    with program(tmp_path) as running:
        scenario.reset()
        lasts = running.whole(scenario.act, **scenario.facts)
        faults, met = cut(scenario, running, moments(lasts))
    assert faults == []
    assert met, "no moment met it on its way: this would prove nothing"
    assert verify().whole


@pytest.mark.parametrize("kind", [Nights, Import, Many])
def test_without_transactions_what_is_half_done_is_found(kind, tmp_path):
    scenario = kind(world())
    with program(tmp_path, "halved") as running:
        for number in range(40):
            scenario.reset()
            said, _died = running.killed(0.05 + 0.03 * number, scenario.act, **scenario.facts)
            if scenario.faults(said) or not verify().whole:
                return
    pytest.fail("It would not have noticed a half-done act.")


def mornings(running, when):
    """Kill the letters of a morning at each moment, and begin again; to whom letters went out."""
    for moment in when:
        Digest.objects.all().delete()
        Notice.objects.all().delete()
        for letter in (running.folder / "letters").glob("*"):
            letter.unlink()
        running.killed(moment, "morning")
        running.whole("morning")
        yield running.letters()


def concerned(of):
    """Who is written to: three executors' leaders, the head and the officer of the secretariat."""
    approved(of, *(row(str(n), others=("ministry-of-roads",)) for n in range(1, 4)))
    approved(
        of,
        row("4", term="до 26 октября 2026 года", others=("ministry-of-roads",)),
    )
    return {who.email for who in (of.minister, of.clerk, of.other_minister, of.officer, of.head)}


def test_a_morning_that_is_cut_off_mails_nobody_twice(tmp_path):
    people = concerned(world())
    with program(tmp_path) as running:
        lasts = running.whole("morning")
        assert set(running.letters()) == people
        for letters in mornings(running, moments(lasts, max(3, MOMENTS // 2))):
            assert len(letters) == len(set(letters))
            # Whoever was just being written to when it was cut off has the letter on the desk.
            assert len(people - set(letters)) <= 1
            kept = Digest.objects.filter(day=MORNING)
            assert set(kept.values_list("person__email", flat=True)) == people
            assert all(kept.values_list("text", flat=True))
            steps = list(Notice.objects.values_list("stage_id", "rung", "days", "body_id"))
            assert len(steps) == len(set(steps)) > 0
    assert verify().whole


def test_letters_that_are_kept_after_they_were_mailed_are_found_twice(tmp_path):
    concerned(world())
    with program(tmp_path, "hasty") as running:
        lasts = running.whole("morning")
        found = mornings(running, [lasts * n / 12 for n in range(4, 12)])
        assert any(len(letters) > len(set(letters)) for letters in found)
