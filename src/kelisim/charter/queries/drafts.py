"""Drafts as the people see them who prepare and publish."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings

from kelisim.charter.models import Provision, Version, Wording
from kelisim.charter.trees import edits
from kelisim.charter.trees.draft import Leaving
from kelisim.charter.trees.edits import Doubt, Manuscript, Node
from kelisim.charter.trees.types import CharterType, known

type Row = dict[str, Any]

BEGINNING = 80

COLUMNS = [
    "pk", "position", "depth", "kind", "number", "heading", "eid", "cite", "parent_id",
    "first_line", "last_line",
]  # fmt: skip


def type_of(version: Version) -> CharterType:
    """The kind of charter; one whose file was taken away is read as the generic one."""
    return known().get(version.charter.type, known()["generic"])


def outline(version: Version) -> list[Row]:
    """Every provision without its words, in reading order."""
    return list(Provision.objects.filter(version=version).order_by("position").values(*COLUMNS))


def manuscript(version: Version, rows: Sequence[Row], *, near: Iterable[int] = ()) -> Manuscript:
    """What an editor edits; words only for these provisions, what stands under and beside them.

    An edit removes nothing but what is near, so that is all whose words undoing could need.
    """
    nodes = [node(row) for row in rows]
    index = {row["pk"]: at for at, row in enumerate(rows)}
    reach: set[int] = set()
    for key in near:
        if key in index:
            reach.update(around(nodes, index[key]))
    for at, words in worded(rows[at]["pk"] for at in sorted(reach)).items():
        nodes[index[at]] = node(rows[index[at]], words)
    return Manuscript(
        nodes,
        [leaving(said) for said in version.leavings],
        [Doubt.from_json(said) for said in version.guesses],
    )


def around(nodes: Sequence[Node], at: int) -> range:
    """The node before, this one with what stands under it, and the next one likewise."""
    last = edits.end(nodes, at)
    return range(max(at - 1, 0), edits.end(nodes, last) if last < len(nodes) else last)


def leaving(said: Row) -> Leaving:
    first, last = said["lines"]
    return Leaving(said["text"], said["why"], (first, last))


def node(row: Row, words: Iterable[Wording] = ()) -> Node:
    said = list(words)
    return Node(
        key=row["pk"],
        depth=row["depth"],
        kind=row["kind"],
        number=row["number"],
        lines=(row["first_line"], row["last_line"]),
        texts={word.language: word.text for word in said if word.text},
        titles={word.language: word.title for word in said if word.title},
        heading=row["heading"],
    )


def worded(keys: Iterable[int]) -> dict[int, list[Wording]]:
    """The words of these provisions, in one query."""
    found: dict[int, list[Wording]] = {}
    for word in Wording.objects.filter(provision__in=list(keys)).order_by("language"):
        found.setdefault(word.provision_id, []).append(word)
    return found


def language_of(version: Version) -> str:
    """The language in which the version was read: that of its first source or first edition."""
    source = version.sources.order_by("pk").values_list("language", flat=True).first()
    edition = version.editions.order_by("pk").values_list("language", flat=True).first()
    return source or edition or settings.LANGUAGE_CODE


def shortened(text: str) -> str:
    """The beginning of a text, up to a whole word."""
    if len(text) <= BEGINNING:
        return text
    return text[:BEGINNING].rpartition(" ")[0] + " …"
