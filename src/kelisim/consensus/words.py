"""What cannot be read in a file of votes, as a refusal with its line."""

from kelisim.engines.consensus import Fault
from kelisim.refusals import Refusal


def refusal(fault: Fault, place: str) -> Refusal:
    """The sentence for a fault of the engine; `place` says the line in words."""
    found = {"found": fault.found}
    return {
        "column_missing": Refusal("consensus.column_missing", place=place, **found),
        "value_unreadable": Refusal("consensus.value_unreadable", place=place, **found),
        "participant_missing": Refusal("consensus.participant_missing", place=place),
        "statement_missing": Refusal("consensus.statement_missing", place=place),
        "time_unreadable": Refusal("consensus.time_unreadable", place=place, **found),
        "vote_repeated": Refusal("consensus.vote_repeated", place=place),
    }[fault.what]
