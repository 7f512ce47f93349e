"""What waits for a person, from every room, and what they wait for from others."""

from dataclasses import dataclass
from datetime import date

from kelisim.bodies.queries.powers import Powers
from kelisim.bodies.queries.waiting import waiting as of_bodies
from kelisim.charter import rights
from kelisim.charter.rules.editing import may_look
from kelisim.desk.queries import bodies, charters, commitments, evaluation, meetings, system
from kelisim.desk.queries.items import Item, by_date
from kelisim.meetings.queries.waiting import waiting as of_meetings
from kelisim.papers import rights as papers
from kelisim.papers.queries import waiting as of_papers
from kelisim.people.models import Person


@dataclass(frozen=True, slots=True)
class Desk:
    """Both halves of the page, each by date."""

    waiting: list[Item]
    expected: list[Item]


def desk(person: Person, held: Powers, on: date) -> Desk:
    """A fixed number of queries for every role: each room asks only for what its rights reach."""
    versions = [] if may_look(held) else list(charters.open_versions())
    publishes = held.may(rights.PUBLISH)
    there = of_bodies(held, on)
    waiting = [
        *charters.returned(versions, person),
        *charters.drafts(versions, person),
        *(charters.submitted(versions, person) if publishes else ()),
        *bodies.waiting(there),
        *meetings.waiting(of_meetings(person, held, on), on),
        *commitments.waiting(held, on),
        *evaluation.reports(person, held),
        *meetings.papers(of_papers(held.reached(papers.APPROVE))),
        *(system.erasures() if person.is_staff else ()),
        *(system.failures() if person.is_staff else ()),
    ]
    expected = [
        *charters.handed_over(versions, person),
        *(charters.corrections(versions, person) if publishes else ()),
        *bodies.expected(there),
        *commitments.expected(held),
    ]
    return Desk(sorted(waiting, key=by_date), sorted(expected, key=by_date))
