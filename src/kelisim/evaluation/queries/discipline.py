"""Executive discipline of a quarter, as offices report it: body by body, six queries at any size.

Every figure is what is known today of the terms of that quarter; `behind` opens its rows.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Min, Q, QuerySet

from kelisim.bodies.models import Body, Kind
from kelisim.commitments.models import Commitment, Plan
from kelisim.evaluation.queries import behind
from kelisim.evaluation.queries.behind import ACTS, FATES, SEEN
from kelisim.evaluation.trees.periods import Span
from kelisim.evaluation.trees.quarters import Quarter, holding

FIGURES = ("on_control", *FATES, *ACTS)


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one body, or of all of them together (`body` is none)."""

    body: Body | None
    figures: Mapping[str, int]

    @property
    def share(self) -> float | None:
        """Done in time, of all terms that came and were decided on."""
        judged = sum(self.figures[name] for name in ("in_time", "late", "not_done"))
        return self.figures["in_time"] / judged if judged else None


@dataclass(frozen=True, slots=True)
class Discipline:
    """A quarter: its rows in the order of names, and their sum."""

    quarter: Quarter | Span
    rows: tuple[Row, ...]
    total: Row


def everywhere(_through: str) -> Q:
    return Q()


def discipline(
    quarter: Quarter | Span,
    on: date,
    language: str,
    kind: str = "",
    within: Callable[[str], Q] = everywhere,
) -> Discipline:
    """Every body that had anything on control in a quarter; of one kind where it is asked.

    `within` narrows to some commitments; it is given the way to them from what is counted.
    """
    found: dict[int, dict[str, int]] = {}

    def put(lead: int, figures: Mapping[str, int]) -> None:
        found.setdefault(lead, dict.fromkeys(FIGURES, 0)).update(figures)

    def narrowed(of: QuerySet, through: str) -> QuerySet:  # type: ignore[type-arg]
        return of.filter(within(through), **({f"{through}lead__kind": kind} if kind else {}))

    since, until = quarter.first, quarter.last
    held = narrowed(behind.controlled(since, until), "").order_by().values_list("lead_id")
    for lead, count in held.annotate(Count("pk")):
        put(lead, {"on_control": count})
    terms = narrowed(behind.terms(since, until), "commitment__").order_by()
    counts = {name: Count("pk", filter=of) for name, of in behind.fates(on).items() if of}
    for row in terms.values("commitment__lead_id").annotate(due=Count("pk"), **counts):
        put(row.pop("commitment__lead_id"), row)
    for name, act in ACTS.items():
        acts = narrowed(behind.marks(act, since, until), "commitment__").order_by()
        for lead, count in acts.values_list("commitment__lead_id").annotate(Count("pk")):
            put(lead, {name: count})
    bodies = Body.objects.filter(pk__in=found).order_by(f"order_{language}", "pk")
    rows = tuple(Row(body, found[body.pk]) for body in bodies)
    total = Row(None, {name: sum(row.figures[name] for row in rows) for name in FIGURES})
    return Discipline(quarter, rows, total)


def kinds() -> list[Kind]:
    """Kinds of bodies that lead any commitment; one query."""
    leading = Commitment.objects.values("lead__kind")
    return list(Kind.objects.filter(pk__in=leading).order_by("order", "key"))


def span() -> tuple[Quarter, Quarter] | None:
    """The quarters that plans reach over, none where there is no plan; one query."""
    found = Plan.objects.filter(Q(state__in=SEEN)).aggregate(first=Min("starts"), last=Max("ends"))
    return (holding(found["first"]), holding(found["last"])) if found["first"] else None
