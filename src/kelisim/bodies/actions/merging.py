"""Doubles of the register are found, told apart, merged, and parted again."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localtime

from kelisim.bodies import rights
from kelisim.bodies.actions import founding
from kelisim.bodies.actions import record as records
from kelisim.bodies.actions.finding import show
from kelisim.bodies.models import Association, Body, Likeness, Merging, Proposal
from kelisim.bodies.queries import doubles
from kelisim.bodies.queries.powers import Powers, powers_at
from kelisim.bodies.queries.record import facts_of
from kelisim.bodies.rules import register as rules
from kelisim.bodies.states import ProposalState
from kelisim.bodies.trees.proposals import meanwhile, onto, side
from kelisim.bodies.trees.record import FIELDS, Facts, plain
from kelisim.ledger.actions import record
from kelisim.refusals import Refusal, require

if TYPE_CHECKING:
    from kelisim.people.models import Person

MERGED = "merging"


@transaction.atomic
def look_for_doubles(*, at: datetime) -> int:
    """Compare all records anew; gives how many likely pairs stand. Not an official act.

    Pairs that were told apart stay so; pairs that are no longer alike go.
    """
    found = {(pair.one, pair.other): pair for pair in doubles.likely()}
    apart = set(Likeness.objects.filter(apart_at__isnull=False).values_list("one_id", "other_id"))
    Likeness.objects.filter(apart_at__isnull=True).delete()
    Likeness.objects.bulk_create(
        [
            Likeness(
                one_id=pair.one,
                other_id=pair.other,
                score=pair.score,
                signs=list(pair.signs),
                found_at=at,
            )
            for key, pair in found.items()
            if key not in apart
        ],
        batch_size=200,
    )
    return len(found.keys() - apart)


def both(one: int, other: int) -> tuple[Association, Association]:
    """Two records, locked in the order of their numbers."""
    found = {pk: records.locked(pk) for pk in sorted({one, other})}
    return found[one], found[other]


@transaction.atomic
def tell_apart(one: int, other: int, *, because: str, by: "Person", at: datetime) -> Likeness:
    """Say that two records are of two associations; it is remembered."""
    first, second = both(*sorted((one, other)))
    held = powers_at(by, at)
    require(
        Refusal("bodies.merged_with_itself") if one == other else None,
        rules.may_tell_apart(held, first, second, because=because),
    )
    told = {"apart_at": at, "apart_by": by, "apart_because": because[:300]}
    likeness, _made = Likeness.objects.update_or_create(
        one=first,
        other=second,
        defaults=told,
        create_defaults={**told, "score": 0.0, "found_at": at},
    )
    record(
        "bodies.told_apart",
        subject=first,
        by=by,
        mandate=held.mandate(rights.MERGE, first.body),
        because=because,
        after={"one": first.body.slug, "other": second.body.slug},
        at=at,
    )
    return likeness


@transaction.atomic
def merge(
    keep: int,
    away: int,
    *,
    take: Collection[str] = (),
    because: str,
    by: "Person",
    at: datetime,
) -> Merging:
    """Merge a record into another, which takes these facts (keys of FIELDS) from it.

    The record merged away keeps its row, its mandates and its history; its branches move.
    """
    kept, gone = both(keep, away)
    held = powers_at(by, at)
    waiting = Proposal.objects.filter(
        association__in=[keep, away], state=ProposalState.PROPOSED
    ).count()
    require(rules.may_merge(held, kept, gone, open_proposals=waiting))
    require(None if because.strip() else Refusal("bodies.reason_needed", place="because"))
    on = localtime(at).date()
    facts = facts_of([kept, gone], on)
    wanted = [fact for fact in FIELDS if fact in take]
    before, others = plain(facts[kept.pk]), plain(facts[gone.pk])
    taken = {fact: side(others, fact) for fact in wanted}
    children = list(Body.objects.filter(parent=gone.body).order_by("pk"))
    merging = Merging.objects.create(
        kept=kept,
        away=gone,
        taken=taken,
        before={fact: side(before, fact) for fact in wanted},
        children=[child.pk for child in children],
        bin=gone.bin,
        because=because[:300],
        at=at,
        by=by,
    )
    # A number belongs to one record: the one merged away gives it up, for whoever has it now.
    gone.bin = ""
    gone.save(update_fields=["bin"])
    gone.body.merged_into = kept.body
    gone.body.save(update_fields=["merged_into"])
    put_under(children, kept.body)
    becomes = onto(facts[kept.pk], {fact: [{}, values] for fact, values in taken.items()})
    rewrite(kept, becomes, merging, by=by, held=held, at=at)
    Likeness.objects.filter(
        apart_at__isnull=True, one__in=[keep, away], other__in=[keep, away]
    ).delete()
    record(
        "bodies.doubles_merged",
        subject=kept,
        by=by,
        mandate=held.mandate(rights.MERGE, kept.body),
        because=because,
        after={
            "kept": kept.body.slug,
            "away": gone.body.slug,
            "facts": " ".join(wanted),
            "children": len(children),
        },
        at=at,
    )
    show(gone.body)
    return merging


def put_under(children: Collection[Body], above: Body) -> None:
    for child in children:
        child.parent = above
        child.save(update_fields=["parent"])
        founding.hang(child)
        child.save(update_fields=["path"])


def rewrite(
    kept: Association,
    becomes: Facts,
    merging: Merging,
    *,
    by: "Person",
    held: Powers,
    at: datetime,
) -> None:
    records.write(
        kept,
        becomes,
        source=f"{MERGED} {merging.pk}",
        as_of=None,
        verified=False,
        by=by,
        held=held,
        right=rights.MERGE,
        at=at,
    )


@transaction.atomic
def unmerge(merging_id: int, *, because: str = "", by: "Person", at: datetime) -> Merging:
    """Part what was merged: names, branches and numbers go back where they were.

    A fact of the kept record that was changed since stays as it is now.
    """
    pks = Merging.objects.values_list("kept_id", "away_id").get(pk=merging_id)
    kept, gone = both(*pks)
    merging = Merging.objects.select_for_update(of=("self",)).get(pk=merging_id)
    merging.kept = kept
    held = powers_at(by, at)
    require(rules.may_unmerge(held, merging))
    now = facts_of([kept], localtime(at).date())[kept.pk]
    there = {fact: [values, values] for fact, values in merging.taken.items()}
    changed_since = set(meanwhile(now, there))
    back = {
        fact: [merging.taken[fact], values]
        for fact, values in merging.before.items()
        if fact not in changed_since
    }
    rewrite(kept, onto(now, back), merging, by=by, held=held, at=at)
    gone.body.merged_into = None
    gone.body.save(update_fields=["merged_into"])
    children = Body.objects.filter(pk__in=merging.children, parent=kept.body)
    put_under(list(children.order_by("pk")), gone.body)
    if merging.bin and not Association.objects.filter(bin=merging.bin).exists():
        gone.bin = merging.bin
        gone.save(update_fields=["bin"])
    merging.undone_at = at
    merging.save(update_fields=["undone_at"])
    record(
        "bodies.merging_undone",
        subject=kept,
        by=by,
        mandate=held.mandate(rights.MERGE, kept.body),
        because=because,
        after={"kept": kept.body.slug, "away": gone.body.slug},
        at=at,
    )
    show(gone.body)
    return merging
