"""Every address of the project, for everybody who may come; an unlisted address fails the test."""

from itertools import product

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils.translation import override

from kelisim.bodies.commands import load as load_bodies
from kelisim.charter.actions import publishing
from kelisim.charter.models import Provision, Version
from kelisim.cli import demonstration
from kelisim.commitments.models import Commitment, Plan
from kelisim.evaluation.models import PeriodReport
from kelisim.meetings.models import Decision, Meeting
from kelisim.people import urls as people
from kelisim.people.models import Person
from kelisim.territory.commands import load as load_territory
from tests.journeys.test_every_office_page import ROOMS
from tests.people.test_access import names

WHO = ["anonymous", "person", "preparer", "publisher", "administrator"]
PUBLIC = (200,) * 5
MOVED = (303,) * 5
IN = (302, 200, 200, 200, 200)
OFFICE = (302, 403, 200, 200, 403)
POST_ONLY = (302, 403, 405, 405, 403)
TABLE = {
    PUBLIC: "portal:part api:openapi-json api:openapi-view api:charters api:charter api:version api:provisions"
    " api:provision api:compare api:export api:units api:unit api:lineage api:search api:entries"
    " api:coverage api:discipline api:reports api:report api:open_datasets"
    " api:checkpoint api:plans api:plan api:commitments api:commitment api:meetings api:meeting api:decisions api:decision api:bodies api:body"
    " api:composed api:associations api:year api:after api-docs portal:home portal:search portal:about portal:promised"
    " portal:charter portal:version portal:provision-of-version portal:provision charter:compare"
    " charter:correspondence charter:file-akn.xml charter:file-json charter:file-docx"
    " territory:map territory:unit ledger:entries ledger:checkpoint robots sitemap"
    " sitemap-section id:file-akn.xml id:file-json id:file-docx",
    MOVED: "id:charter id:version id:provision-of-version id:provision",
    (404,) * 5: "api:api-root",
    IN: "desk:waiting",
    OFFICE: "charter:drafts charter:draft charter:step charter:problems charter:leavings"
    " charter:titles charter:passport charter:editions charter:mapping charter:corresponding"
    " charter:review charter:begin charter:begin-version",
    (302, 403, 404, 404, 403): "charter:preview charter:preview-version",
    POST_ONLY: "charter:undo charter:redo charter:submit charter:discard",
}
MEETS = {name: expected for expected, together in TABLE.items() for name in together.split()}


@pytest.fixture
def site(db):
    """The demonstration, and a draft that the preparer has begun."""
    load_territory()
    load_bodies()
    demonstration.load(None, today=demonstration.date(2026, 11, 23), regions=2)
    preparer = Person.objects.get(email="preparer@demo.example")
    Person.objects.create_user("person@demo.example", "birge-kelisim-4", name="Адам Үлгіұлы")
    charter = Version.objects.get(charter__slug="neighbours", number=1).charter
    drafts = demonstration.read((demonstration.FOLDER / "neighbours-2.kk.md").read_bytes())
    return publishing.begin_version(
        charter.pk,
        draft=drafts,
        beginning=demonstration.beginning(
            2, demonstration.acts.Cited("99", demonstration.date(2026, 2, 1))
        ),
        by=preparer,
        at=demonstration.at("2026-02-01"),
    )


def arguments(name, draft):
    published = Version.objects.get(charter__slug="neighbours", number=2)
    eid = published.provisions.get(cite="2.1-1").eid
    slug, number = (
        "neighbours",
        (draft if ":" in name and name.split(":")[0] == "charter" else published).number,
    )
    known = {
        "slug": slug, "number": number, "eid": eid, "a": 1, "b": 2, "kato": "630000000",
        "key": Provision.objects.filter(version=draft).last().pk,
        "token": "none", "section": "pages", "year": 2026,
    }  # fmt: skip
    if name in {"api:meeting", "api:decision"}:
        known["key"] = (
            {"api:meeting": Meeting, "api:decision": Decision}[name]
            .objects.filter(published_at__isnull=False)[0]
            .pk
        )
    if name == "api:plan":
        known["slug"] = Plan.objects.filter(state="in_force")[0].slug
    if name == "api:coverage":
        known["slug"] = "concept-2013"
    if name == "api:report":
        known["key"] = PeriodReport.objects.filter(state="published")[0].pk
    if name == "api:commitment":
        known["key"] = Commitment.objects.all()[0].pk
    if name in {"api:body", "api:composed"}:
        known["slug"] = "council"
    if name in {"charter:file-akn.xml", "charter:file-json", "charter:file-docx"}:
        known["number"] = 2
    return known


def addresses(draft):
    """Each name with an address made of what there is."""
    return {name: address(name, arguments(name, draft)) for name in MEETS}


def address(name, known):
    """The address that a name has for these arguments: only those that its pattern asks for."""
    for wanted in ASKED:
        try:
            return reverse(name, kwargs={one: known[one] for one in wanted})
        except NoReverseMatch:
            continue
    raise AssertionError(f"no arguments fit {name}")


ASKED = [
    (), ("year",), ("slug",), ("key",), ("slug", "number"), ("slug", "eid"), ("slug", "number", "eid"),
    ("slug", "a", "b"), ("slug", "number", "key"), ("token",), ("slug", "token"), ("kato",),
    ("section",),
]  # fmt: skip


def test_the_tables_name_every_address_of_the_project():
    everything = names(get_resolver().url_patterns)
    admin = {name for name in everything if name.startswith("admin:")}
    elsewhere = {name for name in everything if name.split(":")[0] in ROOMS}
    assert everything - admin - elsewhere - names(people.urlpatterns) == set(MEETS)


def visitor(who):
    client = Client()
    if who != "anonymous":
        client.force_login(
            Person.objects.get(email=f"{who}@demo.example"),
            backend="django.contrib.auth.backends.ModelBackend",
        )
    return client


QUERY = {
    "api:search": "?q=кеңес",
    "api:export": "?format=json",
    "api:after": "?day=2026-01-05&days=3",
}


def test_everybody_meets_what_is_theirs(site):
    wrong = []
    with override("kk"):
        listed = addresses(site)
    assert set(listed) == set(MEETS)
    for place, who in enumerate(WHO):
        client = visitor(who)
        for each in caches.all():
            each.clear()  # nobody has asked the API too often
        for name, address in listed.items():
            met = client.get(address + QUERY.get(name, "")).status_code
            if met != MEETS[name][place]:
                wrong.append((who, name, address, met))
    assert not wrong, "\n".join(map(str, wrong))


FORMS = [name for name in MEETS if name.startswith("charter:") and MEETS[name] == OFFICE]


SENT = [
    {},
    {"act": "nonsense"},
    {"act": "split", "kind": "\x00", "number": "9" * 500, "language": "xx", "reason": ""},
]


def test_a_form_with_bad_input_breaks_nothing_and_saves_nothing(site):
    before = state(site)
    with override("kk"):
        listed = addresses(site)
    for who, sent, name in product(["preparer", "publisher"], SENT, FORMS):
        answer = visitor(who).post(listed[name], sent)
        assert answer.status_code < 500, (who, name, sent, answer.status_code)
    assert state(site) == before


def state(version):
    row = Version.objects.get(pk=version.pk)
    words = sorted(
        version.provisions.values_list(
            "eid", "kind", "number", "wordings__text", "wordings__title"
        ),
        key=str,
    )
    return row.state, row.return_reason, words
