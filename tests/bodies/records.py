"""Invented associations for tests of the register."""

from dataclasses import replace
from datetime import date

from kelisim.bodies.actions import record
from kelisim.bodies.models import Association
from kelisim.bodies.queries.record import facts_of
from kelisim.bodies.states import Level, OfferingKind, Role
from kelisim.bodies.trees.numbers import check_digit
from kelisim.bodies.trees.record import Facts, Offer
from tests.bodies.people import AT, hold, person

ON = date(2026, 3, 2)
NORTH, SOUTH = "590000000", "630000000"


def number(which: int) -> str:
    """The which-th BIN that holds."""
    found = [
        f"{eleven}{digit}"
        for eleven in (f"0201400{n:04}" for n in range(2 * which + 2))
        if (digit := check_digit(eleven)) is not None
    ]
    return found[which]


FACTS = Facts(
    name={"kk": "«Үлгі» мәдени бірлестігі", "ru": "Культурное объединение «Образец»"},
    level=Level.LOCAL,
    bin=number(0),
    justice=True,
    record_number="777",
    recorded_on=date(2010, 5, 1),
    unit=SOUTH,
    communities=("korean",),
    languages=("korean",),
    activities=("music",),
    offers=(Offer(OfferingKind.COURSE, {"ru": "Курс языка"}, "korean", {}, 15),),
    address={"ru": "ул. Примерная, 1"},
    phone="+7 700 000 00 00",
    email="sample@demo.example",
    leader="Үлгі Адамұлы",
    leader_since=date(2024, 5, 1),
    members={2024: 120},
)


def enter(by, at=AT, **changes) -> Association:
    """Enter the sample, changed so; without a BIN of its own it is on local record."""
    if "bin" not in changes:
        changes |= {"bin": "", "justice": False}
    return record.enter(replace(FACTS, **changes), source="statute", by=by, at=at)


def known_of(association: Association) -> Facts:
    """What the register says of it now."""
    row = Association.objects.select_related("body__unit", "body__parent").get(pk=association.pk)
    return facts_of([row], ON)[row.pk]


def representative(association: Association, name: str = "Representative"):
    """Somebody with an account who speaks for an association."""
    who = person(name)
    hold(who, association.body, Role.REPRESENTATIVE)
    return who
