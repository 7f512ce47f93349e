"""A paper is sent round; bodies agree, or say where they do not; disagreements are settled."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localtime

from kelisim.bodies.models import Body
from kelisim.bodies.queries.powers import powers_at
from kelisim.ledger.actions import record
from kelisim.papers import rights, rules
from kelisim.papers.models import Consent, Disagreement, File, Round
from kelisim.papers.states import RoundState, Verdict
from kelisim.papers.trees.differing import Differing
from kelisim.refusals import Refusal, require

if TYPE_CHECKING:
    from kelisim.people.models import Person


@transaction.atomic
def begin_round(
    body_id: int,
    *,
    title: str,
    file: File,
    bodies: Sequence[Body],
    due_on: date | None = None,
    follows: int | None = None,
    by: "Person",
    at: datetime,
) -> Round:
    """Send a paper round. `follows`: the round of the same paper before it was changed.

    That one ends here: what was agreed there was agreed to another text.
    """
    body = Body.objects.select_related("kind", "unit__parent", "parent").get(pk=body_id)
    held = powers_at(by, at)
    today = localtime(at).date()
    before = locked(follows) if follows else None
    require(
        *rules.may_begin(held, body, title=title, bodies=len(bodies), due_on=due_on, today=today),
        *(replaced(before, body, file) if before else ()),
    )
    if before and before.state == RoundState.OPEN:
        before.state, before.closed_at = RoundState.CLOSED, at
        before.save(update_fields=["state", "closed_at"])
    round_ = Round.objects.create(
        body=body,
        title=title,
        file=file,
        due_on=due_on,
        begun_at=at,
        begun_by=by,
        follows=before,
    )
    Consent.objects.bulk_create(Consent(round=round_, body=each) for each in dict.fromkeys(bodies))
    record(
        "papers.round_begun",
        subject=round_,
        by=by,
        mandate=held.mandate(rights.KEEP, body),
        after={"sha256": file.sha256, "bodies": len(set(bodies)), "follows": follows},
        at=at,
    )
    return round_


def replaced(before: Round, body: Body, file: File) -> list[Refusal]:
    followed = Round.objects.filter(follows=before).exists()
    return rules.may_follow(before, body, followed=followed, sha256=file.sha256)


def locked(round_id: int) -> Round:
    return (
        Round.objects.select_for_update(of=("self",))
        .select_related("body__kind", "body__unit__parent", "body__parent", "file")
        .get(pk=round_id)
    )


@transaction.atomic
def say(
    consent_id: int,
    *,
    verdict: Verdict,
    remark: str = "",
    differing: Sequence[Differing] = (),
    read: str,
    by: "Person",
    at: datetime,
) -> Consent:
    """Say for one's body whether it agrees to the paper whose hash is `read`."""
    round_ = locked(Consent.objects.values_list("round_id", flat=True).get(pk=consent_id))
    consent = (
        Consent.objects.select_for_update(of=("self",))
        .select_related("body__kind", "body__unit__parent", "body__parent")
        .get(pk=consent_id)
    )
    consent.round = round_
    held = powers_at(by, at)
    require(*rules.may_say(held, consent, verdict, remark=remark, differing=differing, read=read))
    consent.post = min(held.roles(rights.APPROVE, consent.body), default="")
    before = consent.verdict
    consent.verdict, consent.remark, consent.sha256 = verdict, remark.strip(), read
    consent.by, consent.at = by, at
    consent.save()
    # What was settled stays in the table: it was said, and it was answered.
    consent.disagreements.filter(settled_at=None).delete()
    Disagreement.objects.bulk_create(
        Disagreement(consent=consent, place=row.place, drafted=row.drafted, proposed=row.proposed)
        for row in differing
    )
    record(
        "papers.consent_said",
        subject=consent,
        by=by,
        mandate=held.mandate(rights.APPROVE, consent.body),
        before={"verdict": before},
        after={"verdict": verdict.value, "sha256": read, "disagreements": len(differing)},
        at=at,
    )
    return consent


@transaction.atomic
def settle(disagreement_id: int, *, text: str, by: "Person", at: datetime) -> Disagreement:
    """Write down how a disagreement was settled."""
    row = Disagreement.objects.select_related("consent").get(pk=disagreement_id)
    round_ = locked(row.consent.round_id)
    held = powers_at(by, at)
    require(rules.may_settle(held, round_, text=text))
    row.settlement, row.settled_at = text.strip(), at
    row.save(update_fields=["settlement", "settled_at"])
    record(
        "papers.disagreement_settled",
        subject=row,
        by=by,
        mandate=held.mandate(rights.KEEP, round_.body),
        at=at,
    )
    return row


@transaction.atomic
def close_round(round_id: int, *, by: "Person", at: datetime) -> Round:
    """End the approval; who has not answered stays on the sheet as waiting."""
    round_ = locked(round_id)
    held = powers_at(by, at)
    require(rules.may_close(held, round_))
    round_.state, round_.closed_at = RoundState.CLOSED, at
    round_.save(update_fields=["state", "closed_at"])
    waiting = round_.consents.filter(verdict=Verdict.WAITING).count()
    record(
        "papers.round_closed",
        subject=round_,
        by=by,
        mandate=held.mandate(rights.KEEP, round_.body),
        after={"waiting": waiting},
        at=at,
    )
    return round_
