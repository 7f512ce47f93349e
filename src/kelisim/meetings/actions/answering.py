"""A body answers a point that is addressed to it: accepted, in part, or declined with reasons."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localtime

from kelisim.bodies.queries.powers import powers_at
from kelisim.ledger.actions import record
from kelisim.meetings import rights
from kelisim.meetings.models import Addressee, Answer
from kelisim.meetings.rules import concluding as rules
from kelisim.meetings.states import AnswerState
from kelisim.refusals import require

if TYPE_CHECKING:
    from kelisim.papers.models import File
    from kelisim.people.models import Person


@transaction.atomic
def answer(
    addressee_id: int,
    *,
    state: AnswerState,
    reasons: str = "",
    language: str = "kk",
    files: Iterable["File"] = (),
    by: "Person",
    at: datetime,
) -> Answer:
    """Answer for one's body. A later answer takes the place of an earlier; both stay readable."""
    addressee = (
        Addressee.objects.select_for_update(of=("self",))
        .select_related("body__kind", "body__unit__parent", "body__parent", "point__decision")
        .get(pk=addressee_id)
    )
    held = powers_at(by, at)
    published = addressee.point.decision.published_at is not None
    require(*rules.may_answer(held, addressee, state, reasons=reasons, published=published))
    given = Answer.objects.create(
        addressee=addressee, state=state, reasons=reasons.strip(), language=language, at=at, by=by
    )
    given.files.set(files)
    before, today = addressee.state, localtime(at).date()
    addressee.state = state
    addressee.answered_on = addressee.answered_on or today
    addressee.save(update_fields=["state", "answered_on"])
    record(
        "meetings.answered",
        subject=addressee,
        by=by,
        mandate=held.mandate(rights.ANSWER, addressee.body),
        before={"state": before},
        after={
            "state": state.value,
            "late": addressee.answered_on > addressee.due_on,
            "files": " ".join(sorted(file.sha256 for file in given.files.all())),
        },
        at=at,
    )
    return given
