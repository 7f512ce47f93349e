"""Regions belong to their day: 16, then 17, then 20, and what of two days can be compared."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from kelisim.ledger.models import Entry
from kelisim.refusals import Refused
from kelisim.territory import queries, rules
from kelisim.territory.commands import load
from kelisim.territory.models import Lineage, Name, Unit

pytestmark = pytest.mark.django_db
OLD, MIDDLE, NEW = date(2014, 1, 1), date(2019, 1, 1), date(2024, 1, 1)


@pytest.mark.parametrize(
    ("on", "count"),
    [
        (date(2014, 1, 1), 16),
        (date(2018, 6, 18), 16),
        (date(2018, 6, 19), 17),
        (date(2022, 6, 7), 17),
        (date(2022, 6, 8), 20),
        (date(2026, 1, 1), 20),
    ],
)
def test_the_regions_of_a_day_are_those_that_existed_on_it(facts, on, count):
    found = queries.regions(on)
    assert len(found) == count
    assert len({unit.kato for unit in found}) == count


@pytest.mark.parametrize("year", [2018, 2024])
def test_codes_and_names_agree_with_the_published_tables(facts, shared_data, year):
    import csv

    day = {2018: date(2018, 12, 31), 2024: date(2024, 12, 31)}[year]
    table = list(
        csv.DictReader((shared_data / "territory" / f"geokz_adm1_{year}_attributes.csv").open())
    )
    assert {row["KATO"] for row in table} == {unit.kato for unit in queries.regions(day)}


def test_districts_agree_with_the_published_table_in_number_and_region(facts, shared_data):
    import csv

    table = list(
        csv.DictReader((shared_data / "territory" / "geokz_adm2_2024_attributes.csv").open())
    )
    ours = {
        unit.kato: unit.parent.kato
        for unit in Unit.objects.filter(kind="district").select_related("parent")
    }
    assert ours.keys() == {row["KATO"] for row in table}
    assert all(ours[row["KATO"]][:2] == row["KATO"][:2] for row in table)


@pytest.mark.parametrize(
    ("on", "name"),
    [(date(2018, 1, 1), "Астана"), (date(2020, 1, 1), "Нұр-Сұлтан"), (date(2022, 9, 17), "Астана")],
)
def test_the_capital_is_called_as_it_was_called_on_the_day(facts, on, name):
    assert queries.names(["710000000"], on, "kk")["710000000"].short.text == name


def test_every_unit_has_a_name_in_three_languages_on_its_days(facts):
    for day in (OLD, MIDDLE, NEW):
        units = queries.regions(day)
        for language in ("kk", "ru", "en"):
            called = queries.names([unit.kato for unit in units], day, language)
            assert len(called) == len(units)
            assert not any(name.full.borrowed or not name.full.text for name in called.values())


def test_a_figure_of_seventeen_regions_is_never_set_beside_one_of_twenty(facts):
    with pytest.raises(Refused) as caught:
        queries.beside(queries.regions(MIDDLE), queries.regions(NEW))
    assert caught.value.refusals[0].code == "territory.other_borders"
    queries.beside(queries.regions(NEW), queries.regions(date(2026, 1, 1)))


def test_the_rule_asks_only_for_keys():
    assert rules.may_compare([1, 2], [2, 1]) is None
    assert rules.may_compare([1, 2], [1, 3]).facts["ours"] == 2


def test_two_days_are_compared_over_the_smallest_territories_with_equal_borders(facts):
    parts = queries.common(MIDDLE, NEW)
    split = {
        tuple(u.kato for u in part.one): {u.kato for u in part.other}
        for part in parts
        if not part.whole
    }
    assert split == {
        ("630000000",): {"630000000", "100000000"},
        ("190000000",): {"190000000", "330000000"},
        ("350000000",): {"350000000", "620000000"},
    }
    assert len(parts) == 17
    assert len(queries.common(OLD, NEW)) == 16
    assert [len(queries.common(day, day)) for day in (OLD, MIDDLE, NEW)] == [16, 17, 20]


def test_sums_are_carried_over_and_nothing_is_lost(facts):
    one = {unit.kato: 100 + n for n, unit in enumerate(queries.regions(MIDDLE))}
    other = {unit.kato: 1000 + n for n, unit in enumerate(queries.regions(NEW))}
    pairs = queries.compare(one, MIDDLE, other, NEW)
    assert sum(pair.one for pair in pairs) == sum(one.values())
    assert sum(pair.other for pair in pairs) == sum(other.values())


def test_figures_with_missing_or_unknown_units_are_refused_by_code(facts):
    one = {unit.kato: 1 for unit in queries.regions(MIDDLE)}
    other = dict(one)
    with pytest.raises(Refused) as caught:
        queries.compare(one, MIDDLE, other, NEW)
    assert caught.value.refusals[0].facts["codes"] == "100000000, 330000000, 620000000"


@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.dates(date(2000, 1, 1), date(2040, 1, 1)))
def test_common_territories_part_both_days_without_rest(one, other):
    if not Unit.objects.exists():
        load()
    parts = queries.common(one, other)
    assert sorted(u.pk for p in parts for u in p.one) == sorted(u.pk for u in queries.regions(one))
    assert sorted(u.pk for p in parts for u in p.other) == sorted(
        u.pk for u in queries.regions(other)
    )
    assert all(p.one and p.other for p in parts)


def test_the_lineage_has_no_circle_and_joins_what_ended_to_what_began(facts):
    for edge in queries.lineage():
        assert edge.old.exists_to == edge.on == edge.new.exists_from
        assert edge.old.existed(date(2000, 1, 1))
    unit = Unit.objects.first()
    with pytest.raises(IntegrityError):
        Lineage.objects.create(old=unit, new=unit, on=NEW)


def test_loading_the_facts_again_changes_nothing_and_records_nothing(facts):
    before = Entry.objects.count(), Unit.objects.count()
    assert load() == 0
    assert (Entry.objects.count(), Unit.objects.count()) == before


def test_a_unit_that_ends_before_it_begins_cannot_be_stored(facts):
    with pytest.raises(IntegrityError):
        Unit.objects.create(kato="999999999", kind="oblast", exists_from=NEW, exists_to=OLD)


def test_the_regions_of_a_day_cost_the_same_number_of_queries_whatever_their_number(facts):
    counts = []
    for day in (OLD, NEW):
        with CaptureQueriesContext(connection) as caught:
            units = queries.regions(day)
            queries.names([unit.kato for unit in units], day, "kk")
        counts.append(len(caught))
    assert counts == [2, 2]


def test_a_code_has_only_one_oldest_unit_and_one_oldest_name(facts):
    """Empty days are equal here, on both databases."""
    with pytest.raises(IntegrityError), transaction.atomic():
        Unit.objects.create(kato="110000000", kind="oblast")
    with pytest.raises(IntegrityError), transaction.atomic():
        Name.objects.create(kato="110000000")
