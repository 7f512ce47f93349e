"""One cell at a time: numbers, days, words. What cannot be read raises Refused with its reason.

Nothing is repaired in silence: a number that lost its zero is named with what it probably was.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from difflib import get_close_matches

from kelisim.bodies.readers.table.files import Cell
from kelisim.bodies.states import Level, OfferingKind
from kelisim.bodies.trees import notation
from kelisim.bodies.trees.numbers import DIGITS, bin_holds
from kelisim.bodies.trees.record import Offer
from kelisim.bodies.trees.spelling import ASIDE, months, normal, words
from kelisim.bodies.trees.table import TONGUES
from kelisim.refusals import Refusal, Refused

FEWEST_DIGITS = 8
EXPONENT = re.compile(r"^\d[.,]\d+e\+?\d+$", re.IGNORECASE)
NUMERIC_DAY = re.compile(r"^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$")
ISO_DAY = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[t ]00:00(?::00)?)?$")
SHORT_DAY = re.compile(r"^(\d{1,2})[./-](\d{1,2})[./-](\d{2})$")
AFTER_YEAR = re.compile(r"\s*(?:г|года?|ж|жылы?|жылғы)\.?$")
SERIAL = range(20_000, 60_000)
EXCEL_BEGINS = date(1899, 12, 30)
EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]+")
SITE = re.compile(r"(?:https?://)?[^\s/@,;]+\.[^\s@,;]+")
LARGEST = 2_147_483_647
MOST = {
    "name": 500,
    "short": 200,
    "legal_form": 200,
    "recorded_where": 300,
    "address": 500,
    "phone": 60,
    "office_phone": 60,
    "email": 254,
    "office_email": 254,
    "site": 200,
    "record_number": 60,
    "leader": 200,
    "parent": 500,
}
SHOWN = 60
NOTHING_SIGNS = frozenset({"-", "–", "—", "−", "x", "х"})


def short(said: str) -> str:
    """What stands in a cell, not longer than a sentence can quote."""
    plain = said.replace("\n", " ")
    return plain if len(plain) <= SHOWN else f"{plain[: SHOWN - 1]}…"


def text(value: Cell) -> str:
    """A cell as words: a whole number without its point, a day as offices write it."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    return str(value)


def is_nothing(said: str) -> bool:
    """Whether a cell says that there is nothing: a dash, «нет», «жоқ»."""
    return not said or said in NOTHING_SIGNS or normal(said) in words("nothing")


def line(value: Cell, name: str) -> str:
    """Words of a length that fits; a dash is nothing."""
    said = text(value)
    if said in NOTHING_SIGNS:
        return ""
    if len(said) > MOST[name]:
        raise Refused(
            Refusal("bodies.cell_too_long", value=short(said), most=MOST[name], length=len(said))
        )
    return said


def bin_number(value: Cell) -> str:
    """An identification number as it stands; whether it holds is asked later."""
    said = re.sub(r"[\s\-–]", "", text(value).removeprefix("'"))
    if is_nothing(said):
        return ""
    if EXPONENT.match(said):
        raise Refused(Refusal("bodies.cell_bin_exponent", value=short(said)))
    if not (said.isascii() and said.isdigit()):
        raise Refused(Refusal("bodies.cell_bin_letters", value=short(said)))
    whole = said.zfill(DIGITS)
    if FEWEST_DIGITS <= len(said) < DIGITS and bin_holds(whole):
        raise Refused(Refusal("bodies.cell_bin_zero", value=short(said), probably=whole))
    if len(said) != DIGITS:
        raise Refused(Refusal("bodies.cell_bin_length", value=short(said), count=len(said)))
    return said


def day(value: Cell) -> date | None:
    """A day by number or in words, in three languages."""
    if isinstance(value, date):
        return value
    said = text(value)
    if is_nothing(said):
        return None
    if isinstance(value, (int, float)) and int(value) in SERIAL:
        probably = EXCEL_BEGINS + timedelta(days=int(value))
        raise Refused(
            Refusal("bodies.cell_day_serial", value=short(said), probably=f"{probably:%d.%m.%Y}")
        )
    plain = AFTER_YEAR.sub("", said.casefold().strip())
    if SHORT_DAY.match(plain):
        raise Refused(Refusal("bodies.cell_day_year", value=short(said)))
    try:
        found = by_number(plain) or in_words(said)
    except ValueError as fault:
        raise Refused(Refusal("bodies.cell_day_none", value=short(said))) from fault
    if found is None:
        raise Refused(Refusal("bodies.cell_day", value=short(said)))
    return found


def by_number(said: str) -> date | None:
    if match := NUMERIC_DAY.match(said):
        number, month, year = map(int, match.groups())
        return date(year, month, number)
    if match := ISO_DAY.match(said):
        return date(*map(int, match.groups()))
    return None


def in_words(said: str) -> date | None:
    """«14 января 2002 года», «2002 ж. 14 қаңтар», «January 14, 2002»."""
    found = normal(said).split()
    numbers = [int(word) for word in found if word.isdecimal()]
    named = [
        number
        for word in found
        for name, number in months().items()
        if word == name or (len(name) > 3 and word.startswith(name) and word[-1:] in "аеы")  # noqa: PLR2004  («қаңтарда»)
    ]
    years = [number for number in numbers if number > 1000]  # noqa: PLR2004
    days = [number for number in numbers if number <= 31]  # noqa: PLR2004
    if len(named) != 1 or len(years) != 1 or len(days) != 1 or len(numbers) != 2:  # noqa: PLR2004
        return None
    return date(years[0], named[0], days[0])


def yes_no(value: Cell) -> bool:
    """Yes or no; an empty cell is no."""
    if isinstance(value, bool):
        return value
    said = normal(text(value))
    if said in words("yes"):
        return True
    if not said or said in NOTHING_SIGNS or said in words("no"):
        return False
    raise Refused(Refusal("bodies.cell_yes_no", value=short(text(value))))


def level(value: Cell) -> Level:
    said = normal(text(value))
    for one in Level:
        if said in words(one.value) or (said and said == one.value):
            return one
    if not said:
        raise Refused(Refusal("bodies.cell_level_empty"))
    raise Refused(Refusal("bodies.cell_level", value=short(text(value))))


def count(value: Cell) -> int | None:
    """A whole number; nothing for an empty cell. Signs between thousands and «чел.» may stand."""
    if value is None or isinstance(value, bool):
        return None
    said = normal(text(value)) if isinstance(value, str) else text(value)
    if isinstance(value, str):
        if is_nothing(value):
            return None
        said = re.sub(r"(?<=\d) (?=\d{3}\b)", "", said)
        bare = [word for word in said.split() if word not in words("counted")]
        said = "".join(bare) if len(bare) == 1 and "," not in value else text(value)
        said = f"-{said}" if value.startswith(("-", "−")) else said
    if not re.fullmatch(r"-?\d{1,10}", said) or abs(int(said)) > LARGEST:
        raise Refused(Refusal("bodies.cell_count", value=short(text(value))))
    return int(said)


def email(value: Cell, name: str) -> str:
    said = line(value, name)
    if is_nothing(said):
        return ""
    if EMAIL.fullmatch(said):
        return said
    if len(EMAIL.findall(said)) > 1:
        raise Refused(Refusal("bodies.cell_emails", value=short(said)))
    raise Refused(Refusal("bodies.cell_email", value=short(said)))


def site(value: Cell) -> str:
    said = line(value, "site")
    if is_nothing(said):
        return ""
    if not SITE.fullmatch(said):
        raise Refused(Refusal("bodies.cell_site", value=short(said)))
    return said if "://" in said else f"https://{said}"


# Words that are divided: communities, languages, activities.

STEM = re.compile(r"(\w+?[сц]к)(?:ий|ая|ое|ие|ой|ого|ому|им|их|ую)$")


def stemmed(said: str) -> str:
    """A word to filter by, without what only says what sort of word it is, or its gender."""
    kept = [word for word in normal(said).split() if word not in words("of_tags")]
    return " ".join(STEM.sub(r"\1", word) for word in kept) or normal(said)


def divided(said: str) -> list[str]:
    return [part for part in re.split(r"[;\n]", said) if part.strip()]


def tags(value: Cell, known: Mapping[str, str]) -> tuple[str, ...]:
    """Keys of the words in a cell; `known`: their spellings (`stemmed`) to keys."""
    said = text(value)
    if is_nothing(said):
        return ()
    found: set[str] = set()
    strangers: list[str] = []
    for part in divided(said):
        for word in pieces(part, known):
            key = known.get(stemmed(word)) or known.get(stemmed(ASIDE.sub(" ", word)))
            if key:
                found.add(key)
            elif word.strip():
                strangers.append(word.strip())
    if strangers:
        near = get_close_matches(stemmed(strangers[0]), known, n=1, cutoff=0.75)
        if near:
            raise Refused(
                Refusal(
                    "bodies.cell_word_near", value=short(", ".join(strangers)), probably=near[0]
                )
            )
        raise Refused(Refusal("bodies.cell_word", value=short(", ".join(strangers))))
    return tuple(sorted(found))


def pieces(part: str, known: Mapping[str, str]) -> Iterable[str]:
    """A part divided at commas and strokes; words that hold a comma themselves stay together."""
    words_of = re.split(r"[,/]", part)
    place = 0
    while place < len(words_of):
        for end in range(len(words_of), place, -1):
            joined = ",".join(words_of[place:end])
            if end == place + 1 or stemmed(joined) in known:
                yield joined
                place = end
                break


# Offers: an export writes each in a line of its own, eight parts with strokes between them.

PARTS = 9


def offers(value: Cell, languages: Mapping[str, str]) -> tuple[Offer, ...]:
    """Offers as an export writes them."""
    return tuple(offer(one, languages) for one in text(value).split("\n") if one.strip())


def offer(said: str, languages: Mapping[str, str]) -> Offer:
    parts = notation.parts(said)
    kind = kind_of(parts[0])
    if kind is None or len(parts) != PARTS:
        raise Refused(Refusal("bodies.cell_offer", value=short(said)))
    language = tags(parts[4] or None, languages)
    if len(language) > 1:
        raise Refused(Refusal("bodies.cell_offer", value=short(said)))
    return Offer(
        kind,
        by_tongue(parts[1:4]),
        language[0] if language else "",
        by_tongue(parts[5:8]),
        count(parts[8] or None),
    )


def by_tongue(parts: Iterable[str]) -> dict[str, str]:
    return {tongue: part for tongue, part in zip(TONGUES, parts, strict=True) if part}


def kind_of(said: str) -> OfferingKind | None:
    plain = normal(said)
    return next((kind for kind in OfferingKind if plain in words(kind.value)), None)


def offers_of(value: Cell, kind: OfferingKind, tongue: str) -> tuple[Offer, ...] | bool:
    """Offers of one kind by their names; yes or no where a cell says no more than that."""
    said = text(value)
    if is_nothing(said):
        return ()
    if normal(said) in words("yes") or said in {"+", "✓"}:
        return True
    return tuple(Offer(kind, {tongue: name.strip()}) for name in divided(said))
