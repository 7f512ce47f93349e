"""Bodies and posts as those see them who appoint: what is vacant, what ends, what goes round."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import Count, F, Q, QuerySet

from kelisim.bodies import rights
from kelisim.bodies.models import Appointment, Body, Mandate, Seat
from kelisim.bodies.queries.powers import Powers, current
from kelisim.bodies.queries.tree import standing
from kelisim.bodies.states import AppointmentState
from kelisim.bodies.trees.terms import months_after

AHEAD = timedelta(days=60)
ROTATES_AFTER = 12
OPEN = (AppointmentState.ASKED, AppointmentState.GIVEN)
KEEPING = (rights.FOUND, rights.DESCRIBE, rights.APPOINT)


class Due(StrEnum):
    """Why a post waits for those who appoint."""

    ENDS = "ends"
    ROTATES = "rotates"
    VACANT = "vacant"


@dataclass(frozen=True, slots=True)
class Post:
    """A post that waits: whose, since or until when, how many places."""

    due: Due
    seat: Seat
    mandate: Mandate | None = None
    on: date | None = None
    places: int = 0


def kept(held: Powers, on: date) -> QuerySet[Body]:
    """The standing bodies, not of the register, that somebody keeps or appoints to."""
    reached = Q(pk__in=())
    for right in KEEPING:
        reached |= held.reached(right)
    return standing(Body.objects.filter(reached, kind__registered=False), on)


def posts(held: Powers, on: date, *, limit: int | None = None) -> list[Post]:
    """Terms that end within sixty days, posts that go round, places that are empty; two queries."""
    bodies = standing(Body.objects.filter(held.reached(rights.APPOINT)), on)
    open_seat = Q(closed_on__isnull=True) | Q(closed_on__gt=on)
    seats = Seat.objects.filter(open_seat, body__in=bodies)
    ending = Q(until__isnull=False, until__lte=on + AHEAD)
    turning = Q(seat__rotates=True, since__lte=months_before(on + AHEAD))
    rows = (
        current(Mandate.objects.filter(ending | turning, seat__in=seats), on)
        .select_related("seat__body", "person", "represents")
        .order_by("until", "since", "pk")
    )
    held_now = Q(mandates__since__lte=on) & (
        Q(mandates__until__isnull=True) | Q(mandates__until__gt=on)
    )
    empty = (
        seats.filter(places__isnull=False)
        .annotate(taken=Count("mandates", filter=held_now))
        .filter(taken__lt=F("places"))
        .select_related("body")
        .order_by("body__path", "order", "pk")
    )
    found = [post_of(row) for row in (rows[:limit] if limit else rows)]
    found += [
        Post(Due.VACANT, seat, places=(seat.places or 0) - seat.taken)
        for seat in (empty[:limit] if limit else empty)
    ]
    return sorted(found, key=lambda post: (post.on is None, post.on or on))


def post_of(mandate: Mandate) -> Post:
    if mandate.seat.rotates:
        turn = months_after(mandate.since, ROTATES_AFTER)
        return Post(Due.ROTATES, mandate.seat, mandate, min(turn, mandate.until or turn))
    return Post(Due.ENDS, mandate.seat, mandate, mandate.until)


def months_before(day: date) -> date:
    return months_after(day, -ROTATES_AFTER)


def appointments(held: Powers) -> QuerySet[Appointment]:
    """The open appointments on which one's body decides, or that one has asked for."""
    asked = Body.objects.filter(held.reached(rights.CONSENT))
    mine = Body.objects.filter(held.reached(rights.APPOINT))
    return (
        Appointment.objects.filter(
            Q(consent_of__in=asked, state=AppointmentState.ASKED) | Q(seat__body__in=mine),
            state__in=OPEN,
        )
        .select_related(
            "seat__body__kind",
            "seat__body__unit__parent",
            "seat__body__parent",
            "consent_of__unit__parent",
            "consent_of__kind",
            "person",
            "represents",
            "asked_by",
        )
        .order_by("asked_at", "pk")
    )


def deputies(mandate: Mandate, on: date) -> Sequence[Mandate]:
    """Those who may act in a mandate's seat: of the same body, of one above or below; one query."""
    path = mandate.seat.body.path
    above = [int(number) for number in path.strip("/").split("/")]
    rows = current(
        Mandate.objects.filter(
            Q(seat__body__in=above) | Q(seat__body__path__startswith=path)
        ).exclude(pk=mandate.pk),
        on,
    )
    return list(
        rows.select_related("seat__body", "person").order_by("seat__body__path", "pk")[:300]
    )
