"""Reports for a period in the demonstration: published, corrected, waiting, being written."""

import tomllib
from datetime import date, datetime, timedelta
from importlib.resources import files

from kelisim.bodies.models import Body
from kelisim.cli import years
from kelisim.cli.assembly import at
from kelisim.cli.promises import Planners, periods
from kelisim.cli.stories import Story
from kelisim.evaluation.actions import periods as acting
from kelisim.evaluation.models import PeriodReport
from kelisim.evaluation.states import PeriodKind
from kelisim.evaluation.trees.periods import Span, span
from kelisim.people.models import Person

TEXTS = files("kelisim.evaluation") / "demonstration" / "reports.toml"
WRITTEN, READ, MENDED = 40, 45, 60
"""Days after a period's end on which its report is computed, published, corrected."""
REASON = "Республикалық бюджеттің бір сомасы дұрысталды. Уточнена сумма республиканского бюджета."


def all_reports(known: Planners) -> list[Story]:
    """The Assembly's of each past year and of its parts now, and one region's."""
    top, today = known.assembly.top, known.assembly.today
    past = [span("year", period.starts.year, 1) for period in periods(today) if not period.now]
    stories = [
        yearly(top, year, known, mended=place == 0)
        for place, year in enumerate(past)
        if ready(year, today)
    ]
    for region in years.regions(known)[:1]:
        stories += [yearly(region, year, known) for year in past[-1:] if ready(year, today)]
    half, quarter = latest("half", today), latest("quarter", today)
    stories.append(waiting(top, half, known))
    if quarter != half:
        stories.append(drafted(top, quarter, known))
    return stories


def ready(year: Span, today: date) -> bool:
    return year.last + timedelta(days=MENDED + 1) < today


def latest(kind: str, today: date) -> Span:
    """The last period of its kind that is over."""
    parts = {"half": 2, "quarter": 4}[kind]
    found = [
        span(kind, year, part + 1) for year in (today.year - 1, today.year) for part in range(parts)
    ]
    return max((one for one in found if one.last < today), key=lambda one: one.last)


def texts(kind: str) -> dict[tuple[str, str], str]:
    told = tomllib.loads(TEXTS.read_text())[kind]
    return {(part, code): words for part, by in told.items() for code, words in by.items()}


def begun(body: Body, kind: PeriodKind, days: Span, *, by: Person, when: datetime) -> PeriodReport:
    report = acting.begin(body.pk, kind, days, by=by, at=when)
    seen = acting.texts_digest(acting.texts(report))
    return acting.write(report.pk, texts(kind.value), seen=seen, by=by, at=when)


def yearly(body: Body, days: Span, known: Planners, *, mended: bool = False) -> Story:
    """Written by the clerk, published by the head, in one case corrected afterwards."""
    clerk, head = known.assembly.clerk, known.assembly.head
    when = at(days.last + timedelta(days=WRITTEN))
    yield when
    report = begun(body, PeriodKind.YEAR, days, by=clerk, when=when)
    report = acting.freeze(report.pk, by=clerk, at=when)
    when = at(days.last + timedelta(days=READ))
    yield when
    acting.publish(report.pk, seen=report.digest, by=head, at=when)
    if mended:
        when = at(days.last + timedelta(days=MENDED))
        yield when
        again = acting.correct(report.pk, because=REASON, by=clerk, at=when)
        again = acting.freeze(again.pk, by=clerk, at=when)
        acting.publish(again.pk, seen=again.digest, by=head, at=when)


def waiting(body: Body, days: Span, known: Planners) -> Story:
    """Computed yesterday: the head is to read it."""
    when = known.assembly.ago(1)
    yield when
    report = begun(body, PeriodKind.HALF, days, by=known.assembly.clerk, when=when)
    acting.freeze(report.pk, by=known.assembly.clerk, at=when)


def drafted(body: Body, days: Span, known: Planners) -> Story:
    """Begun and not yet finished."""
    when = known.assembly.ago(2)
    yield when
    begun(body, PeriodKind.QUARTER, days, by=known.assembly.clerk, when=when)
