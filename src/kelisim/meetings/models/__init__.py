"""Meetings that end in decisions."""

from kelisim.meetings.models.ballots import Ballot, Count, Recusal, Voice
from kelisim.meetings.models.decisions import Addressee, Answer, Decision, Point
from kelisim.meetings.models.letters import Letter, LetterKind
from kelisim.meetings.models.meetings import (
    Attendance,
    Guest,
    Item,
    ItemPaper,
    Meeting,
    Motion,
    Speech,
)
from kelisim.meetings.models.minutes import Minutes, Passage
from kelisim.meetings.models.procedures import BodyProcedure, Feed

__all__ = [
    "Addressee",
    "Answer",
    "Attendance",
    "Ballot",
    "BodyProcedure",
    "Count",
    "Decision",
    "Feed",
    "Guest",
    "Item",
    "ItemPaper",
    "Letter",
    "LetterKind",
    "Meeting",
    "Minutes",
    "Motion",
    "Passage",
    "Point",
    "Recusal",
    "Speech",
    "Voice",
]
