"""What became of each provision: proposed by comparison, confirmed by a person.

Every provision of both versions stands in the mapping. What is equal to the letter in its old
place needs nobody's word; everything else is confirmed by whoever prepares the version, or by
whoever is to publish it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from kelisim.bodies.queries.powers import Powers, powers_at
from kelisim.charter import rights
from kelisim.charter.models import Provision, Succession, Version, Wording
from kelisim.charter.queries import reading
from kelisim.charter.rules import publishing as rules
from kelisim.charter.states import Relation
from kelisim.charter.trees.mapping import Piece, propose
from kelisim.ledger.actions import record
from kelisim.refusals import Refusal, Refused, require

if TYPE_CHECKING:
    from kelisim.people.models import Person

BATCH = 500
SURE = 1.0


@transaction.atomic
def propose_successions(version: Version) -> None:
    """Compare with the version before and store what seems to have become of each provision.

    What a person confirmed stays; what was equal and sure is looked at again, since drafts change.
    """
    before = reading.previous(version)
    said = version.successions.filter(confirmed=True).exclude(
        relation=Relation.SAME, certainty=SURE
    )
    kept = list(said) if before else []
    version.successions.exclude(pk__in=[row.pk for row in kept]).delete()
    if before is None:
        return
    words = texts(before, version)
    old, new = pieces(before, words), pieces(version, words)
    keys = {piece.eid: pk for pk, piece in old.items()}, {p.eid: pk for pk, p in new.items()}
    settle_texts(kept, words)
    proposals = propose(
        list(old.values()),
        list(new.values()),
        fixed=[
            (
                old[row.old_id].eid if row.old_id else None,
                new[row.new_id].eid if row.new_id else None,
            )
            for row in kept
        ],
    )
    Succession.objects.bulk_create(
        [
            Succession(
                version=version,
                old_id=keys[0][row.old] if row.old else None,
                new_id=keys[1][row.new] if row.new else None,
                relation=row.relation,
                text_changed=row.text_changed,
                certainty=row.certainty,
                confirmed=Relation(row.relation) is Relation.SAME and row.certainty == SURE,
            )
            for row in proposals
        ],
        batch_size=BATCH,
    )


def texts(*versions: Version) -> dict[int, str]:
    """What is compared: the texts in every language that all have, or else the titles."""
    said: defaultdict[int, dict[str, tuple[str, str]]] = defaultdict(dict)
    has: dict[int, set[str]] = {version.pk: set() for version in versions}
    for version, pk, language, text, title in (
        Wording.objects.filter(provision__version__in=versions)
        .order_by("language")
        .values_list("provision__version", "provision", "language", "text", "title")
    ):
        said[pk][language] = (text, title)
        if text:
            has[version].add(language)
    shared = set.intersection(*has.values())
    at = 0 if shared else 1
    return {
        pk: "\n".join(
            words[at] for language, words in found.items() if not shared or language in shared
        )
        for pk, found in said.items()
    }


def pieces(version: Version, words: Mapping[int, str]) -> dict[int, Piece]:
    rows = version.provisions.order_by("position").values_list(
        "pk", "eid", "kind", "number", "parent__eid"
    )
    return {
        pk: Piece(eid, kind, number, parent, words.get(pk, ""))
        for pk, eid, kind, number, parent in rows
    }


def settle_texts(kept: Iterable[Succession], words: Mapping[int, str]) -> None:
    """A text may have been edited since a person confirmed what it came from."""
    stale = []
    for row in kept:
        if row.old_id is None or row.new_id is None:
            continue
        changed = words.get(row.old_id, "") != words.get(row.new_id, "")
        if changed != row.text_changed:
            row.text_changed = changed
            row.relation = truthful(Relation(row.relation), changed=changed)
            stale.append(row)
    Succession.objects.bulk_update(stale, ["text_changed", "relation"], batch_size=BATCH)


def truthful(relation: Relation, *, changed: bool) -> Relation:
    """Whether words changed is a fact; whether it is the same provision, moved, is a judgement."""
    if relation is Relation.MOVED:
        return relation
    return Relation.CHANGED if changed else Relation.SAME


def locked(version_id: int, by: "Person", held: Powers) -> Version:
    version = Version.objects.select_for_update(of=("self",)).get(pk=version_id)
    require(rules.may_confirm(version, by, held))
    return version


@transaction.atomic
def confirm(
    version_id: int, *, successions: Mapping[int, str], by: "Person", at: datetime
) -> Version:
    """Confirm rows of the mapping, each with its relation. Raises Refused with every fault.

    A row that is declared added or repealed is parted in two, so that every provision of both
    versions always stands in the mapping.
    """
    held = powers_at(by, at)
    version = locked(version_id, by, held)
    rows = {row.pk: row for row in version.successions.filter(pk__in=list(successions))}
    unknown = [
        Refusal("charter.succession_gone", place=str(pk)) for pk in successions if pk not in rows
    ]
    if unknown:
        raise Refused(*unknown)
    parted = [
        half
        for pk, relation in successions.items()
        if (half := settle(rows[pk], Relation(relation)))
    ]
    Succession.objects.bulk_update(
        rows.values(), ["old", "relation", "text_changed", "confirmed"], batch_size=BATCH
    )
    Succession.objects.bulk_create(parted, batch_size=BATCH)
    noted(version, by, held, rows=len(rows), at=at)
    return version


def confirm_all(version_id: int, *, by: "Person", at: datetime) -> Version:
    """Confirm the whole mapping as it is proposed."""
    rows = Succession.objects.filter(version=version_id, confirmed=False)
    said = dict(rows.values_list("pk", "relation"))
    return confirm(version_id, successions=said, by=by, at=at)


def settle(row: Succession, relation: Relation) -> Succession | None:
    """One row as the person says it is; gives the other half when it is parted in two."""
    row.confirmed = True
    if row.old_id is None or row.new_id is None:
        return None
    if relation not in {Relation.ADDED, Relation.REPEALED}:
        row.relation = truthful(relation, changed=row.text_changed)
        return None
    half = Succession(
        version_id=row.version_id,
        old_id=row.old_id,
        relation=Relation.REPEALED,
        certainty=row.certainty,
        confirmed=True,
    )
    row.old_id, row.relation, row.text_changed = None, Relation.ADDED, False
    return half


@transaction.atomic
def join(
    version_id: int, *, old: int, new: int, relation: str, by: "Person", at: datetime
) -> Succession:
    """Say that a provision that seemed repealed became one that seemed added.

    One that was parted or joined with another has several rows: joining once more is allowed
    while one of the two is still without a counterpart.
    """
    held = powers_at(by, at)
    version = locked(version_id, by, held)
    loose = version.successions.filter(old_id=old, new__isnull=True) | version.successions.filter(
        new_id=new, old__isnull=True
    )
    ends = Provision.objects.filter(pk__in=[old, new]).in_bulk()
    theirs = reading.previous(version)
    in_place = (
        theirs
        and old in ends
        and new in ends
        and (ends[old].version_id, ends[new].version_id) == (theirs.pk, version.pk)
    )
    if not in_place or not loose.exists():
        raise Refused(Refusal("charter.succession_not_loose"))
    loose.delete()
    words = texts(ends[old].version, version)
    changed = words.get(old, "") != words.get(new, "")
    made = Succession.objects.create(
        version=version,
        old=ends[old],
        new=ends[new],
        relation=truthful(Relation(relation), changed=changed),
        text_changed=changed,
        certainty=0.99,
        confirmed=True,
    )
    noted(version, by, held, rows=1, at=at)
    return made


def noted(version: Version, by: "Person", held: Powers, *, rows: int, at: datetime) -> None:
    right = rights.PREPARE if version.prepared_by_id == by.pk else rights.PUBLISH
    record(
        "charter.succession_confirmed",
        subject=version,
        by=by,
        mandate=held.mandate(right),
        after={"rows": rows},
        at=at,
    )
