"""Verbs that change what a provision is and where it stands; its text stays as it was."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Literal

from kelisim.charter.trees.draft import Leaving
from kelisim.charter.trees.edits.manuscript import (
    NEW,
    Edit,
    Manuscript,
    Node,
    Splice,
    end,
    previous_sibling,
)
from kelisim.refusals import Refusal

type Place = Literal["before", "after", "into"]

DEEPEST = 24
"""No law is deeper, and a page could not show it."""


def changed(manuscript: Manuscript, index: int, node: Node) -> Edit | Refusal:
    """The edit that puts this node in place of the one there."""
    was = manuscript.nodes[index]
    if was == node:
        return Refusal("charter.nothing_changed")
    return Edit((Splice("nodes", index, (was,), (node,)),), index)


def rekind(
    manuscript: Manuscript, index: int, kind: str, *, heading: bool | None = None
) -> Edit | Refusal:
    """Give another kind, and say whether its words are a heading (None: as it was)."""
    node = manuscript.nodes[index]
    stands = node.heading if heading is None else heading
    return changed(manuscript, index, replace(node, kind=kind, heading=stands))


def renumber(manuscript: Manuscript, index: int, number: str) -> Edit | Refusal:
    return changed(manuscript, index, replace(manuscript.nodes[index], number=number.strip()))


def rename(manuscript: Manuscript, index: int, titles: Mapping[str, str]) -> Edit | Refusal:
    """Give short titles in the named languages; an empty one is taken away."""
    node = manuscript.nodes[index]
    merged = {**node.titles, **{key: " ".join(text.split()) for key, text in titles.items()}}
    kept = {language: text for language, text in merged.items() if text}
    return changed(manuscript, index, replace(node, titles=kept))


def shift(
    manuscript: Manuscript, index: int, by: int, *, following: bool = False
) -> Edit | Refusal:
    """Raise (-1) or lower (+1) a provision by a level; the reading order does not change.

    With `following`, its next siblings go with it.
    """
    nodes = manuscript.nodes
    node = nodes[index]
    if by < 0 and node.depth == 0:
        return Refusal("charter.cannot_rise")
    if by > 0 and previous_sibling(nodes, index) is None:
        return Refusal("charter.cannot_sink")
    last = end(nodes, index)
    while following and last < len(nodes) and nodes[last].depth == node.depth:
        last = end(nodes, last)
    reach = nodes[index:last]
    if max(each.depth for each in reach) + by > DEEPEST:
        return Refusal("charter.too_deep", deepest=DEEPEST + 1)
    shifted = tuple(each.at_depth(each.depth + by) for each in reach)
    return Edit((Splice("nodes", index, tuple(reach), shifted),), index)


def move(manuscript: Manuscript, index: int, target: int, place: Place) -> Edit | Refusal:
    """Move a provision, with what stands under it, before, after or into (last) another."""
    nodes = manuscript.nodes
    last = end(nodes, index)
    if index <= target < last:
        return Refusal("charter.move_into_itself")
    branch = tuple(nodes[index:last])
    depth = nodes[target].depth + (place == "into")
    goal = target if place == "before" else end(nodes, target)
    rise = depth - branch[0].depth
    if goal in {index, last} and not rise:
        return Refusal("charter.nothing_changed")
    if max(node.depth for node in branch) + rise > DEEPEST:
        return Refusal("charter.too_deep", deepest=DEEPEST + 1)
    moved = tuple(node.at_depth(node.depth + rise) for node in branch)
    # First it leaves, then it arrives: beyond the gap that it left, places are counted anew.
    arrival = goal - len(branch) if goal >= last else goal
    return Edit((Splice("nodes", index, branch, ()), Splice("nodes", arrival, (), moved)), arrival)


def set_aside(
    manuscript: Manuscript, index: int, language: str, *, whole: bool = False
) -> Edit | Refusal:
    """Move a provision to the leavings; what stood under it rises, or goes too (`whole`).

    Only texts in the language of the source become leavings, because leavings belong to it.
    """
    nodes = manuscript.nodes
    last = end(nodes, index)
    if last - index == len(nodes) and (whole or len(nodes) == 1):
        return Refusal("charter.nothing_would_remain")
    gone = nodes[index : last if whole else index + 1]
    kept = () if whole else tuple(n.at_depth(n.depth - 1) for n in nodes[index + 1 : last])
    left = tuple(
        Leaving(" ".join(t for t in (n.number, n.texts.get(language, "")) if t), "aside", n.lines)
        for n in gone
        if n.number or n.texts.get(language)
    )
    return Edit(
        (Splice("nodes", index, tuple(nodes[index:last]), kept), among(manuscript, left)),
        max(index - 1, 0) if index == len(nodes) - len(gone) else index,
    )


def among(manuscript: Manuscript, left: tuple[Leaving, ...]) -> Splice:
    """Put leavings among those that are there, each where its lines belong.

    A page's number may have been left between two provisions that go together.
    """
    lines = [leaving.lines for leaving in left] or [(0, 0)]
    first, last = place_of(manuscript, min(lines)), place_of(manuscript, max(lines))
    between = tuple(manuscript.leavings[first:last])
    merged = tuple(sorted((*between, *left), key=lambda leaving: leaving.lines))
    return Splice("leavings", first, between, merged)


def place_of(manuscript: Manuscript, lines: tuple[int, int]) -> int:
    """Where among the leavings, which stand in the order of the source, these lines belong."""
    for at, leaving in enumerate(manuscript.leavings):
        if leaving.lines > lines:
            return at
    return len(manuscript.leavings)


def take_back(
    manuscript: Manuscript, leaving: int, after: int | None, kind: str, language: str
) -> Edit | Refusal:
    """Make a leaving a provision again, after another of its level; None: before everything."""
    if not 0 <= leaving < len(manuscript.leavings):
        return Refusal("charter.leaving_gone")
    piece = manuscript.leavings[leaving]
    nodes = manuscript.nodes
    depth = 0 if after is None else nodes[after].depth
    at = 0 if after is None else end(nodes, after)
    node = Node(key=NEW, depth=depth, kind=kind, lines=piece.lines, texts={language: piece.text})
    return Edit((Splice("leavings", leaving, (piece,), ()), Splice("nodes", at, (), (node,))), at)


def settle(manuscript: Manuscript, doubt: int, *, settled: bool = True) -> Edit | Refusal:
    """Mark a guess as looked at by a person."""
    if not 0 <= doubt < len(manuscript.doubts):
        return Refusal("charter.guess_gone")
    was = manuscript.doubts[doubt]
    if was.settled == settled:
        return Refusal("charter.nothing_changed")
    return Edit((Splice("doubts", doubt, (was,), (replace(was, settled=settled),)),))


def together(acts: Iterable[Edit | Refusal]) -> Edit | Refusal:
    """Several edits in place as one; those that would change nothing are left out."""
    splices: list[Splice] = []
    for edit in acts:
        if isinstance(edit, Edit):
            splices += edit.splices
        elif edit.code != "charter.nothing_changed":
            return edit
    return Edit(tuple(splices)) if splices else Refusal("charter.nothing_changed")
