"""A draft to edit, made from a plain text of our own writing."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from kelisim.charter.models import Act, Charter, Edition, Provision, Source, Version, Wording
from kelisim.charter.readers import read
from kelisim.charter.trees.edits import Node, places
from kelisim.charter.trees.types import known
from kelisim.people.models import Person
from tests.bodies.people import chair, head, officer, person

GROUP = 300
AT = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)

TEXT = """# О библиотеках согласия

## 1. Общие положения

Библиотека согласия открыта каждому.

Она хранит книги на всех языках
области.

## 2. Меры

Намечаются следующие меры:

1) открыть читальный зал;
2) издавать указатель книг;
3) проводить день открытых дверей.
"""


@pytest.fixture
def people(db) -> dict[str, Person]:
    """One of every kind; all invented."""
    return {
        "preparer": officer("Preparer"),
        "another": head("Another"),
        "publisher": chair("Publisher"),
        "administrator": person("Administrator", is_staff=True),
        "nobody": person("Nobody"),
    }


@pytest.fixture
def preparer(people) -> Person:
    return people["preparer"]


def stored(draft, *, by: Person, slug: str = "library", texts: str = TEXT) -> Version:
    """A draft as it stands in the database, without any act: only for looking at edits."""
    act, _ = Act.objects.get_or_create(number="7", date=date(2026, 2, 1))
    charter = Charter.objects.create(
        slug=slug,
        type=draft.charter_type,
        title={"ru": draft.title or "О библиотеках согласия"},
        adopted_by=act,
        in_force_from=act.date,
    )
    version = Version.objects.create(
        charter=charter,
        number=1,
        by_act=act,
        in_force_from=act.date,
        prepared_by=by,
        created_at=AT,
        leavings=draft.to_json()["leavings"],
        guesses=[{**guess, "settled": False} for guess in draft.to_json()["guesses"]],
    )
    source = Source.objects.create(
        version=version,
        language="ru",
        name="library.md",
        sha256="0" * 64,
        content=texts.encode(),
        lines=texts,
    )
    Edition.objects.create(version=version, language="ru", authentic=True, source=source)
    depths: dict[str | None, int] = {None: -1}
    nodes = []
    for p in draft.provisions:
        depths[p.eid] = depths[p.parent] + 1
        nodes.append(
            Node(0, depths[p.eid], p.kind, p.number, p.lines, {"ru": p.text}, {}, p.heading)
        )
    rows: list[Provision] = []
    for n, (node, place) in enumerate(
        zip(nodes, places(nodes, known()[charter.type]), strict=True)
    ):
        rows.append(
            Provision(
                version=version,
                eid=place.eid,
                kind=node.kind,
                number=node.number,
                cite=place.cite,
                heading=node.heading,
                position=n + 1,
                depth=node.depth,
                first_line=node.lines[0],
                last_line=node.lines[1],
            )
        )
    Provision.objects.bulk_create(rows)
    for row, place in zip(rows, places(nodes, known()[charter.type]), strict=True):
        row.parent = rows[place.parent] if place.parent is not None else None
    Provision.objects.bulk_update(rows, ["parent"])
    Wording.objects.bulk_create(
        Wording(provision=row, language="ru", text=node.texts["ru"])
        for row, node in zip(rows, nodes, strict=True)
    )
    return version


@pytest.fixture
def draft(preparer) -> Version:
    return stored(read(TEXT.encode(), name="library.md"), by=preparer)


@pytest.fixture
def many(preparer) -> Callable[[int], Version]:
    """A draft of so many measures."""

    def make(count: int) -> Version:
        groups = [
            f"## {group}. Раздел {group}\n\nНамечаются следующие меры:\n\n"
            + "".join(
                f"{n}) провести встречу номер {(group - 1) * GROUP + n};\n"
                for n in range(1, min(GROUP, count - (group - 1) * GROUP) + 1)
            )
            for group in range(1, -(-count // GROUP) + 1)
        ]
        text = "# План\n\n" + "\n".join(groups)
        return stored(
            read(text.encode(), name="p.md"),
            by=preparer,
            slug=f"plan-{count}-{Charter.objects.count()}",
            texts=text,
        )

    return make
