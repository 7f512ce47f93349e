"""The demonstration is made by the acts of an office, in the order of their dates."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.db.models import Count, Q

from kelisim.bodies.commands import load as load_bodies
from kelisim.bodies.models import Association, Body, Fact, Proposal
from kelisim.cli import demonstration
from kelisim.commitments.models import Commitment, Plan, Report
from kelisim.commitments.states import Control, ReportState, Status
from kelisim.ledger.models import Entry
from kelisim.ledger.queries import verify
from kelisim.meetings.models import Addressee, Meeting
from kelisim.territory.commands import load as load_territory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture
def made():
    load_territory()
    load_bodies()
    demonstration.load(None, today=TODAY)


def test_the_demonstration_shows_a_council_at_work(made):
    assert Association.objects.count() == 820
    assert Association.objects.filter(level="republican").count() == 28
    assert Association.objects.filter(justice=True).count() == 324
    assert Body.objects.filter(kind="regional-assembly").count() == 20
    states = set(Meeting.objects.values_list("state", flat=True))
    assert states == {"published", "convened"}
    waiting = Addressee.objects.filter(state="waiting", due_on__lt=TODAY)
    assert waiting.exists()
    assert set(Fact.objects.values_list("state", flat=True)) == {"declared", "verified", "due"}
    assert Proposal.objects.filter(state="proposed").count() == 1
    assert verify().whole
    invented = Body.objects.exclude(invented=True)
    assert not invented.exists(), list(invented)
    # Three years on three levels, every state that there is, and something due now.
    levels = {("council", 3), ("regional-assembly", 60), ("accord-council", 9)}
    assert set(Plan.objects.values_list("body__kind").annotate(Count("pk"))) == levels
    assert set(Commitment.objects.values_list("status", flat=True)) == set(Status)
    assert set(Control) == set(Commitment.objects.values_list("control", flat=True))
    assert set(ReportState) - set(Report.objects.values_list("state", flat=True)) == set()
    week = (TODAY, TODAY + timedelta(days=7))
    assert Commitment.objects.filter(next_on__range=week).exists()
    assert Commitment.objects.filter(next_on__lt=TODAY, control="on").exists()
    # Its acts stand in the order of their days.
    made_now = Q(act__startswith="territory.") | Q(act="bodies.kinds_loaded")
    acts = Entry.objects.exclude(made_now).order_by("number")
    days = [at.date() for at in acts.values_list("at", flat=True)]
    assert [(one, next_) for one, next_ in pairwise(days) if next_ < one] == []
