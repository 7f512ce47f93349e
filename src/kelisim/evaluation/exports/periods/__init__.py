"""A report for a period as a page shows it, as a Word document, as PDF, as data."""

from kelisim.evaluation.exports.periods.pdf import printed
from kelisim.evaluation.exports.periods.showing import Shown, ShownTable, data, shown
from kelisim.evaluation.exports.periods.word import written

__all__ = ["Shown", "ShownTable", "data", "printed", "shown", "written"]
