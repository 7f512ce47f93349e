"""Units and their lineage for programs."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_noop
from ninja import Field, Query, Router, Schema
from ninja.errors import HttpError

from kelisim.pages.api import MOST, Problem, page
from kelisim.refusals import require
from kelisim.territory import queries, rules
from kelisim.territory.models import Name, Unit, UnitKind

router = Router()


class Asked(Schema):
    """Units of a day (default: today), of a kind, after a key."""

    on: date | None = None
    kind: UnitKind | None = None
    after: int = Field(0, ge=0, le=2**63 - 1)
    limit: int = Field(50, ge=1, le=MOST)


class NameOut(Schema):
    words: dict[str, str]
    full: dict[str, str]
    used_from: date | None
    used_to: date | None


class UnitOut(Schema):
    """A unit within one set of borders; the dates are empty beyond what is known."""

    key: int
    kato: str
    kind: UnitKind
    parent: str | None
    exists_from: date | None
    exists_to: date | None
    known_on: date | None
    names: list[NameOut]


class Units(Schema):
    items: list[UnitOut]
    next: str | None


class LineageOut(Schema):
    """`old` ended and `new` began on a day, by an act whose kind is named in each language."""

    old: str
    new: str
    on: date
    act_kind: dict[str, str]
    act_number: str
    act_signed: date | None


def told(units: list[Unit]) -> list[dict[str, Any]]:
    """Units with all their names; one query more."""
    names: dict[str, list[Name]] = {}
    for name in Name.objects.filter(kato__in={unit.kato for unit in units}).order_by("used_from"):
        names.setdefault(name.kato, []).append(name)
    return [
        {
            "key": unit.pk,
            "kato": unit.kato,
            "kind": unit.kind,
            "parent": unit.parent.kato if unit.parent else None,
            "exists_from": unit.exists_from,
            "exists_to": unit.exists_to,
            "known_on": unit.known_on,
            "names": names.get(unit.kato, []),
        }
        for unit in units
    ]


@router.get(
    "/territory/units",
    response={200: Units, 409: Problem},
    summary=gettext_noop("Units that existed on a day"),
)
def units(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
    today = timezone.localdate()
    on = asked.on or today
    require(rules.may_ask(on, queries.begins(), today))
    rows = queries.on_day(Unit.objects.filter(pk__gt=asked.after), on)
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    found = page(
        rows.select_related("parent").order_by("pk")[: asked.limit + 1],
        limit=asked.limit,
        key=lambda unit: unit.pk,
    )
    return {"items": told(found["items"]), "next": found["next"]}


@router.get(
    "/territory/units/{kato}",
    response={200: list[UnitOut], 404: Problem},
    summary=gettext_noop("One code through time, each set of borders apart"),
)
def unit(request: HttpRequest, kato: str) -> list[dict[str, Any]]:
    found = queries.lives(kato)
    if not found:
        raise HttpError(404, "Not found")
    return told(found)


@router.get(
    "/territory/lineage",
    response=list[LineageOut],
    summary=gettext_noop("Which unit came from which"),
)
def lineage(request: HttpRequest) -> list[dict[str, Any]]:
    return [
        {
            "old": edge.old.kato,
            "new": edge.new.kato,
            "on": edge.on,
            "act_kind": edge.act_kind,
            "act_number": edge.act_number,
            "act_signed": edge.act_signed,
        }
        for edge in queries.lineage()
    ]
