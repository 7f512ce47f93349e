"""Statuses are computed and kept as intervals of change, so that any past day can be shown."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from itertools import batched

from django.db import transaction

from kelisim.bodies.models import Body
from kelisim.commitments.models import Commitment, ControlRules, Night, Standing
from kelisim.commitments.queries.regulating import control_rules_for, shipped
from kelisim.commitments.queries.standing import Told, told, told_of

TOGETHER = 500
MOST_NIGHTS = 400
"""After a longer stop the days between are not told one by one."""


@transaction.atomic
def recompute(*, on: date, commitments: Collection[int] | None = None) -> int:
    """Tell the statuses of these commitments (none named: of all) on a day; how many changed.

    Repeatable. One that was told of a later day already is left as it is. A change on the day on
    which another was told takes its place.
    """
    found = few(commitments, on) if commitments is not None else everything(on)
    changed = [one for one in found if one.changed]
    for some in batched(changed, TOGETHER, strict=False):
        put(some, on)
    return len(changed)


def few(commitments: Collection[int], on: date) -> list[Told]:
    """A few commitments, each by the rules of its body."""
    bodies = Body.objects.filter(
        pk__in=Commitment.objects.filter(pk__in=commitments).values("body")
    )
    return told_of(commitments, control_rules_for(bodies, on), on)


def everything(on: date) -> Iterator[Told]:
    """All commitments: those of bodies with rules of their own apart from the others."""
    found = Commitment.objects.all()
    if not ControlRules.objects.filter(since__lte=on).exists():
        yield from told(found, shipped(), on)
        return
    by_rules = defaultdict(list)
    bodies = Body.objects.filter(pk__in=Commitment.objects.values("body"))
    for body, rules in control_rules_for(bodies, on).items():
        by_rules[rules].append(body)
    for rules, these in by_rules.items():
        yield from told(found.filter(body__in=these), rules, on)


def put(changed: Collection[Told], on: date) -> None:
    """Close what stood, open what stands, and keep the status on the commitment."""
    by_status: dict[tuple[str, str], list[Told]] = defaultdict(list)
    for one in changed:
        by_status[one.status, one.why].append(one)
    passed = [one.pk for one in changed if one.since and one.since < on]
    Standing.objects.filter(commitment__in=passed, until=None).update(until=on)
    for (status, why), some in by_status.items():
        Commitment.objects.filter(pk__in=[one.pk for one in some]).update(status=status)
        today = [one.pk for one in some if one.since == on]
        Standing.objects.filter(commitment__in=today, until=None).update(status=status, why=why)
    Standing.objects.bulk_create(
        Standing(commitment_id=one.pk, status=one.status, why=one.why, since=on)
        for one in changed
        if one.since != on
    )


def tell(*, today: date, at: datetime) -> int:
    """Tell all statuses of every day since the last one told, up to today; how many changed.

    Each day is kept with its night, or neither is: a crash between two leaves the later ones to
    the next run.
    """
    last = Night.objects.order_by("-day").values_list("day", flat=True).first()
    first = max(last, today - timedelta(days=MOST_NIGHTS)) if last else today
    total = 0
    for day in (first + timedelta(days=n) for n in range((today - first).days + 1)):
        with transaction.atomic():
            changed = recompute(on=day)
            night, _new = Night.objects.get_or_create(day=day, defaults={"told_at": at})
            night.changed, night.told_at = night.changed + changed, at
            night.save(update_fields=["changed", "told_at"])
        total += changed
    return total
