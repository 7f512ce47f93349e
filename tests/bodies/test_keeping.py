"""The register is kept: facts verified and due again, records merged and parted, accredited."""

from dataclasses import replace
from datetime import date

import pytest

from kelisim.bodies.actions import accreditation, merging, proposals, record, verification
from kelisim.bodies.actions.founding import Act
from kelisim.bodies.models import Accreditation, Association, Body, Fact, Mandate, Merging
from kelisim.ledger.models import Entry
from kelisim.refusals import Refused
from kelisim.territory.commands import load as load_territory
from tests.bodies.people import AT, council, found, head, officer, person
from tests.bodies.records import FACTS, NORTH, ON, enter, known_of, number, representative

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    load_territory()
    council()
    return officer()


@pytest.fixture
def chief(clerk):
    return head()


def codes(act, **facts):
    before = Entry.objects.count()
    with pytest.raises(Refused) as refused:
        act(**facts)
    assert Entry.objects.count() == before
    return [refusal.code for refusal in refused.value.refusals]


def states(association):
    return dict(Fact.objects.filter(association=association).values_list("field", "state"))


# Verified, due again, verified anew.


def test_only_what_is_named_is_verified_with_its_source_and_day(clerk):
    association = enter(clerk)
    named = verification.verify(
        association.pk, facts=["name", "contacts"], source="certificate 12", by=clerk, at=AT
    )
    assert named == ["name", "contacts"] or sorted(named) == ["contacts", "name"]
    fact = Fact.objects.get(association=association, field="name")
    assert (fact.source, fact.verified_on, fact.due_on) == ("certificate 12", ON, date(2027, 3, 2))
    assert [f for f, state in states(association).items() if state == "verified"] == [
        "contacts",
        "name",
    ]


def test_a_verified_fact_is_due_again_after_its_term_and_once_only(clerk):
    association = enter(clerk)
    verification.verify(association.pk, facts=["name"], source="s", by=clerk, at=AT)
    assert verification.fall_due(on=date(2027, 3, 1), at=AT) == 0
    assert verification.fall_due(on=date(2027, 3, 2), at=AT) == 1
    entry = Entry.objects.latest("number")
    assert (entry.act, entry.after) == ("bodies.facts_fell_due", {"facts": 1, "records": 1})
    acts = Entry.objects.count()
    assert verification.fall_due(on=date(2027, 3, 2), at=AT) == 0
    assert Entry.objects.count() == acts
    assert states(association)["name"] == "due"
    verification.verify(association.pk, facts=["name"], source="s", by=clerk, at=AT)
    assert states(association)["name"] == "verified"


@pytest.mark.parametrize(
    ("facts", "source", "expected"),
    [
        (["name"], " ", ["bodies.source_needed"]),
        ([], "s", ["bodies.nothing_to_verify"]),
        (["martian"], "s", ["bodies.nothing_to_verify"]),
    ],
)
def test_a_verification_without_its_parts_verifies_nothing(clerk, facts, source, expected):
    association = enter(clerk)
    assert (
        codes(
            verification.verify, body_id=association.pk, facts=facts, source=source, by=clerk, at=AT
        )
        == expected
    )
    assert set(states(association).values()) == {"declared"}


def test_the_verified_is_not_verified_again_and_one_fault_verifies_nothing(clerk):
    association = enter(clerk)
    verification.verify(association.pk, facts=["name"], source="s", by=clerk, at=AT)
    both = {"body_id": association.pk, "facts": ["name", "bin"], "source": "s"}
    assert codes(verification.verify, **both, by=clerk, at=AT) == ["bodies.already_verified"]
    assert states(association)["bin"] == "declared"


def test_an_association_does_not_verify_itself(clerk):
    association = enter(clerk)
    mine = {"body_id": association.pk, "facts": ["name"], "source": "s"}
    who = representative(association)
    assert codes(verification.verify, **mine, by=who, at=AT) == ["bodies.not_verifier"]


# Merged and parted.


@pytest.fixture
def two(chief):
    clerk = person("Officer")
    keep = enter(clerk, name={"ru": "Центр «Ариран»"})
    away = enter(
        clerk, name={"en": "Arirang"}, bin=number(3), justice=True, phone="+7 700 999 99 99"
    )
    return keep, away


def merge(two, chief, **more):
    keep, away = two
    return merging.merge(keep.pk, away.pk, because="Бір ұйым", by=chief, at=AT, **more)


def test_merging_keeps_the_row_and_mandates_of_the_one_merged_away(two, chief):
    keep, away = two
    branch = enter(person("Officer"), name={"ru": "Филиал"}, parent=away.body.slug)
    merge(two, chief)
    gone = Body.objects.get(pk=away.pk)
    assert (gone.merged_into_id, gone.name) == (keep.pk, {"en": "Arirang"})
    assert Mandate.objects.filter(seat__body=gone).count() == 1
    moved = Body.objects.get(pk=branch.pk)
    assert (moved.parent_id, moved.path) == (keep.pk, f"/{keep.pk}/{branch.pk}/")
    assert known_of(keep).phone == FACTS.phone


def test_the_kept_record_takes_the_facts_that_were_chosen(two, chief):
    keep, away = two
    merge(two, chief, take=["contacts", "bin"])
    now = known_of(keep)
    assert (now.phone, now.bin, now.name) == (
        "+7 700 999 99 99",
        number(3),
        {"ru": "Центр «Ариран»"},
    )
    assert Association.objects.get(pk=away.pk).bin == ""
    assert states(keep)["contacts"] == "declared"


def test_what_was_merged_can_be_parted_again(two, chief):
    keep, away = two
    before = known_of(keep), known_of(away)
    branch = enter(person("Officer"), name={"ru": "Филиал"}, parent=away.body.slug)
    merged = merge(two, chief, take=["contacts", "bin", "name"])
    merging.unmerge(merged.pk, because="Қате", by=chief, at=AT)
    assert (known_of(keep), known_of(away)) == before
    assert Body.objects.get(pk=away.pk).merged_into_id is None
    assert Body.objects.get(pk=branch.pk).path == f"/{away.pk}/{branch.pk}/"
    assert codes(merging.unmerge, merging_id=merged.pk, by=chief, at=AT) == [
        "bodies.merging_undone_already"
    ]


def test_parting_leaves_what_was_changed_since(two, chief):
    keep, _away = two
    merged = merge(two, chief, take=["contacts"])
    facts = replace(known_of(keep), phone="+7 700 555 55 55")
    record.correct(keep.pk, facts=facts, source="call", by=chief, at=AT)
    merging.unmerge(merged.pk, by=chief, at=AT)
    assert known_of(keep).phone == "+7 700 555 55 55"


def test_what_is_merged_away_is_changed_no_more(two, chief):
    _keep, away = two
    who = representative(away)
    merge(two, chief)
    facts = replace(known_of(away), phone="1")
    common = {"body_id": away.pk, "source": "s", "at": AT}
    assert codes(record.correct, **common, facts=facts, by=chief) == ["bodies.merged"]
    assert codes(proposals.propose, **common, facts=facts, by=who) == ["bodies.merged"]
    assert codes(verification.verify, **common, facts=["name"], by=chief) == ["bodies.merged"]


def test_merging_waits_for_proposals_and_asks_for_a_reason(two, chief):
    keep, away = two
    common = {"keep": keep.pk, "away": away.pk, "by": chief, "at": AT}
    assert codes(merging.merge, **common, because=" ") == ["bodies.reason_needed"]
    facts = replace(known_of(away), phone="1")
    who = representative(away)
    proposals.propose(away.pk, facts=facts, source="s", by=who, at=AT)
    assert codes(merging.merge, **common, because="x") == ["bodies.proposal_first"]
    assert not Merging.objects.exists()


def test_a_record_is_not_merged_with_itself_nor_into_its_branch_nor_by_an_officer(two, chief):
    keep, away = two
    clerk = person("Officer")
    branch = enter(clerk, name={"ru": "Филиал"}, parent=keep.body.slug)
    why = {"because": "x", "at": AT}
    assert codes(merging.merge, keep=keep.pk, away=keep.pk, by=chief, **why) == [
        "bodies.merged_with_itself"
    ]
    assert codes(merging.merge, keep=branch.pk, away=keep.pk, by=chief, **why) == [
        "bodies.merged_into_branch"
    ]
    assert codes(merging.merge, keep=keep.pk, away=away.pk, by=clerk, **why) == [
        "bodies.not_merger"
    ]


# Accredited.

DECISION = Act(number="12-А", signed=date(2026, 2, 20))


def accredit(association, by, since=date(2026, 3, 1), **more):
    return accreditation.accredit(
        association.pk, **{"decision": DECISION, "since": since, "by": by, "at": AT, **more}
    )


def test_an_accreditation_lasts_three_years_unless_said_otherwise(chief):
    association = enter(person("Officer"))
    assert accredit(association, chief).until == date(2029, 3, 1)
    assert accredit(association, chief, date(2029, 3, 1), months=12).until == date(2030, 3, 1)


def test_accreditation_asks_for_a_year_of_activity(chief):
    young = enter(person("Officer"), recorded_on=date(2025, 6, 1))
    with pytest.raises(Refused) as refused:
        accredit(young, chief)
    (refusal,) = refused.value.refusals
    assert (refusal.code, refusal.facts["day"]) == ("bodies.activity_too_short", "2026-06-01")
    unknown = enter(person("Officer"), name={"ru": "Другое"}, recorded_on=None)
    with pytest.raises(Refused) as refused:
        accredit(unknown, chief)
    assert refused.value.refusals[0].code == "bodies.activity_unknown"
    assert not Accreditation.objects.exists()


def test_accreditation_is_by_a_decision_of_the_head_and_once_at_a_time(chief):
    clerk = person("Officer")
    association = enter(clerk)
    one = {"body_id": association.pk, "since": date(2026, 3, 1), "at": AT}
    act = accreditation.accredit
    assert codes(act, **one, decision=Act(), by=chief) == ["bodies.decision_needed"]
    assert codes(act, **one, decision=DECISION, by=clerk) == ["bodies.not_accreditor"]
    accredit(association, chief)
    assert codes(act, **one, decision=DECISION, by=chief) == ["bodies.accredited_already"]


def test_a_revoked_accreditation_keeps_its_reason_and_gives_way_to_another(chief):
    association = enter(person("Officer"))
    one = accredit(association, chief)
    act = accreditation.revoke
    on = date(2026, 5, 1)
    assert codes(act, accreditation_id=one.pk, on=on, because="", by=chief, at=AT) == [
        "bodies.reason_needed"
    ]
    assert codes(
        act, accreditation_id=one.pk, on=date(2020, 1, 1), because="x", by=chief, at=AT
    ) == ["bodies.not_accredited_then"]
    act(one.pk, on=on, because="Жарғы бұзылды", by=chief, at=AT)
    one.refresh_from_db()
    assert (one.revoked_on, one.revoked_because) == (on, "Жарғы бұзылды")
    assert codes(act, accreditation_id=one.pk, on=on, because="x", by=chief, at=AT) == [
        "bodies.revoked_already"
    ]
    assert accredit(association, chief, on).since == on


def test_an_officer_of_another_region_verifies_and_merges_nothing_here(two, chief):
    keep, away = two
    north = found(
        "regional-assembly", "North", parent=council(), unit=record.known(ON).units[NORTH]
    )
    other = head("Elsewhere", of=north)
    assert codes(
        verification.verify, body_id=keep.pk, facts=["name"], source="s", by=other, at=AT
    ) == ["bodies.not_verifier"]
    assert codes(merging.merge, keep=keep.pk, away=away.pk, because="x", by=other, at=AT) == [
        "bodies.not_merger"
    ]
