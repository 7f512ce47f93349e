"""A term as JSON keeps it."""

from collections.abc import Mapping
from typing import Any

from kelisim.commitments.trees.terms.term import Month, Point, Rhythm, Term, TermKind, Unit


def as_json(term: Term) -> dict[str, Any]:
    """A term as JSON; what is not said is not kept."""
    kept: dict[str, Any] = {"kind": term.kind.value}
    if term.points:
        kept["points"] = [
            [point.unit.value, point.year, point.number, point.day] for point in term.points
        ]
    if term.span:
        kept["span"] = list(term.span)
    if term.rhythm:
        kept["rhythm"] = term.rhythm.value
    if term.day:
        kept["day"], kept["month"] = term.day, term.month.value
    return kept


def from_json(kept: Mapping[str, Any]) -> Term:
    """A term from what `as_json` gave; nothing is lost either way."""
    span, rhythm = kept.get("span"), kept.get("rhythm")
    return Term(
        kind=TermKind(kept["kind"]),
        points=tuple(
            Point(Unit(unit), year, number, day)
            for unit, year, number, day in kept.get("points", ())
        ),
        span=(span[0], span[1]) if span else None,
        rhythm=Rhythm(rhythm) if rhythm else None,
        day=kept.get("day", 0),
        month=Month(kept.get("month", Month.LAST)),
    )
