"""Associations are entered in the register, and what is known of them is changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localtime

from kelisim.bodies import rights
from kelisim.bodies.actions import founding, putting
from kelisim.bodies.actions.finding import show_all
from kelisim.bodies.actions.putting import Change, Source
from kelisim.bodies.models import Association, Body
from kelisim.bodies.queries.known import Known, known, problems
from kelisim.bodies.queries.powers import Powers, powers_at
from kelisim.bodies.queries.record import facts_of
from kelisim.bodies.rules import record as rules
from kelisim.bodies.trees.record import FIELDS, Facts, changed
from kelisim.ledger.actions import record
from kelisim.refusals import require

if TYPE_CHECKING:
    from kelisim.people.models import Person

__all__ = [
    "Entering",
    "Known",
    "correct",
    "enter",
    "enter_all",
    "known",
    "locked",
    "problems",
    "write",
    "write_all",
]


@dataclass(frozen=True, slots=True)
class Entering:
    """One association to be entered; without a slug its name makes one."""

    facts: Facts
    kind: str = "association"
    slug: str = ""
    founded_on: date | None = None


@transaction.atomic
def enter(
    facts: Facts,
    *,
    kind: str = "association",
    slug: str = "",
    founded_on: date | None = None,
    source: str,
    as_of: date | None = None,
    invented: bool = False,
    by: "Person | None",
    at: datetime,
    there: Known | None = None,
) -> Association:
    """Enter an association in the register. Raises Refused with everything that is wrong.

    `there` is what `known` gave, where many are entered at once.
    """
    (association,) = enter_all(
        [Entering(facts, kind, slug, founded_on)],
        source=source,
        as_of=as_of,
        invented=invented,
        by=by,
        at=at,
        there=there,
    )
    return association


@transaction.atomic
def enter_all(
    entered: Sequence[Entering],
    *,
    source: str,
    as_of: date | None = None,
    invented: bool = False,
    by: "Person | None",
    at: datetime,
    there: Known | None = None,
) -> list[Association]:
    """Enter associations, all or none. A branch is entered after its parent, not with it.

    The queries are as many for eight hundred as for one, but for the ledger, which has an entry
    for each.
    """
    on = localtime(at).date()
    there = there or known(on)
    held = powers_at(by, at)
    require(*(problem for one in entered for problem in problems(one.facts, there)))
    bodies = []
    taken: set[str] = set()
    for one in entered:
        body = Body(
            slug=one.slug or founding.free_slug(one.facts.name, besides=taken),
            kind=there.kinds[one.kind],
            founded_on=one.founded_on,
            invented=invented,
        )
        putting.described(body, one.facts, there)
        require(rules.may_keep(held, Body(path="", unit=body.unit)))
        taken.add(body.slug)
        bodies.append(body)
    for body in Body.objects.bulk_create(bodies):
        body.path = f"{body.parent.path if body.parent else '/'}{body.pk}/"
    Body.objects.bulk_update(bodies, ["path"], batch_size=200)
    associations = []
    for one, body in zip(entered, bodies, strict=True):
        association = Association(body=body)
        putting.recorded(association, one.facts)
        associations.append(association)
    Association.objects.bulk_create(associations)
    changes = [
        Change(association, one.facts, list(FIELDS))
        for association, one in zip(associations, entered, strict=True)
    ]
    putting.put(changes, there)
    putting.declare(changes, Source(source, as_of or on))
    for change in changes:
        body = change.association.body
        there.parents[body.slug] = body
        record(
            "bodies.entered",
            subject=change.association,
            by=by,
            mandate=held.mandate(rights.REGISTER, body),
            after={
                "slug": body.slug,
                "level": change.facts.level.value,
                "territory": change.facts.unit,
            },
            at=at,
        )
    show_all(bodies)
    return associations


def locked(body_id: int) -> Association:
    """The association with its body locked: whoever changes a record stands in one line."""
    body = founding.locked(body_id)
    association = Association.objects.get(pk=body_id)
    association.body = body
    return association


@transaction.atomic
def correct(
    body_id: int,
    *,
    facts: Facts,
    source: str,
    as_of: date | None = None,
    verified: bool = False,
    by: "Person | None",
    at: datetime,
    there: Known | None = None,
) -> list[str]:
    """Make a record say this; gives the facts that changed. What did not change stays as it was.

    `verified`: the secretariat has checked it against the source that is named.
    """
    association = locked(body_id)
    held = powers_at(by, at)
    require(rules.may_keep(held, association.body))
    return write(
        association,
        facts,
        source=source,
        as_of=as_of,
        verified=verified,
        by=by,
        held=held,
        right=rights.REGISTER,
        at=at,
        there=there,
    )


def write(
    association: Association,
    facts: Facts,
    *,
    source: str,
    as_of: date | None,
    verified: bool,
    by: "Person | None",
    held: Powers,
    right: str,
    at: datetime,
    there: Known | None = None,
) -> list[str]:
    """Write what differs, declare it (or verify it), record which facts changed."""
    on = localtime(at).date()
    there = there or known(on)
    was = facts_of([association], on)[association.pk]
    different = changed(was, facts)
    if not different:
        return []
    require(*problems(facts, there, own=association.pk))
    write_all(
        [Change(association, facts, different)],
        source=Source(source, as_of or on, on if verified else None),
        by=by,
        held=held,
        right=right,
        at=at,
        there=there,
    )
    return different


def write_all(
    changes: Sequence[Change],
    *,
    source: Source,
    by: "Person | None",
    held: Powers,
    right: str,
    at: datetime,
    there: Known,
) -> None:
    """Write changes that were asked of the rules before; an entry in the ledger for each."""
    for change in changes:
        putting.save(change, there)
    putting.put(changes, there)
    putting.declare(changes, source)
    for change in changes:
        record(
            "bodies.record_changed",
            subject=change.association,
            by=by,
            mandate=held.mandate(right, change.association.body),
            after={
                "facts": " ".join(change.names),
                "verified": source.verified_on is not None,
            },
            at=at,
        )
    show_all([change.association.body for change in changes])
