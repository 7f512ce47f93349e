"""Votes as they come in: read, checked by line, brought into one order whatever the file's was.

A file has the columns `participant,statement,value,time` in any order (time may be missing), or it
is an export of Polis: one vote a line (`timestamp,…,comment-id,voter-id,vote`), or one participant
a line with a column for each statement.
"""

import csv
import hashlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

type Integers = npt.NDArray[np.int64]
type Floats = npt.NDArray[np.float64]

AGREE, PASS, DISAGREE = 1, 0, -1
VALUES = {"1": AGREE, "+1": AGREE, "0": PASS, "-1": DISAGREE, "−1": DISAGREE}
NAMES = {
    "participant": ("participant", "voter-id", "voter_id"),
    "statement": ("statement", "comment-id", "comment_id"),
    "value": ("value", "vote"),
    "time": ("time", "timestamp"),
}
"""What a column may be called; the first is ours, the others are Polis's."""
ABOUT = frozenset({"xid", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree"})
"""Columns of Polis's wide table that are no statements."""
MOST_FAULTS = 100


@dataclass(frozen=True, slots=True)
class Fault:
    """What cannot be read: the line of the file (the first is 1), a key, the words found there."""

    line: int
    what: str
    found: str = ""


class Unreadable(ValueError):
    """Nothing was taken; every fault with its line."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(f"line {one.line}: {one.what} {one.found}" for one in faults))
        self.faults = tuple(faults)


@dataclass(frozen=True)
class Votes:
    """Each participant's last vote on each statement, in one order.

    `rows` and `columns` are the places of participant and statement, `values` −1, 0 or +1; all are
    sorted by row, then column. Participants and statements stand in the order of their names:
    as numbers where all are numbers.
    """

    participants: tuple[str, ...]
    statements: tuple[str, ...]
    rows: npt.NDArray[np.int32]
    columns: npt.NDArray[np.int32]
    values: npt.NDArray[np.int8]
    times: Floats | None = None
    """When each was cast, where that is known: seconds or milliseconds since a beginning."""

    @property
    def size(self) -> tuple[int, int]:
        """Participants and statements."""
        return len(self.participants), len(self.statements)

    @cached_property
    def starts(self) -> Integers:
        """Where each participant's votes begin, and the end of the last."""
        counts = np.bincount(self.rows, minlength=len(self.participants))
        return np.concatenate(([0], np.cumsum(counts)))

    @cached_property
    def per_participant(self) -> Integers:
        return np.diff(self.starts)

    @cached_property
    def sha256(self) -> str:
        """Of exactly these votes: the same for any order of lines, and for votes overtaken."""
        made = hashlib.sha256()
        for names in (self.participants, self.statements):
            made.update("\x00".join(names).encode() + b"\x01")
        for part in (self.rows, self.columns, self.values, self.times):
            if part is not None:
                made.update(np.ascontiguousarray(part))
        return made.hexdigest()

    def without(self, statements: Iterable[str]) -> "Votes":
        """The same with some statements set aside; participants who then have no vote stay."""
        aside = {one for one in statements if one in set(self.statements)}
        kept = [place for place, name in enumerate(self.statements) if name not in aside]
        if len(kept) == len(self.statements):
            return self
        now = np.full(len(self.statements), -1, dtype=np.int32)
        now[kept] = np.arange(len(kept), dtype=np.int32)
        columns = now[self.columns]
        there = columns >= 0
        return Votes(
            self.participants,
            tuple(self.statements[place] for place in kept),
            self.rows[there],
            columns[there],
            self.values[there],
            None if self.times is None else self.times[there],
        )

    def then(self, later: "Votes") -> "Votes":
        """With more votes, of which one on the same pair takes the earlier one's place."""
        names, _rows = named(list(dict.fromkeys((*self.participants, *later.participants))))
        titles, _columns = named(list(dict.fromkeys((*self.statements, *later.statements))))
        place = dict(zip(names, range(len(names)), strict=True))
        title = dict(zip(titles, range(len(titles)), strict=True))
        pairs, values, times = [], [], []
        for one in (self, later):
            rows = np.array([place[name] for name in one.participants], dtype=np.int64)
            columns = np.array([title[name] for name in one.statements], dtype=np.int64)
            pairs.append(rows[one.rows] * len(titles) + columns[one.columns])
            values.append(one.values)
            times.append(np.full(len(one.rows), np.nan) if one.times is None else one.times)
        whole = np.concatenate(pairs)
        order = sorted_places(whole)
        order = order[np.append(np.diff(whole[order]) != 0, np.ones(min(len(order), 1), np.bool_))]
        rows, columns = np.divmod(whole[order], max(len(titles), 1))
        when = np.concatenate(times)[order]
        return Votes(
            names,
            titles,
            rows.astype(np.int32),
            columns.astype(np.int32),
            np.concatenate(values)[order],
            None if np.isnan(when).all() else when,
        )

    def where(self, chosen: npt.NDArray[np.bool_]) -> "Votes":
        """Some of the votes, of the same participants on the same statements."""
        return Votes(
            self.participants,
            self.statements,
            self.rows[chosen],
            self.columns[chosen],
            self.values[chosen],
            None if self.times is None else self.times[chosen],
        )

    def of(self, chosen: Integers) -> "Votes":
        """The votes of some participants only (places in ascending order)."""
        now = np.full(len(self.participants), -1, dtype=np.int32)
        now[chosen] = np.arange(len(chosen), dtype=np.int32)
        rows = now[self.rows]
        there = rows >= 0
        return Votes(
            tuple(self.participants[place] for place in chosen.tolist()),
            self.statements,
            rows[there],
            self.columns[there],
            self.values[there],
            None if self.times is None else self.times[there],
        )


def read(lines: Iterable[str]) -> Votes:
    """Votes from the lines of a CSV file. Raises Unreadable with every fault."""
    reader = csv.reader(lines)
    head = [name.strip().removeprefix("\ufeff").casefold() for name in next(reader, [])]
    places = {
        name: next((head.index(one) for one in known if one in head), None)
        for name, known in NAMES.items()
    }
    wide = [
        place
        for place, name in enumerate(head)
        if name not in ABOUT and name not in NAMES["participant"] and name.isdecimal()
    ]
    if places["participant"] is not None and places["statement"] is None and wide:
        return collected(of_wide(reader, head, places["participant"], wide))
    missing = [name for name in ("participant", "statement", "value") if places[name] is None]
    if missing:
        raise Unreadable([Fault(1, "column_missing", name) for name in missing])
    return collected(of_long(reader, places))


type Line = tuple[int, str, str, str, str]
"""Line of the file, participant, statement, value, time (empty where there is none)."""


def of_long(reader: Any, places: dict[str, int | None]) -> Iterator[Line]:
    """One vote a line. A line that is too short gives empty words, which are refused later."""
    who, what, value, time = (places[name] for name in NAMES)
    for row in reader:
        if not row:
            continue
        size = len(row)
        yield (
            reader.line_num,
            row[who] if who is not None and who < size else "",
            row[what] if what is not None and what < size else "",
            row[value] if value is not None and value < size else "",
            row[time] if time is not None and time < size else "",
        )


def of_wide(reader: Any, head: Sequence[str], who: int, wide: Sequence[int]) -> Iterator[Line]:
    """One participant a line; an empty cell is no vote."""
    for row in reader:
        for place in wide:
            if place < len(row) and row[place].strip():
                yield reader.line_num, row[who], head[place], row[place], ""


def collected(found: Iterable[Line]) -> Votes:
    """Votes in their order; of a pair that was voted on again the last by time."""
    people: dict[str, int] = {}
    statements: dict[str, int] = {}
    rows, columns, values = array("i"), array("i"), array("b")
    times, at = array("d"), array("q")
    faults: list[Fault] = []
    for line, who, what, said, time in found:
        value = VALUES.get(said) if said in VALUES else VALUES.get(said.strip())
        if value is None or not who or not what:
            fault(faults, line, who, what, said)
            continue
        moment = instant(time)
        if moment is None:
            faults.append(Fault(line, "time_unreadable", time))
            continue
        rows.append(people.setdefault(who, len(people)))
        columns.append(statements.setdefault(what, len(statements)))
        values.append(value)
        times.append(moment)
        at.append(line)
    if faults:
        raise Unreadable(faults[:MOST_FAULTS])
    return ordered(
        (list(people), np.frombuffer(rows, np.intc)),
        (list(statements), np.frombuffer(columns, np.intc)),
        np.frombuffer(values, np.int8),
        np.frombuffer(times, np.float64),
        np.frombuffer(at, np.int64),
    )


def fault(faults: list[Fault], line: int, who: str, what: str, said: str) -> None:
    if not who.strip():
        faults.append(Fault(line, "participant_missing"))
    if not what.strip():
        faults.append(Fault(line, "statement_missing"))
    if VALUES.get(said.strip()) is None:
        faults.append(Fault(line, "value_unreadable", said))


def instant(time: str) -> float | None:
    """A moment as a number: digits as they are, ISO 8601 in seconds; nan where none is said.

    Where no zone is said it is UTC, whatever the machine's is.
    """
    if not time:
        return float("nan")
    try:
        return float(time)
    except ValueError:
        pass
    try:
        moment = datetime.fromisoformat(time)
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def ordered(
    people: tuple[list[str], npt.NDArray[np.intc]],
    statements: tuple[list[str], npt.NDArray[np.intc]],
    values: npt.NDArray[np.int8],
    times: Floats,
    lines: Integers,
) -> Votes:
    """In the order of names, one vote a pair. Raises Unreadable where no vote is the last."""
    names, row_of = named(people[0])
    titles, column_of = named(statements[0])
    rows, columns = row_of[people[1]], column_of[statements[1]]
    pairs = rows.astype(np.int64) * max(len(titles), 1) + columns
    order = sorted_places(pairs)
    again = np.diff(pairs[order]) == 0
    if again.any():
        order = np.lexsort((lines, times, pairs))
        refuse_ties(times[order], lines[order], again)
        order = order[np.append(~again, True)]
    kept = times[order]
    when = None if np.isnan(kept).all() else kept
    return Votes(names, titles, rows[order], columns[order], values[order], when)


def sorted_places(keys: Integers) -> Integers:
    """Where the keys (none below nought) stand in order, first ones first: by 16 bits at a time."""
    order = np.argsort((keys & 0xFFFF).astype(np.uint16), kind="stable")
    for shift in range(16, int(keys.max(initial=0)).bit_length(), 16):
        part = ((keys >> shift) & 0xFFFF).astype(np.uint16)
        order = order[np.argsort(part[order], kind="stable")]
    return order


def refuse_ties(times: Floats, lines: Integers, again: npt.NDArray[np.bool_]) -> None:
    """A pair that is repeated without time, or twice at its last moment, has no last vote.

    `again`: whether the vote after this one is on the same pair.
    """
    closing = again & np.append(~again[1:], True)
    ends = np.flatnonzero(closing) + 1
    unsaid = np.isnan(times[ends]) | np.isnan(times[ends - 1])
    tied = unsaid | (times[ends] == times[ends - 1])
    if tied.any():
        found = sorted(lines[ends[tied]].tolist())[:MOST_FAULTS]
        raise Unreadable([Fault(line, "vote_repeated") for line in found])


def named(names: list[str]) -> tuple[tuple[str, ...], npt.NDArray[np.int32]]:
    """Names in their order, and the place of each by where it stood."""
    numbers = all(name.isdecimal() for name in names)
    keys = [int(name) for name in names] if numbers else names
    order = sorted(range(len(names)), key=lambda place: (keys[place], names[place]))
    places = np.empty(len(names), dtype=np.int32)
    places[order] = np.arange(len(names), dtype=np.int32)
    return tuple(names[place] for place in order), places
