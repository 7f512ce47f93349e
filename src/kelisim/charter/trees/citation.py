"""How a provision is cited: derived from its place in the tree, never stored in its number."""

from collections import Counter
from collections.abc import Iterable

from kelisim.charter.trees.draft import Provision


def citations(provisions: Iterable[Provision]) -> dict[str, str]:
    """The citation number of each provision by its eId; no two are the same.

    A numbered division is cited by its number (`5.2`), an unnumbered one under it by its place
    (`5.2.3`), a promise in a group by its place in the group (`5.2.3-3`), and any other provision
    by its kind and place within the nearest cited division (`4-task-2`).
    """
    made = _Citations()
    for one in provisions:
        made.add(one)
    return made.given


class _Citations:
    def __init__(self) -> None:
        self.given: dict[str, str] = {}
        self._division: dict[str | None, str] = {None: ""}
        self._kind: dict[str | None, str] = {None: ""}
        self._counts: Counter[tuple[str, str]] = Counter()
        self._taken: set[str] = set()
        self._parents: dict[str, str | None] = {}

    def add(self, one: Provision) -> None:
        self._parents[one.eid], self._kind[one.eid] = one.parent, one.kind
        within = self._division.get(one.parent, "")
        wanted = self._wanted(one, within)
        citation, again = wanted, 1
        while citation in self._taken:
            again += 1
            citation = f"{wanted}/{again}"
        self._taken.add(citation)
        self.given[one.eid] = citation
        self._division[one.eid] = citation if self._is_division(one) else within

    def _is_division(self, one: Provision) -> bool:
        return one.kind == "group" or (bool(one.number) and one.kind in _DIVISIONS)

    def _wanted(self, one: Provision, within: str) -> str:
        if one.kind == "group":
            place = self._next(within, "group")
            return f"{within}.{place}" if within else f"group-{place}"
        if one.kind in _DIVISIONS and one.number:
            return self._numbered(one, within)
        if self._kind.get(one.parent) == "group":
            return f"{within}-{self._next(within, one.kind)}"
        place = self._next(within, one.kind)
        return f"{within}-{one.kind}-{place}" if within else f"{one.kind}-{place}"

    def _numbered(self, one: Provision, within: str) -> str:
        if one.kind in _RUNNING or not within or one.number.startswith(f"{within}."):
            return one.number
        return f"{within}-{one.number}"

    def _next(self, within: str, kind: str) -> int:
        self._counts[within, kind] += 1
        return self._counts[within, kind]


_RUNNING = frozenset({"article"})  # numbered through the whole document
_DIVISIONS = frozenset(
    {"annex", "article", "book", "chapter", "division", "paragraph", "part", "section"}
    | {"subparagraph", "subsection", "title"}
)
