"""Kinds of bodies and the words of the register: brought in from data, as often as one likes."""

from datetime import datetime
from typing import TYPE_CHECKING

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
    changed = 0
    drafts = list(drafts)
    known = {kind.key: kind for kind in Kind.objects.prefetch_related("under")}
    under = {key: {above.key for above in kind.under.all()} for key, kind in known.items()}
    for draft in drafts:
        facts = {
            "nature": draft.nature.value,
            "words": draft.words,
            "plural": draft.plural,
            "registered": draft.registered,
            "order": draft.order,
        }
        kind = known.get(draft.key)
        if kind is None or any(getattr(kind, name) != fact for name, fact in facts.items()):
            known[draft.key], _made = Kind.objects.update_or_create(key=draft.key, defaults=facts)
            changed += 1
    for draft in drafts:
        if under.get(draft.key, set()) != set(draft.under):
            known[draft.key].under.set([known[key] for key in draft.under])
            changed += 1
    if changed:
        subject = known[drafts[0].key]
        after = {"changed": changed}
        record(
            "bodies.kinds_loaded", subject=subject, by=None, mandate=OPERATOR, after=after, at=at
        )
    return changed


@transaction.atomic
def load_tags(drafts: "Iterable[DraftTag]") -> int:
    """Make the words of the register what the data say; gives how many changed."""
    known = {(tag.kind, tag.key): tag for tag in Tag.objects.all()}
    changed = 0
    for draft in drafts:
        facts = {"words": draft.words, "order": draft.order}
        tag = known.get((draft.kind, draft.key))
        if tag is None or any(getattr(tag, name) != fact for name, fact in facts.items()):
            Tag.objects.update_or_create(kind=draft.kind, key=draft.key, defaults=facts)
            changed += 1
    return changed
