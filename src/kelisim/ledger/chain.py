"""What binds the entries: the canonical form, its hash, and commitments that can be forgotten.

The canonical form of an entry is one JSON object in UTF-8 with exactly these keys:

    format   "kelisim.ledger/1"
    number   1, 2, 3 … without a gap
    at       the moment in UTC as YYYY-MM-DDTHH:MM:SS.ffffffZ, always with six digits
    act      the code of the act
    subject  [kind, reference]
    mandate  [key, words]
    before   an object, or null
    after    an object, or null
    actor    the commitment to the person, or "" for the system itself
    because  the commitment to the reason, or "" where none was given
    previous the hash of the entry before; 64 zeros for the first

Keys are sorted by code point at every depth, no space stands between tokens, characters outside
ASCII stand as themselves, and numbers are whole: a fraction is not a fact that a ledger keeps,
because two databases may give it back differently. The hash is SHA-256 of these bytes, in
lower-case hexadecimal.

A commitment is HMAC-SHA256 under a secret of 32 bytes. Each is bound to the entry's number, so
that two acts of one person do not look alike, and to its purpose, so that none can stand for
another. Once the secret is destroyed nobody can tell what was committed to; the chain, which
holds only the commitment, is as whole as before.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

FORMAT = "kelisim.ledger/1"
GENESIS = "0" * 64

type Fact = bool | int | str | list[Fact] | dict[str, Fact] | None
type Facts = Mapping[str, Fact]


class Link(Protocol):
    """What an entry states, whether it lies in a database or came over the API."""

    number: Any
    at: Any
    act: Any
    subject_kind: Any
    subject_ref: Any
    mandate_key: Any
    mandate_words: Any
    before: Any
    after: Any
    actor: Any
    because: Any
    previous: Any


def moment(at: datetime) -> str:
    """A moment as the canonical form writes it. A naive one is refused: it means no moment."""
    if at.tzinfo is None:
        raise ValueError("The ledger keeps moments with their zone.")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def whole(fact: object) -> None:
    """Refuse what two databases, or two programs, could write differently."""
    match fact:
        case None | bool() | int() | str():
            return
        case dict():
            if not all(isinstance(key, str) for key in fact):
                raise TypeError("The keys of facts are text.")
            for inner in fact.values():
                whole(inner)
        case list():
            for inner in fact:
                whole(inner)
        case _:
            raise TypeError(f"The ledger keeps no {type(fact).__name__}: {fact!r}")


def canonical(link: Link, *, number: int | None = None, previous: str | None = None) -> bytes:
    """The bytes that are hashed; `number` and `previous` ask how it would look elsewhere."""
    facts = {
        "format": FORMAT,
        "number": link.number if number is None else number,
        "at": moment(link.at),
        "act": link.act,
        "subject": [link.subject_kind, link.subject_ref],
        "mandate": [link.mandate_key, link.mandate_words],
        "before": link.before,
        "after": link.after,
        "actor": link.actor,
        "because": link.because,
        "previous": link.previous if previous is None else previous,
    }
    whole(facts)
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(link: Link, *, number: int | None = None, previous: str | None = None) -> str:
    """The hash of an entry."""
    return hashlib.sha256(canonical(link, number=number, previous=previous)).hexdigest()


def commitment(key: bytes, purpose: str, number: int, words: str) -> str:
    """A keyed commitment to `words`, bound to what it is for and to the entry that holds it."""
    said = json.dumps([FORMAT, purpose, number, words], ensure_ascii=False, separators=(",", ":"))
    return hmac.new(key, said.encode(), hashlib.sha256).hexdigest()


def actor_commitment(key: bytes, number: int, pk: object) -> str:
    """Who did it: provable while the person's key exists, and only with it."""
    return commitment(key, "actor", number, str(pk))


def reason_commitment(key: bytes, number: int, text: str) -> str:
    """Why it was done: provable while the reason and its own key exist."""
    return commitment(key, "because", number, text)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Where the chain stood: whoever keeps one can later tell that nothing before it changed."""

    number: int
    hash: str
    at: datetime | None

    def as_json(self) -> dict[str, str | int | None]:
        """What `/ledger/checkpoint.json` serves and a checkpoint file holds."""
        at = moment(self.at) if self.at else None
        return {"format": FORMAT, "number": self.number, "hash": self.hash, "at": at}

    @classmethod
    def from_json(cls, text: str | bytes) -> "Checkpoint":
        """Read a checkpoint file. Raises ValueError when it is none."""
        found = json.loads(text)
        if not isinstance(found, dict) or found.get("format") != FORMAT:
            raise ValueError("not a checkpoint")
        number, seal, at = found.get("number"), found.get("hash"), found.get("at")
        if type(number) is not int or number < 0 or not isinstance(seal, str):
            raise ValueError("not a checkpoint")
        return cls(number, seal, datetime.fromisoformat(str(at)) if number else None)
