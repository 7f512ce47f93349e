"""A body sets its own rules of control."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import localtime

from kelisim.bodies.models import Body
from kelisim.bodies.queries.powers import powers_at
from kelisim.commitments import rights
from kelisim.commitments.models import ControlRules
from kelisim.commitments.queries.regulating import control_rules
from kelisim.commitments.rules.control import may_regulate
from kelisim.commitments.trees import control
from kelisim.ledger.actions import record
from kelisim.refusals import require

if TYPE_CHECKING:
    from kelisim.people.models import Person


@transaction.atomic
def regulate(
    body_id: int, *, rules: Mapping[str, Any], since: date, by: "Person | None", at: datetime
) -> ControlRules:
    """Change some of a body's rules of control from a day on; the others stay as they are.

    Raises `Refused` with all that is wrong. The same again changes nothing.
    """
    body = Body.objects.select_related("kind", "unit__parent", "parent").get(pk=body_id)
    held = powers_at(by, at)
    require(may_regulate(held, body))
    before = control_rules(body, localtime(at).date())
    control.read(rules, before)
    kept, _new = ControlRules.objects.select_for_update().get_or_create(body=body, since=since)
    kept.rules = {**kept.rules, **rules}
    kept.save(update_fields=["rules"])
    record(
        "commitments.regulated",
        subject=kept,
        by=by,
        mandate=held.mandate(rights.REGULATE, body),
        after={"since": since.isoformat(), "rules": dict(rules)},
        at=at,
    )
    return kept
