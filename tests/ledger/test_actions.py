"""Acts are recorded once, in order, in the transaction of the act."""

from itertools import pairwise

import pytest
from django.db import DatabaseError, connection, transaction

from kelisim.ledger import chain, queries
from kelisim.ledger.actions import destroy_reason, record
from kelisim.ledger.models import Entry, Head, Sealed
from tests.ledger.conftest import AT, BOLAT, MANDATE, SAULE, Holder, act

pytestmark = pytest.mark.django_db


def test_entries_are_counted_from_one_without_a_gap_and_linked(ten):
    assert [entry.number for entry in ten] == list(range(1, 11))
    assert ten[0].previous == chain.GENESIS
    assert all(b.previous == a.hash for a, b in pairwise(ten))


def test_what_the_database_gives_back_has_the_same_hash(ten):
    assert all(chain.digest(entry) == entry.hash for entry in Entry.objects.all())


def test_an_act_that_is_undone_leaves_no_entry():
    act()
    with transaction.atomic():
        act()
        transaction.set_rollback(True)
    assert act().number == 2
    assert queries.verify().whole


@pytest.mark.django_db(transaction=True)
def test_nothing_is_recorded_outside_a_transaction():
    with pytest.raises(transaction.TransactionManagementError):
        record("council.met", subject=Entry(pk=1), by=None, mandate=MANDATE, at=AT)
    assert not Entry.objects.exists()


def test_an_entry_says_nothing_of_its_person_or_its_reason(ten):
    stored = str(list(Entry.objects.values_list()))
    assert ten[3].actor == chain.actor_commitment(BOLAT.ledger_key, 4, BOLAT.pk)
    assert "because of" not in stored
    assert str(BOLAT.ledger_key) not in stored


def test_two_acts_of_one_person_do_not_look_alike():
    assert act(by=SAULE).actor != act(by=SAULE).actor


def test_a_person_finds_their_own_acts_with_their_key(ten):
    assert [entry.number for entry in queries.acts_of(BOLAT)] == [1, 4, 7, 10]
    assert [entry.number for entry in queries.acts_of(SAULE)] == [3, 6, 9]


def test_every_act_about_one_thing_is_its_history(ten):
    assert [entry.number for entry in queries.history(Head(pk=1))] == list(range(1, 11))
    assert not queries.history(Head(pk=2)).exists()


def test_without_the_key_nobody_finds_them(ten):
    assert list(queries.acts_of(Holder(8, b""))) == []
    assert list(queries.acts_of(Holder(8, b"x" * 32))) == []


def test_somebody_whose_key_was_destroyed_can_no_longer_act():
    with pytest.raises(ValueError, match="key"):
        act(by=Holder(9, b""))


@pytest.mark.parametrize("fact", [1.5, b"bytes", AT, {1: "one"}, ("a", "b")])
def test_a_fact_that_two_databases_could_write_differently_is_refused(fact):
    with pytest.raises(TypeError):
        act(after={"fact": fact})


def test_a_reason_can_be_forgotten_and_the_chain_stays_whole(ten):
    assert queries.reason(ten[3]) == "because of 4"
    forgotten = destroy_reason(4, by=None, mandate=MANDATE, at=AT)
    assert forgotten.act == "ledger.reason_destroyed"
    assert queries.reason(ten[3]) == ""
    assert not Sealed.objects.filter(text="because of 4").exists()
    verdict = queries.verify()
    assert verdict.whole
    assert verdict.entries == 11


def test_forgetting_twice_is_recorded_once(ten):
    destroy_reason(4, by=None, mandate=MANDATE, at=AT)
    assert destroy_reason(4, by=None, mandate=MANDATE, at=AT) is None
    assert Entry.objects.count() == 11


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE ledger_entry SET act = 'council.lied' WHERE number = 3",
        "UPDATE ledger_entry SET number = 99 WHERE number = 3",
        "DELETE FROM ledger_entry WHERE number = 10",
        "DELETE FROM ledger_entry",
    ],
)
def test_the_database_refuses_to_rewrite(ten, sql):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(sql)
    assert queries.verify().entries == 10


@pytest.mark.django_db(transaction=True)
def test_the_database_refuses_to_empty_the_table(ten):
    if connection.vendor == "sqlite":
        sql = "DELETE FROM ledger_entry"
    else:
        sql = "TRUNCATE ledger_entry CASCADE"
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(sql)


COLUMNS = [field.column for field in Entry._meta.concrete_fields]


@pytest.mark.parametrize(
    ("number", "previous"),
    [("12", "hash"), ("3", "hash"), ("11", "previous")],
    ids=["leaving a gap", "over another", "forking"],
)
def test_the_database_refuses_an_entry_that_does_not_follow_the_last(ten, number, previous):
    values = ", ".join({"number": number, "previous": previous}.get(c, c) for c in COLUMNS)
    replace = "OR REPLACE " if connection.vendor == "sqlite" else ""
    sql = f"INSERT {replace}INTO ledger_entry ({', '.join(COLUMNS)}) SELECT {values} FROM ledger_entry WHERE number = 10"
    with pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute(sql)
    assert queries.verify().entries == 10
