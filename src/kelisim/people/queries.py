"""Every read of people that is more than a line."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from allauth.account import app_settings as account_settings
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import salted_hmac

from kelisim.ledger.chain import actor_commitment
from kelisim.ledger.models import Entry
from kelisim.people import rules
from kelisim.people.duties import Duty, duties
from kelisim.people.models import Person, Session
from kelisim.people.states import PersonState
from kelisim.refusals import Refusal

PAGE = 50
PROOFS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@dataclass(frozen=True, slots=True)
class Listed:
    """A person as the list of people shows them."""

    person: Person
    second_factor: bool
    duties: list[Duty]

    @property
    def weighs(self) -> bool:
        """Whether they hold a post for which one proves oneself twice."""
        return any(duty.weighs for duty in self.duties)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session as its person sees it; `handle` names it without giving its key away."""

    handle: str
    device: str
    began_at: datetime | None
    seen_at: datetime | None
    here: bool


def handle(session_key: str) -> str:
    return salted_hmac("kelisim.people.session", session_key, algorithm="sha256").hexdigest()[:20]


def sessions(person: Person, *, here: str, at: datetime) -> list[SignedIn]:
    """Where the person is signed in, this device first, then the one last used."""
    rows = Session.objects.filter(person=person, expire_date__gt=at).order_by("-seen_at")
    found = [
        SignedIn(
            handle(row.session_key), row.device, row.began_at, row.seen_at, row.session_key == here
        )
        for row in rows
    ]
    return sorted(found, key=lambda session: not session.here)


def has_second_factor(person: Person) -> bool:
    return bool(Authenticator.objects.filter(user=person, type__in=PROOFS).exists())


def held_by(person: Person, *, on: date) -> list[Duty]:
    """What one person holds on a day."""
    return duties([person.pk], on)[person.pk]


def without_second_factor(person: Person, *, on: date) -> Refusal | None:
    """The refusal for whoever holds a post that weighs and proves themself only once."""
    return rules.needs_second_factor(
        weighs=any(duty.weighs for duty in held_by(person, on=on)),
        has_one=has_second_factor(person),
        required=settings.PRODUCTION,
    )


def by_address(email: str) -> Person | None:
    return Person.objects.filter(email__iexact=email).first()


def taken(email: str) -> bool:
    """Whether the address belongs to somebody, also as one that waits to be confirmed."""
    return (
        Person.objects.filter(email__iexact=email).exists()
        or EmailAddress.objects.filter(email__iexact=email).exists()
    )


def people(*, after: int | None = None, on: date) -> tuple[list[Listed], int | None]:
    """Everybody who is here, newest first, a page at a time, and where the next page begins."""
    found = (
        Person.objects.exclude(state=PersonState.ERASED)
        .annotate(
            second_factor=Exists(Authenticator.objects.filter(user=OuterRef("pk"), type__in=PROOFS))
        )
        .order_by("-pk")
    )
    rows = list((found.filter(pk__lt=after) if after else found)[: PAGE + 1])
    page = rows[:PAGE]
    held = duties([person.pk for person in page], on)
    listed = [Listed(person, person.second_factor, held[person.pk]) for person in page]
    return listed, page[-1].pk if len(rows) > PAGE else None


def acts(person: Person) -> Iterator[Entry]:
    """The official acts of a person: only their own key can tell which entries these are."""
    key = bytes(person.ledger_key)
    for entry in Entry.objects.exclude(actor="").order_by("number").iterator(chunk_size=1000):
        if entry.actor == actor_commitment(key, entry.number, person.pk):
            yield entry


def erasure_due(*, asked_before: datetime) -> list[int]:
    """Who asked for erasure so long ago that it is done without further confirmation."""
    return list(
        Person.objects.filter(state=PersonState.LEAVING, erasure_asked_at__lte=asked_before)
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def welcome_link(person: Person) -> str:
    """The address where an invited person sets the password; it works once, for three days."""
    token = account_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(person)
    parts = {"uidb36": user_pk_to_url_str(person), "key": token}
    with translation.override(person.language):
        path = reverse("account_reset_password_from_key", kwargs=parts)
    return f"{settings.ORIGIN}{path}"
