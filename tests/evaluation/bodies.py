"""Bodies with as many terms, targets and sums as a comparison needs, put straight in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from kelisim.bodies.models import Body
from kelisim.commitments.models import Actual, Commitment, Indicator, Money, Stage, Target
from kelisim.commitments.states import Direction
from tests.bodies.people import found
from tests.commitments.world import World, approved, row, world

TODAY = date(2027, 2, 1)
DUE = date(2026, 5, 20)


@dataclass
class Record:
    """How a body did: of its terms so many in time, late, waiting, not done."""

    in_time: int = 12
    late: int = 0
    waiting: int = 0
    not_done: int = 0
    reached: int = 12
    missed: int = 0
    used: int = 80

    @property
    def terms(self) -> list[tuple[date | None, date | None]]:
        """Day handed in and day met of each."""
        late = DUE + timedelta(5)
        return (
            [(DUE, late)] * self.in_time
            + [(late, late)] * self.late
            + [(DUE, None)] * self.waiting
            + [(None, None)] * self.not_done
        )


def ground() -> tuple[World, Commitment]:
    """The council with a plan in force; of its one commitment all others are copies."""
    of = world()
    [first] = approved(of, row())
    Commitment.objects.filter(pk=first.pk).update(lead=of.other)
    first.stages.all().delete()
    first.money.all().delete()
    return of, first


def putting(
    of: World, like: Commitment, records: Sequence[Record], *, start: int = 0
) -> list[Body]:
    """A ministry for each record; each term is a commitment of its own."""
    bodies = [
        found(
            "state-body",
            f"Ministry {start + n:03}",
            slug=f"ministry-{start + n:03}",
            parent=of.council,
        )
        for n in range(len(records))
    ]
    made = [
        (record, place, Commitment(
            plan=like.plan, edition=like.edition, body=like.body, lead=body,
            key=f"{body.slug}-{place}", number=str(place + 1), position=place + 2,
            title={"en": f"Reading room {place}"}, form={"en": "act"},
            starts=date(2026, 1, 1), due_on=DUE, year=2026,
        ))
        for body, record in zip(bodies, records, strict=True)
        for place in range(max(len(record.terms), record.reached + record.missed))
    ]  # fmt: skip
    Commitment.objects.bulk_create([one for _record, _place, one in made])
    Stage.objects.bulk_create(
        Stage(
            commitment=one, first_on=DUE, due_on=DUE,
            handed_on=record.terms[place][0], met_on=record.terms[place][1],
        )
        for record, place, one in made if place < len(record.terms)
    )  # fmt: skip
    Money.objects.bulk_create(
        Money(
            commitment=one, source="local", year=2026,
            planned=Decimal(1_000_000 + 10_000 * place), spent=Decimal(10_000 * record.used),
        )
        for record, place, one in made
    )  # fmt: skip
    measured(made)
    return bodies


def measured(made: Sequence[tuple[Record, int, Commitment]]) -> None:
    """An indicator with a target each; those missed have no figure."""
    chosen = [
        (record, place, Indicator(commitment=one, name={"en": "Readers"}, direction=Direction.UP))
        for record, place, one in made
        if place < record.reached + record.missed
    ]
    Indicator.objects.bulk_create([one for _record, _place, one in chosen])
    Target.objects.bulk_create(Target(indicator=one, year=2026, value=10) for *_, one in chosen)
    Actual.objects.bulk_create(
        Actual(indicator=one, year=2026, on=DUE, value=12, source="register")
        for record, place, one in chosen
        if place < record.reached
    )


def noon(day: date) -> datetime:
    from django.utils.timezone import make_aware

    return make_aware(datetime(day.year, day.month, day.day, 12))
