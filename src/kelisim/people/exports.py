"""All that is held on a person, as JSON that they take with them."""

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from kelisim.people import queries
from kelisim.people.holdings import HOLDINGS, Json
from kelisim.people.models import Person, Session


def moment(value: datetime | None) -> str | None:
    return value.isoformat() if value else None


def everything(person: Person) -> dict[str, Json]:
    """The record, the ways of signing in, the sessions, the acts, and what later rooms add."""
    return {
        "person": {
            "name": person.name,
            "email": person.email,
            "phone": person.phone,
            "language": person.language,
            "state": person.state,
            "administers": person.is_staff,
            "last_sign_in": moment(person.last_login),
            "erasure_asked": moment(person.erasure_asked_at),
        },
        "addresses": [
            {"email": row.email, "confirmed": row.verified, "primary": row.primary}
            for row in EmailAddress.objects.filter(user=person).order_by("pk")
        ],
        "second_factors": [
            {
                "kind": row.type,
                "name": row.data.get("name", ""),
                "added": moment(row.created_at),
                "used": moment(row.last_used_at),
            }
            for row in Authenticator.objects.filter(user=person).order_by("pk")
        ],
        "sessions": [
            {"device": row.device, "began": moment(row.began_at), "seen": moment(row.seen_at)}
            for row in Session.objects.filter(person=person).order_by("-seen_at")
        ],
        "acts": [
            {"number": entry.number, "act": entry.act, "at": moment(entry.at)}
            for entry in queries.acts(person)
        ],
        **{name: holding(person) for name, holding in sorted(HOLDINGS.items())},
    }
