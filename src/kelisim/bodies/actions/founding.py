"""Bodies are founded, renamed, moved, described, dissolved."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr

from kelisim.bodies import rights
from kelisim.bodies.actions.finding import show
from kelisim.bodies.models import Body, FormerName, Kind, Mandate
from kelisim.bodies.queries.powers import current, powers_at
from kelisim.bodies.rules import founding as rules
from kelisim.bodies.states import Nature
from kelisim.bodies.trees.names import free, sorting, wanted_slug
from kelisim.ledger.actions import record
from kelisim.pages.languages import spoken
from kelisim.refusals import require

if TYPE_CHECKING:
    from kelisim.people.models import Person
    from kelisim.territory.models import Unit

type Words = Mapping[str, str]
TONGUES = ("kk", "ru", "en")


@dataclass(frozen=True, slots=True)
class Act:
    """An act as a body's record cites it; words by language."""

    number: str = ""
    signed: date | None = None
    kind: Words = field(default_factory=dict)
    title: Words = field(default_factory=dict)

    def cited(self) -> dict[str, Any]:
        """As it is kept; empty where there is no act."""
        if not self.number and not self.kind:
            return {}
        return {
            "number": self.number,
            "date": self.signed.isoformat() if self.signed else "",
            "kind": dict(self.kind),
            "title": dict(self.title),
        }


NO_ACT = Act()


def called(body: Body, name: Words) -> None:
    """Give a body its names, and their places in each alphabet."""
    body.name = {tongue: name[tongue].strip() for tongue in TONGUES if name.get(tongue)}
    for tongue in TONGUES:
        setattr(body, f"order_{tongue}", sorting(spoken(body.name, tongue).text, tongue))


def free_slug(name: Words, *, besides: Collection[str] = ()) -> str:
    """An address of its own, made from the name; `besides`: addresses given away just now."""
    wanted = wanted_slug(name)
    taken = set(Body.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    return free(wanted, taken | set(besides))


def locked(body_id: int) -> Body:
    return (
        Body.objects.select_for_update(of=("self",))
        .select_related("kind", "unit__parent", "parent")
        .get(pk=body_id)
    )


@transaction.atomic
def found(
    *,
    kind: str,
    name: Words,
    short: Words | None = None,
    parent: Body | None = None,
    unit: "Unit | None" = None,
    on: date | None = None,
    act: Act = NO_ACT,
    slug: str = "",
    invented: bool = False,
    by: "Person | None",
    at: datetime,
    **described: Any,
) -> Body:
    """Found a body. `described`: the fields of `describe`. Raises Refused when a rule says no."""
    of_kind = Kind.objects.prefetch_related("under").get(pk=kind)
    held = powers_at(by, at)
    if parent is not None:
        parent = locked(parent.pk)
    require(
        rules.may_found(held, parent=parent, nature=Nature(of_kind.nature)),
        rules.fits(parent, [above.key for above in of_kind.under.all()]),
        rules.may_name(dict(name)),
    )
    body = Body(
        slug=slug or free_slug(name),
        kind=of_kind,
        short=dict(short or {}),
        parent=parent,
        unit=unit,
        founded_on=on,
        founded_by=act.cited(),
        invented=invented,
        **described,
    )
    called(body, name)
    body.save()
    body.path = f"{parent.path if parent else '/'}{body.pk}/"
    body.save(update_fields=["path"])
    record(
        "bodies.founded",
        subject=body,
        by=by,
        mandate=held.mandate(rights.FOUND, parent),
        after={"kind": kind, "slug": body.slug, "on": on.isoformat() if on else ""},
        at=at,
    )
    show(body)
    return body


@transaction.atomic
def rename(
    body_id: int,
    *,
    name: Words,
    short: Words | None = None,
    on: date,
    act: Act = NO_ACT,
    by: "Person | None",
    at: datetime,
) -> Body:
    """Give a body another name from a day on; the old one is kept with its last day."""
    body = locked(body_id)
    held = powers_at(by, at)
    require(rules.may_rename(held, body, name=dict(name)))
    FormerName.objects.create(
        body=body, name=body.name, short=body.short, until=on, act=act.cited()
    )
    called(body, name)
    if short is not None:
        body.short = dict(short)
    body.save(update_fields=["name", "short", *(f"order_{tongue}" for tongue in TONGUES)])
    record(
        "bodies.renamed",
        subject=body,
        by=by,
        mandate=held.mandate(rights.FOUND, body),
        after={"on": on.isoformat()},
        at=at,
    )
    show(body)
    return body


def hang(body: Body) -> None:
    """Bring the paths of a body and all under it to where its parent now is."""
    before = body.path
    body.path = f"{body.parent.path if body.parent else '/'}{body.pk}/"
    if body.path != before:
        Body.objects.filter(path__startswith=before).update(
            path=Concat(Value(body.path), Substr(F("path"), len(before) + 1))
        )


@transaction.atomic
def move(
    body_id: int, *, to: Body | None, act: Act = NO_ACT, by: "Person | None", at: datetime
) -> Body:
    """Put a body, with all under it, under another."""
    body = locked(body_id)
    above = locked(to.pk) if to else None
    held = powers_at(by, at)
    under = list(body.kind.under.values_list("key", flat=True))
    require(rules.may_move(held, body, to=above) or rules.fits(above, under))
    was = body.parent.slug if body.parent else ""
    body.parent = above
    body.save(update_fields=["parent"])
    hang(body)
    record(
        "bodies.moved",
        subject=body,
        by=by,
        mandate=held.mandate(rights.FOUND, body),
        before={"under": was},
        after={"under": above.slug if above else "", "act": act.number},
        at=at,
    )
    return body


DESCRIBED = (
    *("short", "tasks", "address", "phone", "email", "site"),
    *("office_phone", "office_email", "office_note", "unit"),
)


@transaction.atomic
def describe(body_id: int, *, by: "Person | None", at: datetime, **facts: Any) -> Body:
    """Correct a body's contacts and tasks; the ledger notes which fields, never their words."""
    body = locked(body_id)
    held = powers_at(by, at)
    changed = [name for name in DESCRIBED if name in facts and getattr(body, name) != facts[name]]
    require(rules.may_describe(held, body, unit="unit" in changed))
    if not changed:
        return body
    for name in changed:
        setattr(body, name, facts[name])
    body.save(update_fields=changed)
    record(
        "bodies.described",
        subject=body,
        by=by,
        mandate=held.mandate(rights.DESCRIBE, body),
        after={"fields": " ".join(sorted(changed))},
        at=at,
    )
    show(body)
    return body


@transaction.atomic
def dissolve(
    body_id: int, *, on: date, act: Act = NO_ACT, by: "Person | None", at: datetime
) -> Body:
    """A body ends; its history stays."""
    body = locked(body_id)
    held = powers_at(by, at)
    children = Body.objects.filter(parent=body, dissolved_on__isnull=True).count()
    mandates = current(Mandate.objects.filter(seat__body=body), on).count()
    require(rules.may_dissolve(held, body, on=on, children=children, mandates=mandates))
    body.dissolved_on, body.dissolved_by = on, act.cited()
    body.save(update_fields=["dissolved_on", "dissolved_by"])
    record(
        "bodies.dissolved",
        subject=body,
        by=by,
        mandate=held.mandate(rights.FOUND, body),
        after={"on": on.isoformat(), "act": act.number},
        at=at,
    )
    show(body)
    return body
