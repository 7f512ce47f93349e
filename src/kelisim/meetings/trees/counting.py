"""Quorum, majorities and ties: what was needed, what was given, and the sum as it is shown."""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from kelisim.meetings.states import Choice
from kelisim.meetings.trees.procedure import Majority, Tie


@dataclass(frozen=True, slots=True)
class Tally:
    """Voices that were given, and of how many: `present` may vote and are there; `members` may."""

    in_favour: int
    against: int
    abstained: int
    present: int
    members: int
    spoiled: int = 0

    @property
    def cast(self) -> int:
        return self.in_favour + self.against + self.abstained + self.spoiled


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether it carried, and the arithmetic: `needed` voices of `base`."""

    carried: bool
    majority: Majority
    base: int
    needed: int
    in_favour: int
    tied: bool
    chair_decided: bool = False


def quorum(members: int, share: Fraction) -> int:
    """How many must be there: never fewer than one."""
    return max(1, ceil(members * share))


def base(tally: Tally, majority: Majority) -> int:
    """Of how many the majority is counted."""
    if majority is Majority.VOTING:
        return tally.in_favour + tally.against
    if majority in {Majority.MEMBERS, Majority.TWO_THIRDS_MEMBERS}:
        return tally.members
    return tally.present


def needed(of: int, majority: Majority) -> int:
    """How many voices carry: more than half, or two thirds, and never none."""
    if majority in {Majority.TWO_THIRDS_PRESENT, Majority.TWO_THIRDS_MEMBERS}:
        return max(1, ceil(Fraction(2, 3) * of))
    return of // 2 + 1


def outcome(tally: Tally, majority: Majority, tie: Tie, chair: Choice | None = None) -> Outcome:
    """Count. At a tie of simple majorities the chair's voice may decide, if the rules say so.

    A tie is: as many for as against, and one voice more would have carried it.
    """
    of = base(tally, majority)
    wanted = needed(of, majority)
    tied = tally.in_favour == tally.against and tally.in_favour > 0
    carried = tally.in_favour >= wanted
    simple = majority in {Majority.VOTING, Majority.PRESENT, Majority.MEMBERS}
    decides = (
        not carried
        and tied
        and simple
        and tie is Tie.CHAIR
        and chair is Choice.FOR
        and tally.in_favour + 1 >= wanted
    )
    return Outcome(carried or decides, majority, of, wanted, tally.in_favour, tied, decides)
