"""The sum of a vote in words, in the language that is active."""

from django.utils.translation import gettext

from kelisim.meetings.models import Ballot
from kelisim.meetings.trees.procedure import Majority
from kelisim.pages.templatetags.kelisim import figure


def needed(ballot: Ballot) -> str:
    """What was needed, of how many."""
    facts = {"base": figure(ballot.base), "needed": figure(ballot.needed)}
    said = {
        Majority.VOTING: gettext(
            "Needed: more for than against. Of %(base)s voices for and against, %(needed)s carry."
        ),
        Majority.PRESENT: gettext(
            "Needed: more than half of those present. Of %(base)s, %(needed)s carry."
        ),
        Majority.MEMBERS: gettext(
            "Needed: more than half of all members. Of %(base)s, %(needed)s carry."
        ),
        Majority.TWO_THIRDS_PRESENT: gettext(
            "Needed: two thirds of those present. Of %(base)s, %(needed)s carry."
        ),
        Majority.TWO_THIRDS_MEMBERS: gettext(
            "Needed: two thirds of all members. Of %(base)s, %(needed)s carry."
        ),
    }
    return said[Majority(ballot.majority)] % facts


def arithmetic(ballot: Ballot) -> str:
    """The voices that were given, and what was needed."""
    given = gettext("for %(a)s, against %(b)s, abstained %(c)s") % {
        "a": figure(ballot.in_favour),
        "b": figure(ballot.against),
        "c": figure(ballot.abstained),
    }
    if ballot.spoiled:
        given += ", " + gettext("spoiled %(n)s") % {"n": figure(ballot.spoiled)}
    tie = (
        " " + gettext("As many were for as against: the chair’s voice decided.")
        if ballot.chair_decided
        else ""
    )
    return f"{given}. {needed(ballot)}{tie}"
