"""How a provision is quoted: measure 3 of group 3 in 5.2 is «5.2.3-3». Derived, never stored."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from kelisim.charter.trees.draft import Provision


def citations(provisions: Sequence[Provision], promises: frozenset[str]) -> Mapping[str, str]:
    """Citation of each eId, unique where a number or a counted place gives one.

    A part is quoted by its number; a group by its part's number and its place among the groups;
    a counted promise by its group's citation and its place in it; a paragraph without a number by
    a pilcrow and its place, so that a citation needs no language: the third item under the second
    paragraph of part 4 is «4¶2-3».
    """
    cites: dict[str, str] = {}
    counts: defaultdict[tuple[str | None, str], int] = defaultdict(int)
    for provision in provisions:
        above = cites.get(provision.parent or "", "")
        series = series_of(provision, promises)
        counts[(provision.parent, series)] += 1
        place = counts[(provision.parent, series)]
        number = provision.number or str(place)
        cites[provision.eid] = cite(provision, above, number, promises)
    return cites


def series_of(provision: Provision, promises: frozenset[str]) -> str:
    """What a provision is counted with: its kind, or the other paragraphs without a number."""
    own = provision.heading or provision.kind == "group" or provision.kind in promises
    return provision.kind if own or provision.number else ""


def cite(provision: Provision, above: str, number: str, promises: frozenset[str]) -> str:
    if provision.heading and provision.number:
        whole = "." in number or not above
        return number if whole else f"{above}.{number}"
    if provision.kind == "group":
        return number if "." in number else f"{above}.{number}".strip(".")
    if provision.kind in promises:
        return f"{above}-{number}".strip("-")
    if provision.heading:
        return f"{above}.{number}".strip(".")
    if provision.number:
        return number if "." in number else f"{above}-{number}".strip("-")
    return f"{above}-{number}" if "¶" in above or "-" in above else f"{above}¶{number}"
