"""Associations in the register: entered, changed, every fault named."""

from dataclasses import replace
from datetime import date

import pytest

from kelisim.bodies.actions import record
from kelisim.bodies.models import Association, Body, Fact, Mandate
from kelisim.bodies.queries.record import facts_of
from kelisim.bodies.states import Level, OfferingKind, Role
from kelisim.bodies.trees.numbers import check_digit
from kelisim.bodies.trees.record import Facts, Offer, plain, read
from kelisim.ledger.models import Entry
from kelisim.refusals import Refused
from kelisim.territory.commands import load as load_territory
from tests.bodies.people import AT, council, hold, officer, person

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 2)
BIN = "02014000123" + str(check_digit("02014000123"))
WHOLE = Facts(
    name={"kk": "«Достық үлгісі» бірлестігі", "ru": "Объединение «Образец дружбы»"},
    short={"ru": "ОД"},
    level=Level.LOCAL,
    legal_form={"ru": "Общественное объединение"},
    bin=BIN,
    justice=True,
    record_number="777-1910",
    recorded_on=date(2002, 1, 14),
    recorded_where={"ru": "Департамент юстиции (пример)"},
    unit="630000000",
    communities=("korean", "tatar"),
    languages=("korean",),
    activities=("language", "music"),
    offers=(Offer(OfferingKind.SCHOOL, {"ru": "Воскресная школа"}, "korean", {}, 25),),
    address={"ru": "ул. Примерная, 1"},
    phone="+7 700 000 00 00",
    email="od@demo.example",
    site="https://od.example",
    office_phone="+7 700 000 00 01",
    leader="Үлгі Адамұлы",
    leader_since=date(2024, 5, 1),
    members={2024: 120, 2025: 131},
)


@pytest.fixture
def clerk():
    load_territory()
    council()
    return officer()


def enter(facts, by, **more):
    return record.enter(facts, source="statute", by=by, at=AT, **more)


def known_of(association):
    association = Association.objects.select_related("body__unit", "body__parent").get(
        pk=association.pk
    )
    return facts_of([association], ON)[association.pk]


def test_what_was_entered_is_what_is_known(clerk):
    association = enter(WHOLE, clerk)
    assert known_of(association) == WHOLE
    assert set(association.facts.values_list("state", flat=True)) == {"declared"}
    assert Entry.objects.latest("number").act == "bodies.entered"


def test_a_record_survives_json(clerk):
    assert read(plain(WHOLE)) == WHOLE


def test_every_fault_is_named_at_once_and_nothing_is_saved(clerk):
    wrong = replace(
        WHOLE,
        name={},
        bin="123456789012",
        unit="999999999",
        parent="nobody",
        communities=("martian",),
        members={1900: 5, 2025: -1},
        recorded_on=date(2030, 1, 1),
    )
    acts = Entry.objects.count()
    with pytest.raises(Refused) as refused:
        enter(wrong, clerk)
    assert [(r.place, r.code) for r in refused.value.refusals] == [
        ("name", "bodies.name_needed"),
        ("bin", "bodies.bin_wrong"),
        ("recorded_on", "bodies.in_future"),
        ("unit", "bodies.no_such_unit"),
        ("parent", "bodies.no_such_parent"),
        ("communities", "bodies.no_such_tag"),
        ("members", "bodies.members_year"),
        ("members", "bodies.members_count"),
    ]
    assert not Association.objects.exists()
    assert Entry.objects.count() == acts


def test_a_bin_belongs_to_one(clerk):
    enter(WHOLE, clerk)
    with pytest.raises(Refused) as refused:
        enter(replace(WHOLE, name={"ru": "Другое"}), clerk)
    assert [r.code for r in refused.value.refusals] == ["bodies.bin_taken"]


def test_only_what_changed_is_declared_anew(clerk):
    association = enter(WHOLE, clerk)
    Fact.objects.update(state="verified", verified_on=ON, due_on=date(2027, 3, 2))
    different = record.correct(
        association.pk,
        facts=replace(WHOLE, phone="+7 700 111", members={**WHOLE.members, 2026: 140}),
        source="letter",
        by=clerk,
        at=AT,
    )
    assert different == ["contacts", "members"]
    declared = Fact.objects.filter(state="declared").values_list("field", flat=True)
    assert set(declared) == {"contacts", "members"}
    acts = Entry.objects.count()
    same = record.correct(
        association.pk, facts=known_of(association), source="letter", by=clerk, at=AT
    )
    assert (same, Entry.objects.count()) == ([], acts)


def test_the_ledger_says_which_facts_changed_and_never_their_words(clerk):
    association = enter(WHOLE, clerk)
    record.correct(
        association.pk, facts=replace(WHOLE, leader="Басқа Адам"), source="x", by=clerk, at=AT
    )
    entry = Entry.objects.latest("number")
    assert entry.after == {"facts": "leader", "verified": False}
    assert "Адам" not in str(list(Entry.objects.values_list("before", "after")))


def test_a_new_leader_ends_the_mandate_of_the_one_before(clerk):
    association = enter(WHOLE, clerk)
    changed = replace(WHOLE, leader="Жаңа Басшы", leader_since=date(2026, 2, 1))
    record.correct(association.pk, facts=changed, source="minutes", by=clerk, at=AT)
    mandates = Mandate.objects.filter(seat__body=association.body).order_by("since")
    assert [(m.called, m.since, m.until) for m in mandates] == [
        ("Үлгі Адамұлы", date(2024, 5, 1), date(2026, 2, 1)),
        ("Жаңа Басшы", date(2026, 2, 1), None),
    ]


def test_a_leader_with_an_account_keeps_it(clerk):
    association = enter(replace(WHOLE, leader="", leader_since=None), clerk)
    who = person("Үлгі Адамұлы")
    hold(who, association.body, Role.LEADER, since=date(2024, 5, 1))
    record.correct(
        association.pk,
        facts=replace(WHOLE, leader_since=date(2024, 6, 1)),
        source="x",
        by=clerk,
        at=AT,
    )
    assert who.mandates.get().since == date(2024, 6, 1)


def test_a_branch_hangs_under_its_parent_with_all_that_is_under_it(clerk):
    top = enter(replace(WHOLE, level=Level.REPUBLICAN, unit=""), clerk)
    branch = enter(replace(WHOLE, bin="", justice=False, name={"ru": "Филиал"}), clerk)
    leaf = enter(
        replace(WHOLE, bin="", justice=False, name={"ru": "Лист"}, parent=branch.body.slug), clerk
    )
    record.correct(
        branch.pk,
        facts=replace(known_of(branch), parent=top.body.slug),
        source="x",
        by=clerk,
        at=AT,
    )
    assert Body.objects.get(pk=leaf.pk).path == f"/{top.pk}/{branch.pk}/{leaf.pk}/"


def test_an_officer_of_another_region_keeps_nothing_here(clerk):
    from tests.bodies.people import found

    other = found(
        "regional-assembly",
        "Other",
        parent=council(),
        unit=record.known(ON).units["750000000"],
    )
    with pytest.raises(Refused) as refused:
        enter(WHOLE, officer("Elsewhere", of=other))
    assert refused.value.refusals[0].code == "bodies.not_registrar"
