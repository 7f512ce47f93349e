"""What a report holds, as it is handed in and read."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from kelisim.commitments.models import Evidence, Executor, Report, Stage
from kelisim.commitments.states import StageKind

WITH_COMMITMENT = (
    "commitment__plan",
    "commitment__lead",
    "commitment__body__kind",
    "commitment__body__unit__parent",
    "commitment__body__parent",
)
EXECUTOR = ("body__kind", "body__unit__parent", "body__parent")


def executes(commitment_id: int, body_id: int) -> bool:
    """Whether a body executes a commitment today."""
    return Executor.objects.filter(
        commitment=commitment_id, body=body_id, until__isnull=True
    ).exists()


def content(report: Report, parts: Iterable[Report]) -> dict[str, Any]:
    """A report as plain data: what its digest is made from; one query."""
    return {
        "words": report.words,
        "language": report.language,
        "percent": report.percent,
        "figures": report.figures,
        "figures_source": report.figures_source,
        "spent": report.spent,
        "evidence": [
            {
                "title": one.title,
                "file": one.file.sha256 if one.file else "",
                "address": one.address,
                "effective_on": one.effective_on.isoformat(),
                "shows_form": one.shows_form,
            }
            for one in Evidence.objects.filter(report=report).select_related("file")
        ],
        "parts": [{"body": one.body.slug, "digest": one.digest} for one in parts],
    }


def of_it(report: Report) -> Q:
    """Evidence of a report or of the parts gathered into it."""
    return Q(report=report.pk) | Q(report__into=report.pk)


def shows_form(report: Report) -> bool:
    """Whether the promised form of completion was shown, here or in what was accepted before."""
    before = Q(report__commitment=report.commitment_id, report__state="accepted")
    return Evidence.objects.filter(of_it(report) | before, shows_form=True).exists()


def terms_left(stage: Stage) -> int:
    """How many terms of the commitment besides this one are not met."""
    return (
        Stage.objects.filter(
            commitment=stage.commitment_id, kind=StageKind.TERM, met_on=None, dropped=False
        )
        .exclude(pk=stage.pk)
        .count()
    )
