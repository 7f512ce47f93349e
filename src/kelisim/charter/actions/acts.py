"""Legal acts and charters: begun, repealed, superseded."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from kelisim.bodies.queries.powers import powers_at
from kelisim.charter import rights
from kelisim.charter.models import Act, Charter
from kelisim.charter.rules import publishing as rules
from kelisim.ledger.actions import record
from kelisim.refusals import require

if TYPE_CHECKING:
    from kelisim.people.models import Person

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Cited:
    """An act as a document cites it; words by language."""

    number: str
    date: date
    kind: Words = field(default_factory=dict)
    issuer: Words = field(default_factory=dict)
    title: Words = field(default_factory=dict)
    address: str = ""


def act_of(cited: Cited) -> Act:
    """The act that is cited, kept once."""
    act, _made = Act.objects.get_or_create(
        number=cited.number,
        date=cited.date,
        defaults={
            "kind": dict(cited.kind),
            "issuer": dict(cited.issuer),
            "title": dict(cited.title),
            "address": cited.address,
        },
    )
    return act


def locked(charter_id: int) -> Charter:
    return Charter.objects.select_for_update(of=("self",)).get(pk=charter_id)


@transaction.atomic
def repeal(charter_id: int, *, by: "Person", act: Cited, on: date, at: datetime) -> Charter:
    """Record that a charter lost its force. Raises Refused when rules.may_repeal says no."""
    charter = locked(charter_id)
    held = powers_at(by, at)
    require(rules.may_repeal(charter, held, on=on))
    charter.repealed_by, charter.repealed_on = act_of(act), on
    charter.save(update_fields=["repealed_by", "repealed_on"])
    record(
        "charter.repealed",
        subject=charter,
        by=by,
        mandate=held.mandate(rights.PUBLISH),
        after={"on": on.isoformat(), "act": act.number, "of": act.date.isoformat()},
        at=at,
    )
    return charter


@transaction.atomic
def supersede(
    charter_id: int, *, by: "Person", successor: Charter, on: date, at: datetime
) -> Charter:
    """Record that another charter took its place. Raises Refused when the rule says no."""
    charter = locked(charter_id)
    held = powers_at(by, at)
    require(rules.may_supersede(charter, held, on=on, successor=successor))
    charter.superseded_by, charter.superseded_on = successor, on
    charter.save(update_fields=["superseded_by", "superseded_on"])
    record(
        "charter.superseded",
        subject=charter,
        by=by,
        mandate=held.mandate(rights.PUBLISH),
        after={"on": on.isoformat(), "by": successor.slug},
        at=at,
    )
    return charter
