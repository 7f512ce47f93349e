"""What is done to and by people. Official acts among it are recorded in the ledger."""

import secrets
from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, cast

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.module_loading import import_string

from kelisim.ledger.actions import record
from kelisim.ledger.mandates import Mandate
from kelisim.people import queries, rules
from kelisim.people.models import Person, Session
from kelisim.people.states import PersonState
from kelisim.refusals import require

if TYPE_CHECKING:
    from django.tasks import Task

ADMINISTRATOR = Mandate("people.administrator", "administrator of the system")
OPERATOR = Mandate("people.operator", "operator of the server")
ONESELF = Mandate("people.oneself", "the person concerned")
TERM = Mandate("people.term", "the term set for erasure")


def mandate(by: Person | None) -> Mandate:
    """Nobody signed in means: whoever holds the server, at its command line."""
    return ADMINISTRATOR if by else OPERATOR


def locked(person_id: int) -> Person:
    return Person.objects.select_for_update().get(pk=person_id)


def locked_beside_administrators(person_id: int) -> tuple[Person, int]:
    """The person, and how many administer: all locked, so that two cannot dismiss each other."""
    staff = Person.objects.select_for_update().filter(is_staff=True, is_active=True)
    count = len(staff.order_by("pk"))
    return locked(person_id), count


@transaction.atomic
def invite(
    *,
    email: str,
    name: str,
    language: str = "kk",
    phone: str = "",
    is_staff: bool = False,
    by: Person | None,
    at: datetime,
    because: str = "",
    welcome: bool = True,
) -> Person:
    """Make an account and mail its person a link to set the password (unless not to `welcome`)."""
    require(rules.may_invite(by, taken=queries.taken(email)))
    person = Person.objects.create_user(
        email,
        None,
        name=name,
        language=language,
        phone=phone,
        is_staff=is_staff,
    )
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=False)
    record(
        "people.invited",
        subject=person,
        by=by,
        mandate=mandate(by),
        because=because,
        after={"is_staff": person.is_staff},
        at=at,
    )
    if welcome:
        # Tasks stand above actions, so the message is named, not imported.
        send = cast("Task[[int], None]", import_string("kelisim.people.tasks.send_welcome"))
        send.enqueue(person.pk)
    return person


@transaction.atomic
def entrust(person_id: int, *, by: Person | None, because: str = "", at: datetime) -> Person:
    """Make a person an administrator. Raises Refused when rules.may_entrust says no."""
    person = locked(person_id)
    require(rules.may_entrust(person, by))
    person.is_staff = True
    person.save(update_fields=["is_staff"])
    record(
        "people.entrusted",
        subject=person,
        by=by,
        mandate=mandate(by),
        because=because,
        before={"is_staff": False},
        after={"is_staff": True},
        at=at,
    )
    return person


@transaction.atomic
def withdraw(person_id: int, *, by: Person | None, because: str = "", at: datetime) -> Person:
    """Take the system out of a person's hands. The last administrator stays one."""
    person, count = locked_beside_administrators(person_id)
    require(rules.may_withdraw(person, by, administrators=count))
    person.is_staff = person.is_superuser = False
    person.save(update_fields=["is_staff", "is_superuser"])
    record(
        "people.right_withdrawn",
        subject=person,
        by=by,
        mandate=mandate(by),
        because=because,
        before={"is_staff": True},
        after={"is_staff": False},
        at=at,
    )
    return person


@transaction.atomic
def suspend(person_id: int, *, by: Person | None, because: str = "", at: datetime) -> Person:
    """Keep a person out until readmitted; ends their sessions at once."""
    person, count = locked_beside_administrators(person_id)
    to = PersonState.SUSPENDED
    require(rules.may_move(person, by, to, administrators=count))
    person.state, person.is_active = to, False
    person.save(update_fields=["state", "is_active"])
    Session.objects.filter(person=person).delete()
    record(
        "people.suspended",
        subject=person,
        by=by,
        mandate=mandate(by),
        because=because,
        before={"state": PersonState.ACTIVE.value},
        after={"state": to.value},
        at=at,
    )
    return person


@transaction.atomic
def readmit(person_id: int, *, by: Person | None, because: str = "", at: datetime) -> Person:
    """Let a suspended person in again."""
    person = locked(person_id)
    to, was = PersonState.ACTIVE, person.state
    require(rules.may_readmit(person, by))
    person.state, person.is_active = to, True
    person.save(update_fields=["state", "is_active"])
    record(
        "people.readmitted",
        subject=person,
        by=by,
        mandate=mandate(by),
        because=because,
        before={"state": was},
        after={"state": to.value},
        at=at,
    )
    return person


@transaction.atomic
def ask_erasure(person_id: int, *, by: Person | None = None, at: datetime) -> Person:
    """Ask to be forgotten; `by` is the administrator who enters a request made on paper."""
    person, count = locked_beside_administrators(person_id)
    require(rules.may_ask_erasure(person, by or person, administrators=count))
    was = person.state
    person.state, person.erasure_asked_at = PersonState.LEAVING, at
    person.save(update_fields=["state", "erasure_asked_at"])
    record(
        "people.erasure_asked",
        subject=person,
        by=by or person,
        mandate=ADMINISTRATOR if by else ONESELF,
        before={"state": was},
        after={"state": person.state},
        at=at,
    )
    return person


@transaction.atomic
def stay(person_id: int, *, at: datetime) -> Person:
    """Think again before the erasure is done."""
    person = locked(person_id)
    require(rules.may_stay(person))
    person.state, person.erasure_asked_at, person.is_active = PersonState.ACTIVE, None, True
    person.save(update_fields=["state", "erasure_asked_at", "is_active"])
    record(
        "people.erasure_withdrawn",
        subject=person,
        by=person,
        mandate=ONESELF,
        before={"state": PersonState.LEAVING.value},
        after={"state": person.state},
        at=at,
    )
    return person


@transaction.atomic
def erase(person_id: int, *, by: Person | None, because: str = "", at: datetime) -> Person:
    """Remove all that is held on a person; `by` is None when the set term has come.

    Their official acts stay in the ledger: without the key, destroyed here, nothing there can be
    tied to them any more, and the chain still verifies.
    """
    person, count = locked_beside_administrators(person_id)
    require(rules.may_erase(person, by, administrators=count))
    record(
        "people.erased",
        subject=person,
        by=by,
        mandate=ADMINISTRATOR if by else TERM,
        because=because,
        before={"state": person.state},
        after={"state": PersonState.ERASED.value},
        at=at,
    )
    Session.objects.filter(person=person).delete()
    Authenticator.objects.filter(user=person).delete()
    EmailAddress.objects.filter(user=person).delete()
    person.groups.clear()
    person.user_permissions.clear()
    person.state, person.erasure_asked_at = PersonState.ERASED, None
    person.email = f"{secrets.token_hex(16)}@erased.invalid"
    person.name = person.phone = ""
    person.language = "kk"
    person.is_staff = person.is_superuser = person.is_active = False
    person.last_login = None
    person.ledger_key = b""
    person.set_unusable_password()
    person.save()
    return person


def change_profile(person: Person, *, name: str, phone: str, language: str) -> None:
    """One's own name, telephone and the language of one's mails: not an official act."""
    person.name, person.phone, person.language = name, phone, language
    person.save(update_fields=["name", "phone", "language"])


@transaction.atomic
def set_password(person: Person, *, password: str, confirmed: bool = False) -> None:
    """A new password ends every session; `confirmed` when it came through a mailed link."""
    person.set_password(password)
    person.save(update_fields=["password"])
    Session.objects.filter(person=person).delete()
    if confirmed:
        confirm_address(person)


def confirm_address(person: Person) -> None:
    """Whoever used a link that was mailed to their address has shown that it is theirs."""
    EmailAddress.objects.filter(user=person, primary=True, email=person.email).update(verified=True)


def end_sessions(person: Person, *, keys: Collection[str]) -> None:
    """Sign the person out on these devices."""
    Session.objects.filter(person=person, session_key__in=keys).delete()
