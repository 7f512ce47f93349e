"""Terms of execution as offices write them: read, written, and turned into days."""

from kelisim.commitments.trees.terms.days import begins, dues, same_day, shifted
from kelisim.commitments.trees.terms.kept import as_json, from_json
from kelisim.commitments.trees.terms.reading import Unreadable, read
from kelisim.commitments.trees.terms.term import Month, Point, Rhythm, Term, TermKind, Unit
from kelisim.commitments.trees.terms.writing import write

__all__ = [
    "Month",
    "Point",
    "Rhythm",
    "Term",
    "TermKind",
    "Unit",
    "Unreadable",
    "as_json",
    "begins",
    "dues",
    "from_json",
    "read",
    "same_day",
    "shifted",
    "write",
]
