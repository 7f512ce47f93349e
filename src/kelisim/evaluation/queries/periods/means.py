"""With what, how well, and by which decisions: money, discipline, targets, decisions."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from kelisim.bodies.models import Body
from kelisim.commitments.models import Money
from kelisim.commitments.states import Control, Direction, Source
from kelisim.evaluation.queries import behind
from kelisim.evaluation.queries.discipline import FIGURES, Row, discipline
from kelisim.evaluation.queries.periods.progress import MOST
from kelisim.evaluation.queries.periods.scope import during, own, within
from kelisim.evaluation.trees.periods import Cell, Column, Kind, Span, Table
from kelisim.evaluation.words import FIGURES as CALLED
from kelisim.evaluation.words import everywhere
from kelisim.meetings.models import Decision

EXACT = DecimalField(max_digits=20, decimal_places=2)
IN_ORDER = (
    *("indicator__commitment__plan", "indicator__commitment__position"),
    *("indicator__position", "indicator", "pk"),
)
SUMS = ("planned", "allocated", "spent")


def money(body: Body, span: Span) -> Table:
    """By source; money is known by years, so of a quarter it is that of its year. One query."""
    found = (
        Money.objects.filter(
            within(body)("commitment__"), during(span, "commitment__"), year__in=span.years
        )
        .exclude(commitment__control=Control.EXCLUDED)
        .order_by()
        .values_list("source")
        .annotate(
            **{f"all_{name}": Coalesce(Sum(name), Decimal(0), output_field=EXACT) for name in SUMS}
        )
    )
    by_source = {source: sums for source, *sums in found}
    nothing = [Decimal(0)] * len(SUMS)
    listed = {source: by_source.get(source, nothing) for source in Source}
    whole = [sum(column, Decimal(0)) for column in zip(*listed.values(), strict=True)]
    rows: list[tuple[Cell, ...]] = [
        (everywhere(source.label), *map(amount, sums)) for source, sums in listed.items()
    ]
    return Table(
        "money",
        everywhere(_("Money")),
        everywhere(_("In tenge, for whole years: %(years)s."), years=said(span)),
        (
            Column(everywhere(_("Source of money")), Kind.WORDS),
            Column(everywhere(_("Planned")), Kind.MONEY),
            Column(everywhere(_("Allocated")), Kind.MONEY),
            Column(everywhere(_("Spent")), Kind.MONEY),
        ),
        (*rows, (everywhere(_("All")), *map(amount, whole))),
        sums=True,
    )


def amount(value: Decimal) -> str:
    return f"{value:.2f}"


def said(span: Span) -> str:
    return ", ".join(map(str, span.years))


def executive(body: Body, span: Span, on: date) -> Table:
    """Executive discipline of the period, body by body; six queries."""
    found = discipline(span, on, "kk", within=within(body))

    def line(of: Row) -> tuple[Cell, ...]:
        rate = None if of.share is None else round(of.share, 4)
        name = of.body.name if of.body else everywhere(_("All"))
        return (name, *(of.figures[name] for name in FIGURES), rate)

    return Table(
        "discipline",
        everywhere(_("Executive discipline")),
        everywhere(_("Terms that fell into the period, by the body that leads the commitment.")),
        (
            Column(everywhere(_("Body")), Kind.WORDS),
            *(Column(everywhere(CALLED[name])) for name in FIGURES),
            Column(everywhere(_("In time, of those decided on")), Kind.SHARE),
        ),
        tuple(line(row) for row in (*found.rows, found.total)),
        sums=True,
    )


def targets(body: Body, span: Span, on: date) -> Table:
    """Indicators of the body's own plans against the targets of the years; two queries a year."""
    rows: list[tuple[Cell, ...]] = []
    left = 0
    for year in span.years:
        found = behind.targets(year, on).filter(own(body, "indicator__commitment__plan__body__"))
        listed = found.select_related("indicator__commitment").order_by(*IN_ORDER)
        shown = list(listed[:MOST])
        left += found.count() - len(shown) if len(shown) == MOST else 0
        rows += [line(one, year) for one in shown]
    return Table(
        "targets",
        everywhere(_("Indicators against their targets")),
        everywhere(
            _("Of plans of this body and its own councils, where the year or the term is over.")
        ),
        (
            Column(everywhere(_("No.")), Kind.WORDS),
            Column(everywhere(_("Indicator")), Kind.WORDS),
            Column(everywhere(_("Unit")), Kind.WORDS),
            Column(everywhere(_("Year")), Kind.WORDS),
            Column(everywhere(_("Target")), Kind.FIGURE),
            Column(everywhere(_("Actual")), Kind.FIGURE),
            Column(everywhere(_("Reached")), Kind.WORDS),
        ),
        tuple(rows),
        left=left,
    )


def line(of: Any, year: int) -> tuple[Cell, ...]:
    """A target with what came of it; what nobody stated is said to be unknown."""
    indicator, actual = of.indicator, of.actual
    if actual is None:
        reached = everywhere(_("not stated"))
    else:
        up = indicator.direction == Direction.UP
        hit = actual >= of.value if up else actual <= of.value
        reached = everywhere(_("reached") if hit else _("not reached"))
    return (
        indicator.commitment.number,
        indicator.name,
        indicator.unit,
        str(year),
        plain(of.value),
        None if actual is None else plain(actual),
        reached,
    )


def plain(value: Decimal) -> str:
    """Without the noughts that the database adds."""
    return f"{value.normalize():f}"


def decisions(body: Body, span: Span) -> Table:
    """Published decisions of the body's meetings; two queries."""
    found = Decision.objects.filter(
        own(body, "item__meeting__body__"),
        published_at__isnull=False,
        day__range=(span.first, span.last),
    )
    listed = list(found.order_by("day", "pk").values_list("number", "day", "title")[:MOST])
    whole = found.count() if len(listed) == MOST else len(listed)
    return Table(
        "decisions",
        everywhere(_("Decisions taken")),
        everywhere(_("Published decisions of this body and of its own councils.")),
        (
            Column(everywhere(_("No.")), Kind.WORDS),
            Column(everywhere(_("Day")), Kind.DAY),
            Column(everywhere(_("Decision")), Kind.WORDS),
        ),
        tuple((number, day.isoformat(), title) for number, day, title in listed),
        left=whole - len(listed),
    )
