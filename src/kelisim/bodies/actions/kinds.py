"""Kinds of bodies and the words of the register: brought in from data, as often as one likes."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from kelisim.bodies.models import Kind, Tag
from kelisim.bodies.queries.powers import OPERATOR
from kelisim.ledger.actions import record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kelisim.bodies.readers.kinds import DraftKind, DraftTag


@transaction.atomic
def load_kinds(drafts: "Iterable[DraftKind]", *, at: datetime) -> int:
    """Make the kinds what the data say; gives how many changed. What is in use stays."""
    drafts = list(drafts)
    there = {kind.key: kind for kind in Kind.objects.prefetch_related("under")}
    under = {key: {above.key for above in kind.under.all()} for key, kind in there.items()}
    facts = {draft.key: facts_of(draft) for draft in drafts}
    different = [key for key, own in facts.items() if not agrees(there.get(key), own)]
    moved = [draft for draft in drafts if under.get(draft.key, set()) != set(draft.under)]
    Kind.objects.bulk_create(
        [Kind(key=key, **facts[key]) for key in different],
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["nature", "words", "plural", "registered", "order"],
    )
    stands = Kind.under.through
    stands.objects.filter(from_kind__in=[draft.key for draft in moved]).delete()
    stands.objects.bulk_create(
        stands(from_kind_id=draft.key, to_kind_id=above) for draft in moved for above in draft.under
    )
    changed = len(different) + len(moved)
    if changed:
        record(
            "bodies.kinds_loaded",
            subject=Kind.objects.get(key=drafts[0].key),
            by=None,
            mandate=OPERATOR,
            after={"changed": changed},
            at=at,
        )
    return changed


def facts_of(draft: "DraftKind") -> dict[str, Any]:
    return {
        "nature": draft.nature.value,
        "words": draft.words,
        "plural": draft.plural,
        "registered": draft.registered,
        "order": draft.order,
    }


def agrees(row: Kind | Tag | None, facts: dict[str, Any]) -> bool:
    """Whether a row says already what the data say."""
    return row is not None and all(getattr(row, name) == fact for name, fact in facts.items())


@transaction.atomic
def load_tags(drafts: "Iterable[DraftTag]") -> int:
    """Make the words of the register what the data say; gives how many changed."""
    known = {(tag.kind, tag.key): tag for tag in Tag.objects.all()}
    different = [
        Tag(kind=draft.kind, key=draft.key, words=draft.words, order=draft.order)
        for draft in drafts
        if not agrees(
            known.get((draft.kind, draft.key)), {"words": draft.words, "order": draft.order}
        )
    ]
    Tag.objects.bulk_create(
        different,
        update_conflicts=True,
        unique_fields=["kind", "key"],
        update_fields=["words", "order"],
    )
    return len(different)
