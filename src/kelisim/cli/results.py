"""Results of the charter in the demonstration: a few figures and links, plainly invented."""

import tomllib
from datetime import datetime, timedelta
from decimal import Decimal
from importlib.resources import files
from typing import Any

from kelisim.charter.models import Provision
from kelisim.cli.promises import Planners
from kelisim.cli.stories import Story
from kelisim.commitments.states import Direction
from kelisim.evaluation.actions import results as acting
from kelisim.evaluation.actions.results import Knowledge, Measure, Statement
from kelisim.evaluation.states import Known

TOLD = files("kelisim.evaluation") / "demonstration" / "results.toml"
KEPT = 60
"""Days ago on which the office entered them."""


def kept(known: Planners) -> Story:
    """The clerk enters indicators, values and links in one morning."""
    when = known.assembly.ago(KEPT)
    yield when
    told = tomllib.loads(TOLD.read_text())
    found = Provision.objects.filter(version=known.version).order_by("position")
    places = {
        "result": list(found.filter(kind="result")),
        "task": list(found.filter(kind="task")),
    }
    for one in told["indicator"]:
        enter(one, places["result"][one["result"] - 1], known, when)
    for one in told["link"]:
        cited = one.get("measure")
        below = found.get(cite=cited) if cited else places["task"][one["task"] - 1]
        above = places["task"][one["task"] - 1] if cited else places["result"][one["result"] - 1]
        what = Knowledge(Known(one["known"]), one.get("words", {}), one.get("source", ""))
        acting.link(below.pk, above.pk, what, by=known.assembly.clerk, at=when)


def enter(one: dict[str, Any], of: Provision, known: Planners, when: datetime) -> None:
    """An indicator of a result with the values of its last years."""
    year = known.assembly.today.year
    figures = {name: Decimal(one[name]) if name in one else None for name in ("baseline", "target")}
    measure = Measure(
        name=one["name"],
        unit=one["unit"],
        source=one["source"],
        direction=Direction(one["direction"]),
        baseline=figures["baseline"],
        baseline_year=year - 4 if figures["baseline"] is not None else None,
        target=figures["target"],
        target_year=year + 4 if figures["target"] is not None else None,
    )
    made = acting.keep_indicator(of.pk, measure, by=known.assembly.clerk, at=when)
    rows = one.get("years", [])
    for back, (value, margin) in zip(range(len(rows), 0, -1), rows, strict=True):
        on = when.date() - timedelta(days=back)
        source = one["source"]["kk"]
        given = Statement(
            year - back, on, Decimal(value), source, Decimal(margin) if margin else None
        )
        acting.state(made.pk, given, by=known.assembly.clerk, at=when)
