"""The canonical form: fixed for ever, and enough for anybody to compute the hash anew."""

import hashlib
import hmac
import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kelisim.ledger import chain
from kelisim.ledger.chain import Checkpoint


@dataclass(frozen=True)
class Facts:
    """An entry without a database."""

    number: int = 3
    at: datetime = datetime(2013, 4, 18, 6, 0, 0, 250, tzinfo=UTC)
    act: str = "charter.published"
    subject_kind: str = "charter.version"
    subject_ref: str = "12"
    mandate_key: str = "charter.publisher"
    mandate_words: str = "publisher of charters"
    before: Any = None
    after: Any = None
    actor: str = ""
    because: str = ""
    previous: str = "a" * 64


ENTRY = Facts(after={"state": "published", "шаралар": 140, "a": [True, None]})
GOLDEN = "db0642b8cb75ae69ebea70d9e5863655313f130faff6fd5aba144a2912a6a974"


def test_the_canonical_form_is_this_to_the_byte():
    assert chain.canonical(ENTRY).decode() == (
        '{"act":"charter.published","actor":"","after":{"a":[true,null],"state":"published",'
        '"шаралар":140},"at":"2013-04-18T06:00:00.000250Z","because":"","before":null,'
        '"format":"kelisim.ledger/1","mandate":["charter.publisher","publisher of charters"],'
        f'"number":3,"previous":"{"a" * 64}","subject":["charter.version","12"]}}'
    )


def test_the_hash_is_this_for_ever():
    assert chain.digest(ENTRY) == GOLDEN


def test_the_order_of_keys_and_the_zone_of_the_moment_change_nothing():
    turned = dict(reversed(ENTRY.after.items()))
    elsewhere = ENTRY.at.astimezone(timezone(timedelta(hours=5)))
    assert chain.digest(replace(ENTRY, after=turned, at=elsewhere)) == GOLDEN


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        chain.digest(replace(ENTRY, at=datetime(2013, 4, 18)))


@given(
    name=st.sampled_from([f for f in Facts.__dataclass_fields__ if f not in {"number", "at"}]),
    text=st.text(st.characters(codec="utf-8"), max_size=20),
)
def test_another_text_in_any_field_is_another_hash(name, text):
    if getattr(ENTRY, name) != text:
        assert chain.digest(replace(ENTRY, **{name: text})) != GOLDEN


def test_the_same_words_for_another_purpose_or_entry_are_another_commitment():
    key = b"k" * 32
    assert (
        len(
            {
                chain.actor_commitment(key, 1, "7"),
                chain.actor_commitment(key, 2, "7"),
                chain.reason_commitment(key, 1, "7"),
                chain.actor_commitment(b"l" * 32, 1, "7"),
            }
        )
        == 4
    )


def test_a_commitment_can_be_computed_as_it_is_described():
    said = '["kelisim.ledger/1","because",5,"Сессияның шешімі"]'.encode()
    expected = hmac.new(b"k" * 32, said, hashlib.sha256).hexdigest()
    assert chain.reason_commitment(b"k" * 32, 5, "Сессияның шешімі") == expected


def test_a_checkpoint_is_read_as_it_was_written():
    kept = Checkpoint(3, GOLDEN, ENTRY.at)
    assert Checkpoint.from_json(json.dumps(kept.as_json())) == kept


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"format": "kelisim.ledger/1"}',
        '{"format": "kelisim.ledger/1", "number": "3", "hash": "a", "at": null}',
        '{"format": "kelisim.ledger/1", "number": 3, "hash": "a", "at": "yesterday"}',
        '{"format": "kelisim.ledger/1", "number": 3, "hash": "a", "at": 5}',
        "\x00\xff",
    ],
)
def test_what_is_no_checkpoint_is_refused(text):
    with pytest.raises(ValueError):
        Checkpoint.from_json(text)
