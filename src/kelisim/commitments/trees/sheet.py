"""A plan's rows as cells that are typed: what stands in each, and what a typed text makes of a row.

A cell is read by itself and changes its row alone, so that a column can be pasted from elsewhere.
What cannot be read changes nothing and says why.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from kelisim.commitments.states import CostNote, Source
from kelisim.commitments.trees import terms
from kelisim.commitments.trees.table import Cost, Entry, Heading, Row
from kelisim.refusals import Refusal

LANGUAGES = ("kk", "ru", "en")
WORDS = ("title", "form")
LONGEST = {"number": 20, "title": 2000, "form": 500}
MOST = Decimal(10) ** 15
LEADS = {"kk": "жинақтау", "ru": "свод", "en": "lead"}
SOURCES = {
    "kk": ("РБ", "ЖБ", "МӘТ", "гранттар", "өзге"),
    "ru": ("РБ", "МБ", "ГСЗ", "гранты", "иные"),
    "en": ("RB", "LB", "SSO", "grants", "other"),
}
NOTES = {
    CostNote.NOT_REQUIRED: {
        "kk": "талап етілмейді",
        "ru": "не требуется",
        "en": "not required",
    },
    CostNote.WITHIN: {
        "kk": "көзделген қаражат шегінде",
        "ru": "в пределах предусмотренных средств",
        "en": "within the means provided",
    },
}
NOTHING = frozenset({"", "-", "–", "—"})
MARKS = re.compile(
    r"\(\s*(?:свод|созыв|жинақтау|lead|по согласованию|келісім бойынша)\s*\)", re.IGNORECASE
)
LEADING = re.compile(r"\(\s*(?:свод|созыв|жинақтау|lead)\s*\)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Ground:
    """What cells are read and written by: a language, the plan's years, bodies by their names.

    `names` gives the slug of a folded spelling, `labels` what a body is called in a cell. Money is
    typed and shown in `unit`s of the country's currency.
    """

    language: str
    years: tuple[int, ...]
    names: Mapping[str, str]
    labels: Mapping[str, str]
    unit: Decimal = Decimal(1)


def folded(text: str) -> str:
    """A name as it is compared: without case, quotes and needless spaces."""
    return " ".join(re.sub(r"[«»“”„\"']", " ", text).casefold().split())


def columns(years: Iterable[int]) -> tuple[str, ...]:
    return (
        "number",
        *(f"{words}_{code}" for words in WORDS for code in LANGUAGES),
        "executors",
        "term",
        *(f"cost_{year}" for year in years),
        "sources",
    )


def number(text: str) -> Decimal | None:
    """An exact number as people write it, with spaces and a comma; none where it is none."""
    try:
        value = Decimal(re.sub(r"\s", "", text).replace(",", "."))
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def figure(value: Decimal, language: str) -> str:
    """A number as it is typed: groups of three, a comma where the language has one."""
    whole, _point, part = f"{value.normalize():f}".partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    grouped = f"{int(digits):,}".replace(",", "\N{NO-BREAK SPACE}")
    return f"{sign}{grouped}{('.' if language == 'en' else ',') + part if part else ''}"


def source_words(language: str) -> dict[Source, str]:
    return dict(zip(Source, SOURCES[language], strict=True))


def source_of(text: str) -> Source | None:
    """A source by its short word in any of the languages."""
    wanted = folded(text).rstrip(".")
    for language in LANGUAGES:
        for source, said in source_words(language).items():
            if wanted in {folded(said), source.value}:
                return source
    return None


def note_of(text: str) -> CostNote | None:
    wanted = folded(text)
    return next((note for note, said in NOTES.items() if wanted in said.values()), None)


def sources(row: Row) -> tuple[Source, ...]:
    """Every source of a row, those of its sums first."""
    return tuple(dict.fromkeys([*(cost.source for cost in row.costs), *row.sources]))


def texts(entry: Entry, ground: Ground) -> dict[str, str]:
    """What stands in each cell of a line."""
    if isinstance(entry, Heading):
        return {f"title_{code}": entry.title.get(code, "") for code in LANGUAGES}
    return {
        "number": entry.number,
        **{f"title_{code}": entry.title.get(code, "") for code in LANGUAGES},
        **{f"form_{code}": entry.form.get(code, "") for code in LANGUAGES},
        "executors": executors_text(entry, ground),
        "term": terms.write(entry.term, ground.language) if entry.term else "",
        **{f"cost_{year}": cost_text(entry, year, ground) for year in ground.years},
        "sources": "; ".join(source_words(ground.language)[one] for one in sources(entry)),
    }


def executors_text(row: Row, ground: Ground) -> str:
    named = [ground.labels.get(slug, slug) for slug in row.executors]
    if row.lead and row.others:
        named[0] += f" ({LEADS[ground.language]})"
    return "; ".join(named)


def cost_text(row: Row, year: int, ground: Ground) -> str:
    """The sums of a year; each with its source where there are several."""
    if row.cost_note is not CostNote.AMOUNTS:
        return NOTES[row.cost_note][ground.language]
    several, words = len(sources(row)) > 1, source_words(ground.language)
    return "; ".join(
        f"{words[cost.source]} {said}" if several else said
        for cost in row.costs
        if cost.year == year
        for said in [figure(cost.planned / ground.unit, ground.language)]
    )


def put(entry: Entry, column: str, text: str, ground: Ground) -> Entry | Refusal:
    """A line with what was typed into one of its cells, or why it cannot be read."""
    text = text.replace("\x00", "").strip()
    name, _sign, code = column.partition("_")
    longest = LONGEST.get(name)
    if longest and len(text) > longest:
        return Refusal("commitments.cell_long", place=column, most=longest)
    if isinstance(entry, Heading):
        if name == "title" and code in LANGUAGES:
            return replace(entry, title=said(entry.title, code, text))
        return entry
    return put_row(entry, column, text, ground)


def put_row(row: Row, column: str, text: str, ground: Ground) -> Row | Refusal:
    name, _sign, code = column.partition("_")
    found: Row | Refusal = row
    match name:
        case "title" if code in LANGUAGES:
            found = replace(row, title=said(row.title, code, text))
        case "form" if code in LANGUAGES:
            found = replace(row, form=said(row.form, code, text))
        case "cost" if code.isdecimal() and int(code) in ground.years:
            found = put_cost(row, int(code), text, ground)
        case "number":
            found = replace(row, number=text)
        case "executors":
            found = put_executors(row, text, ground)
        case "term":
            found = put_term(row, text)
        case "sources":
            found = put_sources(row, text)
    return found


def said(words: Mapping[str, str], code: str, text: str) -> dict[str, str]:
    """The words with this language's text; none where it was emptied."""
    return {
        key: value for key in LANGUAGES if (value := text if key == code else words.get(key, ""))
    }


def put_term(row: Row, text: str) -> Row | Refusal:
    if text in NOTHING:
        return replace(row, term=None)
    try:
        return replace(row, term=terms.read(text))
    except terms.Unreadable:
        return Refusal("commitments.cell_term", place="term", text=text[:80])


def pieces(text: str, names: Mapping[str, str]) -> list[str]:
    """The executors' names in a cell. A comma parts them too, where it is no part of a name."""
    found = []
    for piece in re.split(r"[;\n]+", text):
        whole = folded(MARKS.sub("", piece))
        if whole in names or "," not in piece:
            found.append(piece)
        else:
            found += piece.split(",")
    return [piece for piece in found if folded(MARKS.sub("", piece))]


def put_executors(row: Row, text: str, ground: Ground) -> Row | Refusal:
    """Executors by their names, the one who leads marked or named first."""
    slugs, lead = [], ""
    for piece in pieces("" if text in NOTHING else text, ground.names):
        name = MARKS.sub("", piece).strip()
        slug = ground.names.get(folded(name), "")
        if not slug:
            return Refusal("commitments.cell_body", place="executors", text=name[:80])
        if LEADING.search(piece) and not lead:
            lead = slug
        slugs.append(slug)
    lead = lead or (slugs[0] if slugs else "")
    others = tuple(dict.fromkeys(slug for slug in slugs if slug != lead))
    return replace(row, lead=lead, others=others)


def put_cost(row: Row, year: int, text: str, ground: Ground) -> Row | Refusal:
    """The sums of a year: a number alone where the row has one source, else each with its own."""
    if note := note_of(text):
        return replace(row, cost_note=note, costs=())
    kept = tuple(cost for cost in row.costs if cost.year != year)
    if text in NOTHING:
        return replace(row, costs=kept)
    found: list[Cost] = []
    for piece in re.split(r"[;\n]+", text):
        cost = read_sum(row, year, piece, ground)
        if isinstance(cost, Refusal):
            return cost
        found.append(cost)
    if len({cost.source for cost in found}) < len(found):
        return Refusal("commitments.cost_twice", place=f"cost_{year}", number=row.number)
    costs = sorted((*kept, *found), key=lambda cost: (cost.year, list(Source).index(cost.source)))
    return replace(row, costs=tuple(costs), cost_note=CostNote.AMOUNTS)


def read_sum(row: Row, year: int, piece: str, ground: Ground) -> Cost | Refusal:
    """One sum with its source, exact to hundredths."""
    place = f"cost_{year}"
    word, value = split_sum(piece)
    amount = Decimal(-1) if value is None else value * ground.unit
    if not 0 <= amount < MOST or amount != round(amount, 2):
        return Refusal("commitments.cell_money", place=place, text=piece.strip()[:80])
    if source := source_of(word) if word else only_source(row):
        return Cost(source, year, round(amount, 2))
    if word:
        return Refusal("commitments.cell_source", place=place, text=word[:80])
    return Refusal("commitments.cell_whose_money", place=place, text=piece.strip()[:80])


def split_sum(piece: str) -> tuple[str, Decimal | None]:
    """A sum's word and number, the word on either side: «РБ 10,5», «10,5 РБ»."""
    digits = re.search(r"[-−]?\d[\d\s.,]*", piece)
    if digits is None:
        return piece.strip(), None
    word = (piece[: digits.start()] + " " + piece[digits.end() :]).strip(" \t–—-:,")
    return word, number(digits[0].replace("−", "-").rstrip(" .,"))


def only_source(row: Row) -> Source | None:
    """The source of a sum that names none: the row's only one; the republican where it has none."""
    known = sources(row)
    if not known:
        return Source.REPUBLICAN
    return known[0] if len(known) == 1 else None


def put_sources(row: Row, text: str) -> Row | Refusal:
    """The sources of a row. A single other one takes over the sums of the single one before."""
    if text in NOTHING:
        return replace(row, sources=())
    found = []
    for piece in re.split(r"[;,\n]+", text):
        if piece.strip():
            source = source_of(piece)
            if source is None:
                return Refusal("commitments.cell_source", place="sources", text=piece.strip()[:80])
            found.append(source)
    used = {cost.source for cost in row.costs}
    if len(used) == len(set(found)) == 1:
        costs = tuple(replace(cost, source=found[0]) for cost in row.costs)
        return replace(row, costs=costs, sources=tuple(found))
    if missing := used - set(found):
        words = source_words("ru")
        stray = ", ".join(words[one] for one in Source if one in missing)
        return Refusal("commitments.cell_source_used", place="sources", text=stray)
    return replace(row, sources=tuple(dict.fromkeys(found)))
