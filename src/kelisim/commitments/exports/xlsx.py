"""The official table of a plan as a spreadsheet: a sheet for each language, and a last one.

The last sheet keeps what the official table has no column for, so that the whole table is read
back from the file as it was.
"""

import io
import json
from typing import Any

import xlsxwriter

from kelisim.commitments.trees import cells, sheet
from kelisim.commitments.trees.official import Official, amount, heading, languages, lines, names
from kelisim.commitments.trees.table import Heading, as_json

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTHS = {"number": 7, "title": 52, "form": 24, "executors": 34, "term": 24, "sources": 18}
COST = 16
SHEETS = {"kk": "Қазақша", "ru": "Русский", "en": "English"}
KEPT = "kelisim"
PIECE = 30_000
LONGEST = 32_767


def write(of: Official) -> bytes:
    """The workbook, written row by row."""
    out = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        looks = {
            "corner": book.add_format({"align": "right"}),
            "title": book.add_format({"bold": True, "align": "center", "text_wrap": True}),
            "head": book.add_format(
                {"bold": True, "border": 1, "text_wrap": True, "align": "center", "valign": "top"}
            ),
            "section": book.add_format(
                {"bold": True, "border": 1, "text_wrap": True, "align": "center"}
            ),
            "cell": book.add_format({"border": 1, "text_wrap": True, "valign": "top"}),
            "sum": book.add_format({"border": 1, "valign": "top", "num_format": "#,##0.##"}),
        }
        for language in languages(of):
            Page(book.add_worksheet(SHEETS[language]), looks, of, language).write()
        keep(book.add_worksheet(KEPT), of)
    return out.getvalue()


class Page:
    """The table in one language."""

    def __init__(self, page: Any, looks: dict[str, Any], of: Official, language: str) -> None:
        self.page, self.looks, self.of, self.language = page, looks, of, language
        self.columns = names(of.ground.years)
        self.row = 0

    def write(self) -> None:
        self.page.set_landscape()
        self.page.set_paper(9)  # A4
        self.page.fit_to_pages(1, 0)
        for place, column in enumerate(self.columns):
            self.page.set_column(place, place, WIDTHS.get(column, COST))
        self.over()
        self.head()
        for entry, texts in lines(self.of, self.language):
            if isinstance(entry, Heading):
                self.across(texts[0], self.looks["section"])
            else:
                for place, (column, text) in enumerate(zip(self.columns, texts, strict=True)):
                    self.cell(place, text, plain=amount(entry, column, text))
                self.row += 1
        self.under()

    def across(self, text: str, look: Any) -> None:
        self.page.merge_range(self.row, 0, self.row, len(self.columns) - 1, "", look)
        self.page.write_string(self.row, 0, text[:LONGEST], look)
        self.row += 1

    def cell(self, place: int, text: str, *, plain: bool = False) -> None:
        if plain:
            value = sheet.number(text)
            self.page.write_number(self.row, place, value, self.looks["sum"])
        elif text:
            self.page.write_string(self.row, place, text[:LONGEST], self.looks["cell"])
        else:
            self.page.write_blank(self.row, place, None, self.looks["cell"])

    def over(self) -> None:
        corner = self.of.corner.get(self.language, ())
        for text in (cells.APPROVED[self.language], *corner) if corner else ():
            self.across(text, self.looks["corner"])
        self.across(self.of.title.get(self.language, ""), self.looks["title"])

    def head(self) -> None:
        """The headings, the same on every printed page; years of costs in a row of their own."""
        look, unit, years = self.looks["head"], self.of.ground.unit, self.of.ground.years
        words = [heading(column, self.language, unit) for column in self.columns]
        first, several = self.row, len(years) > 1
        for place, text in enumerate(words):
            self.page.write_string(first, place, text, look)
        if several:
            at = self.columns.index(f"cost_{years[0]}")
            self.page.merge_range(first, at, first, at + len(years) - 1, "", look)
            self.page.write_string(first, at, words[at], look)
            for place in range(len(words)):
                self.page.write_blank(first + 1, place, None, look)
            for place, year in enumerate(years, at):
                said = cells.YEARS[self.language].format(year)
                self.page.write_string(first + 1, place, said, look)
        self.row += 2 if several else 1
        self.page.repeat_rows(first, self.row - 1)
        self.page.freeze_panes(self.row, 2)

    def under(self) -> None:
        if totals := self.of.totals(self.language):
            around = len(self.columns) - len(totals) - 2
            texts = ["", cells.TOTALS[self.language], *[""] * (around - 1), *totals, ""]
            for place, text in enumerate(texts):
                self.cell(place, text, plain=text in totals and sheet.number(text) is not None)
            self.row += 1
        if closing := self.of.closing.get(self.language):
            self.row += 1
            self.page.write_string(self.row, 1, cells.CLOSINGS[self.language])
            for short, full in closing:
                self.row += 1
                self.page.write_string(self.row, 1, f"{short} – {full}")


def keep(page: Any, of: Official) -> None:
    """Every line whole, as it is drafted: in pieces, for a cell holds no more."""
    page.hide()
    for row, entry in enumerate(of.table.entries):
        text = json.dumps(as_json(entry), sort_keys=True, separators=(",", ":"))
        text = text.replace(" ", "\\u0020")  # no cell that is cut out of it begins with a space
        for place, start in enumerate(range(0, len(text), PIECE)):
            page.write_string(row, place, text[start : start + PIECE])
