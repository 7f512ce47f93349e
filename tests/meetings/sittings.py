"""A small council that meets: bodies, members, a meeting brought to any state."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from kelisim.bodies.actions import mandates
from kelisim.bodies.models import Body, Mandate, Seat
from kelisim.bodies.states import Role
from kelisim.meetings.actions import agenda, concluding, floor, planning, sitting, voting
from kelisim.meetings.models import Attendance, Item, Meeting
from kelisim.meetings.states import BallotForm, Choice, MeetingKind, Presence
from kelisim.people.models import Person
from tests.bodies.people import council, found, hold, officer, person

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
STARTS = datetime(2026, 4, 1, 5, tzinfo=UTC)


def words(text: str) -> dict[str, str]:
    return {"kk": f"{text} (kk)", "ru": f"{text} (ru)", "en": text}


@dataclass
class House:
    """A council of its own under the top body, with its people."""

    body: Body
    chair: Person
    secretary: Person
    members: list[Person]
    clerk: Person
    mandates: dict[int, Mandate] = field(default_factory=dict)

    @property
    def everybody(self) -> list[Person]:
        return [self.chair, self.secretary, *self.members]


def house(size: int = 5, name: str = "Council") -> House:
    """A council of a chair, a secretary and `size` members."""
    body = found("council", name, parent=council())
    chair, secretary = person(f"{name} Chair"), person(f"{name} Secretary")
    hold(chair, body, Role.CHAIR)
    hold(secretary, body, Role.SECRETARY)
    many = [person(f"{name} Member {n}") for n in range(size)]
    seat = mandates.establish(body.pk, role=Role.MEMBER, by=None, at=AT)
    for who in many:
        mandates.appoint(seat.pk, person=who, since=date(2026, 1, 1), by=None, at=AT)
    return House(body, chair, secretary, many, officer(f"{name} Officer"))


def planned(of: House, items: int = 2, **facts) -> Meeting:
    meeting = planning.plan(
        of.body.pk,
        kind=facts.pop("kind", MeetingKind.MEETING),
        title=words("Spring meeting"),
        starts_at=facts.pop("starts_at", STARTS),
        place=words("Hall"),
        by=of.clerk,
        at=AT,
        **facts,
    )
    for n in range(items):
        agenda.put_item(
            meeting.pk, title=words(f"Item {n + 1}"), draft=words("Draft"), by=of.clerk, at=AT
        )
    return meeting


def convened(of: House, **facts) -> Meeting:
    meeting = planned(of, **facts)
    return planning.convene(meeting.pk, by=of.chair, at=AT)


def seated(of: House, who: Person, meeting: Meeting) -> Attendance:
    return Attendance.objects.select_related("mandate__seat").get(
        meeting=meeting, mandate__person=who
    )


def arrive(of: House, meeting: Meeting, *people: Person) -> None:
    for who in people or of.everybody:
        sitting.mark(
            seated(of, who, meeting).pk, presence=Presence.PRESENT, by=of.secretary, at=STARTS
        )


def opened(of: House, *people: Person, **facts) -> Meeting:
    meeting = convened(of, **facts)
    arrive(of, meeting, *people)
    return sitting.open_(meeting.pk, by=of.chair, at=STARTS)


def heard(meeting: Meeting, of: House, position: int = 1) -> Item:
    item = Item.objects.get(meeting=meeting, position=position)
    return sitting.take_up(item.pk, by=of.chair, at=STARTS)


def asked(of: House, item: Item, form: BallotForm = BallotForm.ELECTRONIC, **facts):
    return voting.open_ballot(
        item.pk, question=words("Adopt?"), form=form, by=of.chair, at=STARTS, **facts
    )


def say(of: House, ballot, who: Person, choice: Choice | str):
    attendance = seated(of, who, ballot.item.meeting)
    return voting.cast(ballot.pk, attendance=attendance, choice=choice, by=who, at=STARTS)


def carried(of: House, item: Item):
    ballot = asked(of, item)
    for who in of.everybody:
        say(of, ballot, who, Choice.FOR)
    return voting.close_ballot(ballot.pk, by=of.chair, at=STARTS)


def decided(of: House, item: Item, *addressees: Body, **facts):
    return concluding.decide(
        carried(of, item).pk,
        title=words("On accord"),
        points=[concluding.DraftPoint(words("Consider"), addressees, **facts)],
        must_consider=True,
        by=of.chair,
        at=STARTS,
    )


def published(of: House, *addressees: Body) -> Meeting:
    """A meeting with one decision, minuted, signed and published."""
    meeting = opened(of)
    decided(of, heard(meeting, of), *addressees)
    other = heard(meeting, of, 2)
    sitting.note(other.pk, by=of.chair, at=STARTS)
    sitting.close(meeting.pk, by=of.chair, at=STARTS)
    signed(of, meeting)
    return concluding.publish(meeting.pk, by=of.chair, at=STARTS + DAY)


def signed(of: House, meeting: Meeting):
    minutes = concluding.write_minutes(
        meeting.pk,
        passages=[
            concluding.Wording(item.pk, words("Heard"), words("Spoke"), words("Resolved"))
            for item in meeting.items.all()
        ],
        by=of.secretary,
        at=STARTS,
    )
    for who, as_chair in ((of.chair, True), (of.secretary, False)):
        minutes = concluding.sign_minutes(
            meeting.pk, as_chair=as_chair, read=minutes.digest, by=who, at=STARTS
        )
    return minutes


__all__ = ["Seat", "floor"]
