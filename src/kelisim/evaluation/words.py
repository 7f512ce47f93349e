"""What figures, components and choices of evaluation are called."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from kelisim.pages.languages import LANGUAGES


def everywhere(words: Any, **facts: Any) -> dict[str, str]:
    """Words of the program in every language: for what shall read the same for ever."""
    said = {}
    for code in LANGUAGES:
        with override(code):
            said[code] = str(words) % facts if facts else str(words)
    return said


FIGURES: dict[str, Any] = {
    "on_control": _("On control"),
    "due": _("Terms due"),
    "in_time": _("Done in time"),
    "late": _("Done late"),
    "waiting": _("Handed in, not yet decided on"),
    "not_done": _("Not done"),
    "ahead": _("Still to come"),
    "extended": _("Extended"),
    "returned": _("Returned"),
}
COMPONENTS: dict[str, Any] = {
    "timeliness": _("Timeliness"),
    "completeness": _("Completeness"),
    "quality": _("Quality of reports"),
    "outcomes": _("Outcomes"),
    "money": _("Use of money"),
}
MEANINGS: dict[str, Any] = {
    "timeliness": _(
        "Terms on which the report that stands was handed in by the day, of all terms that came."
    ),
    "completeness": _(
        "Terms met, of all terms met or missed. A report that waits for its controller is not "
        "counted: the body did its part."
    ),
    "quality": _("Terms whose report was never returned, of all terms reported on."),
    "outcomes": _(
        "Targets of the year that were reached, of all that were set. A target without a figure "
        "counts as not reached: silence does not help."
    ),
    "money": _("Money spent, of the money given for the year (where none is noted: planned)."),
}
LEVELS: dict[str, Any] = {
    "country": _("the whole country"),
    "region": _("regions"),
    "district": _("districts"),
}
SUMS: dict[str, Any] = {
    "planned": _("Planned"),
    "allocated": _("Allocated"),
    "spent": _("Spent"),
}
RULES: dict[str, Any] = {
    "arithmetic": _("arithmetic: a strong part makes good a weak one"),
    "geometric": _("geometric: a weak part is made good less and less"),
}
FACTORS: dict[str, Any] = {
    "cases": _("the number of cases"),
    "weights": _("the weights"),
    "rule": _("the rule that brings the parts together"),
    "scale": _("the scale: goalposts or places among the others"),
}
STATES: dict[str, Any] = {
    "nothing": _("nothing planned"),
    "planned": _("planned"),
    "under_way": _("under way"),
    "at_risk": _("at risk"),
    "overdue": _("overdue"),
    "done": _("done"),
}
MARKS = {
    "nothing": "",
    "planned": "planned",
    "under_way": "underway",
    "at_risk": "risk",
    "overdue": "overdue",
    "done": "done",
}
"""The mark of a state: shape and colour, told in words beside it."""
STEPS: dict[str, Any] = {
    "planned": _("planned"),
    "funded": _("funded"),
    "under_way": _("under way"),
    "evidenced": _("evidenced"),
    "measured": _("measured"),
    "done": _("done"),
}
WAYS: dict[str, Any] = {
    "unmeasured": _("nobody has measured it yet"),
    "no_target": _("measured; the charter names no target"),
    "reached": _("target reached"),
    "nearer": _("nearer to the target than at the beginning"),
    "same": _("where it was at the beginning"),
    "away": _("further from the target than at the beginning"),
    "no_baseline": _("target not reached; where it began is not known"),
}
