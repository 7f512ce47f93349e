"""Reading a term of execution as an office wrote it."""

from itertools import pairwise

from kelisim.commitments.trees.terms.points import Atom, placed
from kelisim.commitments.trees.terms.signs import Muddled, Token, tokens
from kelisim.commitments.trees.terms.term import Month, Point, Rhythm, Term, TermKind, Unit
from kelisim.commitments.trees.terms.words import Sign

TIMES_A_YEAR = {
    1: Rhythm.YEARLY,
    2: Rhythm.HALF_YEARLY,
    4: Rhythm.QUARTERLY,
    12: Rhythm.MONTHLY,
}
MIDDLE = 15
"""A quarter's report “by the 5th” is written after the quarter, “by the 25th” within it."""


class Unreadable(ValueError):
    """Nobody can tell for sure what the words ask for."""


def read(text: str, language: str | None = None) -> Term:  # noqa: ARG001
    """The term that the words say, in Kazakh, Russian or English.

    `language` may be given; it is not needed, as no word means two things. Raises `Unreadable`
    where a word is unknown, a day does not exist, or the words may be understood in two ways
    (“before 2020”: with that year or without).
    """
    try:
        return meant(list(tokens(text)))
    except (Muddled, ValueError) as muddled:
        raise Unreadable(text) from muddled


def meant(found: list[Token]) -> Term:
    """The term of these tokens."""
    through, permanent, need = (
        any(token.sign is one for token in found)
        for one in (Sign.THROUGH, Sign.PERMANENT, Sign.NEED)
    )
    rest = [token for token in found if token.sign not in (Sign.THROUGH, Sign.PERMANENT, Sign.NEED)]
    rhythm, times, rest = rhythmic(rest)
    if rhythm or times:
        every = repeated(rhythm, times, rest)
        if permanent or need:
            kind = TermKind.PERMANENT if permanent else TermKind.AS_NEEDED
            return Term(kind, every.points, every.span, every.rhythm, every.day, every.month)
        return every
    if permanent or need:
        return standing(TermKind.PERMANENT if permanent else TermKind.AS_NEEDED, rest)
    if through:
        return throughout(rest)
    return dated(rest)


def rhythmic(found: list[Token]) -> tuple[Rhythm | None, int, list[Token]]:
    """The rhythm and how many times a year, and what is left of the tokens."""
    rhythms: set[Rhythm] = set()
    rest: list[Token] = []
    times = position = 0
    while position < len(found):
        token = found[position]
        after = found[position + 1] if position + 1 < len(found) else None
        if token.sign is Sign.RHYTHM:
            rhythms.add(Rhythm(token.value))
        elif token.sign is Sign.EACH and after and turn_of(after):
            rhythms.add(turn_of(after) or Rhythm.YEARLY)
            position += 1
        elif turn_of(token) and after and after.sign is Sign.EACH:
            rhythms.add(turn_of(token) or Rhythm.YEARLY)
            position += 1
        elif token.sign is Sign.TIMES:
            times, rhythm = counted(rest, token, found, position)
            if rhythm is not Rhythm.YEARLY:
                rhythms.add(rhythm)
                times = 0
            position += after_the_times(found, position)
        else:
            rest.append(token)
        position += 1
    if len(rhythms) > 1 or (rhythms and times > 1):
        raise Muddled
    return (rhythms.pop() if rhythms else None), times, rest


def turn_of(token: Token) -> Rhythm | None:
    """The rhythm whose turn a bare unit is: “each quarter”."""
    if token.sign is Sign.MONTH_WORD:
        return Rhythm.MONTHLY
    if token.sign is Sign.UNIT:
        return Rhythm(Unit(str(token.value)).value)
    return None


def counted(
    rest: list[Token], token: Token, found: list[Token], position: int
) -> tuple[int, Rhythm]:
    """How many times, in which turn: “два раза в год”, “жылына екі рет”, “раз в квартал”."""
    times = int(token.value or 1)
    if rest and rest[-1].sign is Sign.NUMBER:
        times *= int(rest.pop().value)
    after = found[position + 1] if position + 1 < len(found) else None
    unit = turn_of(after) if after else None
    if unit is None and rest and turn_of(rest[-1]):
        unit = turn_of(rest.pop())
    if unit is None:
        raise Muddled
    if unit is not Rhythm.YEARLY and times != 1:
        raise Muddled
    return times, unit


def after_the_times(found: list[Token], position: int) -> int:
    """One, where the unit stands after “times a”."""
    return int(position + 1 < len(found) and turn_of(found[position + 1]) is not None)


def repeated(rhythm: Rhythm | None, times: int, rest: list[Token]) -> Term:
    """Something that is asked for again and again."""
    day, month, rest = numbered_day(rest, rhythm)
    points, span = spanned(placed(rest, lone_units=False))
    if points:
        points = tuple(sorted(points, key=by_calendar))
        wanted = {Rhythm.HALF_YEARLY: 2, Rhythm.QUARTERLY: 4, Rhythm.MONTHLY: 12}
        count = wanted.get(rhythm, times or len(points)) if rhythm else times
        if count != len(points) or day:
            raise Muddled
        return Term(TermKind.EVERY, points, span, Rhythm.YEARLY)
    rhythm = rhythm or TIMES_A_YEAR.get(times)
    if rhythm is None:
        raise Muddled
    return Term(TermKind.EVERY, (), span, rhythm, day, month)


def numbered_day(rest: list[Token], rhythm: Rhythm | None) -> tuple[int, Month, list[Token]]:
    """“By the 5th of the month after the quarter”: the day, its month, and what is left."""
    after = any(token.sign is Sign.NEXT for token in rest)
    last = any(token.sign is Sign.LAST for token in rest)
    loose = {Sign.NEXT, Sign.LAST, Sign.MONTH_WORD, Sign.DAY_WORD}
    kept = [token for token in rest if token.sign not in loose]
    numbers = [
        place
        for place, token in enumerate(kept)
        if token.sign is Sign.NUMBER
        and not neighbour(kept, place, Sign.MONTH)
        and (after or last or not follows(kept, place, Sign.UNIT))
    ]
    if not numbers:
        if after or last:
            raise Muddled
        return 0, Month.LAST, kept
    if len(numbers) > 1 or (after and last) or rhythm is None:
        raise Muddled
    token = kept.pop(numbers[0])
    day = int(token.value)
    if not 1 <= day <= 31 or token.roman:  # noqa: PLR2004
        raise Muddled
    if rhythm is Rhythm.YEARLY and not after and not last:
        raise Muddled
    if rhythm is not Rhythm.MONTHLY and not last and day <= MIDDLE:
        after = True
    of_the_day = (Sign.BEFORE, Sign.UNTIL, Sign.UNIT)
    kept = [token for token in kept if token.sign not in of_the_day]
    return day, Month.NEXT if after else Month.LAST, kept


def neighbour(kept: list[Token], place: int, wanted: Sign) -> bool:
    return follows(kept, place, wanted) or (place > 0 and kept[place - 1].sign is wanted)


def follows(kept: list[Token], place: int, wanted: Sign) -> bool:
    """Whether the sign comes next, over a list of numbers: “II, IV quarters”."""
    for token in kept[place + 1 :]:
        if token.sign is wanted:
            return True
        if token.sign not in (Sign.NUMBER, Sign.SEP, Sign.DASH):
            return False
    return False


def standing(kind: TermKind, rest: list[Token]) -> Term:
    """Something permanent, in some years perhaps, perhaps told of by a day of each year."""
    points, span = spanned(placed(rest, lone_units=False))
    return Term(kind, points, span, Rhythm.YEARLY if points else None)


def throughout(rest: list[Token]) -> Term:
    """All through some years; through a part of one it is that part."""
    atoms = placed(rest, lone_units=False)
    if any(atom.point.unit is not Unit.YEAR for atom in atoms):
        return at_or_between(atoms)
    _points, span = spanned(atoms)
    return Term(TermKind.THROUGHOUT, (), span)


def dated(rest: list[Token]) -> Term:
    """A few points, a period, or a point in each of some years."""
    atoms = placed(rest, lone_units=True)
    if not atoms:
        raise Muddled
    return at_or_between(atoms)


def at_or_between(atoms: list[Atom]) -> Term:
    """A term of points; two joined by a dash are a period."""
    joined = [atom for atom in atoms if atom.joined]
    points = tuple(atom.point for atom in atoms)
    if len({point.year is None for point in points}) > 1:
        raise Muddled
    if not joined:
        if len(set(points)) != len(points):
            raise Muddled
        return Term(TermKind.AT, tuple(sorted(points, key=by_calendar)))
    if len(atoms) == 2 and atoms[1].joined:  # noqa: PLR2004
        return between(*points)
    years = {atom.point.year for atom in atoms}
    if all(atom.of_years for atom in atoms):
        yearless = {Point(p.unit, None, p.number, p.day) for p in points}
        low, high = min(filter(None, years)), max(filter(None, years))
        return Term(
            TermKind.EVERY,
            tuple(sorted(yearless, key=by_calendar)),
            (low, high),
            Rhythm.YEARLY,
        )
    raise Muddled


def between(first: Point, last: Point) -> Term:
    """A period; it must not end before it begins."""
    year = 2000
    if (first.unit is Unit.YEAR) != (last.unit is Unit.YEAR):
        raise Muddled
    if first.first(year) >= last.last(year) or first.last(year) > last.last(year):
        raise Muddled
    return Term(TermKind.PERIOD, (first, last))


def spanned(atoms: list[Atom]) -> tuple[tuple[Point, ...], tuple[int, int] | None]:
    """The points without years, and the years from first to last."""
    years = sorted({atom.point.year for atom in atoms if atom.point.year})
    points = {
        Point(atom.point.unit, None, atom.point.number, atom.point.day)
        for atom in atoms
        if atom.point.unit is not Unit.YEAR
    }
    if any(after - before != 1 for before, after in pairwise(years)) and not whole(atoms):
        raise Muddled
    return tuple(sorted(points, key=by_calendar)), (years[0], years[-1]) if years else None


def whole(atoms: list[Atom]) -> bool:
    """Whether the years are told by their ends: “2014–2016”."""
    return any(atom.joined for atom in atoms if atom.point.unit is Unit.YEAR)


def by_calendar(point: Point) -> tuple[int, int, int, str]:
    """In the order of their ends."""
    last = point.last(2000)
    return last.year, last.month, last.day, point.unit.value
