"""The official table of a plan as offices keep it, read from XLSX and DOCX."""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kelisim.bodies.readers.table.files import OLE, checked
from kelisim.commitments.readers import docx, kept, xlsx
from kelisim.commitments.readers.grid import Grid
from kelisim.commitments.readers.official import Official, find
from kelisim.commitments.readers.together import Period, Sheet, table
from kelisim.commitments.trees.sheet import Ground, folded
from kelisim.commitments.trees.table import Table
from kelisim.refusals import Refusal, Refused

MOST = 3000
"""More rows than this are no plan."""
EMPTY = Table()


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file says, and all that is wrong with it; each fault knows its cell."""

    table: Table
    faults: tuple[Refusal, ...]
    abbreviations: tuple[tuple[str, str], ...] = ()
    corner: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


def read(
    content: bytes,
    *,
    names: Mapping[str, str],
    starts: date,
    ends: date,
    present: Table = EMPTY,
) -> Reading:
    """Read a file whole. `names` gives the slug of a body by each of its folded names.

    A cell that says the same as the row of that number says already (in what our own spreadsheet
    keeps, else in the `present` table) leaves it exactly as it is.

    Raises Refused only for what is no table of a plan at all.
    """
    grids, lines = opened(content)
    period = Period(starts, ends)
    found = [one for one in map(find, grids) if one]
    if not found:
        raise Refused(Refusal("commitments.table_not_found"))
    if not any(one.lines for one in found):
        raise Refused(Refusal("commitments.no_rows"))
    if any(len(one.lines) > MOST for one in found):
        raise Refused(Refusal("commitments.table_too_long", most=MOST))
    again, sheets = [], {}
    for one in found:
        if one.head.language in sheets:
            again.append(Refusal("commitments.sheet_again", place=one.lines[0].line.place()))
        elif one.lines:
            sheets[one.head.language] = Sheet(one, ground(one, names, period))
    made, faults = table(list(sheets.values()), kept.read(lines) or present.entries, period)
    return Reading(
        table=made,
        faults=tuple(dict.fromkeys([*again, *faults])),
        abbreviations=tuple(pair for one in found for pair in one.abbreviations),
        corner=tuple(found[0].corner),
        languages=tuple(sheets),
    )


def opened(content: bytes) -> tuple[list[Grid], list[str]]:
    """A file as grids: what it is, is told from its contents."""
    checked(content)
    if content.startswith(OLE):
        return xlsx.read(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = {name.partition("/")[0] for name in archive.namelist()}
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as fault:
        raise Refused(Refusal("commitments.table_unknown_file")) from fault
    if "word" in parts:
        return [docx.read(content)], []
    return xlsx.read(content)


def ground(of: Official, names: Mapping[str, str], period: Period) -> Ground:
    """What cells are read by: bodies also by the abbreviations that the file itself explains."""
    own = {
        folded(short): slug for short, full in of.abbreviations if (slug := names.get(folded(full)))
    }
    return Ground(of.head.language, period.years, {**names, **own}, {}, of.head.unit)
