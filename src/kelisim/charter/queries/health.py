"""What a draft still needs a person for, and what of its source was left aside."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kelisim.charter.models import Edition, Version
from kelisim.charter.queries.drafts import (
    Row,
    language_of,
    leaving,
    manuscript,
    node,
    outline,
    shortened,
    worded,
)
from kelisim.charter.trees.draft import Leaving, Lines
from kelisim.charter.trees.edits import Manuscript, Node
from kelisim.charter.trees.problems import Problem, problems
from kelisim.pages.languages import LANGUAGES, spoken

ON_A_PAGE = 50
SILENT = frozenset({"mark", "hyphen", "rule"})


@dataclass(frozen=True, slots=True)
class Found:
    """A problem with the provision or the piece of the source that it concerns."""

    problem: Problem
    key: int | None
    cite: str
    lines: Lines
    words: str
    index: int
    certainty: float = 0.0
    beginning: str = ""

    @property
    def percent(self) -> int:
        return round(100 * self.certainty)


@dataclass(frozen=True, slots=True)
class Health:
    """How many problems of each kind, and all of them."""

    counts: Counter[str]
    found: Sequence[Found]

    def of(self, what: str) -> list[Found]:
        return [each for each in self.found if each.problem.what == what]


def health(one: Version) -> Health:
    """Everything that is worth a look; five queries."""
    rows = outline(one)
    paper = manuscript(one, rows)
    words = worded(row["pk"] for row in rows)
    nodes = [node(row, words.get(row["pk"], ())) for row in rows]
    editions = list(Edition.objects.filter(version=one).values_list("language", "problems"))
    found = problems(
        nodes,
        paper.leavings,
        paper.doubts,
        source=language_of(one),
        languages=[language for language, _ in editions],
    )
    by_line = lines_of(rows)
    told = [placed(problem, rows, nodes, paper, by_line) for problem in found]
    by_eid = {row["eid"]: at for at, row in enumerate(rows)}
    told += [
        misaligned(said, language, rows, nodes, by_eid)
        for language, listed in editions
        for said in listed
    ]
    return Health(Counter(each.problem.what for each in told), told)


def placed(
    problem: Problem,
    rows: Sequence[Row],
    nodes: Sequence[Node],
    paper: Manuscript,
    by_line: Mapping[int, int],
) -> Found:
    """The problem with its place: a provision, a leaving or a guess."""
    if problem.what in {"guess", "leaving"}:
        guess = paper.doubts[problem.index] if problem.what == "guess" else None
        piece = guess or paper.leavings[problem.index]
        at = by_line.get(piece.lines[0]) if guess else None
        return Found(
            problem,
            None if at is None else rows[at]["pk"],
            "" if at is None else rows[at]["cite"],
            piece.lines,
            problem.words,
            problem.index,
            guess.certainty if guess else 0.0,
            "" if at is None else beginning(nodes[at]),
        )
    row, found = rows[problem.index], nodes[problem.index]
    return Found(
        problem,
        row["pk"],
        row["cite"],
        (row["first_line"], row["last_line"]),
        problem.words or beginning(found),
        problem.index,
    )


def lines_of(rows: Sequence[Row]) -> dict[int, int]:
    """The provision that stands on a line: the last one that begins there or goes through it."""
    found: dict[int, int] = {}
    for at, row in enumerate(rows):
        for line in range(
            row["first_line"], min(row["last_line"], row["first_line"] + ON_A_PAGE) + 1
        ):
            found[line] = at
    return found


def beginning(found: Node) -> str:
    said = spoken(found.texts, LANGUAGES[0]).text or spoken(found.titles, LANGUAGES[0]).text
    return shortened(said)


def misaligned(
    said: Mapping[str, str],
    language: str,
    rows: Sequence[Row],
    nodes: Sequence[Node],
    by_eid: Mapping[str, int],
) -> Found:
    """What did not fit when a text in another language was joined to the tree."""
    at = by_eid.get(said.get("ours") or "")
    problem = Problem("misaligned", at if at is not None else -1, f"{language}:{said['what']}")
    if at is None:
        return Found(problem, None, "", (0, 0), said.get("theirs") or "", -1)
    row = rows[at]
    lines = (row["first_line"], row["last_line"])
    return Found(problem, row["pk"], row["cite"], lines, beginning(nodes[at]), at)


@dataclass(frozen=True, slots=True)
class Listing[T]:
    """A page of a list."""

    rows: Sequence[T]
    number: int
    count: int
    total: int

    @property
    def before(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def after(self) -> int | None:
        return self.number + 1 if self.number < self.count else None


def listed[T](rows: Sequence[T], number: int) -> Listing[T]:
    count = max(1, -(-len(rows) // ON_A_PAGE))
    number = min(max(number, 1), count)
    return Listing(rows[(number - 1) * ON_A_PAGE : number * ON_A_PAGE], number, count, len(rows))


def leavings(one: Version, number: int, *, every: bool) -> Listing[tuple[int, Leaving]]:
    """Pieces left aside with their index; marks of numbering only when `every` is asked."""
    pieces = [(at, leaving(said)) for at, said in enumerate(one.leavings)]
    return listed([(at, x) for at, x in pieces if every or x.why not in SILENT], number)
