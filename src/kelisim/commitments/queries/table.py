"""The controller's table of everything: what is asked for, its rows by key, counts by status.

A fixed number of queries for every role and at every size: rows are taken along an index from
where the page before ended, and what a page shows beside them is asked for its rows alone.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db.models import BigIntegerField, Count, Exists, F, OuterRef, Q, QuerySet, Sum, Value
from django.db.models.functions import Cast, Coalesce, Replace

from kelisim.bodies.models import Body
from kelisim.bodies.queries.powers import Powers
from kelisim.commitments import rights
from kelisim.commitments.models import Commitment, Executor, Fulfils, Money, Plan, Report
from kelisim.commitments.queries.digest import Own
from kelisim.commitments.queries.findable import COMMITMENT
from kelisim.commitments.states import CONTROLLED, ReportState, Status
from kelisim.search.models import Entry, Term
from kelisim.search.queries import condition
from kelisim.search.words import folded, tokens
from kelisim.territory.models import Unit

ROWS = 40
MOST_WORDS = 8
OPEN = "open"
"""Everything on control, whichever its word."""


class Sort(StrEnum):
    """The nearest term first, the latest last term first, or as plans have them."""

    TERM = "term"
    LATEST = "latest"
    PLAN = "plan"


ORDERS: dict[Sort, tuple[tuple[str, bool], ...]] = {
    Sort.TERM: (("next_on", False), ("pk", False)),
    Sort.LATEST: (("due_on", True), ("pk", True)),
    Sort.PLAN: (("plan", False), ("position", False), ("pk", False)),
}
"""Fields, and whether each runs backwards."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for: slugs, codes, states, days and words; empty where all is meant."""

    words: str = ""
    status: str = ""
    control: str = OPEN
    body: str = ""
    executor: str = ""
    region: str = ""
    plan: str = ""
    provision: str = ""
    source: str = ""
    due_from: date | None = None
    due_to: date | None = None
    sort: Sort = Sort.TERM


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose commitments somebody sees: those of bodies (none named: of all), those executed."""

    bodies: frozenset[int] | None
    executes: frozenset[int]

    def __bool__(self) -> bool:
        return self.bodies is None or bool(self.bodies or self.executes)

    def condition(self) -> Q:
        if self.bodies is None:
            return Q()
        found = Q(body__in=self.bodies)
        if self.executes:
            mine = Executor.objects.filter(
                commitment=OuterRef("pk"), body__in=self.executes, until=None
            )
            found |= Q(Exists(mine))
        return found


def scope(held: Powers) -> Scope:
    """What a person sees in the table; one query."""
    reached = held.reached(rights.CONTROL) | held.reached(rights.ISSUE)
    planning = Body.objects.filter(Exists(Plan.objects.filter(body=OuterRef("pk"))))
    seen = dict(
        planning.annotate(mine=Exists(Body.objects.filter(reached, pk=OuterRef("pk"))))
        .order_by()
        .values_list("pk", "mine")
    )
    bodies = frozenset(pk for pk, mine in seen.items() if mine)
    whole = bool(bodies) and len(bodies) == len(seen)
    return Scope(None if whole else bodies, Own.of(held).by[rights.REPORT])


def matching(asked: Asked, of: Scope) -> QuerySet[Commitment]:
    """All that passes the filters but that of the status, so that statuses can be counted."""
    found = Commitment.objects.filter(of.condition())
    if asked.control == OPEN:
        found = found.filter(control__in=CONTROLLED)
    elif asked.control:
        found = found.filter(control=asked.control)
    plain = {
        "body__slug": asked.body,
        "plan__slug": asked.plan,
        "due_on__gte": asked.due_from,
        "due_on__lte": asked.due_to,
    }
    found = found.filter(**{name: value for name, value in plain.items() if value})
    if asked.executor:
        theirs = Executor.objects.filter(
            commitment=OuterRef("pk"), body__slug=asked.executor, until=None
        )
        found = found.filter(Exists(theirs))
    if asked.region:
        units = Unit.objects.filter(Q(kato=asked.region) | Q(parent__kato=asked.region))
        found = found.filter(unit__in=units.values("pk"))
    if asked.provision:
        fulfilling = Fulfils.objects.filter(provision__eid=asked.provision)
        found = found.filter(pk__in=fulfilling.order_by().values("commitment"))
    if asked.source:
        paid = Money.objects.filter(source=asked.source, planned__gt=0)
        found = found.filter(pk__in=paid.order_by().values("commitment"))
    return found.filter(named(asked.words)) if asked.words.strip() else found


def named(words: str) -> Q:
    """Whatever has each of these words in its title, description or form."""
    asked = list(dict.fromkeys(tokens(folded(words)[:400].replace("\x00", ""))))[:MOST_WORDS]
    if not asked:
        return Q(pk__in=())
    entries = Entry.objects.filter(kind=COMMITMENT)
    for place, token in enumerate(asked):
        terms = Term.objects.filter(condition(token, beginning=place == len(asked) - 1))
        entries = entries.filter(pk__in=terms.values("entry_id"))
    number = Cast(Replace("reference", Value("/"), Value("")), BigIntegerField())
    return Q(pk__in=entries.annotate(of=number).values("of"))


def counts(asked: Asked, of: Scope) -> dict[str, int]:
    """How many of each status; one query.

    Grouped by an expression, so that SQLite does not read everything in the order of an index.
    """
    found = matching(asked, of).order_by().annotate(of=Coalesce("status", Value("")))
    rows = found.values("of").annotate(count=Count("pk"))
    known = {row["of"]: row["count"] for row in rows}
    return {status.value: known.get(status.value, 0) for status in Status}


@dataclass(frozen=True, slots=True)
class Row:
    """A commitment as the table shows it."""

    commitment: Commitment
    others: Sequence[Body] = ()
    report: Report | None = None
    planned: Decimal = Decimal(0)
    spent: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Cut:
    """A page of the table; `after` is where the next one begins."""

    rows: Sequence[Row] = field(default_factory=list)
    after: str = ""


def rows(asked: Asked, of: Scope, after: str = "", many: int = ROWS) -> Cut:
    """A page; four queries."""
    found = ordered(asked, of, after)
    page = list(
        found.select_related("plan", "body", "lead").defer("description", "risks", "section")[
            : many + 1
        ]
    )
    shown = page[:many]
    return Cut(beside(shown), cursor(shown[-1], asked) if len(page) > many else "")


def ordered(asked: Asked, of: Scope, after: str = "") -> QuerySet[Commitment]:
    """Everything asked for in its order, from behind a cursor."""
    found = matching(asked, of)
    if asked.status:
        found = found.filter(status=asked.status)
    order = ORDERS[asked.sort]
    if asked.sort is Sort.TERM:
        found = found.annotate(coming=Coalesce("next_on", "due_on")) if ended(asked) else found
        order = (("coming", False), ("pk", False)) if ended(asked) else order
        found = found if ended(asked) else found.filter(next_on__isnull=False)
    if after and (values := placed(after, len(order))):
        found = found.filter(behind(order, values))
    return found.order_by(*(f"-{name}" if back else name for name, back in order))


def ended(asked: Asked) -> bool:
    """Whether what is asked for may have no term left: then its last one stands for the nearest."""
    return asked.control not in (OPEN, *CONTROLLED)


def cursor(last: Commitment, asked: Asked) -> str:
    """Where a page ended, as its address says it."""
    match asked.sort:
        case Sort.TERM:
            values: tuple[Any, ...] = (last.next_on or last.due_on,)
        case Sort.LATEST:
            values = (last.due_on,)
        case Sort.PLAN:
            values = (last.plan_id, last.position)
    return "~".join(str(value) for value in (*values, last.pk))


def placed(after: str, parts: int) -> tuple[Any, ...] | None:
    """The values of a cursor; none where somebody wrote it by hand."""
    texts = after.split("~")
    if len(texts) != parts:
        return None
    try:
        return tuple(int(text) if text.isdecimal() else date.fromisoformat(text) for text in texts)
    except ValueError:
        return None


def behind(order: Sequence[tuple[str, bool]], values: Sequence[Any]) -> Q:
    """Rows that come after these values in an order of several fields."""
    found, same = Q(pk__in=()), Q()
    for (name, back), value in zip(order, values, strict=True):
        found |= same & Q(**{f"{name}__{'lt' if back else 'gt'}": value})
        same &= Q(**{name: value})
    (first, back), value = order[0], values[0]
    return Q(**{f"{first}__{'lte' if back else 'gte'}": value}) & found


def beside(shown: Sequence[Commitment]) -> list[Row]:
    """The rows with co-executors, last report and money; three queries."""
    keys = [one.pk for one in shown]
    others: Mapping[int, list[Body]] = defaultdict(list)
    for executor in (
        Executor.objects.filter(commitment__in=keys, part="co", until=None)
        .select_related("body")
        .order_by("position", "pk")
    ):
        others[executor.commitment_id].append(executor.body)
    reports = {
        report.commitment_id: report
        for report in Report.objects.filter(
            commitment__in=keys, body=F("commitment__lead"), handed_at__isnull=False
        )
        .exclude(state=ReportState.DRAFT)
        .defer("words")
        .order_by("handed_at", "pk")
    }
    money = {
        row["commitment"]: row
        for row in Money.objects.filter(commitment__in=keys)
        .order_by()
        .values("commitment")
        .annotate(planned=Sum("planned"), spent=Sum("spent"))
    }
    found = []
    for one in shown:
        row = Row(one, others[one.pk], reports.get(one.pk))
        if sums := money.get(one.pk):
            row = replace(row, planned=sums["planned"], spent=sums["spent"])
        found.append(row)
    return found


def choices(of: Scope) -> tuple[QuerySet[Body], QuerySet[Body]]:
    """The bodies whose plans these are, and those that lead anything; two queries."""
    planning = Body.objects.filter(Exists(Plan.objects.filter(body=OuterRef("pk"))))
    if of.bodies is not None:
        planning = planning.filter(pk__in=of.bodies)
    leading = Body.objects.filter(Exists(Commitment.objects.filter(lead=OuterRef("pk"))))
    return planning, leading
