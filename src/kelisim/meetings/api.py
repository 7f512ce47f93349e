"""Meetings, decisions and answers for programs: what everybody may read, and nothing more."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_noop
from ninja import Field, Query, Router, Schema
from ninja.errors import HttpError

from kelisim.meetings.models import Addressee, Decision, Meeting
from kelisim.meetings.queries import public
from kelisim.meetings.states import AnswerState, BallotForm, ItemState, MeetingKind, MeetingState
from kelisim.pages.api import MOST, Problem, page

router = Router()
BIG = 2**63 - 1
NOT_FOUND = gettext_noop("There is no such thing here, or it is not published.")


class Asked(Schema):
    """Of a body (its slug), after a key."""

    body: str = Field("", max_length=120)
    after: int = Field(0, ge=0, le=BIG)
    limit: int = Field(50, ge=1, le=MOST)


class MeetingRow(Schema):
    """A meeting that was announced."""

    key: int
    body: str
    kind: MeetingKind
    number: int
    title: dict[str, str]
    starts_at: datetime
    ends_at: datetime | None
    place: dict[str, str]
    state: MeetingState


class Meetings(Schema):
    items: list[MeetingRow]
    next: str | None


class VoteOut(Schema):
    """A vote that was taken, with its arithmetic: `needed` voices of `base` carried."""

    question: dict[str, str]
    form: BallotForm
    majority: str
    in_favour: int
    against: int
    abstained: int
    spoiled: int
    base: int
    needed: int
    carried: bool
    roll_sha256: str


class ItemOut(Schema):
    position: int
    title: dict[str, str]
    state: ItemState
    provisions: list[str]
    votes: list[VoteOut]
    decision: int | None


class MeetingOut(MeetingRow):
    """A meeting with its agenda; votes and decisions once it is published."""

    present: int
    invited: int
    minutes_sha256: str
    items: list[ItemOut]


class AnswerOut(Schema):
    at: datetime
    state: AnswerState
    reasons: str
    language: str
    files_sha256: list[str]


class AddresseeOut(Schema):
    """A body that must answer a point, by a day; `overdue` as of today."""

    body: str
    due_on: date
    state: AnswerState
    overdue: bool
    answers: list[AnswerOut]


class PointOut(Schema):
    number: int
    text: dict[str, str]
    executor: str | None
    due_on: date | None
    addressees: list[AddresseeOut]


class DecisionRow(Schema):
    key: int
    body: str
    number: str
    day: date
    title: dict[str, str]
    must_consider: bool
    asked: int
    waiting: int


class Decisions(Schema):
    items: list[DecisionRow]
    next: str | None


class DecisionOut(Schema):
    key: int
    body: str
    meeting: int
    number: str
    day: date
    title: dict[str, str]
    preamble: dict[str, str]
    must_consider: bool
    points: list[PointOut]


def row(meeting: Meeting) -> dict[str, Any]:
    return {
        "key": meeting.pk,
        "body": meeting.body.slug,
        "kind": meeting.kind,
        "number": meeting.number,
        "title": meeting.title,
        "starts_at": meeting.starts_at,
        "ends_at": meeting.ends_at,
        "place": meeting.place,
        "state": meeting.state,
    }


@router.get(
    "/meetings",
    response={200: Meetings, 422: Problem},
    summary="Meetings that were announced",
    operation_id="meetings",
)
def meetings(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
    found = public.announced(body=asked.body).filter(pk__gt=asked.after).order_by("pk")
    rows = list(found[: asked.limit + 1])
    told = page(rows, limit=asked.limit, key=lambda meeting: meeting.pk)
    return {**told, "items": [row(meeting) for meeting in told["items"]]}


@router.get(
    "/meetings/{key}",
    response={200: MeetingOut, 404: Problem, 422: Problem},
    summary="A meeting: agenda, and once published votes and decisions",
    operation_id="meeting",
)
def meeting(request: HttpRequest, key: int) -> dict[str, Any]:
    found = public.meeting(key) if 0 < key <= BIG else None
    if found is None:
        raise HttpError(404, NOT_FOUND)
    minutes = getattr(found.meeting, "minutes", None) if found.published else None
    return {
        **row(found.meeting),
        "present": found.present,
        "invited": found.invited,
        "minutes_sha256": minutes.digest if minutes else "",
        "items": [item(each, published=found.published) for each in found.items],
    }


def item(each: Any, *, published: bool) -> dict[str, Any]:
    decision = getattr(each, "decision", None) if published else None
    return {
        "position": each.position,
        "title": each.title,
        "state": each.state,
        "provisions": [provision.eid for provision in each.provisions.all()],
        "votes": [vote(ballot) for ballot in each.ballots.all()] if published else [],
        "decision": decision.pk if decision else None,
    }


def vote(ballot: Any) -> dict[str, Any]:
    return {
        "question": ballot.question,
        "form": ballot.form,
        "majority": ballot.majority,
        "in_favour": ballot.in_favour,
        "against": ballot.against,
        "abstained": ballot.abstained,
        "spoiled": ballot.spoiled or 0,
        "base": ballot.base or 0,
        "needed": ballot.needed,
        "carried": ballot.carried,
        "roll_sha256": ballot.digest,
    }


@router.get(
    "/decisions",
    response={200: Decisions, 422: Problem},
    summary="Published decisions, with how many answers they wait for",
    operation_id="decisions",
)
def decisions(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
    found = public.decisions(body=asked.body).filter(pk__gt=asked.after).order_by("pk")
    told = page(list(found[: asked.limit + 1]), limit=asked.limit, key=lambda each: each.pk)
    return {
        **told,
        "items": [
            {
                "key": each.pk,
                "body": each.item.meeting.body.slug,
                "number": each.number,
                "day": each.day,
                "title": each.title,
                "must_consider": each.must_consider,
                "asked": each.asked,
                "waiting": each.waiting,
            }
            for each in told["items"]
        ],
    }


@router.get(
    "/decisions/{key}",
    response={200: DecisionOut, 404: Problem, 422: Problem},
    summary="A decision: its points, to whom each is addressed, what was answered",
    operation_id="decision",
)
def decision(request: HttpRequest, key: int) -> dict[str, Any]:
    found: Decision | None = public.decision(key) if 0 < key <= BIG else None
    if found is None:
        raise HttpError(404, NOT_FOUND)
    today = timezone.localdate()
    return {
        "key": found.pk,
        "body": found.item.meeting.body.slug,
        "meeting": found.item.meeting_id,
        "number": found.number,
        "day": found.day,
        "title": found.title,
        "preamble": found.preamble,
        "must_consider": found.must_consider,
        "points": [
            {
                "number": point.number,
                "text": point.text,
                "executor": point.executor.slug if point.executor else None,
                "due_on": point.due_on,
                "addressees": [addressee(each, today) for each in point.addressees.all()],
            }
            for point in found.points.all()
        ],
    }


def addressee(each: Addressee, today: date) -> dict[str, Any]:
    waiting = each.state == AnswerState.WAITING
    return {
        "body": each.body.slug,
        "due_on": each.due_on,
        "state": each.state,
        "overdue": waiting and each.due_on < today,
        "answers": [
            {
                "at": answer.at,
                "state": answer.state,
                "reasons": answer.reasons,
                "language": answer.language,
                "files_sha256": [file.sha256 for file in answer.files.all()],
            }
            for answer in each.answers.all()
        ],
    }
