"""Meetings as official papers: what templates of minutes, decisions, extracts and letters say."""

from datetime import date

from django.utils.timezone import localtime
from django.utils.translation import gettext, override

from kelisim.bodies.models import Body, Mandate
from kelisim.meetings.exports.majorities import arithmetic
from kelisim.meetings.models import Ballot, Decision, Item, Meeting, Point
from kelisim.meetings.states import BallotState, Presence
from kelisim.pages.languages import spoken
from kelisim.pages.templatetags.kelisim import day, moment
from kelisim.papers.trees import contexts as papers


def text(words: dict[str, str], language: str) -> str:
    return spoken(words, language).text


def heading(
    meeting: Meeting, language: str, *, number: str, on: date, title: str = ""
) -> papers.Heading:
    return papers.Heading(
        body=text(meeting.body.name, language),
        place=text(meeting.place, language),
        day=day(on),
        number=number or str(meeting.number),
        title=title or text(meeting.title, language),
    )


def post(mandate: Mandate, language: str) -> str:
    """What a post is called: in the body's own words, else by its role."""
    return text(mandate.seat.words, language) or str(mandate.seat.get_role_display())


def signers(meeting: Meeting, language: str) -> tuple[papers.Signer, ...]:
    """The chair and the secretary, by post."""
    return tuple(
        papers.Signer(post(mandate, language), mandate.called)
        for mandate in (meeting.chair, meeting.secretary)
        if mandate is not None
    )


def vote(ballot: Ballot, language: str) -> papers.Vote:
    result = gettext("carried") if ballot.carried else gettext("not carried")
    return papers.Vote(
        text(ballot.question, language),
        str(ballot.get_form_display()),
        result,
        arithmetic(ballot),
    )


def points(decision: Decision | None, language: str) -> tuple[papers.Point, ...]:
    if decision is None:
        return ()
    return tuple(
        papers.Point(
            point.number,
            text(point.text, language),
            addressed=addressed(point, language),
            term=gettext("by %(day)s") % {"day": day(point.due_on)} if point.due_on else "",
        )
        for point in decision.points.all()
    )


def addressed(point: Point, language: str) -> str:
    """Whom a point is addressed to, and who carries it out, in brackets."""
    bodies = [row.body for row in point.addressees.all()]
    if point.executor:
        bodies.append(point.executor)
    named = dict.fromkeys(text(body.name, language) for body in bodies)
    return f"({', '.join(named)})" if named else ""


def item(row: Item, language: str) -> papers.ItemOfMinutes:
    """An item as the minutes tell it."""
    passage = next(iter(row.passages.all()), None)
    said = {
        name: text(getattr(passage, name), language) if passage else ""
        for name in ("heard", "spoke", "resolved")
    }
    closed = [ballot for ballot in row.ballots.all() if ballot.state == BallotState.CLOSED]
    return papers.ItemOfMinutes(
        row.position,
        text(row.title, language),
        **said,
        votes=tuple(vote(ballot, language) for ballot in closed),
        points=points(getattr(row, "decision", None), language),
    )


def quorum(meeting: Meeting) -> str:
    rows = [row for row in meeting.attendances.all() if row.votes]
    here = sum(1 for row in rows if row.came_at)
    return gettext("%(here)s of %(all)s members") % {"here": here, "all": len(rows)}


def chaired(meeting: Meeting) -> str:
    return meeting.chair.called if meeting.chair else ""


def minutes(meeting: Meeting, language: str, *, number: str = "") -> papers.Minutes:
    """The minutes of a meeting, read by `queries.papers.meeting`."""
    with override(language):
        items = [row for row in meeting.items.all() if row.position]
        there = [row for row in meeting.attendances.all() if row.came_at]
        return papers.Minutes(
            head=heading(meeting, language, number=number, on=localtime(meeting.opened_at).date()),
            chaired=chaired(meeting),
            secretary=meeting.secretary.called if meeting.secretary else "",
            present=tuple(row.mandate.called for row in there if row.presence != Presence.INVITED),
            invited=tuple(
                ", ".join(filter(None, (guest.name, guest.post))) for guest in meeting.guests.all()
            ),
            quorum=quorum(meeting),
            agenda=tuple(text(row.title, language) for row in items),
            items=tuple(item(row, language) for row in items),
            signers=signers(meeting, language),
        )


def agenda(meeting: Meeting, language: str, *, number: str = "") -> papers.Agenda:
    """The agenda, as it goes out."""
    with override(language):
        return papers.Agenda(
            head=heading(meeting, language, number=number, on=localtime(meeting.starts_at).date()),
            when=moment(meeting.starts_at),
            items=tuple(
                (
                    row.position,
                    text(row.title, language),
                    row.mover.called if row.mover else "",
                )
                for row in meeting.items.all()
                if row.position
            ),
        )


def decision(row: Decision, language: str, *, number: str = "") -> papers.Decision:
    """A decision with its points."""
    meeting = row.item.meeting
    with override(language):
        return papers.Decision(
            head=heading(
                meeting,
                language,
                number=number or row.number,
                on=row.day,
                title=text(row.title, language),
            ),
            preamble=text(row.preamble, language),
            points=points(row, language),
            vote=arithmetic(row.ballot),
            signers=signers(meeting, language),
        )


def extract(row: Decision, language: str, *, number: str = "") -> papers.Extract:
    """Of the minutes, what concerns the item that was decided."""
    meeting = row.item.meeting
    with override(language):
        return papers.Extract(
            head=heading(meeting, language, number=number, on=localtime(meeting.opened_at).date()),
            chaired=chaired(meeting),
            quorum=quorum(meeting),
            item=item(row.item, language),
            true_copy=gettext("The extract agrees with the minutes."),
            signers=signers(meeting, language)[-1:],
        )


def covering(row: Decision, to: Body, language: str, *, number: str = "") -> papers.Covering:
    """The letter with which a decision goes to a body that must answer it."""
    meeting = row.item.meeting
    own = [
        (point, addressee)
        for point in row.points.all()
        for addressee in point.addressees.all()
        if addressee.body_id == to.pk
    ]
    due = max((addressee.due_on for _point, addressee in own), default=row.day)
    with override(language):
        facts = {
            "number": row.number,
            "day": day(row.day),
            "points": ", ".join(str(point.number) for point, _addressee in own),
            "due": day(due),
        }
        return papers.Covering(
            head=heading(
                meeting, language, number=number, on=row.day, title=text(row.title, language)
            ),
            addressee=text(to.name, language),
            greeting=gettext("Dear colleagues,"),
            text=gettext(
                "We send you decision No. %(number)s of %(day)s. Points %(points)s are addressed "
                "to you. Please answer each by %(due)s: accepted, accepted in part, or declined, "
                "with reasons."
            )
            % facts,
            enclosures=(gettext("Decision No. %(number)s") % facts,),
            copies=(),
            signers=signers(meeting, language)[:1],
        )
