"""Whatever is done to the ledger behind its back is found, and the first entry is named."""

import hashlib
import json
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DataError, connection, transaction
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from kelisim.ledger import actions, chain, guards, queries
from kelisim.ledger.chain import Checkpoint
from kelisim.ledger.models import Entry, Head, Sealed
from kelisim.ledger.queries import verification
from kelisim.people import actions as people
from kelisim.people.models import Person
from tests.ledger.conftest import AT, MANDATE, act

pytestmark = pytest.mark.django_db


@pytest.fixture
def unguarded(ten):
    """The same ten entries for somebody who rules the database and took the guards away."""
    guards.remove(connection)
    Sealed.objects.all().delete()
    Entry.objects.exclude(because="").update(because="")
    rechain(1)
    return Entry.objects.order_by("number")


def rechain(first, *, head=True):
    """Compute the chain anew from an entry on, as an attacker who knows the rules would."""
    previous = Entry.objects.filter(number=first - 1).values_list("hash", flat=True).first()
    previous = previous or chain.GENESIS
    for entry in Entry.objects.filter(number__gte=first).order_by("number"):
        entry.previous = previous
        entry.hash = previous = chain.digest(entry)
        entry.save()
    if head:
        Head.objects.update(number=entry.number, hash=entry.hash)


def fault(checkpoint=None):
    found = queries.verify(checkpoint).fault
    return found and (found.code, found.facts["number"])


def move(number, to):
    Entry.objects.filter(pk=number).update(number=to)


def test_what_nobody_touched_is_whole(ten):
    verdict = queries.verify(queries.checkpoint())
    assert verdict.whole
    assert verdict.entries == 10
    assert verdict.checkpoint == Checkpoint(10, ten[9].hash, AT)


def test_an_empty_ledger_is_whole():
    assert queries.verify(queries.checkpoint()).whole


def test_the_chain_is_proved_across_chunks(ten, monkeypatch):
    monkeypatch.setattr(verification, "CHUNK", 3)
    assert queries.verify().entries == 10


def test_it_asks_the_database_once_a_chunk(ten, django_assert_num_queries):
    with django_assert_num_queries(3):
        queries.verify()
    for _ in range(20):
        act(because="why")
    with django_assert_num_queries(3):
        queries.verify()


@pytest.mark.parametrize("number", [1, 5, 10])
@pytest.mark.parametrize(
    "change",
    [
        {"at": datetime(2020, 1, 1, tzinfo=UTC)},
        {"act": "council.lied"},
        {"subject_kind": "council.other"},
        {"subject_ref": "99"},
        {"mandate_key": "council.nobody"},
        {"mandate_words": "nobody"},
        {"before": None},
        {"after": {"state": "done", "n": 1.0}},
        {"after": {}},
        {"actor": "f" * 64},
        {"hash": "f" * 64},
        {"previous": "f" * 64},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_entry_is_named(unguarded, number, change):
    Entry.objects.filter(pk=number).update(**change)
    assert fault() == ("ledger.changed", number)


def test_an_entry_changed_with_its_own_hash_is_named(unguarded):
    entry = unguarded.get(pk=5)
    entry.act = "council.lied"
    entry.hash = chain.digest(entry)
    entry.save()
    assert fault() == ("ledger.changed", 5)


def test_an_entry_changed_with_link_and_hash_is_named(unguarded):
    entry = unguarded.get(pk=5)
    entry.previous = "e" * 64
    entry.hash = chain.digest(entry)
    entry.save()
    assert fault() == ("ledger.changed", 5)


@pytest.mark.parametrize("number", [1, 5])
def test_a_removed_entry_is_named(unguarded, number):
    unguarded.filter(pk=number).delete()
    assert fault() == ("ledger.removed", number)


def test_a_removed_entry_is_named_although_the_rest_was_numbered_anew(unguarded):
    unguarded.filter(pk=5).delete()
    for number in range(6, 11):
        move(number, number - 1)
    assert fault() == ("ledger.removed", 5)


def test_a_removed_tail_is_seen_by_the_head(unguarded):
    unguarded.filter(pk__gt=7).delete()
    assert fault() == ("ledger.removed", 8)


def test_a_removed_tail_is_seen_by_a_checkpoint_only_when_the_head_was_moved(unguarded):
    kept = queries.checkpoint()
    unguarded.filter(pk__gt=7).delete()
    Head.objects.update(number=7, hash=unguarded.get(pk=7).hash)
    assert fault() is None
    assert fault(kept) == ("ledger.removed", 8)


def test_a_whole_ledger_that_was_removed_is_seen_by_a_checkpoint(unguarded):
    kept = queries.checkpoint()
    unguarded.delete()
    Head.objects.all().delete()
    assert fault() is None
    assert fault(kept) == ("ledger.removed", 1)


def test_an_inserted_entry_is_named_when_the_others_made_room(unguarded):
    for number in range(10, 4, -1):
        move(number, number + 1)
    alien = Entry(
        **{f.attname: getattr(unguarded.get(pk=4), f.attname) for f in Entry._meta.fields}
        | {"number": 5, "act": "council.lied", "previous": "d" * 64}
    )
    alien.hash = chain.digest(alien)
    alien.save(force_insert=True)
    Head.objects.update(number=11)
    assert fault() == ("ledger.inserted", 5)


@pytest.fixture
def unfolded():
    """The same for somebody who also lets two entries follow the same one."""
    constraints = Entry._meta.constraints
    (unique,) = (c for c in constraints if c.name == "ledger_never_forks")
    guards.remove(connection)
    # SQLite builds the table anew from what the model says.
    Entry._meta.constraints = [c for c in constraints if c is not unique]
    with connection.schema_editor() as editor:
        editor.remove_constraint(Entry, unique)
    yield
    Entry.objects.all().delete()
    Entry._meta.constraints = constraints
    with connection.schema_editor() as editor:
        editor.add_constraint(Entry, unique)
    guards.install(connection)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("well_formed", [True, False])
def test_an_entry_inserted_between_two_that_both_stay_is_named(unfolded, well_formed):
    for _ in range(10):
        act()
    for number in range(10, 4, -1):
        move(number, number + 1)
    alien = Entry.objects.get(pk=4)
    alien.number, alien.previous, alien.act = 5, alien.hash, "council.lied"
    alien.hash = chain.digest(alien) if well_formed else "d" * 64
    alien.save(force_insert=True)
    Head.objects.update(number=11)
    assert fault() == ("ledger.inserted", 5)


def test_an_entry_appended_past_the_head_is_named(unguarded):
    last = unguarded.get(pk=10)
    last.number, last.previous, last.act = 11, last.hash, "council.lied"
    last.hash = chain.digest(last)
    last.save(force_insert=True)
    assert fault() == ("ledger.inserted", 11)


@pytest.mark.parametrize(("a", "b"), [(5, 6), (2, 9), (1, 2), (9, 10)])
def test_two_entries_that_changed_places_are_named(unguarded, a, b):
    move(a, 100)
    move(b, a)
    move(100, b)
    found = queries.verify().fault
    assert (found.code, dict(found.facts)) == ("ledger.reordered", {"number": a, "stands": b})


def test_a_chain_computed_anew_is_seen_by_the_head(unguarded):
    Entry.objects.filter(pk=5).update(act="council.lied")
    rechain(5, head=False)
    assert fault() == ("ledger.head_differs", 10)


def test_a_chain_computed_anew_with_its_head_is_seen_by_a_checkpoint(unguarded):
    kept = queries.checkpoint()
    Entry.objects.filter(pk=5).update(act="council.lied")
    rechain(5)
    assert fault() is None
    assert fault(kept) == ("ledger.rewritten", 10)


@pytest.mark.parametrize(
    "other", [{"hash": "f" * 64}, {"at": AT + timedelta(seconds=1)}], ids=["hash", "time"]
)
def test_a_checkpoint_of_another_ledger_is_not_met(ten, other):
    assert fault(replace(queries.checkpoint(), **other)) == ("ledger.rewritten", 10)


def test_a_checkpoint_stays_met_when_acts_follow(ten):
    kept = queries.checkpoint()
    act()
    assert fault(kept) is None


def test_a_missing_head_is_named(unguarded):
    Head.objects.all().delete()
    assert fault() == ("ledger.headless", 10)


@pytest.mark.parametrize("changed", [{"text": "because of money"}, {"key": b"x" * 32}])
def test_a_changed_reason_is_named(ten, changed):
    Sealed.objects.filter(pk=8).update(**changed)
    assert fault() == ("ledger.reason_changed", 8)


def test_a_reason_that_is_gone_without_a_record_is_named(ten):
    Sealed.objects.filter(pk=8).delete()
    assert fault() == ("ledger.reason_removed", 8)


def test_a_reason_made_up_later_is_named(ten):
    Sealed.objects.create(entry_id=5, key=b"x" * 32, text="because of me")
    assert fault() == ("ledger.reason_changed", 5)


def test_the_first_fault_is_named_when_there_are_several(unguarded):
    Entry.objects.filter(pk=3).update(act="council.lied")
    unguarded.filter(pk=7).delete()
    assert fault() == ("ledger.changed", 3)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", "nonsense"),
        ("at", "2026-13-45 00:00:00"),
        ("before", "nonsense"),
        ("number", "nonsense"),
    ],
)
def test_what_no_entry_can_hold_is_refused_or_named(unguarded, column, value):
    sql = f"UPDATE ledger_entry SET {column} = '{value}' WHERE number = 5"
    if connection.vendor == "postgresql":
        with pytest.raises(DataError), transaction.atomic():
            connection.cursor().execute(sql)
        return
    # SQLite stores whatever it is given, once its checks are off.
    connection.cursor().execute("PRAGMA ignore_check_constraints = ON")
    connection.cursor().execute(sql)
    connection.cursor().execute("PRAGMA ignore_check_constraints = OFF")
    assert fault() == ("ledger.removed" if column == "number" else "ledger.changed", 5)


texts = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=40)
seals = st.text("0123456789abcdef", min_size=64, max_size=64)
facts = st.none() | st.dictionaries(texts, st.integers(-9, 9) | texts | st.booleans(), max_size=3)
moments = st.datetimes(datetime(1995, 3, 1), datetime(2100, 1, 1), timezones=st.just(UTC))
numbers = st.integers(1, 10)
changes = st.one_of(
    st.tuples(st.sampled_from(["act", "subject_kind", "mandate_key", "mandate_words"]), texts),
    st.tuples(st.sampled_from(["actor", "because", "previous", "hash"]), seals),
    st.tuples(st.sampled_from(["before", "after"]), facts),
    st.tuples(st.just("at"), moments),
)
at_random = settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@contextmanager
def undone():
    """Whatever one example does is undone before the next."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@at_random
@given(number=numbers, change=changes)
def test_any_other_value_in_any_entry_is_named(unguarded, number, change):
    name, value = change
    assume(getattr(unguarded.get(pk=number), name) != value)
    with undone():
        unguarded.filter(pk=number).update(**{name: value})
        assert fault() == ("ledger.changed", number)


@at_random
@given(gone=st.sets(numbers, min_size=1))
def test_the_first_of_any_removed_entries_is_named(unguarded, gone):
    with undone():
        unguarded.filter(pk__in=gone).delete()
        assert fault() == ("ledger.removed", min(gone))


@at_random
@given(order=st.permutations(range(1, 11)))
def test_any_other_order_is_found_at_its_first_place(unguarded, order):
    moved = [place for place, number in enumerate(order, start=1) if place != number]
    assume(moved)
    with undone():
        for number in range(1, 11):
            move(number, 100 + number)
        for place, number in enumerate(order, start=1):
            move(100 + number, place)
        assert fault() == ("ledger.reordered", moved[0])


def test_the_proof_is_the_same_for_a_program_that_reads_only_the_api(ten, client):
    """An auditor's own reckoning, from the documentation of the canonical form alone."""
    previous = "0" * 64
    for item in client.get("/api/v1/ledger/entries?limit=100").json()["items"]:
        assert item["previous"] == previous
        sealed = {"format": "kelisim.ledger/1", **{k: v for k, v in item.items() if k != "hash"}}
        text = json.dumps(sealed, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        previous = hashlib.sha256(text.encode()).hexdigest()
        assert item["hash"] == previous
    assert client.get("/api/v1/ledger/checkpoint").json()["hash"] == previous


def test_a_person_and_their_reasons_can_be_forgotten_and_the_chain_stays_whole(ten):
    person = Person.objects.create_user("aliya@example.org", name="Aliya Example")
    told = act("council.spoke", by=person, because="Aliya Example asked for it")
    kept = queries.checkpoint()
    assert [entry.number for entry in queries.acts_of(person)] == [11]

    people.ask_erasure(person.pk, at=AT)
    person = people.erase(person.pk, by=None, at=AT)
    actions.destroy_reason(told.number, by=None, mandate=MANDATE, at=AT)

    assert queries.verify(kept).whole
    assert list(queries.acts_of(person)) == []
    assert "Aliya" not in str([*Entry.objects.values_list(), *Sealed.objects.values_list()])
