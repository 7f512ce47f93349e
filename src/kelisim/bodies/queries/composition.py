"""Who sat in a body on a day, and who sat there before; a fixed number of queries at any size."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from kelisim.bodies.models import Body, Deputising, Mandate, Seat, Suspension
from kelisim.bodies.queries.powers import current
from kelisim.bodies.states import Nature, Role

HISTORY = 50


@dataclass(frozen=True, slots=True)
class Holder:
    """A mandate on the day; whether it rests, and who acts in its place."""

    mandate: Mandate
    rests: bool = False
    deputies: Sequence[Deputising] = ()


@dataclass(frozen=True, slots=True)
class Sitting:
    """A seat on the day, with whoever held it."""

    seat: Seat
    holders: Sequence[Holder]

    @property
    def vacant(self) -> int:
        """How many of its places nobody holds; none where their number is not set."""
        return max(0, (self.seat.places or 0) - len(self.holders))

    @property
    def needed(self) -> range:
        """The same, to be counted through by a template."""
        return range(self.vacant)


def public(seats: QuerySet[Seat], body: Body) -> QuerySet[Seat]:
    """The seats that everybody may see: of an association its leader, and no list of people."""
    seats = seats.filter(body=body)
    return seats.filter(role=Role.LEADER) if body.nature is Nature.ASSOCIATION else seats


def composition(body: Body, on: date, *, office: bool = False) -> list[Sitting]:
    """Every seat of a body and who held it on a day; four queries. Its kind must be read.

    `office`: every seat, not only those that everybody may see.
    """
    found = Seat.objects.filter(body=body) if office else public(Seat.objects.all(), body)
    seats = list(found.select_related("consent_of").order_by("order", "pk"))
    held: defaultdict[int, list[Mandate]] = defaultdict(list)
    rows = current(Mandate.objects.filter(seat__in=[seat.pk for seat in seats]), on)
    for mandate in rows.select_related("person", "represents").order_by("since", "pk"):
        held[mandate.seat_id].append(mandate)
    mandates = [mandate.pk for some in held.values() for mandate in some]
    resting = set(
        Suspension.objects.filter(
            Q(until__isnull=True) | Q(until__gt=on), mandate__in=mandates, since__lte=on
        ).values_list("mandate_id", flat=True)
    )
    deputies: defaultdict[int, list[Deputising]] = defaultdict(list)
    for deputising in Deputising.objects.filter(
        mandate__in=mandates, since__lte=on, until__gt=on
    ).select_related("deputy__person"):
        deputies[deputising.mandate_id].append(deputising)
    return [
        Sitting(
            seat,
            [
                Holder(mandate, mandate.pk in resting, deputies[mandate.pk])
                for mandate in held[seat.pk]
            ],
        )
        for seat in seats
        if held[seat.pk] or seat.closed_on is None or seat.closed_on > on
    ]


def history(
    body: Body, on: date, *, before: tuple[date, int] | None = None, limit: int = HISTORY
) -> list[Mandate]:
    """A page of mandates that began until a day, and one more; the newest first; one query."""
    rows = Mandate.objects.filter(seat__in=public(Seat.objects.all(), body), since__lte=on)
    if before:
        since, pk = before
        rows = rows.filter(Q(since__lt=since) | Q(since=since, pk__lt=pk))
    rows = rows.select_related("seat", "person", "represents").order_by("-since", "-pk")
    return list(rows[: limit + 1])
