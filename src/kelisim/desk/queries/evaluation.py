"""Reports for a period on the desk: those to publish, those to write on."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from kelisim.bodies.queries.powers import Powers
from kelisim.desk.queries.items import Item
from kelisim.evaluation import rights
from kelisim.evaluation.models import PeriodReport
from kelisim.evaluation.queries.periods import open_ones, titled
from kelisim.evaluation.states import PeriodState
from kelisim.pages.templatetags.kelisim import plainly
from kelisim.people.models import Person


def reports(person: Person, held: Powers) -> Iterator[Item]:
    """What waits of reports for a period; one query, none for who writes and publishes nothing."""
    if not held.may(rights.WRITE) and not held.may(rights.PUBLISH):
        return
    for report in open_ones(held):
        if report.state == PeriodState.FROZEN:
            if held.may(rights.PUBLISH, report.body) and report.frozen_by_id != person.pk:
                yield item(report, _("A report for a period awaits publication"), _("Read it"))
        elif held.may(rights.WRITE, report.body) and report.begun_by_id == person.pk:
            yield item(report, _("A report for a period is being written"), _("Write on"))


def item(report: PeriodReport, matter: str, act: str) -> Item:
    return Item(
        since=report.frozen_at or report.begun_at,
        matter=matter,
        title=titled(report),
        detail="",
        of=plainly(report.body.name),
        act=act,
        address=reverse("evaluation:office-period", args=[report.pk]),
        state="planned" if report.state == PeriodState.FROZEN else "underway",
    )
