"""An edition's official table with all that stands over and under it, as a file is written."""

from babel.dates import format_date

from kelisim.commitments.models import Edition
from kelisim.commitments.queries import plans, rows
from kelisim.commitments.trees.official import Official
from kelisim.commitments.trees.sheet import LANGUAGES, Ground
from kelisim.pages.languages import spoken


def official(edition: Edition) -> Official:
    """Two queries; `edition.plan.body` is given."""
    of = edition.plan
    table = rows.table(rows.lines(edition))
    bodies = plans.named(table)
    labels = {
        code: {slug: plans.label(body, code) for slug, body in bodies.items()} for code in LANGUAGES
    }
    unit = plans.unit_of(table.rows())
    approved = plans.approved_on(edition)
    number = edition.act.get("number", "")
    return Official(
        table=table,
        title=of.title,
        ground=Ground("kk", plans.period(of), {}, labels["kk"], unit),
        labels=labels,
        corner={
            code: (
                spoken(of.body.name, code).text,
                format_date(approved, "long", locale=code) + (f", № {number}" if number else ""),
            )
            for code in LANGUAGES
            if approved
        },
        closing={code: plans.abbreviations(bodies.values(), code) for code in LANGUAGES},
    )
