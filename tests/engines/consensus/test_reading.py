"""A file taken by columns says what it says line by line."""

import io

import numpy as np
import pytest

from kelisim.engines.consensus.reading import NotPlainError, read_bytes, taken
from kelisim.engines.consensus.votes import Unreadable, read

PLAIN = {
    "numbers": "participant,statement,value,time\n10,2,1,5\n9,1,-1,6\n10,2,0,7\n100,1,+1,\n",
    "words": "value,participant,statement\n1,a long name of a person,s1\n−1,Айгүл,s2\n0,Айгүл,s10\n",
    "polis": "timestamp,datetime,comment-id,voter-id,vote\n1500232652930,Mon Jul 17 2017,0,0,0\n"
    "1500232652931,Mon Jul 17 2017,1,0,-1\n",
    "no last line": "participant,statement,value\n1,1,1\n2,1,0",
    "two characters": "participant,statement,value\r\n1,1,1\r\n2,1,0\r\n",
    "dates": "participant,statement,value,time\na,1,1,2026-05-02T10:00:00Z\na,1,0,2026-05-01T10:00:00Z\n",
}
OTHER = {
    "quotes": 'participant,statement,value\n"a",1,1\n',
    "a blank line": "participant,statement,value\n\na,1,1\n",
    "a space": "participant,statement,value\na,1, 1\n",
    "a space before a name": "participant,statement,value\n a,1,1\n",
    "dates of several lengths": "participant,statement,value,time\na,1,1,2026-05-02\na,2,0,2026-05-01T10:00:00Z\n",
    "one cell more": "participant,statement,value\na,1,1,5\n",
}


def same(one, other):
    return (one.participants, one.statements, one.sha256) == (
        other.participants,
        other.statements,
        other.sha256,
    )


@pytest.mark.parametrize("text", PLAIN.values(), ids=PLAIN)
def test_a_plain_file_is_taken_by_columns(text):
    assert same(taken(text.encode()), read(io.StringIO(text, newline="")))
    assert same(taken(b"\xef\xbb\xbf" + text.encode()), taken(text.encode()))


@pytest.mark.parametrize("text", OTHER.values(), ids=OTHER)
def test_any_other_is_read_by_lines(text):
    with pytest.raises(NotPlainError):
        taken(text.encode())
    assert same(read_bytes(text.encode()), read(io.StringIO(text, newline="")))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("participant,statement,value\na,1,1\na,1,1\n", 3),
        ("participant,statement,value\na,1,1\nb,1,7\n", 3),
        ("participant,statement,value\r\na,1,1\r\n,1,1\r\n", 3),
        ("participant,statement,value,time\na,1,1,2026-13-02T10:00:00\n", 2),
    ],
)
def test_a_fault_is_found_at_its_line(text, line):
    with pytest.raises(Unreadable) as refused:
        read_bytes(text.encode())
    assert [one.line for one in refused.value.faults] == [line]


def test_a_file_of_many_pieces_is_one_conversation(monkeypatch):
    monkeypatch.setattr("kelisim.engines.consensus.reading.PIECE", 100)
    dice = np.random.default_rng(2)
    pairs = dice.permutation(400 * 7)
    lines = [f"{'p' * (pair % 13)}{pair // 7},{pair % 7},{pair % 3 - 1},{pair}" for pair in pairs]
    text = "\n".join(["participant,statement,value,time", *lines])
    assert same(taken(text.encode()), read(text.splitlines()))
    assert len(taken(text.encode()).rows) == len(pairs)


def test_every_real_export_is_read_in_both_ways(shared_data):
    for folder in sorted((shared_data / "dialogue").iterdir()):
        for path in folder.glob("votes.csv"):
            data = path.read_bytes()
            assert same(taken(data), read(io.StringIO(data.decode(), newline="")))
