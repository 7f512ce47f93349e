"""Bytes to text: which encoding, and what is refused before anything is read."""

import re

from kelisim.refusals import Refusal, Refused

LARGEST = 50 * 1024 * 1024
PDF, OLE, RTF = b"%PDF", b"\xd0\xcf\x11\xe0", b"{\\rtf"
WIDE = b"\xff\xfe\x00\x00"  # UTF-32, which begins like UTF-16
MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
CONTROLS = bytes(sorted({*range(32), 127} - {9, 10, 11, 12, 13, 27}))
MOST_CONTROLS = 0.001
LEAST_CYRILLIC = 0.3
MOST_CYRILLIC = 0.9
TYPOGRAPHY = frozenset("«»„“”‘’–—…№§\u00a0\u00ad•·°")
MIXED = re.compile(r"[a-z][а-яё]|[а-яё][a-z]", re.IGNORECASE)


def checked(data: bytes) -> None:
    """Refuse what can be refused by its size alone."""
    if not data.strip():
        raise Refused(Refusal("charter.file_empty"))
    if len(data) > LARGEST:
        raise Refused(Refusal("charter.file_too_large", megabytes=LARGEST // 1024**2))


def text_of(data: bytes) -> str:
    """The text of a file in UTF-8, in UTF-16 with its mark, or in windows-1251."""
    if data.startswith(WIDE):
        raise Refused(Refusal("charter.file_unknown_encoding", line=1))
    for mark, encoding in MARKS.items():
        if data.startswith(mark):
            return decoded(data, encoding)
    sample = data[:100_000]
    controls = len(sample) - len(sample.translate(None, CONTROLS))
    if (
        data.startswith((PDF, OLE, RTF))
        or b"\x00" in data
        or controls > MOST_CONTROLS * len(sample)
    ):
        raise Refused(Refusal("charter.file_binary"))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as fault:
        text = eight_bit(data, fault)
    if not text.strip("\ufeff \t\r\n\f\v"):
        raise Refused(Refusal("charter.file_empty"))
    return text


def decoded(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as fault:
        line = data[: fault.start].count(b"\n") + 1
        raise Refused(Refusal("charter.file_broken_text", line=line, encoding=encoding)) from fault
    if not text.strip("\ufeff \t\r\n\f\v"):
        raise Refused(Refusal("charter.file_empty"))
    return text


def eight_bit(data: bytes, fault: UnicodeDecodeError) -> str:
    """windows-1251 where it reads as our languages; anything else is refused with its line."""
    line = data[: fault.start].count(b"\n") + 1
    refusal = Refusal("charter.file_unknown_encoding", line=line)
    try:
        text = data.decode("windows-1251")
    except UnicodeDecodeError:
        raise Refused(refusal) from fault
    letters = [sign for sign in text[:200_000] if sign.isalpha()]
    cyrillic = [sign for sign in letters if "а" <= sign.lower() <= "я" or sign in "ёЁ"]
    small = sum(sign.islower() for sign in cyrillic)
    # Another encoding of Cyrillic read as windows-1251 turns small letters into capitals; a
    # western encoding puts Cyrillic letters into Latin words.
    mixed = len(MIXED.findall(text[:200_000]))
    high = sum(sign > "\x7f" and sign not in TYPOGRAPHY for sign in text[:200_000])
    foreign = (
        len(cyrillic) < LEAST_CYRILLIC * len(letters)
        or mixed * 20 > len(cyrillic)
        or len(cyrillic) < MOST_CYRILLIC * high
    )
    if foreign or small * 2 < len(cyrillic):
        raise Refused(refusal) from fault
    return text
