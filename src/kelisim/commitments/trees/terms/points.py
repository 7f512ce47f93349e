"""Signs put together to points of the calendar, each with its year."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kelisim.commitments.trees.terms.signs import Muddled, Token
from kelisim.commitments.trees.terms.term import Point, Unit
from kelisim.commitments.trees.terms.words import Sign

LAST_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
DECADES = {1: 10, 2: 20}
"""The last day of the first and the second ten days of a month."""


MARKS = {
    Sign.DECADE: "decade",
    Sign.LAST: "last",
    Sign.DASH: "dash",
    Sign.SEP: "apart",
    Sign.BEFORE: "before",
    Sign.END_OF: "end",
}
"""Words that say something of the point behind them."""


@dataclass(frozen=True, slots=True)
class Atom:
    """A point; `joined` to the one before it by a dash."""

    point: Point
    joined: bool = False
    of_years: bool = False
    """One of the same points of several years."""
    alone: bool = False
    """A year that is not the year of another point."""
    apart: bool = False
    """Written behind a comma, not only behind another point."""

    @property
    def is_year(self) -> bool:
        return self.point.unit is Unit.YEAR and not self.alone


class Building:
    """Atoms in the order of the text; figures wait for the word that tells what they count."""

    def __init__(self) -> None:
        self.atoms: list[Atom] = []
        self.waiting: list[tuple[Token, bool]] = []
        self.dash = self.apart = False
        self.before = self.end = self.decade = self.last = False

    def add(self, point: Point, *, joined: bool | None = None) -> None:
        alone = self.end and point.unit is Unit.YEAR
        if self.before and not self.end and point.unit is not Unit.DAY:
            raise Muddled
        self.before = self.end = False
        dash = self.dash if joined is None else joined
        self.atoms.append(
            Atom(point, joined=dash and bool(self.atoms), alone=alone, apart=self.apart)
        )
        self.dash = self.apart = False

    def figure(self, token: Token) -> None:
        self.waiting.append((token, self.dash))
        self.dash = False

    def counted(self, unit: Unit, most: int) -> None:
        """The waiting figures count quarters or halves; “the last quarter” has none."""
        if self.last and not self.waiting:
            self.add(Point(unit, None, most))
        self.last = False
        for token, joined in self.waiting:
            if not 1 <= token.value <= most:
                raise Muddled
            self.add(Point(unit, None, token.value), joined=joined)
        self.waiting = []

    def month(self, number: int) -> None:
        """A month, or the days of it for which figures wait."""
        if not self.waiting:
            self.add(Point(Unit.MONTH, None, number))
        for token, joined in self.waiting:
            if token.roman and not self.decade:
                raise Muddled
            self.add(self.day(number, token), joined=joined)
        self.waiting, self.decade = [], False

    def day(self, month: int, token: Token) -> Point:
        """A day by its figure, or the last one of the ten days that the figure counts."""
        day = token.value
        if self.decade:
            day = DECADES.get(day, LAST_DAYS[month - 1])
        return day_of(None, month, day)

    def behind_the_month(self) -> None:
        """“December 10”: the figure stands behind its month."""
        if not self.waiting:
            return
        last = self.atoms[-1] if self.atoms else None
        (token, _joined), *more = self.waiting
        if last is None or last.point.unit is not Unit.MONTH:
            raise Muddled
        if more or (token.roman and not self.decade):
            raise Muddled
        self.atoms[-1] = replace(last, point=self.day(last.point.number, token))
        self.waiting, self.decade = [], False

    def until(self) -> None:
        """“Дейін” behind a point: of a month or a year nobody knows whether it is meant with it."""
        *others, last = self.atoms or [Atom(Point(Unit.DAY, None, 1, 1))]
        if last.is_year and others and not last.joined and not last.apart:
            last = others[-1]
        if last.point.unit is not Unit.DAY and not self.end and not last.alone:
            raise Muddled
        self.end = False

    def its_end(self) -> None:
        """“Соңы” behind a point: of a year, the year itself is the point."""
        if self.atoms and self.atoms[-1].point.unit is Unit.YEAR:
            self.atoms[-1] = replace(self.atoms[-1], alone=True)
        self.end = True


def day_of(year: int | None, month: int, day: int) -> Point:
    """A day that exists, at least in a leap year."""
    date(year or 2000, month, day)
    return Point(Unit.DAY, year, month, day)


def placed(found: Sequence[Token], *, lone_units: bool) -> list[Atom]:
    """The points of these signs, each with the year that is written for it.

    With `lone_units`, “the end of the year” without a figure is a point too.
    """
    built = Building()
    for token in joined_by_words(found):
        put(built, token)
    built.behind_the_month()
    if not built.atoms and lone_units and ends_a_year(found):
        return [Atom(Point(Unit.YEAR))]
    if built.last or built.decade or any(token.sign is Sign.NEXT for token in found):
        raise Muddled
    return list(with_years(built.atoms))


def put(built: Building, token: Token) -> None:
    """One sign more."""
    match token.sign:
        case Sign.NUMBER:
            built.figure(token)
        case Sign.MONTH:
            built.month(token.value)
        case Sign.UNIT if token.value is not Unit.YEAR:
            built.counted(token.value, 4 if token.value is Unit.QUARTER else 2)
        case Sign.UNIT if built.waiting:
            built.behind_the_month()
        case Sign.YEAR:
            built.behind_the_month()
            built.add(Point(Unit.YEAR, token.value))
        case Sign.DATE:
            built.add(day_of(*token.value))
        case Sign.UNTIL:
            built.behind_the_month()
            built.until()
        case Sign.ITS_END:
            built.its_end()
        case _ if token.sign in MARKS:
            setattr(built, MARKS[token.sign], True)


def joined_by_words(found: Sequence[Token]) -> Iterator[Token]:
    """The same signs, “from … to …” said by a dash, and unneeded words gone."""
    signs = {token.sign for token in found}
    late = bool(signs & {Sign.NOT_LATER, Sign.NEXT})
    away = [place for place, token in enumerate(found) if token.away and not late]
    begins = Sign.FROM in signs or bool(away)
    ends = bool(signs & {Sign.TO, Sign.BEFORE, Sign.UNTIL})
    if begins and not (ends and (away or signs & {Sign.TO, Sign.BEFORE})):
        raise Muddled
    for place, token in enumerate(found):
        if token.sign in (Sign.TO, Sign.BEFORE) and begins:
            yield Token(Sign.DASH)
        elif token.sign in (Sign.UNTIL, Sign.TO) and (begins or token.sign is Sign.TO):
            continue
        else:
            yield token
            if place in away:
                yield Token(Sign.DASH)


def ends_a_year(found: Sequence[Token]) -> bool:
    """“By the end of the year”, whichever it is."""
    signs = [token.sign for token in found]
    return (Sign.END_OF in signs or Sign.ITS_END in signs) and any(
        token.sign is Sign.UNIT and token.value is Unit.YEAR for token in found
    )


def with_years(atoms: Sequence[Atom]) -> Iterator[Atom]:
    """Each point with its year: Kazakh and ISO write it first, Russian and English last."""
    years = [atom for atom in atoms if atom.is_year]
    parts = [atom for atom in atoms if not atom.is_year and not atom.alone]
    if not years or not parts:
        yield from atoms
        return
    dated = any(atom.point.year for atom in parts)
    if dated:
        raise Muddled
    first = next(atom for atom in atoms if not atom.alone)
    runs = list(runs_of(atoms))
    yield from (atom for atom in atoms if atom.alone)
    while runs:
        if first.is_year:
            run, rest = runs.pop(0), runs.pop(0) if runs else []
        else:
            rest, run = runs.pop(0), runs.pop(0) if runs else []
        if not run or not rest:
            raise Muddled
        yield from crossed(rest, run)


def runs_of(atoms: Iterable[Atom]) -> Iterator[list[Atom]]:
    """The atoms in turns of years and of what lies in them."""
    run: list[Atom] = []
    carried = False
    for atom in atoms:
        if atom.alone:
            continue
        if run and run[-1].is_year != atom.is_year:
            yield run
            run = []
            if atom.is_year and atom.joined:
                carried, atom = True, replace(atom, joined=False)  # noqa: PLW2901
        elif carried and not atom.is_year:
            pass
        if not atom.is_year and carried:
            carried, atom = False, replace(atom, joined=True)  # noqa: PLW2901
        run.append(atom)
    if run:
        yield run


def crossed(parts: Sequence[Atom], years: Sequence[Atom]) -> Iterator[Atom]:
    """Each of the points in each of the years."""
    if len(years) == 1:
        for atom in parts:
            point = atom.point
            if point.unit is Unit.DAY:
                date(years[0].point.year or 2000, point.number, point.day)
            yield replace(atom, point=replace(point, year=years[0].point.year))
        return
    if any(atom.joined for atom in parts[1:]):
        raise Muddled
    told = [atom.point.year or 0 for atom in years]
    dashed = any(atom.joined for atom in years)
    if dashed and len(told) != 2:  # noqa: PLR2004
        raise Muddled
    if dashed and told[0] >= told[1]:
        raise Muddled
    for year in range(told[0], told[1] + 1) if dashed else told:
        for atom in parts:
            point = replace(atom.point, year=year)
            yield Atom(point, joined=dashed, of_years=True)
