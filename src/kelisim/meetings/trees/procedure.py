"""Rules of procedure as values: notice, quorum, majorities, who convenes, moves and votes."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from fractions import Fraction
from typing import Any

from kelisim.bodies.states import Role
from kelisim.meetings.states import BallotForm, Subject
from kelisim.refusals import Refusal, require


class Majority(StrEnum):
    """Of whom, and how many of them."""

    VOTING = "voting"
    """More for than against."""
    PRESENT = "present"
    """More than half of those present."""
    MEMBERS = "members"
    """More than half of all members."""
    TWO_THIRDS_PRESENT = "two_thirds_present"
    TWO_THIRDS_MEMBERS = "two_thirds_members"


class Tie(StrEnum):
    """What follows when as many are for as against."""

    LOST = "lost"
    CHAIR = "chair"
    """The chair's own voice decides, where it was given in the open."""


@dataclass(frozen=True, slots=True)
class Procedure:
    """The rules by which a body meets. Days are working days where `working_days` says so."""

    notice_days: int = 10
    papers_days: int = 5
    working_days: bool = True
    quorum: Fraction = Fraction(2, 3)
    majority: Majority = Majority.PRESENT
    weighty_majority: Majority = Majority.TWO_THIRDS_PRESENT
    tie: Tie = Tie.CHAIR
    convene: tuple[Role, ...] = (Role.CHAIR, Role.HEAD)
    move: tuple[Role, ...] = (Role.CHAIR, Role.DEPUTY, Role.SECRETARY, Role.MEMBER)
    vote: tuple[Role, ...] = (Role.CHAIR, Role.DEPUTY, Role.SECRETARY, Role.MEMBER)
    form: BallotForm = BallotForm.ELECTRONIC
    secret: tuple[Subject, ...] = (Subject.ELECTION,)
    weighty: tuple[Subject, ...] = (Subject.PROCEDURE,)
    change_vote: bool = True
    speech_seconds: int = 300
    answer_days: int = 22
    least_a_year: int = 2

    def majority_for(self, subject: Subject, *, weighty: bool) -> Majority:
        return self.weighty_majority if weighty or subject in self.weighty else self.majority

    def form_for(self, subject: Subject) -> BallotForm:
        return BallotForm.SECRET if subject in self.secret else self.form


SHIPPED = Procedure()
DAYS = ("notice_days", "papers_days", "answer_days")
MOST_DAYS = 366
LISTS: dict[str, type[Role | Subject]] = {
    "convene": Role,
    "move": Role,
    "vote": Role,
    "secret": Subject,
    "weighty": Subject,
}
ONE_OF: dict[str, type[StrEnum | BallotForm]] = {
    "majority": Majority,
    "weighty_majority": Majority,
    "tie": Tie,
    "form": BallotForm,
}


def plain(procedure: Procedure) -> dict[str, Any]:
    """As JSON and TOML can hold it."""
    found = asdict(procedure)
    found["quorum"] = f"{procedure.quorum.numerator}/{procedure.quorum.denominator}"
    for name in LISTS:
        found[name] = [each.value for each in found[name]]
    for name in ONE_OF:
        found[name] = found[name].value
    return found


def read(values: Mapping[str, Any], onto: Procedure = SHIPPED) -> Procedure:
    """Rules as they were written; what is not named is taken from `onto`. Raises Refused."""
    known = {each.name for each in fields(Procedure)}
    require(*(Refusal("meetings.rule_unknown", place=name) for name in values if name not in known))
    found: dict[str, Any] = {}
    faults = []
    for name, value in values.items():
        try:
            found[name] = read_value(name, value)
        except (ValueError, TypeError, ZeroDivisionError):
            faults.append(Refusal("meetings.rule_wrong", place=name, value=str(value)))
    require(*faults)
    return replace(onto, **found)


def read_value(name: str, value: Any) -> Any:
    if name == "quorum":
        quorum = Fraction(value)
        if not 0 < quorum <= 1:
            raise ValueError(name)
        return quorum
    if name in LISTS:
        return tuple(LISTS[name](each) for each in value)
    if name in ONE_OF:
        return ONE_OF[name](value)
    if name in {"working_days", "change_vote"}:
        if not isinstance(value, bool):
            raise TypeError(name)
        return value
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError(name)
    if name in DAYS and value > MOST_DAYS:
        raise ValueError(name)
    return value
