"""One act on many commitments: tried first, then done whole, once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F

from kelisim.bodies.models import Body
from kelisim.commitments.actions import control, extending
from kelisim.commitments.models import Bulk, Commitment, Extension, Report
from kelisim.commitments.states import ExtensionState, ReportState
from kelisim.refusals import Refusal, Refused, require

if TYPE_CHECKING:
    from kelisim.people.models import Person

MOST = 200
"""So many at once: a person reads them all before they act."""

type Given = Mapping[str, Any]
type Act = Callable[[Commitment, Given, "Person | None", datetime], object]


@dataclass(frozen=True, slots=True)
class Trial:
    """What would become of one: why not, or nothing that stands against it."""

    commitment: Commitment
    report: Report | None
    refusals: tuple[Refusal, ...] = ()


class Undone(Exception):
    """A trial is over."""


def on_report(act: Callable[..., object], state: ReportState) -> Act:
    """An act on the report that waits, bound to what was read of it; a trial has read it now."""

    def acted(of: Commitment, given: Given, by: "Person | None", at: datetime) -> object:
        report = reports([of], state).get(of.pk)
        if report is None:
            raise Refused(Refusal("commitments.no_report_waits", number=of.number))
        digests = given.get("digests")
        read = report.digest if digests is None else digests.get(of.pk, "")
        return act(report.pk, digest=read, by=by, at=at)

    return acted


def reports(found: Sequence[Commitment], state: ReportState) -> dict[int, Report]:
    """The lead executors' reports that wait in a state, that of the nearest term; one query."""
    waiting = Report.objects.filter(
        commitment__in=found, body=F("commitment__lead"), state=state
    ).select_related("body")
    nearest: dict[int, Report] = {}
    for report in waiting.order_by("stage__due_on", "pk"):
        nearest.setdefault(report.commitment_id, report)
    return nearest


def granted(of: Commitment, given: Given, by: "Person | None", at: datetime) -> object:
    """The later term that its executor asked for."""
    asked = Extension.objects.filter(stage__commitment=of, state=ExtensionState.ASKED).first()
    if asked is None:
        raise Refused(Refusal("commitments.no_extension_asked", number=of.number))
    return extending.extend(asked.pk, answer=given.get("because", ""), by=by, at=at)


def reasoned(act: Callable[..., object]) -> Act:
    return lambda of, given, by, at: act(of.pk, because=given["because"], by=by, at=at)


def transferred(of: Commitment, given: Given, by: "Person | None", at: datetime) -> object:
    """To the executor that was chosen; while none is, to any other, so that the rest is tried."""
    others = Body.objects.filter(dissolved_on=None, merged_into=None).exclude(pk=of.lead_id)
    to = given.get("to_body") or others.values_list("pk", flat=True).first()
    return extending.transfer(
        of.pk, to_body_id=int(to or 0), because=given["because"], by=by, at=at
    )


ACTS: dict[str, Act] = {
    "opine": on_report(control.opine, ReportState.SENT),
    "remove": on_report(control.remove, ReportState.EXECUTED),
    "leave": on_report(control.leave, ReportState.EXECUTED),
    "extend": granted,
    "suspend": reasoned(control.suspend),
    "resume": reasoned(control.resume),
    "transfer": transferred,
}
BOUND = {
    "opine": ReportState.SENT,
    "remove": ReportState.EXECUTED,
    "leave": ReportState.EXECUTED,
}
"""Acts on a report, and where it waits for them."""
USED = Refusal("commitments.another_act")
"""The token belongs to another act: nobody is told that it was done to these."""


def chosen_ones(chosen: Sequence[int]) -> list[Commitment]:
    """The commitments in the order of their plans; more than a person reads are refused."""
    if len(chosen) > MOST:
        raise Refused(Refusal("commitments.too_many", count=len(chosen), most=MOST))
    found = Commitment.objects.filter(pk__in=chosen).select_related("plan", "body", "lead")
    return list(found.order_by("plan", "position", "pk"))


def tried(
    act: str, chosen: Sequence[int], given: Given, *, by: "Person | None", at: datetime
) -> list[Trial]:
    """What the act would do to each; nothing of it stays."""
    found = chosen_ones(chosen)
    state = BOUND.get(act)
    waiting = reports(found, state) if state else {}
    trials = []
    for one in found:
        refusals: tuple[Refusal, ...] = ()
        try:
            with transaction.atomic():
                ACTS[act](one, given, by, at)
                raise Undone  # noqa: TRY301  (the transaction is what shall be undone)
        except Undone:
            pass
        except Refused as refused:
            refusals = refused.refusals
        trials.append(Trial(one, waiting.get(one.pk), refusals))
    return trials


@transaction.atomic
def do(
    act: str,
    chosen: Sequence[int],
    given: Given,
    token: str,
    *,
    by: "Person | None",
    at: datetime,
) -> int:
    """Do it to all or to none; how many. The same token again does nothing more.

    Raises Refused with every reason, each at the number of its commitment. An act on reports is
    bound to the digests that are given: what was not read is not acted on.
    """
    given = {"digests": {}, **given}
    kept, new = Bulk.objects.select_for_update().get_or_create(
        token=token, defaults={"act": act, "count": len(chosen), "by": by, "at": at}
    )
    if not new:
        require(None if (kept.act, kept.by, kept.count) == (act, by, len(chosen)) else USED)
        return kept.count
    refusals: list[Refusal | None] = []
    for one in chosen_ones(chosen):
        try:
            with transaction.atomic():
                ACTS[act](one, given, by, at)
        except Refused as refused:
            refusals += [
                Refusal(each.code, place=one.number, **dict(each.facts))
                for each in refused.refusals
            ]
    require(*refusals)
    return kept.count
