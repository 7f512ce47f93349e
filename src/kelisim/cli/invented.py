"""Associations that do not exist, for demonstrations and tests: every name says so.

Counted as the Concept counts them: of 820, 28 are republican and 324 registered with justice, the
others branches on local record. No number can be anybody's: the month of each BIN is the 13th,
the code of each telephone is 000.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from kelisim.bodies.readers.kinds import DraftTag, shipped_tags
from kelisim.bodies.states import Level, OfferingKind, TagKind
from kelisim.bodies.trees.names import wanted_slug
from kelisim.bodies.trees.numbers import check_digit
from kelisim.bodies.trees.record import Facts, Offer

ALL, REPUBLICAN, REGISTERED = 820, 28, 324
FIRST_DAY = date(1995, 1, 9)
YEARS = (2024, 2025)
FORMS = (
    {"kk": "Филиал", "ru": "Филиал", "en": "Branch"},
    {"kk": "Қоғамдық бірлестік", "ru": "Общественное объединение", "en": "Public association"},
)
WHERE = (
    {"kk": "Әкімдік (үлгі)", "ru": "Акимат (пример)", "en": "Local administration (example)"},
    {
        "kk": "Әділет департаменті (үлгі)",
        "ru": "Департамент юстиции (пример)",
        "en": "Department of justice (example)",
    },
)
ENSEMBLE = {
    "kk": "«Үлгі» би ансамблі",
    "ru": "Ансамбль танца «Пример»",
    "en": "Dance ensemble “Example”",
}
SCHOOL = {"kk": "Жексенбілік мектеп", "ru": "Воскресная школа", "en": "Sunday school"}


@dataclass(frozen=True, slots=True)
class Words:
    """What the invention draws from: communities, languages, activities."""

    communities: Sequence[DraftTag]
    languages: frozenset[str]
    activities: Sequence[str]


@cache
def shipped() -> Words:
    tags = shipped_tags()
    return Words(
        communities=[tag for tag in tags if tag.kind is TagKind.COMMUNITY],
        languages=frozenset(tag.key for tag in tags if tag.kind is TagKind.LANGUAGE),
        activities=[tag.key for tag in tags if tag.kind is TagKind.ACTIVITY],
    )


def associations(count: int, units: Mapping[str, str]) -> list[Facts]:
    """So many invented records, the same each time; parents stand before their branches.

    `units`: the code of each territory → the code of its region (empty for a region itself).
    """
    republican = max(1, count * REPUBLICAN // ALL)
    registered = max(republican, count * REGISTERED // ALL)
    regions = sorted(kato for kato, region in units.items() if not region)
    districts = sorted(kato for kato, region in units.items() if region) or regions
    found: list[Facts] = []
    for number in range(1, count + 1):
        if number <= republican:
            found.append(registered_one(number, Level.REPUBLICAN, ""))
        elif number <= registered:
            found.append(registered_one(number, Level.REGIONAL, regions[number % len(regions)]))
        else:
            above = found[number % registered]
            unit = districts[number % len(districts)]
            found.append(branch(number, above, unit))
    return found


def bins() -> list[str]:
    """Numbers whose check digit holds and that nobody can bear: no month is the 13th."""
    found = []
    for number in range(10_000):
        eleven = f"9913{number:07d}"
        digit = check_digit(eleven)
        if digit is not None:
            found.append(f"{eleven}{digit}")
    return found


@cache
def some_bins() -> Sequence[str]:
    return bins()


def base(number: int, community: DraftTag, unit: str) -> Facts:
    """What all have: a name that says that it is invented, contacts that reach nobody."""
    words = community.words
    activities = shipped().activities
    return Facts(
        name={
            "kk": f"Үлгі {words['kk']} мәдени бірлестігі № {number} (ойдан алынған)",
            "ru": (
                f"Примерное {neuter(words['ru'])} культурное объединение № {number} (вымышлено)"
            ),
            "en": f"Example {words['en']} cultural association No. {number} (invented)",
        },
        record_number=f"ҮЛГІ-{number:04d}",
        recorded_on=FIRST_DAY + timedelta(days=number * 11),
        unit=unit,
        communities=(community.key,),
        languages=tuple({community.key} & shipped().languages) if number % 3 else (),
        activities=tuple(
            sorted({activities[number % len(activities)], activities[number * 7 % len(activities)]})
        ),
        offers=offers(number, community.key),
        address={
            "kk": f"Үлгі көшесі, {number}-үй",
            "ru": f"ул. Примерная, д. {number}",
            "en": f"{number} Example Street",
        },
        phone=f"+7 (000) 000-{number // 100:02d}-{number % 100:02d}",
        email=f"association{number}@demo.example",
        site=f"https://association{number}.demo.example" if number % 4 == 0 else "",
        office_phone=f"+7 (000) 111-{number // 100:02d}-{number % 100:02d}",
        office_email=f"office{number}@demo.example",
        leader=f"Басшы № {number} (ойдан алынған)",
        leader_since=date(2022, 1, 10) + timedelta(days=number),
        members={year: 12 + number * (year - 2019) % 640 for year in YEARS},
    )


def neuter(word: str) -> str:
    """A Russian adjective beside «объединение»."""
    return f"{word[:-2]}ое" if word.endswith("ая") else word


def offers(number: int, community: str) -> tuple[Offer, ...]:
    found = []
    if number % 3 == 0:
        taught = community if community in shipped().languages else "kazakh"
        found.append(Offer(OfferingKind.SCHOOL, SCHOOL, taught, {}, 15 + number % 20))
    if number % 2 == 0:
        found.append(Offer(OfferingKind.COLLECTIVE, ENSEMBLE))
    return tuple(found)


def registered_one(number: int, level: Level, unit: str) -> Facts:
    communities = shipped().communities
    community = communities[number % len(communities)]
    return replace(
        base(number, community, unit),
        level=level,
        legal_form=FORMS[1],
        bin=some_bins()[number],
        justice=True,
        recorded_where=WHERE[1],
    )


def branch(number: int, above: Facts, unit: str) -> Facts:
    """A branch keeps the culture that its parent keeps."""
    community = next(tag for tag in shipped().communities if tag.key in above.communities)
    return replace(
        base(number, community, unit),
        level=Level.LOCAL,
        legal_form=FORMS[0],
        recorded_where=WHERE[0],
        parent=wanted_slug(above.name),
    )
