"""How far the charter's measures had come, by its parts."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from kelisim.bodies.models import Body
from kelisim.charter.models import Charter, Wording
from kelisim.commitments.models import Plan
from kelisim.evaluation.queries.behind import SEEN
from kelisim.evaluation.queries.coverage import Asked, coverage, holding
from kelisim.evaluation.queries.periods.scope import within
from kelisim.evaluation.trees.coverage import State, Step, Tally
from kelisim.evaluation.trees.periods import Cell, Column, Kind, Span, Table, Texts
from kelisim.evaluation.words import STEPS, everywhere


def measures(body: Body, span: Span, on: date) -> Iterator[Table]:
    """A table for each charter that plans of the period carry out; eight queries each."""
    for charter in carried_out(body, span):
        version = holding(charter.slug, on)
        if version is None:
            continue
        unit = None if body.parent_id is None else body.unit_id
        found = coverage(version, Asked(year=span.last.year, unit=unit), on, "kk")
        titles = headings(part.heading.pk for part in found.parts if part.heading)
        parts: list[tuple[Cell, ...]] = [
            line(titles[part.heading.pk] if part.heading else everywhere(_("Other")), part.tally)
            for part in found.parts
        ]
        yield Table(
            f"measures-{charter.slug}",
            {code: words for code, words in charter.title.items() if words},
            everywhere(
                _("Measures by how far the commitments of %(year)s brought them, when computed."),
                year=span.last.year,
            ),
            (
                Column(everywhere(_("Part of the document")), Kind.WORDS),
                Column(everywhere(_("Measures"))),
                *(Column(everywhere(STEPS[step.value])) for step in Step),
                Column(everywhere(_("nothing planned"))),
            ),
            (*parts, line(everywhere(_("All")), found.tally)),
            sums=True,
        )


def line(name: Texts, tally: Tally) -> tuple[Cell, ...]:
    steps = (tally.steps[step] for step in Step)
    return (name, tally.rows, *steps, tally.states[State.NOTHING])


def carried_out(body: Body, span: Span) -> list[Charter]:
    """The charters that plans of the period stand on; one query."""
    plans = Plan.objects.filter(
        state__in=SEEN, starts__lte=span.last, ends__gte=span.first, version__isnull=False
    )
    versions = plans.filter(within(body)("commitments__")).values("version")
    return list(Charter.objects.filter(versions__in=versions).distinct().order_by("pk"))


def headings(provisions: Iterable[int]) -> dict[int, Texts]:
    """Titles of headings in every language that has them; one query."""
    found: defaultdict[int, dict[str, str]] = defaultdict(dict)
    rows = Wording.objects.filter(provision__in=list(provisions))
    for pk, language, title, text in rows.values_list("provision", "language", "title", "text"):
        found[pk][language] = title or text
    return dict(found)
