"""The short ways of these tests: read a file, upload it, apply it."""

import csv
import io
from datetime import date

import xlsxwriter

from kelisim.bodies.actions import importing
from kelisim.bodies.actions.importing import Read
from kelisim.bodies.models import Tag
from kelisim.bodies.queries.importing import preview
from kelisim.bodies.queries.powers import powers_at
from kelisim.bodies.queries.table import vocabulary
from kelisim.bodies.readers import table
from kelisim.bodies.trees.names import wanted_slug
from kelisim.bodies.trees.record import Facts
from kelisim.cli.invented import associations
from kelisim.territory.models import Name, Unit
from kelisim.territory.queries import on_day
from tests.bodies.people import AT
from tests.bodies.table.office import Names, Part, parts

ON = date(2026, 3, 2)


def units() -> dict[str, str]:
    """Territories of the day, each with its region."""
    found = on_day(Unit.objects.select_related("parent"), ON)
    return {unit.kato: unit.parent.kato if unit.parent else "" for unit in found}


def register() -> list[Facts]:
    return associations(820, units())


def clean_parts() -> list[Part]:
    """The register of 820 as an office keeps it, without a fault."""
    known = units()
    full = {name.kato: name.full or name.words for name in Name.objects.all() if name.in_use(ON)}
    names = Names(
        regions={kato: full[kato] for kato, region in known.items() if not region},
        places=full,
        parent=known,
        tags={(tag.kind, tag.key): tag.words for tag in Tag.objects.all()},
    )
    found = register()
    return parts(found, names, {wanted_slug(facts.name): facts for facts in found})


def read(content: bytes) -> Read:
    return Read(content, table.read(content, vocabulary=vocabulary(ON, "ru"), on=ON))


def look(content: bytes, by):
    """What a file would do."""
    return preview(read(content).table, held=powers_at(by, AT), on=ON)


def bring(content: bytes, by, *, at=AT) -> dict:
    """Upload and apply."""
    what = read(content)
    kept = importing.upload(what, name="register.xlsx", by=by, at=at)
    return importing.apply(kept.pk, read=what, by=by, at=at)


def said(faults) -> list[tuple]:
    """Faults as (sheet, row, letter, code), to compare."""
    return [(f.where.sheet, f.where.row, f.where.letter, f.why.code) for f in faults]


def workbook(*sheets, merged=()) -> bytes:
    """A workbook of (title, rows)."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        days = book.add_format({"num_format": "dd.mm.yyyy"})
        for title, rows in sheets:
            page = book.add_worksheet(title)
            for index, row in enumerate(rows):
                for place, value in enumerate(row):
                    if isinstance(value, date):
                        page.write_datetime(index, place, value, days)
                    elif isinstance(value, str):
                        page.write_string(index, place, value)
                    elif value is not None:
                        page.write_number(index, place, value)
            for first_row, first, last_row, last, words in merged:
                page.merge_range(first_row, first, last_row, last, words)
    return out.getvalue()


def separated(rows, *, sign=",", encoding="utf-8") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=sign).writerows(rows)
    return out.getvalue().encode(encoding)
