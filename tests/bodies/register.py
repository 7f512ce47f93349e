"""An invented register for tests: a council around it, and as many associations as are asked for."""

from datetime import date

from kelisim.bodies.actions import record
from kelisim.bodies.models import Accreditation, Association
from kelisim.bodies.states import Level, OfferingKind
from kelisim.bodies.trees.record import Facts, Offer
from kelisim.territory.commands import load as load_territory
from tests.bodies.people import AT, council, officer

DAY = date(2026, 3, 2)
PLACES = ("630000000", "750000000", "710000000", "550000000")
COMMUNITIES = ("korean", "tatar", "german", "uyghur", "polish")
KK = {"korean": "корей", "tatar": "татар", "german": "неміс", "uyghur": "ұйғыр", "polish": "поляк"}
RU = {
    "korean": "корейское",
    "tatar": "татарское",
    "german": "немецкое",
    "uyghur": "уйгурское",
    "polish": "польское",
}
SECRET = "+7 700 999 99 99"


def ground():
    """Territories, a council, and an officer who keeps the register."""
    load_territory()
    council()
    return officer()


def facts(number: int, **said) -> Facts:
    """One association's facts; every fifth of a community, every fourth of a place."""
    community = COMMUNITIES[number % 5]
    known = {
        "name": {
            "kk": f"Үлгі {KK[community]} мәдени бірлестігі № {number} (ойдан алынған)",
            "ru": f"Примерное {RU[community]} культурное объединение № {number} (вымышлено)",
            "en": f"Example {community.title()} cultural association No. {number} (invented)",
        },
        "level": (Level.LOCAL, Level.REGIONAL, Level.REPUBLICAN)[number % 3],
        "unit": PLACES[number % 4],
        "communities": (community,),
        "languages": ("kazakh",) if number % 2 else ("kazakh", "russian"),
        "activities": ("music",) if number % 2 else ("theatre",),
        "offers": (
            Offer(OfferingKind.SCHOOL, {"ru": "Воскресная школа"}, "kazakh", {}, 20 + number),
        ),
        "address": {"ru": f"ул. Примерная, {number}"},
        "phone": "+7 700 000 00 00",
        "email": f"a{number}@demo.example",
        "site": "https://a.example",
        "office_phone": SECRET,
        "office_email": f"office{number}@demo.example",
        "leader": f"Басшы Үлгіұлы {number}",
        "leader_since": date(2024, 5, 1),
        "members": {2024: 120, 2025: 131},
    }
    return Facts(**(known | said))


def enter(number: int, by, *, source: str = "жарғы", **said) -> Association:
    """Enter one."""
    return record.enter(
        facts(number, **said), source=source, slug=f"example-{number}", by=by, at=AT
    )


def fill(count: int, by, *, first: int = 0) -> list[Association]:
    """Enter many, asking only once what is known."""
    there = record.known(DAY)
    return [
        record.enter(
            facts(number), source="жарғы", slug=f"example-{number}", by=by, at=AT, there=there
        )
        for number in range(first, first + count)
    ]


def accredit(association: Association, since: date, until: date, **said) -> Accreditation:
    return Accreditation.objects.create(
        association=association,
        since=since,
        until=until,
        decision={"number": "3", "date": since.isoformat(), "kind": {"en": "Decision"}},
        **said,
    )
