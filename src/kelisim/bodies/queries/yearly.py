"""Who has handed in a plan or report, who has not, and whom to remind."""

from collections.abc import Collection
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from kelisim.bodies.models import Association, Mandate, Reminder, Yearly
from kelisim.bodies.queries.powers import acting
from kelisim.bodies.states import ORGANISED, YearlyKind

REMINDED_FROM = {YearlyKind.PLAN: (2, 1), YearlyKind.REPORT: (2, 1)}
"""Month and day from which the absence of this year's plan and last year's report is told."""


def expected(kind: YearlyKind, on: date) -> int:
    """The last year whose plan or report ought to be there on a day."""
    year = on.year if kind is YearlyKind.PLAN else on.year - 1
    month, day = REMINDED_FROM[kind]
    return year if (on.month, on.day) >= (month, day) else year - 1


def expected_since(kind: YearlyKind, year: int) -> date:
    """The day from which a year's plan or report ought to be there."""
    return date(year if kind is YearlyKind.PLAN else year + 1, *REMINDED_FROM[kind])


def standing(on: date) -> QuerySet[Association]:
    """The records that count on a day: neither merged away nor dissolved."""
    return Association.objects.filter(
        Q(body__dissolved_on__isnull=True) | Q(body__dissolved_on__gt=on),
        body__merged_into__isnull=True,
    )


def without(kind: YearlyKind, year: int, on: date) -> QuerySet[Association]:
    """Those that worked in a year and have not handed it in, themselves or as a double."""
    handed_in = Yearly.objects.filter(kind=kind, year=year)
    began_later = Q(body__founded_on__year__gt=year) | Q(
        body__founded_on__isnull=True, recorded_on__year__gt=year
    )
    return (
        standing(on)
        .exclude(began_later)
        .filter(
            ~Exists(handed_in.filter(association=OuterRef("pk"))),
            ~Exists(handed_in.filter(association__body__merged_into=OuterRef("pk"))),
        )
    )


def unreminded(kind: YearlyKind, year: int, on: date) -> list[int]:
    """The numbers of those without it to whom nothing was written about it; one query."""
    reminded = Reminder.objects.filter(kind=kind, year=year, association=OuterRef("pk"))
    return list(
        without(kind, year, on)
        .filter(~Exists(reminded))
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def speakers(associations: Collection[int], on: date) -> dict[int, list[Mandate]]:
    """Those with an account who speak for each association on a day; one query."""
    found: dict[int, list[Mandate]] = {pk: [] for pk in associations}
    rows = (
        acting(
            Mandate.objects.filter(
                seat__body__in=list(associations),
                seat__role__in=ORGANISED,
                person__is_active=True,
            ),
            on,
        )
        .annotate(body=F("seat__body"))
        .select_related("person")
        .order_by("pk")
    )
    seen = set()
    for row in rows:
        if (row.body, row.person_id) not in seen:
            seen.add((row.body, row.person_id))
            found[row.body].append(row)
    return found
