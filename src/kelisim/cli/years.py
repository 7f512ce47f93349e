"""Three years of plans told at once: each row's fate is a story of its own."""

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Min

from kelisim.bodies.models import Body
from kelisim.cli import districts, fates, promises
from kelisim.cli.assembly import at
from kelisim.cli.promises import Period, Planners
from kelisim.cli.stories import Story, together
from kelisim.commitments.actions import plans, standing
from kelisim.commitments.models import Commitment, Plan, Stage

REGION_FATES = ("done", "left", "late", "done", "sent", "overdue", "opined", "returned")
"""How the regions' rows stand now, in turn; in years that are past they were done."""
CLOSED_AFTER = 30
EXCLUDED_BEFORE = 40


def all_years(known: Planners) -> list[Story]:
    """One story for each year; each plan continues the one before. Nights tell the statuses."""
    periods = promises.periods(known.assembly.today)
    return [*(year(period, known) for period in periods), nights(periods[0], known)]


def nights(first: Period, known: Planners) -> Story:
    """The nights on which something may have changed by time alone: after a term, at a beginning.

    What is due is looked up again each night, because the other stories go on meanwhile.
    """
    day = first.starts + timedelta(days=30)
    while day < known.assembly.today:
        yield at(day, 2)
        standing.recompute(on=day)
        terms = Stage.objects.filter(due_on__gte=day, dropped=False).aggregate(day=Min("due_on"))
        starts = Commitment.objects.filter(starts__gt=day).aggregate(day=Min("starts"))
        term = terms["day"] + timedelta(days=1) if terms["day"] else None
        soon = day + timedelta(days=30)
        day = min(one for one in (term, starts["day"], soon) if one)
    yield at(known.assembly.today, 2)
    standing.tell(today=known.assembly.today, at=at(known.assembly.today, 2))


def year(period: Period, known: Planners) -> Story:
    """A year: the Council's plan, the regions', and everything that became of them."""
    plan = yield from promises.national(period, known)
    rows = promises.commitments(plan)
    given = promises.told()["row"]
    stories: list[Story] = [
        fates.of_row(fates.acting(commitment, row, known), now=period.now)
        for commitment, row in zip(rows, given, strict=True)
    ]
    handed = [one for one, row in zip(rows, given, strict=True) if row.get("handed")]
    for number, region in enumerate(regions(known)):
        some = [handed[(number + step) % len(handed)] for step in range(1 + period.now)]
        stories.append(region_year(plan, region, number, some, period, known))
    out = next(
        (one for one, row in zip(rows, given, strict=True) if row["now"] == "excluded"), None
    )
    if out and period.now:
        when = at(known.assembly.today - timedelta(days=EXCLUDED_BEFORE))
        stories.append(promises.amended(plan, out.number, known, when))
    if not period.now:
        stories.append(closing(plan, known))
    yield from together(stories)


def regions(known: Planners) -> list[Body]:
    found = Body.objects.filter(kind="regional-assembly", parent=known.assembly.top)
    return list(found.order_by("pk")[: known.regions])


def region_year(  # noqa: PLR0917  (one region's year)
    parent: Plan,
    region: Body,
    number: int,
    handed: Sequence[Commitment],
    period: Period,
    known: Planners,
) -> Story:
    plan = yield from promises.beneath(parent, region, known, handed)
    stories = []
    own = promises.commitments(plan)
    if council := districts.of(region):
        stories.append(district_year(plan, council, own[:1], period, known))
    for place, commitment in enumerate(own):
        name = REGION_FATES[(number + place) % len(REGION_FATES)] if period.now else "done"
        duty = fates.acting(commitment, {"now": name, "photo": place == 0}, known)
        stories.append(fates.of_row(duty, now=True))
    if not period.now:
        stories.append(closing(plan, known))
    yield from together(stories)


def district_year(
    parent: Plan, council: Body, handed: Sequence[Commitment], period: Period, known: Planners
) -> Story:
    """What a district takes up of its region's plan; this year its report was returned once."""
    plan = yield from promises.beneath(parent, council, known, handed)
    yield from together(
        fates.of_row(
            fates.acting(one, {"now": "returned" if period.now else "done", "photo": True}, known),
            now=True,
        )
        for one in promises.commitments(plan)
    )
    if not period.now:
        yield from closing(plan, known)


def closing(plan: Plan, known: Planners) -> Story:
    """A plan of which nothing is left on control is closed some weeks after its end."""
    when = at(plan.ends + timedelta(days=CLOSED_AFTER))
    yield when
    plans.close(plan.pk, by=known.assembly.clerk, at=when)
