"""A whole file of votes, taken by columns instead of by lines: two million in about a second.

What is plain (no quotes, as many cells in every line, known votes, times as whole numbers) is taken
from the bytes at once. Anything else is read line by line by `votes.read`, which also finds the
line of every fault; both give the same votes.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kelisim.engines.consensus.votes import (
    AGREE,
    DISAGREE,
    NAMES,
    PASS,
    Floats,
    Integers,
    Votes,
    ordered,
    read,
)

type Bytes = npt.NDArray[np.uint8]
type Keys = npt.NDArray[np.uint64]

PIECE = 1 << 24
"""Bytes that are taken at once, so that memory stays small."""
WORD = 8
SHORT = 6
"""Characters of a name by which it can be counted instead of sorted."""
LONGEST_TIME = 15
"""Digits of a whole number that a float64 holds exactly."""
COMMA, LINE = ord(","), ord("\n")
SPACES = np.frombuffer(b" \t", np.uint8)
SAID = {b"1": AGREE, b"+1": AGREE, b"0": PASS, b"-1": DISAGREE, "−1".encode(): DISAGREE}
SHAPE, TAILS = b"0000-00-00T00:00:00", (b"", b"Z", b"+00:00")
"""How a moment is written: noughts stand for digits."""
MASKS = np.array([(1 << (8 * size)) - 1 for size in range(WORD + 1)], dtype=np.uint64)


class NotPlainError(Exception):
    """The file must be read line by line."""


def read_bytes(data: bytes) -> Votes:
    """Votes from a CSV file. Raises Unreadable with every fault, or that it is not in UTF-8."""
    try:
        return taken(data)
    except NotPlainError:
        return read(io.StringIO(data.decode("utf-8-sig"), newline=""))


@dataclass(frozen=True, slots=True)
class Head:
    """How many cells a line has, and which cell is which; −1 for no time."""

    cells: int
    participant: int
    statement: int
    value: int
    time: int


def taken(data: bytes) -> Votes:
    """Votes of a plain file. Raises NotPlainError at whatever is not."""
    if b'"' in data or b"\x00" in data:
        raise NotPlainError
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n")
    if b"\r" in data:
        raise NotPlainError
    top = data.find(b"\n") + 1
    head = headed(data[:top])
    parts = [piece_of(piece, head) for piece in pieces(data, top)]
    if not parts:
        raise NotPlainError
    people, who = coded([part.who for part in parts])
    statements, what = coded([part.what for part in parts])
    values = np.concatenate([part.values for part in parts])
    times = np.concatenate([part.times for part in parts])
    del parts
    lines = np.arange(2, len(values) + 2, dtype=np.int64)
    return ordered((people, who), (statements, what), values, times, lines)


def headed(line: bytes) -> Head:
    names = [one.strip().casefold() for one in line.decode("utf-8-sig", "replace").split(",")]
    places = [
        next((names.index(one) for one in known if one in names), -1) for known in NAMES.values()
    ]
    if min(places[:3]) < 0:
        raise NotPlainError
    return Head(len(names), *places)


def pieces(data: bytes, start: int) -> Iterator[bytes]:
    """Parts that end with a line."""
    while start < len(data):
        end = data.rfind(b"\n", start, start + PIECE) + 1
        if end <= start or start + PIECE >= len(data):
            end = len(data)
        piece = data[start:end]
        yield piece if piece.endswith(b"\n") else piece + b"\n"
        start = end


@dataclass(frozen=True, slots=True)
class Piece:
    """Words as rows of eight-byte numbers, votes, moments (nan where none is said)."""

    who: Keys
    what: Keys
    values: npt.NDArray[np.int8]
    times: Floats


def piece_of(piece: bytes, head: Head) -> Piece:
    raw = np.frombuffer(piece + b"\x00" * WORD, np.uint8)
    marks = np.flatnonzero((raw == COMMA) | (raw == LINE))
    if len(marks) % head.cells:
        raise NotPlainError
    ends = marks.reshape(-1, head.cells)
    if not ((raw[ends[:, -1]] == LINE).all() and (raw[ends[:, :-1]] == COMMA).all()):
        raise NotPlainError
    starts = np.concatenate(([0], marks[:-1] + 1)).reshape(ends.shape)
    eights = np.ndarray((len(raw) - WORD + 1,), np.dtype("<u8"), buffer=raw, strides=(1,))

    def cell(place: int) -> tuple[Integers, Integers]:
        return starts[:, place], ends[:, place]

    for place in (head.participant, head.statement):
        refuse_blank(raw, *cell(place))
    return Piece(
        words(eights, *cell(head.participant)),
        words(eights, *cell(head.statement)),
        said(eights, *cell(head.value)),
        moments(raw, *cell(head.time)) if head.time >= 0 else np.full(len(ends), np.nan),
    )


def refuse_blank(raw: Bytes, starts: Integers, ends: Integers) -> None:
    """Names that are missing, or begin or end with a space, are looked at line by line."""
    if (starts == ends).any():
        raise NotPlainError
    if np.isin(raw[starts], SPACES).any() or np.isin(raw[ends - 1], SPACES).any():
        raise NotPlainError


def words(eights: Keys, starts: Integers, ends: Integers) -> Keys:
    """The bytes of each cell as numbers of eight bytes, filled up with noughts."""
    sizes = ends - starts
    count = -(-int(sizes.max()) // WORD)
    found = np.empty((len(starts), count), dtype=np.uint64)
    for place in range(count):
        here = np.minimum(starts + place * WORD, len(eights) - 1)
        found[:, place] = eights[here] & MASKS[np.clip(sizes - place * WORD, 0, WORD)]
    return found


def said(eights: Keys, starts: Integers, ends: Integers) -> npt.NDArray[np.int8]:
    if (ends - starts > WORD).any():
        raise NotPlainError
    keys = words(eights, starts, ends)
    if keys.shape[1] != 1:
        raise NotPlainError
    values = np.full(len(keys), DISAGREE - 1, dtype=np.int8)
    for word, value in SAID.items():
        values[keys[:, 0] == int.from_bytes(word, "little")] = value
    if (values < DISAGREE).any():
        raise NotPlainError
    return values


def moments(raw: Bytes, starts: Integers, ends: Integers) -> Floats:
    """Whole numbers, or moments of ISO 8601 in seconds; nan where the cell is empty."""
    sizes = ends - starts
    longest = int(sizes.max())
    if longest >= len(SHAPE):
        return dated(raw, starts, sizes)
    if longest > LONGEST_TIME:
        raise NotPlainError
    found = np.zeros(len(starts), dtype=np.int64)
    for place in range(longest):
        there = place < sizes
        found = np.where(
            there, found * 10 + digits(raw, np.where(there, starts + place, -1)), found
        )
    return np.where(sizes > 0, found.astype(np.float64), np.nan)


def digits(raw: Bytes, where: Integers) -> Integers:
    """The digit at each place; nought where there is no place (−1)."""
    found = np.where(where < 0, ord("0"), raw[where]).astype(np.int64) - ord("0")
    if ((found < 0) | (found > 9)).any():  # noqa: PLR2004  (a digit)
        raise NotPlainError
    return found


def dated(raw: Bytes, starts: Integers, sizes: Integers) -> Floats:
    """Moments as 2026-05-01T10:00:00, with Z or +00:00 or nothing after it: all of one length."""
    size = int(sizes[0])
    tail = raw[starts[0] + len(SHAPE) : starts[0] + size].tobytes()
    if (sizes != size).any() or tail not in TAILS:
        raise NotPlainError
    for place, mark in enumerate(SHAPE + tail):
        fixed = mark != ord("0") or place >= len(SHAPE)
        if fixed and (raw[starts + place] != mark).any():
            raise NotPlainError

    def number(first: int, last: int) -> Integers:
        total = np.zeros(len(starts), dtype=np.int64)
        for place in range(first, last):
            total = total * 10 + digits(raw, starts + place)
        return total

    months = (number(0, 4) - 1970) * 12 + number(5, 7) - 1
    day = months.astype("M8[M]").astype("M8[D]") + (number(8, 10) - 1)
    hours, minutes, seconds = number(11, 13), number(14, 16), number(17, 19)
    wrong = (day.astype("M8[M]").astype(np.int64) != months) | (number(5, 7) - 1 > 11)  # noqa: PLR2004
    if (wrong | (hours > 23) | (minutes > 59) | (seconds > 59)).any():  # noqa: PLR2004  (a clock)
        raise NotPlainError
    whole = day.astype("M8[s]").astype(np.int64) + hours * 3600 + minutes * 60 + seconds
    return whole.astype(np.float64)


def coded(parts: list[Keys]) -> tuple[list[str], npt.NDArray[np.intc]]:
    """The different words of a column, and which one each line has."""
    width = max(part.shape[1] for part in parts)
    keys = np.zeros((sum(map(len, parts)), width), dtype=np.uint64)
    at = 0
    for part in parts:
        keys[at : at + len(part), : part.shape[1]] = part
        at += len(part)
    codes, first = told_apart(keys[:, 0])
    for place in range(1, width):
        other, _first = told_apart(keys[:, place])
        codes, first = told_apart(codes.astype(np.int64) * (int(other.max()) + 1) + other)
    raw = np.ascontiguousarray(keys[first]).astype("<u8", copy=False).tobytes()
    size = width * WORD
    names = [raw[place * size : (place + 1) * size] for place in range(len(first))]
    try:
        return [name.rstrip(b"\x00").decode() for name in names], codes
    except UnicodeDecodeError as error:
        raise NotPlainError from error


def told_apart(keys: npt.NDArray[np.uint64] | Integers) -> tuple[npt.NDArray[np.intc], Integers]:
    """A number for every different key, and where each was seen."""
    found = few(keys)
    if found is not None:
        return found
    _keys, first, codes = np.unique(keys, return_index=True, return_inverse=True)
    return codes.astype(np.intc), first


def few(keys: npt.NDArray[np.uint64] | Integers) -> tuple[npt.NDArray[np.intc], Integers] | None:
    """The same in one pass, where squeezing the digits of short numbers leaves small keys."""
    if keys.dtype != np.uint64:
        return None
    small = np.zeros(len(keys), dtype=np.int64)
    for place in range(SHORT):
        byte = ((keys >> np.uint64(8 * place)) & np.uint64(0xFF)).astype(np.int64)
        # Nought for no byte, 1 to 10 for a digit: nothing is lost, so "07" stays apart from "7".
        digit = np.where(byte > 0, byte - (ord("0") - 1), 0)
        if ((digit < 0) | (digit > 10)).any():  # noqa: PLR2004  (ten digits)
            return None
        small = small * 11 + digit
    if (keys >> np.uint64(8 * SHORT)).any():
        return None
    seen = np.full(11**SHORT, -1, dtype=np.int64)
    seen[small[::-1]] = np.arange(len(keys) - 1, -1, -1)
    first = seen[seen >= 0]
    numbers = np.empty(11**SHORT, dtype=np.intc)
    numbers[small[first]] = np.arange(len(first))
    return numbers[small], first
