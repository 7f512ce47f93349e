"""Bodies and the register on the desk: each line for those whose act it is, and gone when done."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from kelisim.bodies.actions import (
    accreditation,
    appointments,
    mandates,
    proposals,
    record,
    verification,
    yearly,
)
from kelisim.bodies.actions.founding import Act
from kelisim.bodies.queries.powers import powers_at
from kelisim.bodies.states import Role, YearlyKind
from kelisim.desk import queries
from kelisim.territory.commands import load as load_territory
from tests.bodies.people import AT, council, found, head, hold, officer, person, secretariat
from tests.bodies.records import NORTH, ON, enter, known_of, representative

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    load_territory()
    council()
    return officer()


def desk(who, on=ON):
    with translation.override("en"):
        return queries.desk(who, powers_at(who, AT), on)


def waits(who, on=ON) -> list[str]:
    return [item.matter for item in desk(who, on).waiting]


def expects(who) -> list[str]:
    return [item.matter for item in desk(who).expected]


def handed_in(association, who):
    for kind, year in [(YearlyKind.PLAN, 2026), (YearlyKind.REPORT, 2025)]:
        yearly.hand_in(association.pk, kind=kind, year=year, text="x", by=who, at=AT)


@pytest.fixture
def of(clerk):
    association = enter(clerk)
    who = representative(association)
    handed_in(association, who)
    return association, who


def proposed(of):
    association, who = of
    facts = replace(known_of(association), phone="1")
    return proposals.propose(association.pk, facts=facts, source="x", by=who, at=AT)


def test_a_proposal_goes_from_desk_to_desk(of, clerk):
    _association, who = of
    row = proposed(of)
    assert waits(clerk) == ["To accept or return: a change of the register"]
    assert (waits(who), expects(who)) == ([], ["My proposed change is being looked at"])
    proposals.return_(row.pk, reason="Құжат жоқ", by=clerk, at=AT)
    assert (waits(clerk), waits(who), expects(who)) == ([], ["Returned: a proposed change"], [])
    assert desk(who).waiting[0].detail == "Құжат жоқ"
    again = proposed(of)
    assert waits(who) == []
    proposals.accept(again.pk, by=clerk, at=AT)
    assert (waits(clerk), waits(who), expects(who)) == ([], [], [])


def test_a_proposal_waits_in_its_own_territory_only(of, clerk):
    proposed(of)
    north = found(
        "regional-assembly", "North", parent=council(), unit=record.known(ON).units[NORTH]
    )
    assert waits(officer("Northern", of=north)) == []


def test_facts_that_are_due_wait_for_both(of, clerk):
    association, who = of
    verification.verify(association.pk, facts=["name", "bin"], source="x", by=clerk, at=AT)
    later = date(2027, 3, 2)
    assert "Facts of the register are due again" not in waits(clerk)
    assert "Facts of the register are due again" in waits(clerk, later)
    with translation.override("en"):
        mine = [
            i for i in desk(who, later).waiting if i.matter == "Facts of our record are due again"
        ]
    assert [item.detail for item in mine] == ["2 facts"]


def test_a_missing_report_waits_for_the_association_and_for_its_secretariat(clerk):
    association = enter(clerk)
    who = representative(association)
    assert waits(who) == ["Our work plan for 2026", "Our report for 2025"]
    assert waits(clerk) == ["Reports for 2025 are missing"]
    handed_in(association, who)
    assert (waits(who), waits(clerk)) == ([], [])


def test_consents_wait_for_those_who_give_them(clerk):
    chief = head()
    region = found("regional-assembly", "North", parent=council())
    seat = mandates.establish(
        secretariat(region).pk, role=Role.HEAD, places=1, consent_of=council(), by=None, at=AT
    )
    akim = person("Akim")
    hold(akim, region, Role.CHAIR)
    row = appointments.ask_consent(seat.pk, holder="Біреу", since=ON, by=akim, at=AT)
    assert "Our consent is asked for" in waits(chief)
    assert expects(akim) == ["Consent is asked for"]
    appointments.give_consent(row.pk, by=chief, at=AT)
    assert "Consent is given: appoint" in waits(akim)
    appointments.complete(row.pk, by=akim, at=AT)
    assert "Consent is given: appoint" not in waits(akim)
    assert waits(clerk) == []


def test_posts_wait_for_those_who_appoint(clerk):
    chief = head()
    mandates.establish(council().pk, role=Role.SECRETARY, places=1, by=None, at=AT)
    assert "Vacant: 1 place" in waits(chief)
    assert waits(clerk) == []


def test_accreditations_that_end_wait_for_the_head(of):
    association, _who = of
    chief = head()
    accreditation.accredit(
        association.pk, decision=Act(number="1"), since=date(2023, 4, 1), by=chief, at=AT
    )
    assert "Public accreditations end" in waits(chief)


def test_the_desk_takes_the_same_queries_for_three_matters_and_for_forty(client, clerk):
    chief = head()
    who = person("One for all")

    def fill(many):
        for n in range(many):
            association = enter(clerk, name={"ru": f"Объединение {many} {n}"})
            representative(association, "One for all")
            verification.verify(association.pk, facts=["name"], source="x", by=clerk, at=AT)
            facts = replace(known_of(association), phone="1")
            proposals.propose(association.pk, facts=facts, source="x", by=who, at=AT)
            accreditation.accredit(
                association.pk, decision=Act(number="1"), since=date(2020, 1, 1), by=chief, at=AT
            )
            mandates.establish(council().pk, role=Role.MEMBER, places=1, by=None, at=AT)
            region = found("regional-assembly", f"Region {many} {n}", parent=council())
            seat = mandates.establish(
                secretariat(region).pk, role=Role.HEAD, consent_of=council(), by=None, at=AT
            )
            appointments.ask_consent(seat.pk, holder="Біреу", since=ON, by=chief, at=AT)
        verification.fall_due(on=date(2028, 1, 1), at=AT)

    def counts():
        found = {}
        for one in (clerk, chief, who):
            client.force_login(one, backend="django.contrib.auth.backends.ModelBackend")
            client.get("/en/desk/")
            with CaptureQueriesContext(connection) as seen:
                assert client.get("/en/desk/").status_code == 200
            found[one.name] = len(seen)
        return found

    fill(3)
    few = counts()
    fill(30)
    assert counts() == few
    assert max(few.values()) <= 30
