"""The demonstration's register: 820 invented associations, some verified, one being changed."""

from dataclasses import replace
from datetime import timedelta

from django.utils.timezone import localtime

from kelisim.bodies.actions import founding, mandates, proposals, record, verification
from kelisim.bodies.actions.record import Entering
from kelisim.bodies.models import Association, Body
from kelisim.bodies.queries.record import facts_of
from kelisim.bodies.states import Role
from kelisim.bodies.trees.record import FIELDS
from kelisim.cli.assembly import Assembly, words
from kelisim.cli.invented import ALL, associations
from kelisim.people.models import Person
from kelisim.territory.models import Unit
from kelisim.territory.queries import names, on_day, regions

HOUSES = 5


def enter(assembly: Assembly) -> None:
    """820 records: republican ones and those of regions first, then their branches."""
    at = assembly.ago(420)
    units = on_day(Unit.objects.select_related("parent"), assembly.today).order_by("kato")
    facts = associations(
        ALL, {unit.kato: unit.parent.kato if unit.parent else "" for unit in units}
    )
    ahead = [each for each in facts if not each.parent]
    branches = [each for each in facts if each.parent]
    there = record.known(localtime(at).date())
    source = "Жарғы (ойдан алынған)"
    for some in (ahead, branches):
        record.enter_all(
            [Entering(each) for each in some],
            source=source,
            invented=True,
            by=assembly.clerk,
            at=at,
            there=there,
        )


def in_region(officer: Person) -> list[Association]:
    """The associations of the region whose secretariat somebody serves."""
    unit = Body.objects.get(seats__mandates__person=officer).unit
    found = Association.objects.filter(body__unit=unit).select_related("body__unit", "body__parent")
    return list(found.order_by("pk"))


def verify(assembly: Assembly, officer: Person, *, ago: int, some: slice) -> None:
    """Some records of a region are verified, so many days ago."""
    for association in in_region(officer)[some]:
        verification.verify(
            association.pk,
            facts=list(FIELDS),
            source="Құжаттар қаралды (ойдан алынған)",
            by=officer,
            at=assembly.ago(ago),
        )


def represent(assembly: Assembly, person: Person, officer: Person) -> Association:
    """Somebody who signs in represents an association of the region."""
    association = in_region(officer)[0]
    at = assembly.ago(400)
    seat = mandates.establish(association.pk, role=Role.REPRESENTATIVE, by=assembly.head, at=at)
    since = localtime(at).date()
    mandates.appoint(seat.pk, person=person, since=since, by=assembly.head, at=at)
    return association


def propose(assembly: Assembly, person: Person, officer: Person) -> None:
    """They propose another telephone; the region's secretariat is to decide."""
    association = in_region(officer)[0]
    facts = facts_of([association], assembly.today)[association.pk]
    proposals.propose(
        association.pk,
        facts=replace(facts, phone="+7 000 000 00 99"),
        source="Басшының хаты (ойдан алынған)",
        by=person,
        at=assembly.ago(1),
    )


def fall_due(assembly: Assembly) -> None:
    """What was verified over a year ago is due again."""
    verification.fall_due(on=assembly.today, at=assembly.ago(0, 6))


def houses(assembly: Assembly) -> None:
    """A house of friendship in the first regions."""
    units = regions(assembly.today)[:HOUSES]
    called = {
        tongue: names((unit.kato for unit in units), assembly.today, tongue)
        for tongue in ("kk", "ru", "en")
    }
    for unit in units:
        own = {tongue: called[tongue][unit.kato].full.text for tongue in called}
        founding.found(
            kind="house",
            name=words(
                f"Достық үйі, {own['kk']}",
                f"Дом дружбы, {own['ru']}",
                f"House of Friendship, {own['en']}",
            ),
            unit=unit,
            on=(assembly.today - timedelta(days=300)),
            invented=True,
            by=assembly.head,
            at=assembly.ago(30),
        )
