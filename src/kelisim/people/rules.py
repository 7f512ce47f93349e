"""May this be done to a person, and by whom? Facts in, a Refusal or nothing out."""

from typing import TYPE_CHECKING

from kelisim.people.states import NEXT, PersonState
from kelisim.refusals import Refusal

if TYPE_CHECKING:
    from kelisim.people.models import Person

NOT_NOW = {
    PersonState.ACTIVE: Refusal("people.already_active"),
    PersonState.SUSPENDED: Refusal("people.not_active"),
    PersonState.LEAVING: Refusal("people.already_leaving"),
    PersonState.ERASED: Refusal("people.erasure_not_asked"),
}


def may_administer(by: "Person | None") -> Refusal | None:
    """Administrators do; None is whoever holds the server and types the command there."""
    if by is not None and not by.is_staff:
        return Refusal("people.not_administrator")
    return None


def may_invite(by: "Person | None", *, taken: bool) -> Refusal | None:
    if refusal := may_administer(by):
        return refusal
    return Refusal("people.email_taken") if taken else None


def may_entrust(person: "Person", by: "Person | None") -> Refusal | None:
    """The system is entrusted once, to somebody who is here, and never to oneself."""
    if refusal := may_administer(by):
        return refusal
    if by is not None and by.pk == person.pk:
        return Refusal("people.own_rights")
    if person.state != PersonState.ACTIVE:
        return Refusal("people.not_active")
    return Refusal("people.right_held") if person.is_staff else None


def may_withdraw(person: "Person", by: "Person | None", *, administrators: int) -> Refusal | None:
    if refusal := may_administer(by):
        return refusal
    if not person.is_staff:
        return Refusal("people.right_not_held")
    return Refusal("people.last_administrator") if administrators <= 1 else None


def may_move(
    person: "Person", by: "Person | None", to: PersonState, *, administrators: int
) -> Refusal | None:
    """Suspend, readmit, let go: along NEXT, and never the last administrator."""
    if refusal := may_administer(by):
        return refusal
    if person.state == PersonState.ERASED:
        return Refusal("people.gone")
    if to not in NEXT[PersonState(person.state)]:
        return NOT_NOW[to]
    if to != PersonState.ACTIVE and person.is_staff and administrators <= 1:
        return Refusal("people.last_administrator")
    return None


def may_readmit(person: "Person", by: "Person | None") -> Refusal | None:
    """Only the suspended; whoever asked for erasure decides themself whether to stay."""
    if person.state == PersonState.LEAVING:
        return Refusal("people.already_leaving")
    return may_move(person, by, PersonState.ACTIVE, administrators=0)


def may_ask_erasure(person: "Person", by: "Person", *, administrators: int) -> Refusal | None:
    """Everybody may ask for themself, once; the last administrator first names another."""
    if by.pk != person.pk and (refusal := may_administer(by)):
        return refusal
    return may_move(person, None, PersonState.LEAVING, administrators=administrators)


def may_stay(person: "Person") -> Refusal | None:
    """Somebody who asked for erasure may think again until it is done."""
    return None if person.state == PersonState.LEAVING else Refusal("people.erasure_not_asked")


def may_erase(person: "Person", by: "Person | None", *, administrators: int) -> Refusal | None:
    """Only after the person asked; by another, or by the term that has come (None)."""
    if by is not None and by.pk == person.pk:
        return Refusal("people.own_erasure")
    return may_move(person, by, PersonState.ERASED, administrators=administrators)


def needs_second_factor(*, weighs: bool, has_one: bool, required: bool = True) -> Refusal | None:
    """Whoever holds a post that weighs proves themself twice where it counts."""
    if required and weighs and not has_one:
        return Refusal("people.second_factor_needed")
    return None
