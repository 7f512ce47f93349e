"""Every address of bodies, calendar, papers, meetings, plans, evaluation, for every post that may come.

The table names what each meets; an address or a post that is missing from it fails. Posts: nobody,
somebody without a mandate, administrator, officer and head of the secretariat, chair, secretary and
member of the Council, a ministry's clerk, a regional officer, an association's representative.
"""

from pathlib import Path

import pytest
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils.translation import override

from kelisim.bodies.commands import load as load_bodies
from kelisim.bodies.models import Appointment, Association, Body, Mandate, Proposal, Seat
from kelisim.cli import demonstration
from kelisim.commitments.models import Agreement, Commitment, Edition
from kelisim.evaluation.models import PeriodReport, ResultIndicator
from kelisim.meetings.models import Addressee, Answer, Attendance, Ballot, Decision, Item, Meeting
from kelisim.papers.models import Document, Round
from kelisim.people.models import Person
from kelisim.territory.commands import load as load_territory
from tests.people.test_access import names

ROOMS = ("bodies", "calendar", "papers", "meetings", "commitments", "evaluation")
WHO = [
    *("anonymous", "person", "administrator", "preparer", "publisher", "chair", "secretary"),
    *("member", "ministry", "region", "association"),
]
OF_A_CHARTER = (
    "coverage-of",
    "behind",
    "coverage-export",
    "sides-of",
    "timeline-of",
    "results-of",
    "results-export",
    "office-results-of",
    "new-indicator",
    "indicator",
    "link",
)
OF_AN_EDITION = (
    *("approval", "draft", "draft-act", "draft_xlsx", "cells", "import"),
    *("import-take", "new-heading", "new-row", "row", "sheet"),
)
OF_A_PLAN = ("plan", "edition", "compare", "plan_xlsx", "plan_docx")
FILE = Path(__file__).parent / "pages.txt"


def expected():
    """The table: a name, then what each post of WHO meets."""
    rows = [line.split() for line in FILE.read_text().splitlines() if line and line[0] != "#"]
    return {name: tuple(map(int, met)) for name, *met in rows}


def addresses_of_rooms():
    found = names(get_resolver().url_patterns)
    return {name for name in found if name.split(":")[0] in ROOMS}


def test_the_table_names_every_address_of_the_rooms():
    assert set(expected()) == addresses_of_rooms()


def known():
    """What there is in the demonstration, for the arguments of addresses."""
    council = Body.objects.get(slug="council")
    meeting = Meeting.objects.filter(body=council, state="published").latest("starts_at")
    association = Association.objects.filter(
        body__seats__mandates__person__email="association@demo.example"
    ).get()
    decision = Decision.objects.get(item__meeting=meeting)
    commitment = Commitment.objects.filter(
        lead__seats__mandates__person__email="ministry@demo.example"
    ).earliest("pk")
    out = PeriodReport.objects.filter(state="published").earliest("pk")
    draft = PeriodReport.objects.filter(state="draft").earliest("pk")
    indicator = ResultIndicator.objects.earliest("pk")
    edition = Edition.objects.filter(plan=commitment.plan).earliest("pk")
    own = {
        **{f"commitments:{name}": edition.pk for name in OF_AN_EDITION},
        "commitments:agreement": Agreement.objects.filter(edition=edition).earliest("pk").pk,
        "bodies:close-seat": Seat.objects.filter(body=council).first().pk,
        "bodies:appoint": Seat.objects.filter(body=council).first().pk,
        "bodies:end": Mandate.objects.filter(seat__body=council).first().pk,
        "bodies:suspend": Mandate.objects.filter(seat__body=council).first().pk,
        "bodies:resume": Mandate.objects.filter(seat__body=council).first().pk,
        "bodies:deputise": Mandate.objects.filter(seat__body=council).first().pk,
        "bodies:appointment": Appointment.objects.get(state="asked").pk,
        "bodies:proposal": Proposal.objects.get().pk,
        "meetings:decision": decision.pk,
        "meetings:answer": Addressee.objects.filter(
            body__seats__mandates__person__email="ministry@demo.example"
        )
        .first()
        .pk,
        "meetings:answer-file": Answer.objects.first().pk,
        **{f"evaluation:{name}": draft.pk for name in ("office-period", "period-act")},
        **{f"evaluation:{name}": out.pk for name in ("period", "period-file")},
        **{
            f"evaluation:{name}": indicator.pk for name in ("indicator", "value", "withdraw-result")
        },
        "commitments:letter": 999_999,
        "commitments:evidence": 999_999,
        "commitments:photo": 999_999,
        "commitments:report": commitment.stages.filter(kind="term").first().pk,
        "commitments:review": 999_999,
    }
    slugs = {
        **{f"commitments:{name}": commitment.plan.slug for name in OF_A_PLAN},
        **{f"evaluation:{name}": "concept-2013" for name in OF_A_CHARTER},
        "bodies:association": association.body.slug,
        "bodies:card": association.body.slug,
        **{
            name: association.body.slug
            for name in addresses_of_rooms()
            if name.startswith("bodies:")
            and name.split(":")[1]
            in {"office-record", "verify", "propose", "correct", "accredit", "hand-in"}
        },
    }
    pks = {
        "meetings": meeting.pk,
        "bodies": 999_999,
        "papers": getattr(Document.objects.first() or Round.objects.first(), "pk", 999_999),
        "calendar": 1,
        "commitments": commitment.pk,
        "evaluation": 999_999,
    }
    facts = {
        "item_pk": Item.objects.filter(meeting=meeting).first().pk,
        "ballot_pk": Ballot.objects.filter(item__meeting=meeting).first().pk,
        "decision": decision.pk,
        "paper_pk": 999_999,
        "attached": 999_999,
        "consent": 999_999,
        "number": 2025,
        "sha256": "0" * 64,
        "key": Attendance.objects.filter(meeting=meeting).first().key,
        "one": association.body.slug,
        "other": Association.objects.exclude(pk=association.pk).first().body.slug,
        "edition": 1,
        "seen": "0",
        "document": 999_999,
        "checked": 1,
        "form": "csv",
        "what": "indicator",
    }
    return own, slugs, pks, facts


KINDS = [
    {"kind": "minutes", "language": "kk", "ending": "docx"},
    {"kind": "decision", "language": "kk", "ending": "docx"},
    {"kind": "sheet", "language": "kk", "ending": "docx"},
    {"ending": "json"},
    {"form": "json"},
    {"kind": "minutes", "language": "kk"},
    {},
]


def address(name, own, slugs, pks, facts):
    """An address made of what there is; names of arguments are asked of the patterns."""
    room = name.split(":")[0]
    pool = {
        "pk": own.get(name, pks[room]),
        "slug": slugs.get(name, "council"),
        **facts,
    }
    if name == "meetings:own-feed":
        pool["key"] = "unknown-key"
    if name == "evaluation:dataset":
        pool["key"] = "plans"
    for more in KINDS:
        for wanted in possible(name):
            have = {**pool, **more}
            if not all(argument in have for argument in wanted):
                continue
            try:
                return reverse(name, kwargs={argument: have[argument] for argument in wanted})
            except NoReverseMatch:
                continue
    raise AssertionError(f"no arguments fit {name}: {possible(name)}")


def possible(name):
    """The sets of arguments that the patterns of a name take."""
    room, own = name.split(":")
    return list(patterns(get_resolver().url_patterns, room, own))


def patterns(urls, room, own):
    for each in urls:
        if hasattr(each, "url_patterns"):
            yield from patterns(each.url_patterns, room, own)
        elif each.name == own and each.lookup_str.startswith(f"kelisim.{room}."):
            taken = getattr(each.pattern, "converters", {})
            yield list(taken or each.pattern.regex.groupindex)


def visitor(who):
    client = Client()
    if who != "anonymous":
        person = Person.objects.get(email=f"{who}@demo.example")
        client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.django_db
def test_every_post_meets_what_the_table_says():
    load_territory()
    load_bodies()
    demonstration.load(None, today=demonstration.date(2026, 11, 23), regions=2)
    Person.objects.create_user("person@demo.example", "birge-kelisim-4", name="Адам Үлгіұлы")
    have = known()
    with override("kk"):
        listed = {name: address(name, *have) for name in sorted(addresses_of_rooms())}
    clients = [visitor(who) for who in WHO]
    met = {
        name: tuple(client.get(path).status_code for client in clients)
        for name, path in listed.items()
    }
    assert all(status < 500 for row in met.values() for status in row), met
    lines = "\n".join(f"{name} {' '.join(map(str, row))}" for name, row in met.items())
    table = expected()
    wrong = {name: (table.get(name), row) for name, row in met.items() if table.get(name) != row}
    assert wrong == {}, f"{wrong}\n{lines}"
