"""What happened to a commitment: a body and a post did it, never a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils.timezone import localtime, make_aware

from kelisim.bodies.models import Body
from kelisim.bodies.states import Role
from kelisim.commitments.models import Commitment, Edition, Extension, Mark, Sending, Standing
from kelisim.commitments.states import MarkKind, Status


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a commitment: a body and a post did it, never a person."""

    at: datetime
    kind: str
    body: Body | None = None
    post: str = ""
    because: str = ""
    row: Edition | Standing | Mark | Sending | Extension | None = None

    @property
    def day(self) -> date:
        return localtime(self.at).date()


def events(
    found: Commitment,
    marks: Sequence[Mark],
    sendings: Sequence[Sending],
    extensions: Sequence[Extension],
) -> list[Event]:
    """What happened, newest first; two queries more, for editions and what was computed."""
    editions = Edition.objects.filter(
        plan=found.plan_id, lines__key=found.key, approved_at__isnull=False
    )
    standings = Standing.objects.filter(
        commitment=found, status__in=[Status.AT_RISK, Status.OVERDUE]
    )
    told = [
        *(
            Event(edition.approved_at, "approved", found.body, str(Role.CHAIR.label), row=edition)
            for edition in editions.order_by("number")
            if edition.approved_at
        ),
        *(Event(beginning(one.since), "standing", row=one) for one in standings.order_by("since")),
        *(Event(one.at, "handed_in", one.report.body, row=one) for one in sendings),
        *(
            Event(one.asked_at, "extension_asked", one.body, because=one.because, row=one)
            for one in extensions
        ),
        *(
            Event(
                one.at,
                one.kind,
                one.body,
                str(Role(one.post).label) if one.post else "",
                "" if one.kind == MarkKind.EXTENDED else one.because,
                one,
            )
            for one in marks
        ),
    ]
    return sorted(told, key=lambda event: event.at)[::-1]


def beginning(day: date) -> datetime:
    return make_aware(datetime.combine(day, time.min))
