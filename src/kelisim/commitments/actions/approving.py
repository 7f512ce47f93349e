"""The chair approves an edition; on its day it comes into force and its rows are commitments."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localtime

from kelisim.bodies.queries.powers import powers_at
from kelisim.commitments import rights
from kelisim.commitments.actions import drafting, standing
from kelisim.commitments.actions.enacting import enact
from kelisim.commitments.actions.finding import put_in_index
from kelisim.commitments.models import Edition, Plan
from kelisim.commitments.queries import rows as reading
from kelisim.commitments.rules import plans as rules
from kelisim.commitments.states import EditionState, PlanState
from kelisim.ledger.actions import record
from kelisim.refusals import require

if TYPE_CHECKING:
    from kelisim.people.models import Person


@transaction.atomic
def approve(
    edition_id: int,
    *,
    number: str,
    day: date | None = None,
    in_force_from: date | None = None,
    digest: str,
    by: "Person | None",
    at: datetime,
) -> Edition:
    """Approve exactly the table that was read, by an act with its number.

    It comes into force on its day: now, where that has come.
    """
    edition = drafting.locked(edition_id)
    held, today = powers_at(by, at), localtime(at).date()
    lines = reading.lines(edition)
    table = reading.table(lines)
    current = reading.content_digest(lines)
    pk = by.pk if by else None
    require(
        *rules.may_approve(held, edition, pk, digest, current, number),
        *rules.table_faults(table, reading.frame(edition, table)),
    )
    edition.state = EditionState.APPROVED
    edition.approved_by, edition.approved_at = by, at
    edition.act = {"number": number.strip(), "date": (day or today).isoformat()}
    edition.in_force_from = in_force_from or max(today, edition.plan.starts)
    edition.digest = current
    edition.save()
    record(
        "commitments.approved",
        subject=edition,
        by=by,
        mandate=held.mandate(rights.APPROVE, edition.plan.body),
        after={
            "plan": edition.plan.slug,
            "number": edition.number,
            "sha256": current,
            "in_force_from": edition.in_force_from.isoformat(),
        },
        at=at,
    )
    if edition.in_force_from <= today:
        bring_into_force(edition.pk, at=at)
        edition.refresh_from_db()
    return edition


@transaction.atomic
def bring_into_force(edition_id: int, *, at: datetime) -> bool:
    """Make an approved edition's rows commitments, in place of the edition before; once.

    The system itself does it on the day; whoever approved it is who acted.
    """
    edition = drafting.locked(edition_id)
    if edition.state != EditionState.APPROVED:
        return False
    plan, today = edition.plan, localtime(at).date()
    Edition.objects.filter(plan=plan, state=EditionState.IN_FORCE).update(
        state=EditionState.REPLACED
    )
    edition.state = EditionState.IN_FORCE
    edition.save(update_fields=["state"])
    Plan.objects.filter(pk=plan.pk).update(state=PlanState.IN_FORCE)
    table = reading.table(reading.lines(edition))
    touched = enact(edition, table, on=today, by=None, at=at)
    record(
        "commitments.in_force",
        subject=edition,
        by=None,
        mandate=powers_at(None, at).mandate(rights.APPROVE),
        after={"plan": plan.slug, "number": edition.number, "commitments": len(touched)},
        at=at,
    )
    standing.recompute(on=today, commitments=touched)
    put_in_index(plan.pk)
    return True


def due_editions(on: date) -> list[int]:
    """The approved editions whose day has come."""
    found = Edition.objects.filter(state=EditionState.APPROVED, in_force_from__lte=on)
    return list(found.order_by("in_force_from", "pk").values_list("pk", flat=True))
