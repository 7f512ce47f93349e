"""What this room holds on a person, for their download."""

from typing import TYPE_CHECKING

from kelisim.bodies.models import Account, Mandate

if TYPE_CHECKING:
    from kelisim.people.holdings import Json
    from kelisim.people.models import Person


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
