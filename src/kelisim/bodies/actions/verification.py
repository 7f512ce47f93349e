"""Facts of the register are verified, and after their term are due again."""

from collections.abc import Collection
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localtime

from kelisim.bodies import rights
from kelisim.bodies.actions import record as records
from kelisim.bodies.actions.putting import MONTHS_VERIFIED
from kelisim.bodies.models import Fact
from kelisim.bodies.queries.powers import powers_at
from kelisim.bodies.rules import record as rules
from kelisim.bodies.states import FactState
from kelisim.bodies.trees.terms import months_after
from kelisim.ledger.actions import record
from kelisim.ledger.mandates import Mandate as InTheNameOf
from kelisim.refusals import Refusal, require

if TYPE_CHECKING:
    from kelisim.people.models import Person

TERM = InTheNameOf("bodies.term_of_facts", "the term set for verified facts")


@transaction.atomic
def verify(
    body_id: int, *, facts: Collection[str], source: str, by: "Person", at: datetime
) -> list[str]:
    """Verify facts (keys of FIELDS) from a source that is named; all of them or none."""
    association = records.locked(body_id)
    rows = list(Fact.objects.filter(association=association, field__in=facts).order_by("pk"))
    for row in rows:
        row.association = association
    held = powers_at(by, at)
    refusals = dict.fromkeys(rules.may_verify(held, row, source=source) for row in rows)
    require(None if rows else Refusal("bodies.nothing_to_verify", place="facts"), *refusals)
    on = localtime(at).date()
    for row in rows:
        row.state, row.source, row.verified_on = FactState.VERIFIED, source, on
        row.as_of, row.due_on = on, months_after(on, MONTHS_VERIFIED)
    Fact.objects.bulk_update(rows, ["state", "source", "verified_on", "as_of", "due_on"])
    names = [row.field for row in rows]
    record(
        "bodies.facts_verified",
        subject=association,
        by=by,
        mandate=held.mandate(rights.VERIFY, association.body),
        after={"facts": " ".join(names)},
        at=at,
    )
    return names


@transaction.atomic
def fall_due(*, on: date, at: datetime) -> int:
    """What was verified long ago is due again; gives how many facts. An act of the system."""
    due = Fact.objects.select_for_update(of=("self",)).filter(
        state=FactState.VERIFIED, due_on__lte=on, association__body__merged_into=None
    )
    rows = list(due.select_related("association").order_by("pk"))
    if not rows:
        return 0
    # By their numbers in pieces: a query has a limit of parameters.
    for start in range(0, len(rows), 500):
        numbers = [row.pk for row in rows[start : start + 500]]
        Fact.objects.filter(pk__in=numbers).update(state=FactState.DUE)
    record(
        "bodies.facts_fell_due",
        subject=rows[0].association,
        by=None,
        mandate=TERM,
        after={"facts": len(rows), "records": len({row.association_id for row in rows})},
        at=at,
    )
    return len(rows)
