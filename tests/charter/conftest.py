"""Invented charters that went the whole way: begun, submitted, published by two people."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from kelisim.charter.actions import publishing, succession
from kelisim.charter.actions.acts import Cited
from kelisim.charter.actions.publishing import Beginning
from kelisim.charter.models import Version
from kelisim.charter.trees.draft import Draft, Provision
from kelisim.people.models import Person
from tests.bodies.people import head, officer

AT = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
ADOPTED = Cited(
    "7",
    date(2026, 2, 1),
    kind={"kk": "Бұйрық", "ru": "Приказ", "en": "Order"},
    issuer={"kk": "Үлгі кеңесі", "ru": "Примерный совет", "en": "Sample council"},
)
AMENDED = replace(ADOPTED, number="19", date=date(2026, 6, 1))


def provision(eid, kind="measure", number="", text="", *, heading=False, line=1) -> Provision:
    parent = eid.rpartition("__")[0] or None
    return Provision(eid, kind, number, text, parent, (line, line), heading)


def draft(*provisions: Provision, **facts) -> Draft:
    said = {"title": "О библиотеках", "language": "ru", "charter_type": "concept", **facts}
    return Draft(provisions=provisions, **said)


FIRST = draft(
    provision("part_1", "part", "1", "Меры", heading=True, line=1),
    provision("part_1__list_1", "group", "", "Книги", heading=True, line=3),
    provision("part_1__list_1__point_1", number="1", text="открыть читальный зал", line=4),
    provision("part_1__list_1__point_2", number="2", text="издать указатель всех книг", line=5),
    provision("part_1__list_1__point_3", number="3", text="проводить день открытых дверей", line=6),
    fields={"Разработчик": "Примерный совет"},
)
SECOND = draft(
    provision("part_1", "part", "1", "Меры", heading=True),
    provision("part_1__list_1", "group", "", "Книги", heading=True),
    provision("part_1__list_1__point_1", number="1", text="открыть два читальных зала"),
    provision("part_1__list_1__point_2", number="2", text="проводить день открытых дверей"),
    provision("part_1__list_1__point_3", number="3", text="беречь рукописи и письма читателей"),
)


def long_draft(count: int) -> Draft:
    """One part with groups of fifty measures: `count` provisions and a few headings."""
    rows = [provision("part_1", "part", "1", "Меры", heading=True)]
    for n in range(count):
        group = f"part_1__list_{n // 50 + 1}"
        if n % 50 == 0:
            rows.append(provision(group, "group", "", f"Группа {n // 50 + 1}", heading=True))
        number = str(n % 50 + 1)
        rows.append(provision(f"{group}__point_{number}", number=number, text=f"мера номер {n}"))
    return draft(*rows)


@pytest.fixture
def preparer(db) -> Person:
    return officer("Preparer")


@pytest.fixture
def publisher(db) -> Person:
    return head("Publisher")


@pytest.fixture
def begin(preparer) -> Callable[..., Version]:
    """A draft of a first version."""

    def made(given: Draft = FIRST, slug: str = "library", **facts) -> Version:
        return publishing.begin_charter(
            slug=slug,
            title={"kk": "Кітапханалар", "ru": "О библиотеках", "en": "On libraries"},
            draft=given,
            beginning=Beginning(ADOPTED, date(2026, 2, 1), **facts),
            by=preparer,
            at=AT,
        )

    return made


@pytest.fixture
def publish(preparer, publisher) -> Callable[[Version], Version]:
    """Submit by one, confirm and publish by the other."""

    def made(version: Version) -> Version:
        publishing.submit(version.pk, by=preparer, at=AT)
        succession.confirm_all(version.pk, by=publisher, at=AT)
        return publishing.publish(version.pk, by=publisher, at=AT)

    return made


@pytest.fixture
def amend(preparer) -> Callable[..., Version]:
    """A draft of the next version."""

    def made(before: Version, given: Draft = SECOND) -> Version:
        return publishing.begin_version(
            before.charter_id,
            draft=given,
            beginning=Beginning(AMENDED, date(2026, 6, 1)),
            by=preparer,
            at=AT,
        )

    return made


@pytest.fixture
def first(begin, publish) -> Version:
    """Published: three measures."""
    return publish(begin())


@pytest.fixture
def second(first, amend, publish) -> Version:
    """Published: one measure changed, one repealed, one moved up, one added."""
    return publish(amend(first))
