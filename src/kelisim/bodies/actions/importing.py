"""A table of the register is uploaded, looked at, applied: all of it or nothing.

Whoever calls has read the file (`readers.table`); what was read is handed in with its bytes, so
that nothing is ever applied but the file that is kept.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.timezone import localtime

from kelisim.bodies import rights
from kelisim.bodies.actions.putting import Change, Source
from kelisim.bodies.actions.record import Entering, enter_all, write_all
from kelisim.bodies.models import Association, Body, Import
from kelisim.bodies.queries.importing import Planned, Preview, preview
from kelisim.bodies.queries.powers import Powers, powers_at
from kelisim.bodies.rules import table as rules
from kelisim.bodies.sentences import placed
from kelisim.bodies.trees.table import Table
from kelisim.ledger.actions import record
from kelisim.refusals import Refusal, Refused, require

if TYPE_CHECKING:
    from kelisim.people.models import Person


@dataclass(frozen=True, slots=True)
class Read:
    """A file and what was understood of it."""

    content: bytes
    table: Table

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


@transaction.atomic
def upload(read: Read, *, name: str, by: "Person", at: datetime) -> Import:
    """Keep a file as it came, with what it would change. Nothing in the register changes."""
    held = powers_at(by, at)
    require(rules.may_import(held))
    found = preview(read.table, held=held, on=localtime(at).date())
    return Import.objects.create(
        name=name[:200],
        content=read.content,
        sha256=read.sha256,
        summary=found.counts,
        uploaded_at=at,
        uploaded_by=by,
    )


def apply(import_id: int, *, read: Read, by: "Person", at: datetime) -> dict[str, int]:
    """Bring the register to what a kept file says; gives the counts. Raises Refused.

    Every fault of the file is named at once, and then nothing is saved. Done again it changes
    nothing; another file, or the same one uploaded anew, changes only what changed.
    """
    try:
        with transaction.atomic():
            return applied(import_id, read, by, at)
    except IntegrityError as fault:
        # Somebody entered the same association while the table was being read.
        raise Refused(Refusal("bodies.register_moved")) from fault


def applied(import_id: int, read: Read, by: "Person", at: datetime) -> dict[str, int]:
    kept = Import.objects.select_for_update().get(pk=import_id)
    held = powers_at(by, at)
    require(rules.may_import(held))
    if kept.applied_at is not None:
        return {**kept.summary, "new": 0, "changed": 0}
    require(rules.may_apply(same_file=read.sha256 == kept.sha256))
    bodies = Body.objects.filter(association__isnull=False).order_by("pk")
    list(bodies.select_for_update(of=("self",)).values_list("pk", flat=True))
    found = preview(read.table, held=held, on=localtime(at).date())
    require(*(placed(fault) for fault in found.faults))
    source = kept.name
    for together in generations(found):
        enter_all(
            [Entering(one.facts, slug=one.slug) for one in together],
            source=source,
            by=by,
            at=at,
            there=found.there,
        )
    if found.changed:
        change(found, held, Source(source, localtime(at).date()), by, at)
    kept.summary, kept.applied_at = found.counts, at
    kept.save(update_fields=["summary", "applied_at"])
    if found.new or found.changed:
        record(
            "bodies.register_imported",
            subject=kept,
            by=by,
            mandate=held.mandate(rights.IMPORT),
            after={"sha256": kept.sha256, **found.counts},
            at=at,
        )
    return found.counts


def generations(found: Preview) -> list[list[Planned]]:
    """New associations so that each comes after the one that it is a branch of."""
    new = {one.slug: one for one in found.new}
    order = TopologicalSorter({slug: {one.facts.parent} & new.keys() for slug, one in new.items()})
    order.prepare()
    ready = []
    while order.is_active():
        slugs = order.get_ready()
        ready.append([one for one in found.new if one.slug in set(slugs)])
        order.done(*slugs)
    return ready


def change(found: Preview, held: Powers, source: Source, by: "Person", at: datetime) -> None:
    pks = {one.slug: one.match.record.pk for one in found.changed if one.match.record}
    associations = Association.objects.select_related("body__unit__parent", "body__parent").in_bulk(
        list(pks.values())
    )
    write_all(
        [Change(associations[pks[one.slug]], one.facts, one.different) for one in found.changed],
        source=source,
        by=by,
        held=held,
        right=rights.REGISTER,
        at=at,
        there=found.there,
    )
