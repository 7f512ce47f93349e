"""Three years of plans told at once: each row's fate is a story of its own."""

from collections.abc import Sequence
from datetime import timedelta

from kelisim.bodies.models import Body
from kelisim.cli import fates, promises
from kelisim.cli.assembly import at
from kelisim.cli.promises import Period, Planners
from kelisim.cli.stories import Story, together
from kelisim.commitments.actions import plans
from kelisim.commitments.models import Commitment, Plan

REGION_FATES = ("done", "left", "late", "done", "sent", "overdue", "opined", "returned")
"""How the regions' rows stand now, in turn; in years that are past they were done."""
CLOSED_AFTER = 30
EXCLUDED_BEFORE = 40


def all_years(known: Planners) -> list[Story]:
    """One story for each year; each plan continues the one before."""
    return [year(period, known) for period in promises.periods(known.assembly.today)]


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
    return list(
        Body.objects.filter(kind="regional-assembly", parent=known.assembly.top).order_by("pk")
    )


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
    for place, commitment in enumerate(promises.commitments(plan)):
        name = REGION_FATES[(number + place) % len(REGION_FATES)] if period.now else "done"
        duty = fates.acting(commitment, {"now": name, "photo": place == 0}, known)
        stories.append(fates.of_row(duty, now=True))
    if not period.now:
        stories.append(closing(plan, known))
    yield from together(stories)


def closing(plan: Plan, known: Planners) -> Story:
    """A plan of which nothing is left on control is closed some weeks after its end."""
    when = at(plan.ends + timedelta(days=CLOSED_AFTER))
    yield when
    plans.close(plan.pk, by=known.assembly.clerk, at=when)
