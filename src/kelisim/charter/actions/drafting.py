"""The verbs by which a person edits a draft. Each is one step, and can be undone.

A step is not an official act, so it has no entry in the ledger (decision 4); beginning,
submitting, returning, publishing and discarding have.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from kelisim.charter.actions.steps import Opened, redo, step, undo
from kelisim.charter.models import Step
from kelisim.charter.queries.drafts import language_of
from kelisim.charter.rules import editing as rules
from kelisim.charter.trees import edits
from kelisim.charter.trees.edits import Edit
from kelisim.charter.trees.edits.verbs import Place
from kelisim.refusals import Refusal, require

if TYPE_CHECKING:
    from kelisim.people.models import Person

__all__ = [
    "correct",
    "join",
    "move",
    "redo",
    "rekind",
    "rename",
    "renumber",
    "set_aside",
    "settle",
    "shift",
    "split",
    "take_back",
    "undo",
]


def join(
    version_id: int, provision: int, *, following: bool = False, by: "Person", at: datetime
) -> Step:
    """Join a provision to the one before it, or the next one to it (`following`)."""

    def act(draft: Opened) -> Edit | Refusal:
        index = draft.index(provision) + following
        if index == len(draft.paper.nodes):
            return Refusal("charter.nothing_after")
        return edits.join(draft.paper, index)

    return step(version_id, "join", act, near=[provision], by=by, at=at)


def split(
    version_id: int, provision: int, *, marked: Mapping[str, str], by: "Person", at: datetime
) -> Step:
    """Part a provision where a person set empty lines; nothing else of its text may change."""

    def act(draft: Opened) -> Edit | Refusal:
        index = draft.index(provision)
        texts = draft.paper.nodes[index].texts
        places: dict[str, Sequence[int]] = {}
        for language, text in marked.items():
            cut = edits.cuts(texts.get(language, ""), text)
            if isinstance(cut, Refusal):
                return cut
            if cut:
                places[language] = cut
        return edits.split(draft.paper, index, places)

    return step(version_id, "split", act, near=[provision], by=by, at=at)


def rekind(
    version_id: int,
    provision: int,
    *,
    kind: str,
    heading: bool | None = None,
    by: "Person",
    at: datetime,
) -> Step:
    """Say what a provision is."""

    def act(draft: Opened) -> Edit | Refusal:
        require(rules.may_have_kind(kind, draft.charter_type))
        return edits.rekind(draft.paper, draft.index(provision), kind, heading=heading)

    return step(version_id, "rekind", act, by=by, at=at)


def renumber(version_id: int, provision: int, *, number: str, by: "Person", at: datetime) -> Step:
    return step(
        version_id,
        "renumber",
        lambda draft: edits.renumber(draft.paper, draft.index(provision), number),
        by=by,
        at=at,
    )


def rename(
    version_id: int, titles: Mapping[int, Mapping[str, str]], *, by: "Person", at: datetime
) -> Step:
    """Give provisions their short titles, language by language."""

    def act(draft: Opened) -> Edit | Refusal:
        return edits.together(
            edits.rename(draft.paper, draft.index(key), said) for key, said in titles.items()
        )

    return step(version_id, "rename", act, near=titles, by=by, at=at)


def correct(
    version_id: int, provision: int, *, language: str, text: str, by: "Person", at: datetime
) -> Step:
    """Correct what was read wrongly; the reviewer sees it beside its source."""
    return step(
        version_id,
        "correct",
        lambda draft: edits.correct(draft.paper, draft.index(provision), language, text),
        near=[provision],
        arguments={"provision": provision, "language": language},
        by=by,
        at=at,
    )


def shift(
    version_id: int,
    provision: int,
    *,
    levels: int,
    following: bool = False,
    by: "Person",
    at: datetime,
) -> Step:
    """Raise (-1) or lower (+1) a provision; the reading order stays."""
    return step(
        version_id,
        "raise" if levels < 0 else "lower",
        lambda draft: edits.shift(draft.paper, draft.index(provision), levels, following=following),
        by=by,
        at=at,
    )


def move(
    version_id: int, provision: int, *, target: int, place: Place, by: "Person", at: datetime
) -> Step:
    """Move a provision, with what stands under it, before, after or into another."""
    return step(
        version_id,
        "move",
        lambda draft: edits.move(draft.paper, draft.index(provision), draft.index(target), place),
        by=by,
        at=at,
    )


def set_aside(
    version_id: int, provision: int, *, whole: bool = False, by: "Person", at: datetime
) -> Step:
    """Take a provision out of the tree; its text stays among the leavings."""
    return step(
        version_id,
        "set_aside",
        lambda draft: edits.set_aside(
            draft.paper, draft.index(provision), language_of(draft.version), whole=whole
        ),
        near=[provision],
        by=by,
        at=at,
    )


def take_back(
    version_id: int,
    leaving: int,
    *,
    kind: str,
    after: int | None = None,
    by: "Person",
    at: datetime,
) -> Step:
    """Make a leaving a provision, after another one; None: before everything."""

    def act(draft: Opened) -> Edit | Refusal:
        require(rules.may_have_kind(kind, draft.charter_type))
        index = None if after is None else draft.index(after)
        return edits.take_back(draft.paper, leaving, index, kind, language_of(draft.version))

    return step(version_id, "take_back", act, by=by, at=at)


def settle(
    version_id: int,
    guesses: Collection[int],
    *,
    settled: bool = True,
    by: "Person",
    at: datetime,
) -> Step:
    """Mark guesses as looked at."""

    def act(draft: Opened) -> Edit | Refusal:
        return edits.together(edits.settle(draft.paper, n, settled=settled) for n in guesses)

    return step(version_id, "settle", act, by=by, at=at)
