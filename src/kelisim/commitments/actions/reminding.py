"""Reminders and the ladder: what each term has reached is noted once, and told in the digest.

Notes are no official acts; that an item comes before the Council is one.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import partial

from django.db import transaction

from kelisim.bodies.models import Body, Seat
from kelisim.bodies.states import Role
from kelisim.calendar.queries import calendar
from kelisim.calendar.trees import Calendar
from kelisim.commitments.actions import overdue
from kelisim.commitments.models import Notice
from kelisim.commitments.queries import reminding as reading
from kelisim.commitments.queries.regulating import control_rules_for
from kelisim.commitments.queries.reminding import Waiting
from kelisim.commitments.states import Rung
from kelisim.commitments.trees.reminding import REMINDERS, Reached, horizon, reached
from kelisim.meetings.actions import agenda
from kelisim.meetings.models import Item
from kelisim.pages.templatetags.kelisim import plainly

BATCH = 1000


def remind(*, on: date, at: datetime) -> int:
    """Note what every term has reached on a working day; gives how many notes are new.

    Repeated it notes nothing more. On a free day nobody is reminded: the next working day does it.
    """
    days = calendar(on)
    if not days.working(on):
        return 0
    made = note(on, days)
    put_to_council(on=on, at=at)
    return made


@transaction.atomic
def note(on: date, days: Calendar) -> int:
    """Write the notes that are new; a fixed number of queries for so many notes."""
    bodies = list(Body.objects.filter(plans__isnull=False).distinct())
    rules = control_rules_for(bodies, on)
    if not rules:
        return 0
    until = max(horizon(on, one, days) for one in rules.values())
    offices = reading.offices(bodies, on)
    given = reading.told(until)
    known: dict[tuple[date, int], tuple[Reached, ...]] = {}
    new = []
    for term in reading.waiting(until, on):
        key = (term.due_on, term.body)
        if key not in known:
            known[key] = tuple(reached(term.due_on, on, rules[term.body], days))
        new += [
            Notice(
                stage_id=term.stage,
                rung=step.rung,
                days=step.days,
                due_on=term.due_on,
                body_id=body,
                on=on,
            )
            for step in known[key]
            for body in addressed(term, step, offices)
            if (term.stage, step.rung, step.days, term.due_on, body) not in given
        ]
    Notice.objects.bulk_create(new, batch_size=BATCH, ignore_conflicts=True)
    return len(new)


def addressed(term: Waiting, step: Reached, offices: Mapping[int, int]) -> Iterator[int]:
    """The bodies that hear of it: executors, then the lead alone, then the office of the plan."""
    if step.rung in {Rung.SECRETARIAT, Rung.COUNCIL}:
        yield offices[term.body]
        return
    yield term.lead
    if step.rung in REMINDERS:
        yield from term.others


@transaction.atomic
def put_to_council(*, on: date, at: datetime) -> list[Item]:
    """Propose items to the next meetings: one for each executor whose terms have long passed.

    Where no meeting is planned the notes wait for one, and the digest says so.
    """
    unheard = list(
        reading.unheard(on)
        .select_for_update(of=("self",))
        .select_related("stage__commitment__plan", "stage__commitment__lead")
        .order_by("stage__commitment__lead", "due_on", "pk")
    )
    plan_bodies = {one.stage.commitment.body_id for one in unheard}
    meetings = reading.next_meetings(plan_bodies | {one.body_id for one in unheard}, at)
    posts = reading.head_posts({one.stage.commitment.lead_id for one in unheard})
    together: dict[tuple[int, int], list[Notice]] = {}
    for notice in unheard:
        commitment = notice.stage.commitment
        meeting = meetings.get(commitment.body_id) or meetings.get(notice.body_id)
        if meeting:
            together.setdefault((meeting, commitment.lead_id), []).append(notice)
    return [
        propose(meeting, notices, posts.get(lead), at)
        for (meeting, lead), notices in sorted(together.items(), key=lambda pair: pair[0])
    ]


def propose(meeting: int, notices: list[Notice], seat: Seat | None, at: datetime) -> Item:
    body = notices[0].stage.commitment.lead.name
    item = agenda.propose_by_rule(
        meeting,
        title=overdue.heading(body),
        text=overdue.account(
            body,
            partial(post, seat),
            [
                overdue.Overdue(
                    one.stage.commitment.number,
                    one.stage.commitment.title,
                    one.stage.commitment.plan.title,
                    one.due_on,
                )
                for one in notices
            ],
        ),
        at=at,
    )
    Notice.objects.filter(pk__in=[one.pk for one in notices]).update(item=item)
    return item


def post(seat: Seat | None) -> str:
    """What the post is called that answers for a body; nobody's name."""
    if seat and seat.words:
        return plainly(seat.words)
    return str(Role(seat.role if seat else Role.LEADER).label)
