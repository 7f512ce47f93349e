"""Eight writers at once: no fork, no gap, nothing lost."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from kelisim.ledger import queries
from kelisim.ledger.models import Entry, Head
from tests.ledger.conftest import act

WRITERS, ACTS = 8, 12

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("ledger", ["begun", "empty"])
def test_eight_writers_at_once_make_one_chain(ledger):
    begun = ledger == "begun"
    if begun:
        act()
    together = Barrier(WRITERS)

    def write(writer):
        try:
            together.wait(timeout=30)
            for n in range(ACTS):
                act(f"council.writer_{writer}", because="", after={"n": n})
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write, range(WRITERS)))

    verdict = queries.verify()
    assert verdict.whole, str(verdict)
    assert verdict.entries == WRITERS * ACTS + begun
    for writer in range(WRITERS):
        acts = queries.entries(act=f"council.writer_{writer}").order_by("number")
        assert [entry.after["n"] for entry in acts] == list(range(ACTS))


def test_an_act_undone_among_others_leaves_no_gap():
    def write(n):
        try:
            with transaction.atomic():
                act(after={"n": n})
                if n % 3 == 0:
                    transaction.set_rollback(True)
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write, range(30)))

    assert Entry.objects.count() == 20
    assert queries.verify().whole


def test_the_ledger_is_proved_while_it_is_written():
    act()
    verdicts = []

    def write(n):
        try:
            act(after={"n": n})
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        done = [pool.submit(write, n) for n in range(60)]
        while not all(future.done() for future in done):
            verdicts.append(queries.verify())
    assert all(future.exception() is None for future in done)
    assert all(verdict.whole for verdict in verdicts), [str(v) for v in verdicts if not v.whole]


def test_a_head_that_lags_cannot_fork_the_chain():
    act()
    first = Entry.objects.get()
    act()
    Head.objects.update(number=first.number, hash=first.hash)
    with pytest.raises(Exception, match=r"(?i)append-only|unique"):
        act()
    assert Entry.objects.count() == 2
