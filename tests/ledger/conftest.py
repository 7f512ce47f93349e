"""Whom and what the ledger is tried with: no room above it is needed."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from django.db import transaction

from kelisim.ledger.actions import record
from kelisim.ledger.mandates import Mandate
from kelisim.ledger.models import Head

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
MANDATE = Mandate("council.secretary", "secretary of the council")


@dataclass
class Holder:
    """Somebody with a key, as the ledger knows a person."""

    pk: int
    ledger_key: bytes


SAULE = Holder(7, b"s" * 32)
BOLAT = Holder(8, b"b" * 32)


def act(name="council.met", *, by=SAULE, because="", **facts):
    """One recorded act in its own transaction; its subject is any row."""
    with transaction.atomic():
        return record(
            name,
            subject=Head(pk=1),
            by=by,
            mandate=MANDATE,
            because=because,
            at=facts.pop("at", AT),
            **facts,
        )


@pytest.fixture
def ten():
    """A ledger of ten acts, of two people and of the system, some with a reason."""
    people = [SAULE, BOLAT, None]
    return [
        act(
            f"council.act_{n}",
            by=people[n % 3],
            because=f"because of {n}" if n % 4 == 0 else "",
            before={"state": "draft", "n": n},
            after={"state": "done", "n": n + 1},
        )
        for n in range(1, 11)
    ]
