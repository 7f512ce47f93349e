"""What is shown of a text before and beside its draft."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kelisim.charter.models import Charter, Edition, Version
from kelisim.charter.queries.health import SILENT
from kelisim.charter.states import OPEN
from kelisim.charter.trees.draft import Draft, Leaving
from kelisim.charter.trees.edits import Doubt, Node
from kelisim.charter.trees.problems import problems

MOST = 100


@dataclass(frozen=True, slots=True)
class Seen:
    """A text in figures, with the beginning of its tree."""

    kinds: Sequence[tuple[str, int]]
    total: int
    guesses: int
    problems: int
    leavings: Sequence[Leaving]
    silent: int
    first: Sequence[Node]


def nodes(draft: Draft) -> list[Node]:
    """The tree of a draft as an editor sees it."""
    depths: dict[str | None, int] = {None: -1}
    found = []
    for n, p in enumerate(draft.provisions, 1):
        depths[p.eid] = depths[p.parent] + 1
        texts = {draft.language: p.text}
        found.append(Node(n, depths[p.eid], p.kind, p.number, p.lines, texts, {}, p.heading))
    return found


def seen(draft: Draft) -> Seen:
    """What a person looks at before anything is saved."""
    tree = nodes(draft)
    doubts = [Doubt(guess.what, guess.lines, guess.certainty) for guess in draft.guesses]
    found = problems(
        tree, draft.leavings, doubts, source=draft.language, languages=[draft.language]
    )
    spoken = [leaving for leaving in draft.leavings if leaving.why not in SILENT]
    return Seen(
        kinds=Counter(p.kind for p in draft.provisions).most_common(),
        total=len(draft.provisions),
        guesses=len(doubts),
        problems=sum(problem.what != "guess" for problem in found),
        leavings=spoken[:MOST],
        silent=len(draft.leavings) - len(spoken),
        first=tree[:MOST],
    )


def guesses(draft: Draft) -> Counter[str]:
    return Counter(guess.what for guess in draft.guesses)


def open_version(charter: Charter) -> Version | None:
    """The version that is being prepared; there is one at most."""
    found: Version | None = charter.versions.filter(state__in=OPEN).first()
    return found


def editions(version: Version) -> list[Edition]:
    return list(Edition.objects.filter(version=version).order_by("-authentic", "language"))
