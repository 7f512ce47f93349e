"""What the demonstration contains; made only by the acts that an office would make, in order."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext_noop

from kelisim.bodies.actions.beginning import begin_council
from kelisim.bodies.actions.mandates import appoint
from kelisim.bodies.models import Body, Seat
from kelisim.bodies.states import Role
from kelisim.charter.actions import acts, correspondence, editions, publishing, succession
from kelisim.charter.models import Version
from kelisim.charter.readers import read
from kelisim.charter.trees.draft import Draft, Provision
from kelisim.charter.trees.eids import Eids
from kelisim.charter.trees.types import known
from kelisim.cli import (
    assembly,
    associations,
    districts,
    gatherings,
    promises,
    reports,
    results,
    years,
)
from kelisim.cli.stories import Story, once, tell, together
from kelisim.people.actions import invite, set_password
from kelisim.people.models import Person
from kelisim.refusals import Refusal, Refused

FOLDER = files("kelisim.charter") / "demonstration"
DOMAIN = "demo.example"
SIGN_INS = [
    (f"administrator@{DOMAIN}", "birge-kelisim-1", gettext_noop("administers the system")),
    (
        f"preparer@{DOMAIN}",
        "birge-kelisim-2",
        gettext_noop("officer of the secretariat: prepares charters"),
    ),
    (
        f"publisher@{DOMAIN}",
        "birge-kelisim-3",
        gettext_noop("head of the secretariat: publishes charters"),
    ),
    *assembly.SIGN_INS,
]
Titles = Mapping[str, Mapping[str, str]]


COUNCIL = {
    "kk": "Үлгі халықтары Ассамблеясы (ойдан алынған)",
    "ru": "Ассамблея народов Примерии (вымышлена)",
    "en": "Assembly of the Peoples of Exampleland (invented)",
}
SECRETARIAT = {
    "kk": "Үлгі халықтары Ассамблеясының Хатшылығы (ойдан алынған)",
    "ru": "Секретариат Ассамблеи народов Примерии (вымышлен)",
    "en": "Secretariat of the Assembly of the Peoples of Exampleland (invented)",
}


@dataclass(frozen=True, slots=True)
class Office:
    """The invented people who do the acts: the secretariat's officer and its head."""

    council: Body
    administrator: Person
    preparer: Person
    publisher: Person


def at(day: date | str, hour: int = 10) -> datetime:
    """A moment of a day, local time."""
    when = date.fromisoformat(day) if isinstance(day, str) else day
    return datetime.combine(when, time(hour), ZoneInfo(settings.TIME_ZONE))


def load(charter: Path | None, *, today: date, regions: int = promises.REGIONS) -> None:
    """Fill an empty database as it looks on a day.

    `charter`: the authentic Russian text of the Concept, or none. `regions`: how many of them have
    plans of their own.
    """
    office = council(at("2013-01-08", 11))
    concept(office, charter)
    end = at(today, 23)
    tell([neighbours(office), assembled(office, today, regions)], until=end)


def assembled(office: Office, today: date, regions: int) -> Story:
    """The council's bodies are founded and live."""
    began = promises.periods(today)[0].starts - timedelta(days=30)
    yield at(began)
    gathered = assembly.load(
        office.council,
        administrator=office.administrator,
        head=office.publisher,
        clerk=office.preparer,
        today=today,
        began_on=began,
    )
    districts.found(gathered, office.administrator, at(began))
    yield from live(gathered, regions)


def live(gathered: assembly.Assembly, regions: int) -> Story:
    """What the council did since, in the order of its dates."""
    officer = Person.objects.get(email=f"region@{DOMAIN}")
    representative = Person.objects.get(email=f"association@{DOMAIN}")
    return together(
        [
            once(gathered.ago(420), lambda: associations.enter(gathered)),
            once(
                gathered.ago(400),
                lambda: associations.represent(gathered, representative, officer),
            ),
            once(gathered.ago(390), lambda: verified(gathered, officer, 390, slice(0, 4))),
            once(gathered.ago(40), lambda: verified(gathered, officer, 40, slice(4, 12))),
            once(gathered.ago(30), lambda: associations.houses(gathered)),
            once(gathered.ago(1), lambda: associations.propose(gathered, representative, officer)),
            once(gathered.ago(0, 6), lambda: associations.fall_due(gathered)),
            gatherings.first_meeting(gathered),
            gatherings.session(gathered),
            gatherings.next_meeting(gathered),
            *promised(gathered, regions),
        ]
    )


def promised(gathered: assembly.Assembly, regions: int) -> list[Story]:
    """The plans of three years on three levels, and what became of their rows."""
    digest = json.loads((FOLDER / "concept-2013.json").read_text())
    places = promises.measure_places(digest["provisions"])
    known = promises.planners(gathered, places, regions=regions)
    return [*years.all_years(known), *reports.all_reports(known), results.kept(known)]


def verified(gathered: assembly.Assembly, officer: Person, ago: int, some: slice) -> None:
    associations.verify(gathered, officer, ago=ago, some=some)


def council(when: datetime) -> Office:
    """An invented council: the operator founds it, its head appoints the officer."""
    made = people(when)
    begun = begin_council(
        name=COUNCIL,
        secretariat=SECRETARIAT,
        head=made["publisher"],
        invented=True,
        at=when,
    )
    seat = Seat.objects.get(body__parent=begun, role=Role.OFFICER)
    appoint(seat.pk, person=made["preparer"], since=when.date(), by=made["publisher"], at=when)
    return Office(council=begun, **made)


def people(when: datetime) -> dict[str, Person]:
    """Who signs in, by what they do."""
    names = {
        "administrator": "Әкімші Үлгіұлы",
        "preparer": "Дайындаушы Үлгіқызы",
        "publisher": "Жариялаушы Үлгіұлы",
    }
    made: dict[str, Person] = {}
    for email, password, _words in SIGN_INS[: len(names)]:
        role = email.split("@")[0]
        person = invite(
            email=email,
            name=names[role],
            is_staff=role == "administrator",
            by=made.get("administrator"),
            at=when,
            welcome=False,
        )
        set_password(person, password=password, confirmed=True)
        made[role] = person
    return made


def concept(office: Office, charter: Path | None) -> None:
    """The Concept of 2013: adopted, published, repealed, on the days on which that happened."""
    digest = json.loads((FOLDER / "concept-2013.json").read_text())
    told = digest["charter"]
    draft, titles = drawn(digest)
    file = None
    if charter:
        content = charter.read_bytes()
        authentic = read(content, name=charter.name, charter_type=known()[told["type"]])
        titles = joined(digest["provisions"], authentic)
        draft = authentic
        file = publishing.File(charter.name, content, "text/markdown", content.decode())
    act = cited(told["act"])
    version = publishing.begin_charter(
        slug=told["slug"],
        title=told["title"],
        fields=told["fields"],
        draft=draft,
        beginning=publishing.Beginning(
            act=act, in_force_from=act.date, authentic=bool(charter), file=file, titles=titles
        ),
        by=office.preparer,
        at=at(act.date, 9),
    )
    correspond(version, office, at(act.date, 10))
    publishing.submit(version.pk, by=office.preparer, at=at(act.date, 11))
    publishing.publish(version.pk, by=office.publisher, at=at(act.date, 15))
    end = told["repealed"]
    acts.repeal(
        version.charter_id,
        by=office.publisher,
        act=cited(end["act"]),
        on=date.fromisoformat(end["date"]),
        at=at(end["date"], 12),
    )


def correspond(version: Version, office: Office, when: datetime) -> None:
    """Measures beside articles of the European framework convention on minorities (1995)."""
    told = json.loads((FOLDER / "correspondence.json").read_text())
    instrument = correspondence.Named(**told["instrument"])
    eids = dict(version.provisions.values_list("cite", "eid"))
    for row in told["rows"]:
        correspondence.add(
            version.pk,
            eid=eids[row["cite"]],
            instrument=instrument,
            place=row["place"],
            relation=row["relation"],
            note=row["note"],
            by=office.preparer,
            at=when,
        )


def cited(told: Mapping[str, Any]) -> acts.Cited:
    return acts.Cited(
        number=told["number"],
        date=date.fromisoformat(told["date"]),
        kind=told["kind"],
        issuer=told["issuer"],
        title=told.get("title", {}),
        address=told.get("address", ""),
    )


def drawn(digest: Mapping[str, Any]) -> tuple[Draft, Titles]:
    """The digest as a tree of its own: titles in three languages, no words of the act."""
    kinds = known()[digest["charter"]["type"]].kinds
    eids = Eids()
    given: dict[str | None, str] = {}
    provisions, titles = [], {}
    for n, row in enumerate(digest["provisions"], 1):
        parent = given.get(row["parent"])
        element = kinds[row["kind"]].element
        if element == "part" and parent:
            element = "subpart"
        eid = given[row["path"]] = eids.give(parent, element, row["number"])
        heading = row["kind"] in {"part", "group"}
        provisions.append(
            Provision(eid, row["kind"], row["number"], "", parent, (n, n), heading=heading)
        )
        titles[eid] = row["title"]
    title = digest["charter"]["title"]["ru"]
    return Draft(tuple(provisions), title=title, language="ru", charter_type="concept"), titles


def joined(rows: Iterable[Mapping[str, Any]], authentic: Draft) -> Titles:
    """The digest's titles by the eIds of the authentic text: order within kind decides.

    Raises Refused, naming every kind of which the two do not have equally many.
    """
    ours: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    theirs: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows:
        ours[row["kind"]].append(row)
    for provision in authentic.provisions:
        theirs[provision.kind].append(provision.eid)
    counts = Counter({kind: len(found) for kind, found in ours.items()})
    require_equal(counts, {kind: len(theirs[kind]) for kind in counts})
    return {
        eid: row["title"]
        for kind, found in ours.items()
        for row, eid in zip(found, theirs[kind], strict=True)
    }


def require_equal(ours: Mapping[str, int], theirs: Mapping[str, int]) -> None:
    wrong = [
        Refusal("cli.not_this_charter", place=kind, ours=count, theirs=theirs[kind])
        for kind, count in ours.items()
        if theirs[kind] != count
    ]
    if wrong:
        raise Refused(*wrong)


def neighbours(office: Office) -> Story:
    """An invented charter of an invented town, amended once: its two versions can be compared."""
    first = acts.Cited(
        number="7",
        date=date(2021, 3, 1),
        kind={"kk": "Шешім", "ru": "Решение", "en": "Decision"},
        issuer={
            "kk": "Үлгі қаласы көршілерінің жиналысы (ойдан алынған)",
            "ru": "Собрание соседей города Примерска (вымышлено)",
            "en": "Assembly of Neighbours of Exampleton (invented)",
        },
    )
    second = replace(first, number="12", date=date(2024, 9, 2))
    drafts = {
        (number, language): read(
            (FOLDER / f"neighbours-{number}.{language}.md").read_bytes(),
            charter_type=known()["concept"],
        )
        for number in (1, 2)
        for language in ("kk", "ru", "en")
    }
    yield at("2021-03-01", 9)
    version = publishing.begin_charter(
        slug="neighbours",
        title={language: drafts[1, language].title for language in ("kk", "ru", "en")},
        draft=drafts[1, "kk"],
        beginning=beginning(1, first),
        invented=True,
        by=office.preparer,
        at=at("2021-03-01", 9),
    )
    yield at("2021-03-02", 10)
    finish(version, drafts, 1, office, date(2021, 3, 2))
    yield at("2024-09-02", 9)
    amended = publishing.begin_version(
        version.charter_id,
        draft=drafts[2, "kk"],
        beginning=beginning(2, second),
        by=office.preparer,
        at=at("2024-09-02", 9),
    )
    yield at("2024-09-03", 10)
    finish(amended, drafts, 2, office, date(2024, 9, 3))


def beginning(number: int, act: acts.Cited) -> publishing.Beginning:
    name = f"neighbours-{number}.kk.md"
    content = (FOLDER / name).read_bytes()
    return publishing.Beginning(
        act=act,
        in_force_from=act.date,
        file=publishing.File(name, content, "text/markdown", content.decode()),
    )


def finish(
    version: Version,
    drafts: Mapping[tuple[int, str], Draft],
    number: int,
    office: Office,
    day: date,
) -> None:
    """The other languages, the mapping where there is one, and the two people."""
    for hour, language in enumerate(("ru", "en"), 10):
        editions.add_edition(
            version.pk,
            draft=drafts[number, language],
            authentic=language == "ru",
            translated_by="" if language == "ru" else "Exampleton Translators (invented)",
            by=office.preparer,
            at=at(day, hour),
        )
    if number > 1:
        succession.propose_successions(version)
        succession.confirm_all(version.pk, by=office.preparer, at=at(day, 13))
    publishing.submit(version.pk, by=office.preparer, at=at(day, 14))
    publishing.publish(version.pk, by=office.publisher, at=at(day, 16))
