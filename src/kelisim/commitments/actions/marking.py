"""A mark of control and its ledger entry: how every act of control ends."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.timezone import localtime

from kelisim.bodies.queries.powers import Powers
from kelisim.commitments.actions import standing, terms
from kelisim.commitments.models import Commitment, Mark, Report, Sending, Stage
from kelisim.commitments.states import MarkKind
from kelisim.ledger.actions import record

if TYPE_CHECKING:
    from kelisim.bodies.models import Body
    from kelisim.people.models import Person


def locked(commitment_id: int) -> Commitment:
    return (
        Commitment.objects.select_for_update(of=("self",))
        .select_related(
            "plan",
            "lead__kind",
            "lead__unit__parent",
            "lead__parent",
            "body__kind",
            "body__unit__parent",
            "body__parent",
        )
        .get(pk=commitment_id)
    )


def last_sending(report: Report) -> Sending | None:
    return Sending.objects.filter(report=report).order_by("-number").first()


def mark(  # noqa: PLR0917  (what every act of control has)
    kind: MarkKind,
    commitment: Commitment,
    held: Powers,
    right: str,
    by: "Person | None",
    at: datetime,
    *,
    because: str = "",
    stage: Stage | None = None,
    report: Report | None = None,
    status: str = "",
    bodies: "tuple[Body, Body] | None" = None,
    days: tuple[date, date] | None = None,
    name_of: "Body | None" = None,
) -> Mark:
    """Keep a mark in the name of the body that acts, note it, and compute the status anew."""
    body = name_of or commitment.body
    post = min((role.value for role in held.roles(right, body)), default="")
    found = Mark.objects.create(
        commitment=commitment,
        stage=stage or (report.stage if report else None),
        sending=last_sending(report) if report else None,
        kind=kind,
        because=because.strip(),
        status=status,
        from_body=bodies[0] if bodies else None,
        to_body=bodies[1] if bodies else None,
        from_day=days[0] if days else None,
        to_day=days[1] if days else None,
        body=body,
        post=post,
        by=by,
        at=at,
    )
    record(
        ACTS[kind],
        subject=found,
        by=by,
        mandate=held.mandate(right, body),
        because=because.strip(),
        after={
            "commitment": commitment.pk,
            **({"sha256": report.digest} if report else {}),
            **({"from": bodies[0].slug, "to": bodies[1].slug} if bodies else {}),
            **({"from": days[0].isoformat(), "to": days[1].isoformat()} if days else {}),
            **({"status": status} if status else {}),
        },
        at=at,
    )
    terms.settle([commitment.pk])
    standing.recompute(on=localtime(at).date(), commitments=[commitment.pk])
    return found


ACTS = {
    MarkKind.EXECUTED: "commitments.opined",
    MarkKind.RETURNED: "commitments.returned",
    MarkKind.ASKED: "commitments.asked",
    MarkKind.REMOVED: "commitments.removed",
    MarkKind.LEFT: "commitments.left",
    MarkKind.NOT_EXECUTED: "commitments.not_executed",
    MarkKind.EXTENDED: "commitments.extended",
    MarkKind.REFUSED: "commitments.extension_refused",
    MarkKind.TRANSFERRED: "commitments.transferred",
    MarkKind.SUSPENDED: "commitments.suspended",
    MarkKind.RESUMED: "commitments.resumed",
    MarkKind.EXCLUDED: "commitments.excluded",
    MarkKind.JUDGED: "commitments.judged",
}
