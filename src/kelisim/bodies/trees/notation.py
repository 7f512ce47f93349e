"""How an export writes what a cell cannot hold plainly, and how it is read back."""

import re

FORMAT = "kelisim-register"
VERSION = 1
LARGEST = 20 * 1024 * 1024
"""How many bytes a table may have."""
GUARDED = re.compile(r"^'(?=['=+\-@\t\r])")
ESCAPED = {"\\": "\\\\", "|": "\\|", "\n": "\\n"}
UNESCAPED = re.compile(r"\\(.)", re.DOTALL)
STROKE = re.compile(r"(?<!\\)((?:\\\\)*)\s*\|\s*")
BETWEEN = "\x1f"


def guarded(text: str) -> str:
    """A cell that no spreadsheet takes for a formula; `unguarded` gives it back."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r", "'"} else text


def unguarded(text: str) -> str:
    """A cell without the sign that keeps a spreadsheet from taking it for a formula."""
    return GUARDED.sub("", text, count=1)


def escaped(said: str) -> str:
    """A part of a line whose parts are divided by strokes."""
    return "".join(ESCAPED.get(sign, sign) for sign in said)


def parts(line: str) -> list[str]:
    """The parts of such a line, as they were."""
    return [
        UNESCAPED.sub(lambda match: "\n" if match[1] == "n" else match[1], part).strip()
        for part in STROKE.sub(rf"\1{BETWEEN}", line).split(BETWEEN)
    ]
