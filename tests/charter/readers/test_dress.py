"""The same document in another dress is the same tree: format, encoding, column and marks."""

import html
import io
import re
import textwrap
from collections import Counter

import docx
import pytest

from kelisim.charter.readers import read

COUNTS = {"part": 11, "aim": 3, "principle": 6, "foundation": 5, "goal": 1, "task": 7, "work": 6, "orientation": 7, "precept": 5, "result": 13, "group": 18, "measure": 140}  # fmt: skip
GROUPS = [7, 8, 12, 7, 6, 10, 12, 8, 8, 7, 8, 4, 5, 12, 6, 9, 6, 5]


@pytest.fixture(scope="module")
def text(request):
    return request.getfixturevalue("concept").read_text()


def bare(text):
    """Without any mark: no heading, no bold word."""
    return re.sub(r"^#+ ", "", text, flags=re.MULTILINE).replace("**", "").replace("\\*", "*")


def wrapped(text, indent=""):
    lines = text.split("\n")
    return "\n".join(
        indent + textwrap.fill(line, 72) if len(line) > 72 else indent + line for line in lines
    )


def without_blank_lines(text):
    return "\n".join(line.strip() for line in text.split("\n") if line.strip())


def paragraphs(text):
    return [found for found in (one.strip("\n") for one in re.split(r"\n\s*\n", text)) if found]


def page_of(text):
    parts = []
    for one in paragraphs(text):
        rows = one.split("\n")
        if heading := re.match(r"(#+) (.*)", one):
            level, words = len(heading[1]), heading[2].replace("**", "")
            parts.append(f"<h{level}>{html.escape(words)}</h{level}>")
        elif all(row.startswith("- ") for row in rows):
            parts.append(
                "<ul>" + "".join(f"<li>{html.escape(row[2:])}</li>" for row in rows) + "</ul>"
            )
        else:
            words = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", html.escape(one), flags=re.DOTALL)
            broken = "</p><p>" if "\t" in one else "<br>"
            parts.append("<p>" + words.replace("\n", broken) + "</p>")
    return "<html><body>" + "\n".join(parts) + "</body></html>"


def word_of(text, *, styled):
    document = docx.Document()
    for one in paragraphs(text):
        rows = one.split("\n")
        if heading := re.match(r"(#+) (.*)", one):
            words = heading[2].replace("**", "")
            if styled:
                document.add_heading(words, len(heading[1]))
            else:
                document.add_paragraph().add_run(words).bold = True
        elif len(rows) > 1 and (rows[0].startswith("- ") or "\t" in rows[0]):
            for row in rows:
                style = "List Bullet" if row.startswith("- ") else "Normal"
                document.add_paragraph(row.removeprefix("- "), style=style)
        else:
            paragraph = document.add_paragraph()
            for i, words in enumerate(one.split("**")):
                paragraph.add_run(words).bold = i % 2 == 1
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


DRESSES = {
    "plain": lambda text: bare(text).encode(),
    "plain without bullets": lambda text: re.sub(
        r"^- ", "", bare(text), flags=re.MULTILINE
    ).encode(),
    "windows-1251": lambda text: bare(text).encode("cp1251", "replace"),
    "UTF-16": lambda text: bare(text).encode("utf-16"),
    "lines of Windows": lambda text: text.replace("\n", "\r\n").encode(),
    "wrapped at 72 columns": lambda text: wrapped(bare(text)).encode(),
    "Markdown wrapped at 72 columns": lambda text: wrapped(text).encode(),
    "a line a paragraph": lambda text: without_blank_lines(bare(text)).encode(),
    "first lines set in": lambda text: wrapped(without_blank_lines(bare(text)), "    ").encode(),
    "underlined headings": lambda text: re.sub(
        r"^#+ (.*)$", r"\1\n-----", text, flags=re.MULTILINE
    ).encode(),
    "bold headings": lambda text: re.sub(
        r"^#+ \**(.*?)\**$", r"**\1**", text, flags=re.MULTILINE
    ).encode(),
    "no contents": lambda text: re.sub(
        r"## Содержание.*?(?=## 1\. )", "", text, flags=re.DOTALL
    ).encode(),
    "no front": lambda text: text[text.index("## 1. ") :].encode(),
    "web page": lambda text: page_of(text).encode(),
    "Word with styles": lambda text: word_of(text, styled=True),
    "Word without styles": lambda text: word_of(text, styled=False),
}


@pytest.mark.parametrize("dress", DRESSES)
def test_in_any_dress_it_is_the_same_charter(text, dress):
    draft = read(DRESSES[dress](text), name="concept")
    counts = Counter(p.kind for p in draft.provisions)
    assert {kind: counts[kind] for kind in COUNTS} == COUNTS
    measures = Counter(p.parent for p in draft.provisions if p.kind == "measure")
    assert [measures[p.eid] for p in draft.provisions if p.kind == "group"] == GROUPS
    assert len(draft.fields) == 4


def test_of_the_adopting_act_the_stamp_and_the_signature_are_told_apart(text):
    draft = read(text.encode(), name="concept")
    signed = [x.text for x in draft.leavings if x.why == "signature"]
    assert "Н.Назарбаев" in signed
    assert "№ 552" in signed
    assert [x.text.split()[0] for x in draft.leavings if x.why == "approval"] == ["УТВЕРЖДЕНА"]
