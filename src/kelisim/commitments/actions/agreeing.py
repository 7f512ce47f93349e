"""An edition goes to every executor that it names; each agrees, proposes a change or disagrees.

Whoever is asked finds it on the desk and in the letter of the day.
"""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localtime

from kelisim.bodies.queries.powers import powers_at
from kelisim.calendar.queries import calendar
from kelisim.commitments import rights
from kelisim.commitments.actions import drafting
from kelisim.commitments.models import Agreement, Edition
from kelisim.commitments.queries import rows as reading
from kelisim.commitments.queries.regulating import control_rules
from kelisim.commitments.rules import plans as rules
from kelisim.commitments.states import EditionState, Say
from kelisim.ledger.actions import record
from kelisim.refusals import require

if TYPE_CHECKING:
    from kelisim.people.models import Person


@transaction.atomic
def ask(edition_id: int, *, by: "Person | None", at: datetime) -> list[Agreement]:
    """Send a draft to every executor named in it. Raises Refused with every fault of every row."""
    edition = drafting.locked(edition_id)
    held, today = powers_at(by, at), localtime(at).date()
    lines = reading.lines(edition)
    table = reading.table(lines)
    require(
        *rules.may_ask(held, edition),
        *rules.table_faults(table, reading.frame(edition, table)),
    )
    days = control_rules(edition.plan.body, today).agreement_days
    due_on = calendar(today).after(today, days)
    edition.state, edition.round = EditionState.AGREEING, edition.round + 1
    edition.save(update_fields=["state", "round"])
    asked = Agreement.objects.bulk_create(
        Agreement(edition=edition, round=edition.round, body=body, due_on=due_on)
        for body in reading.executors(table.rows())
    )
    record(
        "commitments.agreement_asked",
        subject=edition,
        by=by,
        mandate=held.mandate(rights.DRAFT, edition.plan.body),
        after={
            "round": edition.round,
            "bodies": len(asked),
            "due": due_on.isoformat(),
            "sha256": reading.content_digest(lines),
        },
        at=at,
    )
    return asked


def locked(agreement_id: int) -> Agreement:
    """An agreement, after its edition: all who change one edition stand in one line."""
    edition_id = Agreement.objects.values_list("edition_id", flat=True).get(pk=agreement_id)
    edition = drafting.locked(edition_id)
    agreement = (
        Agreement.objects.select_for_update(of=("self",))
        .select_related("body__kind", "body__unit__parent", "body__parent")
        .get(pk=agreement_id)
    )
    agreement.edition = edition
    return agreement


@transaction.atomic
def say(
    agreement_id: int,
    *,
    state: Say,
    words: str = "",
    digest: str,
    by: "Person | None",
    at: datetime,
) -> Agreement:
    """Say for one's body what it thinks of the plan; `digest` is the table that was read."""
    agreement = locked(agreement_id)
    held = powers_at(by, at)
    current = reading.content_digest(reading.lines(agreement.edition))
    require(*rules.may_say(held, agreement, state, words=words, digest=digest, current=current))
    before = agreement.state
    agreement.state, agreement.words, agreement.digest = state, words.strip(), digest
    agreement.by, agreement.at = by, at
    agreement.settlement, agreement.settled_at = "", None
    agreement.save()
    record(
        "commitments.agreement_said",
        subject=agreement,
        by=by,
        mandate=held.mandate(rights.AGREE, agreement.body),
        because=words.strip(),
        before={"state": before},
        after={"state": state.value, "sha256": digest},
        at=at,
    )
    return agreement


@transaction.atomic
def settle(agreement_id: int, *, settlement: str, by: "Person | None", at: datetime) -> Agreement:
    """Say how a disagreement was settled; it stays readable beside the reasons."""
    agreement = locked(agreement_id)
    held = powers_at(by, at)
    require(*rules.may_settle(held, agreement, settlement=settlement))
    agreement.settlement, agreement.settled_at = settlement.strip(), at
    agreement.save(update_fields=["settlement", "settled_at"])
    record(
        "commitments.agreement_settled",
        subject=agreement,
        by=by,
        mandate=held.mandate(rights.DRAFT, agreement.edition.plan.body),
        because=settlement.strip(),
        at=at,
    )
    return agreement


@transaction.atomic
def take_back(edition_id: int, *, because: str, by: "Person | None", at: datetime) -> Edition:
    """Take an edition back to be changed; what executors said of it stays readable."""
    edition = drafting.locked(edition_id)
    held = powers_at(by, at)
    require(*rules.may_take_back(held, edition, because=because))
    before, edition.state = edition.state, EditionState.DRAFT
    edition.save(update_fields=["state"])
    record(
        "commitments.taken_back",
        subject=edition,
        by=by,
        mandate=held.mandate(rights.DRAFT, edition.plan.body),
        because=because,
        before={"state": before},
        at=at,
    )
    return edition


@transaction.atomic
def conclude(edition_id: int, *, by: "Person | None", at: datetime) -> Edition:
    """Close the round: everybody agreed, was silent as the rules allow, or was settled with."""
    edition = drafting.locked(edition_id)
    held, today = powers_at(by, at), localtime(at).date()
    fall_silent_in(edition, on=today, at=at)
    agreements = list(
        Agreement.objects.filter(edition=edition, round=edition.round).select_related("body")
    )
    silence_agrees = control_rules(edition.plan.body, today).silence_agrees
    require(*rules.may_conclude(held, edition, agreements, silence_agrees=silence_agrees))
    edition.state = EditionState.AGREED
    edition.save(update_fields=["state"])
    record(
        "commitments.agreement_concluded",
        subject=edition,
        by=by,
        mandate=held.mandate(rights.DRAFT, edition.plan.body),
        after={
            "round": edition.round,
            "agreed": sum(one.state == Say.AGREED for one in agreements),
            "silent": sum(one.state == Say.SILENT for one in agreements),
            "settled": sum(bool(one.settlement) for one in agreements),
        },
        at=at,
    )
    return edition


def fall_silent_in(edition: Edition, *, on: date, at: datetime) -> None:
    """Note who said nothing in time, in a round that is locked."""
    waiting = Agreement.objects.filter(
        edition=edition, round=edition.round, state=Say.ASKED, due_on__lt=on
    )
    for agreement in waiting:
        agreement.state = Say.SILENT
        agreement.save(update_fields=["state"])
        record(
            "commitments.agreement_silent",
            subject=agreement,
            by=None,
            mandate=powers_at(None, at).mandate(rights.AGREE),
            after={"due": agreement.due_on.isoformat()},
            at=at,
        )


def fall_silent(*, on: date, at: datetime) -> int:
    """Note all who said nothing in time; says in how many editions."""
    late = (
        Agreement.objects.filter(
            state=Say.ASKED, due_on__lt=on, edition__state=EditionState.AGREEING
        )
        .values_list("edition_id", flat=True)
        .distinct()
    )
    found = sorted(late)
    for edition_id in found:
        with transaction.atomic():
            fall_silent_in(drafting.locked(edition_id), on=on, at=at)
    return len(found)
