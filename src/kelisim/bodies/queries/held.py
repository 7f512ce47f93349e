"""What people hold in bodies: for their download, and for the pages about people."""

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from kelisim.bodies.models import Account, Mandate
from kelisim.bodies.queries.powers import exercised
from kelisim.bodies.rights import WEIGHTY
from kelisim.bodies.states import Nature, Role
from kelisim.people.duties import Duty

if TYPE_CHECKING:
    from kelisim.people.holdings import Json
    from kelisim.people.models import Person


def duties(people: Collection[int], on: date) -> dict[int, list[Duty]]:
    """The posts by which each of these people acts on a day; two queries."""
    return {pk: [duty(one) for one in mandates] for pk, mandates in exercised(people, on).items()}


def duty(mandate: Mandate) -> Duty:
    seat = mandate.seat
    post = Nature(seat.body.kind.nature), Role(seat.role)
    return Duty(str(post[1].label), seat.body.name, seat.words, weighs=post in WEIGHTY)


def holdings(person: "Person") -> "Json":
    """Their mandates and what they said of their years; two queries."""
    mandates = Mandate.objects.filter(person=person).select_related("seat__body", "represents")
    accounts = Account.objects.filter(mandate__person=person).order_by("year")
    return {
        "mandates": [
            {
                "body": mandate.seat.body.slug,
                "role": mandate.seat.role,
                "represents": mandate.represents.slug if mandate.represents else "",
                "since": mandate.since.isoformat(),
                "until": mandate.until.isoformat() if mandate.until else None,
            }
            for mandate in mandates
        ],
        "accounts": [
            {"year": account.year, "undertook": account.undertook, "text": account.text}
            for account in accounts
        ],
    }
