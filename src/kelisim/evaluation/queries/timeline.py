"""A charter year by year: what was adopted, planned, done, decided and reported."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q
from django.db.models.functions import ExtractYear

from kelisim.charter.models import Charter, Version
from kelisim.charter.states import VersionState
from kelisim.commitments.models import Commitment, Fulfils, Plan
from kelisim.commitments.states import Status
from kelisim.evaluation.models import PeriodReport
from kelisim.evaluation.queries.behind import SEEN
from kelisim.evaluation.queries.periods import published, titled
from kelisim.meetings.models import Decision

DECISIONS = 20
"""The newest of each year; more stand on the meetings' own pages."""


@dataclass(slots=True)
class Year:
    """What happened in a year, and how the commitments whose term it is fare."""

    year: int
    versions: list[Version] = field(default_factory=list)
    acts: list[tuple[str, date]] = field(default_factory=list)
    """`in_force`, `repealed`, `superseded`, each with its day."""
    plans: int = 0
    councils: list[Plan] = field(default_factory=list)
    """The plans of the top body; how many there are in all is `plans`."""
    planned: int = 0
    done: int = 0
    overdue: int = 0
    ended: int = 0
    """Commitments of any year that were done in this one."""
    decisions: list[Decision] = field(default_factory=list)
    reports: list[tuple[PeriodReport, Mapping[str, str]]] = field(default_factory=list)


def timeline(charter: Charter) -> list[Year]:
    """The years in which anything happened, newest first; seven queries."""
    years: dict[int, Year] = {}

    def of(year: int) -> Year:
        return years.setdefault(year, Year(year))

    for version in Version.objects.filter(charter=charter, state=VersionState.PUBLISHED).order_by(
        "number"
    ):
        of(version.in_force_from.year).versions.append(version)
    for name in ("in_force_from", "repealed_on", "superseded_on"):
        if day := getattr(charter, name):
            of(day.year).acts.append((name.rsplit("_", 1)[0], day))
    carried(charter, of)
    decided(charter, of)
    for report in published():
        if report.ends.year in years:
            of(report.ends.year).reports.append((report, titled(report)))
    return [years[year] for year in sorted(years, reverse=True)]


def carried(charter: Charter, of: Callable[[int], Year]) -> None:
    """Plans and commitments by year; four queries."""
    plans = Plan.objects.filter(state__in=SEEN, version__charter=charter)
    for year, count in plans.values_list(ExtractYear("starts")).annotate(Count("pk")):
        of(year).plans = count
    for plan in plans.filter(body__unit=None).select_related("body").order_by("starts", "pk"):
        of(plan.starts.year).councils.append(plan)
    fulfilling = Fulfils.objects.filter(provision__version__charter=charter)
    found = Commitment.objects.filter(pk__in=fulfilling.values("commitment")).order_by()
    found = found.filter(plan__state__in=SEEN).exclude(status=Status.CANCELLED)
    counts = found.values("year").annotate(
        planned=Count("pk"),
        done=Count("pk", filter=Q(status__in=[Status.DONE, Status.DONE_LATE])),
        overdue=Count("pk", filter=Q(status=Status.OVERDUE)),
    )
    for row in counts:
        year = of(row["year"])
        year.planned, year.done, year.overdue = row["planned"], row["done"], row["overdue"]
    ended = found.filter(done_on__isnull=False).annotate(on=ExtractYear("done_on"))
    for year, count in ended.values_list("on").annotate(Count("pk")):
        of(year).ended = count


def decided(charter: Charter, of: Callable[[int], Year]) -> None:
    """Published decisions on items that were about the charter's provisions; one query."""
    found: defaultdict[int, list[Decision]] = defaultdict(list)
    decisions = Decision.objects.filter(
        item__provisions__version__charter=charter, published_at__isnull=False
    ).distinct()
    for decision in decisions.select_related("item").order_by("-day", "-pk"):
        found[decision.day.year].append(decision)
    for year, listed in found.items():
        of(year).decisions = listed[:DECISIONS]
