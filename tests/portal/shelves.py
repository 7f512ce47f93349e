"""Charters of our own invention, published through the same acts as in an office."""

from datetime import UTC, date, datetime
from pathlib import Path

from kelisim import pages
from kelisim.charter.actions import publishing
from kelisim.charter.actions.acts import Cited
from kelisim.charter.models import Succession
from kelisim.charter.trees.draft import Draft, Provision
from kelisim.people.models import Person
from tests.bodies.people import head, officer

SHEET = Path(pages.__file__).parent / "static" / "pages" / "kelisim.css"
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TITLE = {
    "kk": "Көршілік тұжырымдамасы",
    "ru": "Концепция добрососедства",
    "en": "Concept of good neighbours",
}
ACT = Cited(
    kind={"kk": "Жарлық", "ru": "Указ", "en": "Decree"},
    number="7",
    date=date(2026, 2, 1),
    issuer={"kk": "Ойдан алынған кеңес", "ru": "Вымышленный совет", "en": "An invented council"},
)
LATER = Cited(kind=ACT.kind, number="9", date=date(2026, 6, 1), issuer=ACT.issuer)


def people() -> tuple[Person, Person]:
    """One who prepares and another who publishes."""
    there = {one.name: one for one in Person.objects.filter(name__in=["preparer", "publisher"])}
    return there.get("preparer") or officer("preparer"), there.get("publisher") or head("publisher")


def provision(eid, kind, number, text, parent=None, *, heading=False, line=1):
    return Provision(eid, kind, number, text, parent, (line, line), heading)


def measures(group: str, count: int, parent: str, *, first: int = 1) -> list[Provision]:
    return [
        provision(
            f"{parent}__point_{n}",
            "measure",
            str(n),
            f"провести встречу {n} {group} группы;",
            parent,
            line=n,
        )
        for n in range(first, first + count)
    ]


def draft(groups: int = 2, each: int = 3) -> Draft:
    """A passage, two principles, and groups of measures under a part."""
    found = [
        provision("part_1", "part", "1", "Введение", heading=True),
        provision(
            "part_1__p_1", "passage", "", "Соседи живут рядом и помогают друг другу.", "part_1"
        ),
        provision("part_1__principle_1", "principle", "1", "взаимное уважение;", "part_1"),
        provision("part_1__principle_2", "principle", "2", "открытость.", "part_1"),
        provision("part_2", "part", "2", "Направления", heading=True),
    ]
    for n in range(1, groups + 1):
        eid = f"part_2__list_{n}"
        found.append(provision(eid, "group", "", f"В области дела {n}:", "part_2", heading=True))
        found += measures(str(n), each, eid)
    return Draft(
        provisions=tuple(found),
        fields={"Разработчик": "Секретариат"},
        language="ru",
        charter_type="concept",
    )


def titles(given: Draft) -> dict[str, dict[str, str]]:
    """Short titles in three languages for every provision."""
    return {
        p.eid: {
            "kk": f"{p.number} шара".strip(),
            "ru": f"Встреча {p.number}".strip(),
            "en": f"Meeting {p.number}".strip(),
        }
        for p in given.provisions
        if not p.heading and p.kind != "passage"
    }


def publish(
    given: Draft | None = None, *, slug: str = "neighbours", titled: bool = True, at: datetime = AT
):
    """A charter with its first version, published."""
    preparer, publisher = people()
    given = given or draft()
    version = publishing.begin_charter(
        slug=slug,
        title=TITLE,
        draft=given,
        beginning=publishing.Beginning(
            act=ACT, in_force_from=date(2026, 2, 1), titles=titles(given) if titled else {}
        ),
        by=preparer,
        at=at,
    )
    return seal(version.pk, preparer, publisher, at)


def amend(charter, given: Draft, *, at: datetime = datetime(2026, 6, 2, 9, 0, tzinfo=UTC)):
    """The next version of a charter, published."""
    preparer, publisher = people()
    beginning = publishing.Beginning(act=LATER, in_force_from=date(2026, 6, 1))
    version = publishing.begin_version(
        charter.pk, draft=given, beginning=beginning, by=preparer, at=at
    )
    return seal(version.pk, preparer, publisher, at)


def seal(pk: int, preparer: Person, publisher: Person, at: datetime):
    publishing.submit(pk, by=preparer, at=at)
    Succession.objects.filter(version=pk).update(confirmed=True)
    return publishing.publish(pk, by=publisher, at=at)
