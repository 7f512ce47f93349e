"""Keep an edit of a draft: the rows that it touches, and the step by which it is undone.

Edits are pure (`trees.edits`); here their splices become a fixed number of statements. Parents,
eIds and citations follow from the order, so whatever an edit changed, they are compared with what
is stored and only differences are written.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import batched
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast, Concat

from kelisim.bodies.queries.powers import powers_at
from kelisim.charter.models import Correspondence, Provision, Step, Version, Wording
from kelisim.charter.queries.drafts import Row, manuscript, outline, type_of
from kelisim.charter.rules import editing as rules
from kelisim.charter.trees import edits
from kelisim.charter.trees.edits import NEW, Edit, Manuscript, Node, Piece, Place
from kelisim.charter.trees.types import CharterType
from kelisim.refusals import Refusal, Refused, require

if TYPE_CHECKING:
    from kelisim.people.models import Person

FAR = 1_000_000_000
"""Places wait here while others move: no two provisions may ever stand in one place."""
COLUMNS = [
    "kind", "number", "heading", "depth", "parent", "eid", "cite", "first_line", "last_line"
]  # fmt: skip
BATCH = 400


@dataclass(frozen=True, slots=True)
class Opened:
    """A locked draft: its rows as they are stored, and its manuscript."""

    version: Version
    rows: list[Row]
    paper: Manuscript

    @property
    def charter_type(self) -> CharterType:
        return type_of(self.version)

    def index(self, key: int) -> int:
        """Where a provision stands now. Raises Refused when somebody removed it meanwhile."""
        for index, node in enumerate(self.paper.nodes):
            if node.key == key:
                return index
        raise Refused(Refusal("charter.provision_gone"))


def opened(version_id: int, by: "Person", at: datetime, *, near: Iterable[int] = ()) -> Opened:
    """Lock a draft for an edit, with the texts of these provisions and of what is near them."""
    version = (
        Version.objects.select_for_update(of=("self",)).select_related("charter").get(pk=version_id)
    )
    require(rules.may_edit(version, by, powers_at(by, at)))
    rows = outline(version)
    return Opened(version, rows, manuscript(version, rows, near=near))


@transaction.atomic
def step(
    version_id: int,
    verb: str,
    act: Callable[[Opened], Edit | Refusal],
    *,
    near: Iterable[int] = (),
    arguments: Mapping[str, Any] | None = None,
    by: "Person",
    at: datetime,
) -> Step:
    """Do one edit and keep it. Raises Refused when a rule or the verb itself says no."""
    draft = opened(version_id, by, at, near=near)
    edit = act(draft)
    if isinstance(edit, Refusal):
        raise Refused(edit)
    kept = write(draft, edit)
    Step.objects.filter(version=draft.version, undone_at__isnull=False).delete()
    before, after = kept.to_json()
    return Step.objects.create(
        version=draft.version,
        number=following(draft.version),
        verb=verb,
        arguments={**(arguments or {}), "eye": kept.eye},
        before=before,
        after=after,
        by=by,
        at=at,
    )


def following(version: Version) -> int:
    last = Step.objects.filter(version=version).order_by("-number").first()
    return last.number + 1 if last else 1


@transaction.atomic
def undo(version_id: int, *, by: "Person", at: datetime) -> Step:
    """Take the last step back."""
    draft = opened(version_id, by, at)
    last = draft.version.steps.filter(undone_at__isnull=True).order_by("-number").first()
    require(rules.may_undo(last))
    assert last is not None  # noqa: S101  (the rule has just refused None)
    write(draft, Edit.from_json(last.before, last.after).undone())
    last.undone_at = at
    last.save(update_fields=["undone_at"])
    return last


@transaction.atomic
def redo(version_id: int, *, by: "Person", at: datetime) -> Step:
    """Do again what was undone last."""
    draft = opened(version_id, by, at)
    first = draft.version.steps.filter(undone_at__isnull=False).order_by("number").first()
    require(rules.may_redo(first))
    assert first is not None  # noqa: S101  (the rule has just refused None)
    write(draft, Edit.from_json(first.before, first.after))
    first.undone_at = None
    first.save(update_fields=["undone_at"])
    return first


def write(draft: Opened, edit: Edit) -> Edit:
    """Store what an edit changes; gives the edit with the keys of what it made."""
    version, paper = draft.version, draft.paper
    paper.apply(edit)
    if any(splice.part == "nodes" for splice in edit.splices):
        edit = write_nodes(draft, edit)
        write_words(edit)
    if any(splice.part != "nodes" for splice in edit.splices):
        version.leavings = [edits.as_json(leaving) for leaving in paper.leavings]
        version.guesses = [doubt.to_json() for doubt in paper.doubts]
        version.save(update_fields=["leavings", "guesses"])
    return edit


def write_nodes(draft: Opened, edit: Edit) -> Edit:
    """Rows go, move, come and change, in an order in which no two ever share a place or an eId."""
    nodes, stored = draft.paper.nodes, {row["pk"]: row for row in draft.rows}
    rows = Provision.objects.filter(version=draft.version)
    base = draft.rows[0]["position"]
    remove(rows, stored.keys() - {node.key for node in nodes})
    move_rows(rows, {key: row["position"] for key, row in stored.items()}, nodes, base)
    places = edits.places(nodes, draft.charter_type)
    require(rules.may_stand(places, eid=300, cite=120))
    free_eids(rows, stored, nodes, places)
    made = [
        Provision(
            pk=node.key or None,
            version=draft.version,
            position=base + index,
            **columns(node, place, nodes),
        )
        for index, (node, place) in enumerate(zip(nodes, places, strict=True))
        if node.key not in stored
    ]
    Provision.objects.bulk_create(made)
    edit = keyed(edit, nodes, [row.pk for row in made if row.pk])
    changed = [
        Provision(pk=node.key, version=draft.version, **now)
        for node, place in zip(nodes, places, strict=True)
        if (now := columns(node, place, nodes)).items() - stored.get(node.key, now).items()
    ]
    rows.bulk_update(changed, COLUMNS, batch_size=BATCH)
    return edit


def columns(node: Node, place: Place, nodes: Sequence[Node]) -> Row:
    """The columns that follow from a node and its place."""
    return {
        "kind": node.kind,
        "number": node.number,
        "heading": node.heading,
        "depth": node.depth,
        "parent_id": None if place.parent is None else nodes[place.parent].key or None,
        "eid": place.eid,
        "cite": place.cite,
        "first_line": node.lines[0],
        "last_line": node.lines[1],
    }


def remove(rows: QuerySet[Provision], gone: Collection[int]) -> None:
    if gone:
        require(rules.may_remove(quoted=Correspondence.objects.filter(provision__in=gone).exists()))
        rows.filter(parent__in=gone).update(parent=None)
        rows.filter(pk__in=gone).delete()


def move_rows(
    rows: QuerySet[Provision], was: Mapping[int, int], nodes: Sequence[Node], base: int
) -> None:
    """Give each row that stays its new place.

    Neighbours that move together move in one statement, so joining or parting costs two and a
    move four, however long the charter is.
    """
    runs: list[list[int]] = []
    for index, node in enumerate(nodes):
        if node.key not in was:
            continue
        at, by = was[node.key], base + index - was[node.key]
        if runs and runs[-1][1:] == [at - 1, by]:
            runs[-1][1] = at
        else:
            runs.append([at, at, by])
    moving = [run for run in runs if run[2]]
    for start, stop, by in moving:
        rows.filter(position__range=(start, stop)).update(position=F("position") + FAR + by)
    if moving:
        rows.filter(position__gte=FAR // 2).update(position=F("position") - FAR)


def free_eids(
    rows: QuerySet[Provision],
    stored: Mapping[int, Row],
    nodes: Sequence[Node],
    places: Sequence[Place],
) -> None:
    """Take their eIds from rows that will have another, so that no two meet on the way."""
    renamed = [
        node.key
        for node, place in zip(nodes, places, strict=True)
        if node.key in stored and stored[node.key]["eid"] != place.eid
    ]
    for some in batched(renamed, BATCH, strict=False):
        rows.filter(pk__in=some).update(eid=Concat(Value("~"), Cast("pk", CharField())))


def keyed(edit: Edit, nodes: list[Node], keys: Iterable[int]) -> Edit:
    """The edit and the nodes with the keys that the database gave."""
    given = iter(keys)
    new: list[int] = []
    for index, node in enumerate(nodes):
        if node.key == NEW:
            new.append(next(given))
            nodes[index] = replace(node, key=new[-1])
    waiting = iter(new)

    def named(piece: Piece) -> Piece:
        if isinstance(piece, Node) and piece.key == NEW:
            return replace(piece, key=next(waiting))
        return piece

    return Edit(
        tuple(
            replace(splice, after=tuple(named(piece) for piece in splice.after))
            for splice in edit.splices
        ),
        edit.eye,
    )


def write_words(edit: Edit) -> None:
    """Store the texts and titles in which both sides of an edit differ."""
    before, after = (words(edit, side) for side in ("before", "after"))
    said = {where: word for where, word in after.items() if before.get(where) != word}
    Wording.objects.bulk_create(
        [
            Wording(provision_id=key, language=language, text=text, title=title)
            for (key, language), (text, title) in said.items()
        ],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["provision", "language"],
        update_fields=["text", "title"],
    )
    stays = kept_keys(edit)
    for key, language in before.keys() - after.keys():
        if key in stays:
            Wording.objects.filter(provision=key, language=language).delete()


def words(edit: Edit, side: str) -> dict[tuple[int, str], tuple[str, str]]:
    """Text and title by provision and language, as one side of an edit has them."""
    return {
        (piece.key, language): (piece.texts.get(language, ""), piece.titles.get(language, ""))
        for splice in edit.splices
        for piece in getattr(splice, side)
        if isinstance(piece, Node)
        for language in {**piece.texts, **piece.titles}
    }


def kept_keys(edit: Edit) -> set[int]:
    return {
        piece.key for splice in edit.splices for piece in splice.after if isinstance(piece, Node)
    }
