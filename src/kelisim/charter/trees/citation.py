"""How a provision is quoted: measure 3 of group 3 in 5.2 is «5.2.3-3». Derived, never stored."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from kelisim.charter.trees.draft import Provision


def citations(provisions: Sequence[Provision], promises: frozenset[str]) -> Mapping[str, str]:
    """Citation of each eId, unique where a number or a counted place gives one.

    A part is quoted by its number; a group by its part's number and its place among the groups;
    a counted promise by its group's citation and its place in it; anything else by the citation
    above it, its kind and its number or place.
    """
    cites: dict[str, str] = {}
    counts: defaultdict[tuple[str | None, str], int] = defaultdict(int)
    for provision in provisions:
        above = cites.get(provision.parent or "", "")
        counts[(provision.parent, provision.kind)] += 1
        place = counts[(provision.parent, provision.kind)]
        number = provision.number or str(place)
        cites[provision.eid] = cite(provision, above, number, promises)
    return cites


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
    return f"{above}-{provision.kind}-{number}".strip("-")
