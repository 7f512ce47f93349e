"""A report's content: texts of people and computed tables, with every word that they need."""

from collections import defaultdict
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from kelisim.bodies.models import Body
from kelisim.evaluation.models import PeriodReport, PeriodText
from kelisim.evaluation.queries.periods import means, progress, promises
from kelisim.evaluation.states import PeriodKind, Said
from kelisim.evaluation.trees.periods import EDITION, Span, Table, Texts, as_json
from kelisim.evaluation.words import everywhere

TITLES = {
    PeriodKind.YEAR: _("Report for %(year)s"),
    PeriodKind.HALF: _("Report for half-year %(number)s of %(year)s"),
    PeriodKind.QUARTER: _("Report for quarter %(number)s of %(year)s"),
}
ROMAN = ("I", "II", "III", "IV")


def title(kind: str, span: Span) -> dict[str, str]:
    """What a report of a period is called in every language."""
    months = (span.last.month - span.first.month) + 1
    number = ROMAN[(span.last.month // months) - 1]
    return everywhere(TITLES[PeriodKind(kind)], year=span.first.year, number=number)


def titled(of: PeriodReport) -> dict[str, str]:
    """The same of a report, without its content."""
    return title(of.kind, Span(of.starts, of.ends))


def tables(body: Body, span: Span, on: date) -> list[Table]:
    """Every computed part as it is known on a day; a fixed number of queries for a charter."""
    last = min(span.last, on)
    found = [
        progress.by_status(body, span, last),
        *promises.measures(body, span, last),
        progress.by_unit(body, span, last),
        means.executive(body, span, on),
        progress.overdue(body, span, last),
        means.money(body, span),
        means.targets(body, span, on),
        means.decisions(body, span),
    ]
    return [table for table in found if table is not None]


def written(of: PeriodReport) -> list[dict[str, Any]]:
    """What people wrote, in the order of the parts: texts and posts by language; one query."""
    found: defaultdict[str, dict[str, PeriodText]] = defaultdict(dict)
    for text in PeriodText.objects.filter(report=of):
        found[text.part][text.language] = text
    return [
        {
            "part": part.value,
            "title": everywhere(part.label),
            "texts": {code: one.text for code, one in sorted(found[part].items())},
            "posts": {code: post(one) for code, one in sorted(found[part].items())},
        }
        for part in Said
        if part in found
    ]


def post(of: PeriodText) -> Texts:
    """The office in which a text was written; the system's operator has none of the council's."""
    return everywhere(_(of.post))


def composed(of: PeriodReport, on: date) -> dict[str, Any]:
    """Everything that a report says; the same tables and texts give the same content."""
    span = Span(of.starts, of.ends)
    return {
        "edition": EDITION,
        "body": {"slug": of.body.slug, "name": of.body.name},
        "title": titled(of),
        "starts": of.starts.isoformat(),
        "ends": of.ends.isoformat(),
        "number": of.number,
        "because": of.because,
        "written": written(of),
        "tables": as_json(tables(of.body, span, on)),
    }
