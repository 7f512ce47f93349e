"""A report for a period as PDF, from the same template as its page."""

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string

from kelisim.evaluation.exports.periods.showing import Shown
from kelisim.pages.templatetags.kelisim import tongue
from kelisim.papers.exports.pdf import written


def printed(found: Shown, about: Mapping[str, Any]) -> bytes:
    """The report on A4, tagged, in the language of the page."""
    context = {"found": found, "about": about, "language": tongue(), "printed": True}
    return written(render_to_string("evaluation/period_print.html", context))
