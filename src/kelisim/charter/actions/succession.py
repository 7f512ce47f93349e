"""What became of each provision: proposed by comparison, confirmed by a person."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from kelisim.charter.actions.acts import PREPARER
from kelisim.charter.models import Provision, Succession, Version, Wording
from kelisim.charter.queries.sealing import main_language
from kelisim.charter.rules import publishing as rules
from kelisim.charter.states import Relation, VersionState
from kelisim.charter.trees.mapping import Piece, propose
from kelisim.ledger.actions import record
from kelisim.refusals import Refusal, Refused, require

if TYPE_CHECKING:
    from kelisim.people.models import Person

BATCH = 500


def mapped(version: Version, language: str) -> tuple[list[Piece], dict[str, int]]:
    """A version's provisions as the comparison sees them, and their keys."""
    words = {
        pk: text or title
        for pk, text, title in Wording.objects.filter(
            provision__version=version, language=language
        ).values_list("provision_id", "text", "title")
    }
    rows = list(
        version.provisions.order_by("position").values_list(
            "pk", "eid", "kind", "number", "parent__eid"
        )
    )
    found = [
        Piece(eid, kind, number, parent, words.get(pk, ""))
        for pk, eid, kind, number, parent in rows
    ]
    return found, {row[1]: row[0] for row in rows}


@transaction.atomic
def propose_successions(version: Version) -> None:
    """Compare with the version before and store what seems to have become of each provision."""
    before = (
        version.charter.versions.filter(state=VersionState.PUBLISHED, number__lt=version.number)
        .order_by("-number")
        .first()
    )
    version.successions.all().delete()
    if before is None:
        return
    language = main_language(version)
    (old, old_keys), (new, new_keys) = mapped(before, language), mapped(version, language)
    Succession.objects.bulk_create(
        [
            Succession(
                version=version,
                old_id=old_keys[row.old] if row.old else None,
                new_id=new_keys[row.new] if row.new else None,
                relation=row.relation,
                text_changed=row.text_changed,
                certainty=row.certainty,
                confirmed=row.certainty == 1.0,
            )
            for row in propose(old, new)
        ],
        batch_size=BATCH,
    )


@transaction.atomic
def confirm(
    version_id: int, *, successions: Mapping[int, str], by: "Person", at: datetime
) -> Version:
    """Confirm rows of the mapping, each with its relation. Raises Refused with every fault.

    A row that is declared added or repealed is parted in two, so that every provision of both
    versions always stands in the mapping.
    """
    version = Version.objects.select_for_update(of=("self",)).get(pk=version_id)
    require(rules.may_confirm(version, by))
    rows = {row.pk: row for row in version.successions.filter(pk__in=list(successions))}
    unknown = [
        Refusal("charter.succession_gone", place=str(pk)) for pk in successions if pk not in rows
    ]
    if unknown:
        raise Refused(*unknown)
    for pk, relation in successions.items():
        settle(rows[pk], Relation(relation))
    record(
        "charter.succession_confirmed",
        subject=version,
        by=by,
        mandate=PREPARER,
        after={"rows": len(rows)},
        at=at,
    )
    return version


def settle(row: Succession, relation: Relation) -> None:
    """One row as the person says it is."""
    paired = row.old_id is not None and row.new_id is not None
    if relation in {Relation.ADDED, Relation.REPEALED} and paired:
        Succession.objects.create(
            version_id=row.version_id, old=row.old, relation=Relation.REPEALED, confirmed=True
        )
        row.old, row.relation, row.text_changed = None, Relation.ADDED, False
    elif paired and relation not in {Relation.ADDED, Relation.REPEALED}:
        row.relation = relation
    row.confirmed = True
    row.save(update_fields=["old", "relation", "text_changed", "confirmed"])


@transaction.atomic
def join(
    version_id: int, *, old: int, new: int, relation: str, by: "Person", at: datetime
) -> Succession:
    """Say that a provision that seemed repealed became one that seemed added."""
    version = Version.objects.select_for_update(of=("self",)).get(pk=version_id)
    require(rules.may_confirm(version, by))
    loose = version.successions.filter(old_id=old, new__isnull=True) | version.successions.filter(
        new_id=new, old__isnull=True
    )
    if loose.count() != 2:  # noqa: PLR2004  (one of each)
        raise Refused(Refusal("charter.succession_not_loose"))
    loose.delete()
    texts = [
        set(Wording.objects.filter(provision_id=pk).values_list("language", "text"))
        for pk in (old, new)
    ]
    made = Succession.objects.create(
        version=version,
        old=Provision.objects.get(pk=old),
        new=Provision.objects.get(pk=new),
        relation=relation,
        text_changed=texts[0] != texts[1],
        confirmed=True,
    )
    record(
        "charter.succession_confirmed",
        subject=version,
        by=by,
        mandate=PREPARER,
        after={"rows": 1},
        at=at,
    )
    return made
