"""The public page of a commitment: what it says, whom it never names, what it costs to show."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kelisim.commitments.actions import control, extending, reporting
from kelisim.commitments.maps.paths import Words, path
from kelisim.commitments.models import Actual, Commitment, Money, Standing, Target
from kelisim.commitments.states import Status
from tests.commitments import world as w

pytestmark = pytest.mark.django_db


@pytest.fixture
def of():
    return w.world()


def page(client, commitment, language="en"):
    answer = client.get(f"/{language}/commitments/{commitment.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_says_what_was_promised_by_whom_by_when_and_with_what(client, of):
    version = w.charter()
    commitment = w.approved(of, w.measured("1"), w.measured("2"), version=version)[0]
    Money.objects.create(
        commitment=commitment, source="local", year=2026, planned=Decimal("234.5"), spent=Decimal(7)
    )
    shown = page(client, commitment)
    for words in (
        "Open reading room 1", "Ministry of Books", "report", "October 1, 2026", "1,000,000",
        "1,000,234.5", "Readers", "/charters/library/part_1__list_1__point_1/", "Open reading room 2",
    ):  # fmt: skip
        assert words in shown, words
    for language in ("kk", "ru"):
        assert f"({language})" in page(client, commitment, language)


def test_the_way_names_bodies_and_posts_and_never_people(client, of):
    commitment = w.approved(of)[0]
    report = w.handed_in(of, commitment)
    control.send_back(report.pk, because="Which room?", by=of.officer, at=w.AT)
    reporting.hand_in(report.pk, by=of.minister, at=w.AT)
    control.judge(
        commitment.pk, status=Status.AT_RISK, because="The house is old", by=of.officer, at=w.AT
    )
    Standing.objects.filter(commitment=commitment).update(status="overdue", since=date(2026, 10, 2))
    for language in ("kk", "ru", "en"):
        shown = page(client, commitment, language)
        assert "Which room?" in shown
        assert "The house is old" in shown
        for who in (of.chair, of.head, of.officer, of.minister, of.clerk):
            assert who.name not in shown.replace("Ministry of Books", "")
            assert who.email not in shown
    said = page(client, commitment)
    assert said.index("overdue") < said.index("Report returned") < said.index("Approved in edition")
    assert "officer of the secretariat" in said


def test_nothing_that_is_being_written_or_was_not_accepted_is_public(client, of):
    commitment = w.approved(of)[0]
    report = w.handed_in(of, commitment, words="Secret for now.")
    assert "Secret for now." not in page(client, commitment)
    assert "Act of opening" not in page(client, commitment)
    control.opine(report.pk, digest=report.digest, by=of.officer, at=w.AT)
    control.remove(report.pk, digest=report.digest, by=of.chair, at=w.AT)
    shown = page(client, commitment)
    assert "Secret for now." in shown
    assert "Act of opening" in shown
    assert "removed from control" in shown


def test_a_plan_that_is_not_approved_has_no_public_commitment(client, of):
    commitment = w.approved(of)[0]
    commitment.plan.state = "prepared"
    commitment.plan.save()
    assert client.get(f"/en/commitments/{commitment.pk}/").status_code == 404
    assert client.get("/en/commitments/999999/").status_code == 404


def test_a_page_asks_the_same_of_the_database_whatever_stands_behind_it(client, of):
    one, other = w.approved(of, w.measured("1"), w.measured("2"), version=w.charter())

    def asked(commitment):
        page(client, commitment)
        with CaptureQueriesContext(connection) as caught:
            page(client, commitment)
        return len(caught)

    w.done(of, one)
    few = asked(one)
    w.done(of, other)
    for n in range(5):
        Money.objects.create(commitment=other, source="other", year=2030 + n, planned=1)
        Target.objects.create(indicator=other.indicators.get(), year=2030 + n, value=n)
        Actual.objects.create(
            indicator=other.indicators.get(), year=2030 + n, on=w.AT.date(), value=n, source="x"
        )
    control.judge(other.pk, status=Status.DONE, because="I saw it", by=of.officer, at=w.AT)
    assert asked(other) == few
    assert few <= 30


def test_a_path_is_drawn_whatever_its_values():
    words = Words("Readers", "What it shows", "p")
    drawn = path(
        {2026: Decimal(200), 2028: Decimal(400)}, {2025: Decimal(100)}, words, {Decimal(100): "100"}
    )
    assert drawn.count("<rect") == 2
    assert drawn.count("<circle") == 1
    assert "style" not in drawn
    assert path({}, {}, words, {}) == ""
    flat = path({2026: Decimal(5)}, {2026: Decimal(5)}, words, {})
    assert "nan" not in flat.lower()


def test_children_in_regions_stand_on_the_page_of_their_parent(client):
    of = w.world(regions=2)
    parent = w.approved(of)[0]
    edition_by_region = [
        w.drafted(of, w.row(parent=parent.pk, lead=region.slug), body=region)
        for region in of.regions
    ]
    assert len(edition_by_region) == 2
    for n, edition in enumerate(edition_by_region):
        Commitment.objects.create(
            plan=edition.plan, edition=edition, body=of.regions[n], key="x", position=0, number="9",
            title=w.words(f"In region {n}"), lead=of.regions[n], parent=parent, status="under_way",
            starts=w.STARTS, due_on=w.ENDS, year=2026,
        )  # fmt: skip
        edition.plan.state = "in_force"
        edition.plan.save()
    shown = page(client, parent)
    assert "In region 0" in shown
    assert "In region 1" in shown
    child = Commitment.objects.get(body=of.regions[0])
    assert "handed down from" in page(client, child)


def test_what_was_extended_and_given_away_is_read(client, of):
    commitment = w.approved(of)[0]
    extending.transfer(
        commitment.pk, to_body_id=of.other.pk, because="It is theirs", by=of.chair, at=w.AT
    )
    shown = page(client, commitment)
    assert "Given from Ministry of Books to Ministry of Roads" in shown
    assert "It is theirs" in shown
