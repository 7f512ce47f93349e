"""Public accreditation: entered by a commission's decision, revoked with a reason."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from kelisim.bodies import rights
from kelisim.bodies.actions import record as records
from kelisim.bodies.actions.founding import Act
from kelisim.bodies.models import Accreditation, Association
from kelisim.bodies.queries.powers import powers_at
from kelisim.bodies.rules import register as rules
from kelisim.bodies.trees.terms import months_after
from kelisim.ledger.actions import record
from kelisim.refusals import require

if TYPE_CHECKING:
    from kelisim.people.models import Person


def active_since(association: Association) -> date | None:
    """The first day of which the register knows that the association worked."""
    known = (association.body.founded_on, association.recorded_on)
    return min((day for day in known if day), default=None)


@transaction.atomic
def accredit(
    body_id: int,
    *,
    decision: Act,
    since: date,
    months: int = rules.MONTHS_ACCREDITED,
    by: "Person | None",
    at: datetime,
) -> Accreditation:
    """Enter an accreditation. It lasts `months`; then it is due again."""
    association = records.locked(body_id)
    held = powers_at(by, at)
    require(
        rules.may_accredit(
            held,
            association,
            since=since,
            active_since=active_since(association),
            others=list(association.accreditations.all()),
            decided=bool(decision.number.strip()),
        )
    )
    accreditation = Accreditation.objects.create(
        association=association,
        decision=decision.cited(),
        since=since,
        until=months_after(since, months),
    )
    record(
        "bodies.accredited",
        subject=accreditation,
        by=by,
        mandate=held.mandate(rights.ACCREDIT, association.body),
        after={
            "record": association.body.slug,
            "since": since.isoformat(),
            "until": accreditation.until.isoformat(),
        },
        at=at,
    )
    return accreditation


@transaction.atomic
def revoke(
    accreditation_id: int, *, on: date, because: str, by: "Person", at: datetime
) -> Accreditation:
    """End an accreditation before its term; `on` is the first day without it."""
    body_id = Accreditation.objects.values_list("association_id", flat=True).get(
        pk=accreditation_id
    )
    association = records.locked(body_id)
    accreditation = Accreditation.objects.get(pk=accreditation_id)
    accreditation.association = association
    held = powers_at(by, at)
    require(rules.may_revoke(held, accreditation, on=on, because=because))
    accreditation.revoked_on, accreditation.revoked_because = on, because
    accreditation.save(update_fields=["revoked_on", "revoked_because"])
    record(
        "bodies.accreditation_revoked",
        subject=accreditation,
        by=by,
        mandate=held.mandate(rights.ACCREDIT, association.body),
        because=because,
        after={"record": association.body.slug, "on": on.isoformat()},
        at=at,
    )
    return accreditation
