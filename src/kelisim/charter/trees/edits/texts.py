"""Verbs that join, part and correct texts. Joining and parting keep every character in order."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from kelisim.charter.trees.edits.manuscript import NEW, Edit, Manuscript, Node, Splice, end
from kelisim.refusals import Refusal

EMPTY_LINE = re.compile(r"[^\S\n]*\n[^\S\n]*\n\s*")
WHITE = re.compile(r"\s+")


def join(manuscript: Manuscript, index: int) -> Edit | Refusal:
    """Join a provision to the one before it in reading order; what stood under it comes along.

    Its number, if it has one, becomes part of the text: nothing of the source is lost.
    """
    nodes = manuscript.nodes
    if index == 0:
        return Refusal("charter.nothing_before")
    first, second = nodes[index - 1], nodes[index]
    last = end(nodes, index)
    rise = first.depth - second.depth
    joined = replace(
        first,
        texts=joined_texts(first.texts, second.texts, second.number),
        titles=both(first.titles, second.titles),
        lines=spanned(first, second),
    )
    under = tuple(node.at_depth(node.depth + rise) for node in nodes[index + 1 : last])
    return Edit(
        (Splice("nodes", index - 1, tuple(nodes[index - 1 : last]), (joined, *under)),), index - 1
    )


def joined_texts(
    first: Mapping[str, str], second: Mapping[str, str], number: str
) -> dict[str, str]:
    """Language by language; a second one without any text leaves its number in every language."""
    bare = not any(second.values())
    numbered = {language: f"{number} {text}".strip() for language, text in second.items() if text}
    return both(first, dict.fromkeys(first, number) if bare else numbered)


def both(first: Mapping[str, str], second: Mapping[str, str]) -> dict[str, str]:
    languages = [*first, *(language for language in second if language not in first)]
    texts = {said: (first.get(said, ""), second.get(said, "")) for said in languages}
    return {said: " ".join(text for text in pair if text) for said, pair in texts.items()}


def spanned(first: Node, second: Node) -> tuple[int, int]:
    """The lines of both; a node that came from no line (0) adds none."""
    lines = [line for line in (*first.lines, *second.lines) if line]
    return (min(lines), max(lines)) if lines else (0, 0)


def part(text: str) -> list[str]:
    """A text that a person parted by empty lines, as its pieces."""
    return [piece for piece in EMPTY_LINE.split(text.strip()) if piece]


def cuts(text: str, marked: str) -> list[int] | Refusal:
    """Where `marked` parts `text`; refused when anything but white space was changed."""
    if WHITE.sub("", text) != WHITE.sub("", marked):
        return Refusal("charter.text_changed")
    places: list[int] = []
    at = 0
    for piece in part(marked)[:-1]:
        wanted = len(WHITE.sub("", piece))
        while wanted:
            wanted -= not text[at].isspace()
            at += 1
        places.append(at)
    return places


def split(
    manuscript: Manuscript, index: int, places: Mapping[str, Sequence[int]]
) -> Edit | Refusal:
    """Part a provision after so many characters, in each language that is named.

    The parts are of its kind and level; what stood under it stands under the last part. A text in
    a language that is not named stays whole with the first part.
    """
    node = manuscript.nodes[index]
    counts = {len(at) for at in places.values()}
    if not counts or counts == {0}:
        return Refusal("charter.nowhere_to_part")
    if len(counts) > 1:
        return Refusal("charter.parted_unequally")
    pieces = {language: parted(node.texts.get(language, ""), at) for language, at in places.items()}
    if not all(all(texts) for texts in pieces.values()):
        return Refusal("charter.empty_part")
    first = replace(node, texts={**node.texts, **{said: t[0] for said, t in pieces.items()}})
    others = tuple(
        Node(
            key=NEW,
            depth=node.depth,
            kind=node.kind,
            lines=node.lines,
            texts={language: texts[n] for language, texts in pieces.items()},
        )
        for n in range(1, counts.pop() + 1)
    )
    return Edit((Splice("nodes", index, (node,), (first, *others)),), index)


def parted(text: str, places: Sequence[int]) -> list[str]:
    edges = [0, *sorted(places), len(text)]
    return [text[a:b].strip() for a, b in pairwise(edges)]


def correct(manuscript: Manuscript, index: int, language: str, text: str) -> Edit | Refusal:
    """Correct what was read wrongly. The reviewer sees every correction beside its source."""
    node = manuscript.nodes[index]
    said = WHITE.sub(" ", text).strip()
    if said == node.texts.get(language, ""):
        return Refusal("charter.nothing_changed")
    if not said and not (node.titles or any(t for k, t in node.texts.items() if k != language)):
        return Refusal("charter.text_needed")
    texts = {key: value for key, value in node.texts.items() if key != language}
    corrected = replace(node, texts={**texts, language: said} if said else texts)
    return Edit((Splice("nodes", index, (node,), (corrected,)),), index)
