"""A comparison of bodies is kept: with all that it follows from."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localtime

from kelisim.bodies.queries.powers import powers_at
from kelisim.evaluation import rights
from kelisim.evaluation.models import Run
from kelisim.evaluation.queries import effectiveness as reading
from kelisim.evaluation.queries.effectiveness import Group
from kelisim.evaluation.rules import effectiveness as rules
from kelisim.evaluation.trees import comparing
from kelisim.evaluation.trees.comparing import Asked
from kelisim.evaluation.trees.formula import Formula, as_json
from kelisim.ledger.actions import record
from kelisim.refusals import require

if TYPE_CHECKING:
    from kelisim.people.models import Person


@transaction.atomic
def keep(
    group: Group,
    year: int,
    *,
    formula: Formula,
    asked: Asked,
    by: "Person | None",
    at: datetime,
) -> Run:
    """Compute a comparison from what is known now, and keep it; nothing of it ever changes."""
    held = powers_at(by, at)
    require(rules.may_keep(held))
    on = localtime(at).date()
    inputs = reading.inputs(reading.bodies(group, "kk"), year, on)
    results = comparing.compare(inputs, formula, asked, seed=formula.seed)
    run = Run.objects.create(
        kind=group.kind,
        level=group.level,
        year=year,
        on=on,
        formula=as_json(formula),
        engine=results["engine"],
        seed=formula.seed,
        rule=asked.rule.value,
        weights=dict(asked.weights),
        inputs=inputs,
        inputs_digest=comparing.digest(inputs),
        results=results,
        results_digest=comparing.digest(results),
        by=by,
        at=at,
    )
    record(
        "evaluation.compared",
        subject=run,
        by=by,
        mandate=held.mandate(rights.RUN),
        after={
            "group": group.key,
            "year": year,
            "inputs": run.inputs_digest,
            "results": run.results_digest,
        },
        at=at,
    )
    return run
