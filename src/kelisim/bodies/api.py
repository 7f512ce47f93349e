"""The council and its register for programs: what everybody may read, and nothing more."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_noop
from ninja import Field, Query, Router, Schema
from ninja.errors import HttpError

from kelisim.bodies.models import Association, Body, Fact
from kelisim.bodies.queries import directory, pages, tree
from kelisim.bodies.queries.composition import Sitting, composition
from kelisim.bodies.queries.record import facts_of
from kelisim.bodies.states import FactState, Level, Nature, OfferingKind, Role
from kelisim.bodies.templatetags.register import holder
from kelisim.bodies.trees.numbers import band
from kelisim.bodies.trees.record import FIELDS, Facts
from kelisim.pages.api import MOST, Problem, page

router = Router()
BIG = 2**63 - 1
NOT_FOUND = gettext_noop("There is no such body.")
TO_PRINT = {"number": "", "date": "", "kind": {}, "title": {}}


class OnDay(Schema):
    """As it stood on a day (default: today)."""

    on: date | None = None


class BodiesAsked(OnDay):
    """Bodies that existed on a day, of a kind, under another (its slug), after a key."""

    kind: str = Field("", max_length=40)
    under: str = Field("", max_length=120)
    after: int = Field(0, ge=0, le=BIG)
    limit: int = Field(50, ge=1, le=MOST)


class AssociationsAsked(Schema):
    """The filters of the directory: words, KATO codes, keys of tags; after a key."""

    q: str = Field("", max_length=200)
    region: str = Field("", max_length=9)
    district: str = Field("", max_length=9)
    community: str = Field("", max_length=40)
    language: str = Field("", max_length=40)
    activity: str = Field("", max_length=40)
    level: Level | None = None
    accredited: bool = False
    verified: bool = False
    after: int = Field(0, ge=0, le=BIG)
    limit: int = Field(50, ge=1, le=MOST)


class ActOut(Schema):
    """An act as it is cited."""

    number: str
    date: str
    kind: dict[str, str]
    title: dict[str, str]


class BodyRow(Schema):
    """A body; `territory` is a KATO code, none for the whole country."""

    key: int
    slug: str
    kind: str
    nature: Nature
    name: dict[str, str]
    short: dict[str, str]
    parent: str | None
    territory: str | None
    founded_on: date | None
    dissolved_on: date | None


class Bodies(Schema):
    items: list[BodyRow]
    next: str | None


class FormerOut(Schema):
    name: dict[str, str]
    until: date
    act: ActOut | None


class FactOut(Schema):
    """How surely one fact of a record is known."""

    fact: str
    state: FactState
    source: str
    as_of: date
    verified_on: date | None
    due_on: date | None


class OfferOut(Schema):
    kind: OfferingKind
    name: dict[str, str]
    language: str
    place: dict[str, str]
    seats: int | None


class MembersOut(Schema):
    """Members in a year, as a band: `at_most` is empty for the greatest."""

    year: int
    at_least: int
    at_most: int | None


class AccreditationOut(Schema):
    since: date
    until: date
    revoked_on: date | None
    decision: ActOut | None


class RecordOut(Schema):
    """What the register publishes of an association."""

    level: Level
    legal_form: dict[str, str]
    bin: str
    justice: bool
    record_number: str
    recorded_on: date | None
    recorded_where: dict[str, str]
    communities: list[str]
    languages: list[str]
    activities: list[str]
    offers: list[OfferOut]
    members: list[MembersOut]
    facts: list[FactOut]


class AssociationRow(BodyRow, RecordOut):
    """An association with its record."""


class Associations(Schema):
    items: list[AssociationRow]
    next: str | None


class RecordWhole(RecordOut):
    leader: str
    leader_since: date | None
    accreditations: list[AccreditationOut]


class BodyOut(BodyRow):
    """A body with what is public of it; `record` for an association."""

    tasks: dict[str, str]
    address: dict[str, str]
    phone: str
    email: str
    site: str
    founded_by: ActOut | None
    dissolved_by: ActOut | None
    merged_into: str | None
    former_names: list[FormerOut]
    record: RecordWhole | None


class HolderOut(Schema):
    """Who holds a place: by name only; who acts instead, where that is so."""

    name: str
    represents: str | None
    since: date
    until: date | None
    term: int
    suspended: bool
    deputies: list[str]


class SeatOut(Schema):
    """A post and its places; `places` is empty where their number is not set."""

    role: Role
    words: dict[str, str]
    places: int | None
    vacant: int
    most_terms: int | None
    votes: bool
    competence: dict[str, str]
    duties: dict[str, str]
    holders: list[HolderOut]


class CompositionOut(Schema):
    body: str
    on: date
    seats: list[SeatOut]


def act(kept: dict[str, Any]) -> dict[str, Any] | None:
    return TO_PRINT | kept if kept else None


def row(body: Body) -> dict[str, Any]:
    return {
        "key": body.pk,
        "slug": body.slug,
        "kind": body.kind_id,
        "nature": body.kind.nature,
        "name": body.name,
        "short": body.short,
        "parent": body.parent.slug if body.parent else None,
        "territory": body.unit.kato if body.unit else None,
        "founded_on": body.founded_on,
        "dissolved_on": body.dissolved_on,
    }


def record(facts: Facts, sure: list[Fact], on: date) -> dict[str, Any]:
    """The public part of a record: no contacts of the office, bands of members."""
    lines = {fact.field: fact for fact in sure}
    return {
        "level": facts.level,
        "legal_form": facts.legal_form,
        "bin": facts.bin,
        "justice": facts.justice,
        "record_number": facts.record_number,
        "recorded_on": facts.recorded_on,
        "recorded_where": facts.recorded_where,
        "communities": facts.communities,
        "languages": facts.languages,
        "activities": facts.activities,
        "offers": facts.offers,
        "members": [
            {"year": year, "at_least": band(count)[0], "at_most": band(count)[1]}
            for year, count in sorted(facts.members.items())
        ],
        "facts": [
            {
                "fact": key,
                "state": pages.state(lines[key], on),
                "source": lines[key].source,
                "as_of": lines[key].as_of,
                "verified_on": lines[key].verified_on,
                "due_on": lines[key].due_on,
            }
            for key in FIELDS
            if key in lines and key != pages.OFFICE
        ],
    }


def seat(sitting: Sitting) -> dict[str, Any]:
    return {
        "role": sitting.seat.role,
        "words": sitting.seat.words,
        "places": sitting.seat.places,
        "vacant": sitting.vacant,
        "most_terms": sitting.seat.most_terms,
        "votes": sitting.seat.votes,
        "competence": sitting.seat.competence,
        "duties": sitting.seat.duties,
        "holders": [
            {
                "name": holder(one.mandate),
                "represents": one.mandate.represents.slug if one.mandate.represents else None,
                "since": one.mandate.since,
                "until": one.mandate.until,
                "term": one.mandate.term,
                "suspended": one.rests,
                "deputies": [holder(deputising.deputy) for deputising in one.deputies],
            }
            for one in sitting.holders
        ],
    }


def found(slug: str) -> Body:
    body = pages.body(slug)
    if body is None:
        raise HttpError(404, NOT_FOUND)
    return body


@router.get("/bodies", response=Bodies, summary=gettext_noop("Bodies that existed on a day"))
def bodies(request: HttpRequest, asked: Query[BodiesAsked]) -> dict[str, Any]:
    rows = tree.standing(Body.objects.filter(pk__gt=asked.after), asked.on or timezone.localdate())
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.under:
        rows = rows.filter(parent__slug=asked.under)
    rows = rows.select_related("kind", "unit", "parent").order_by("pk")
    cut = page(rows[: asked.limit + 1], limit=asked.limit, key=lambda body: body.pk)
    return {"items": [row(body) for body in cut["items"]], "next": cut["next"]}


@router.get(
    "/bodies/{slug}",
    response={200: BodyOut, 404: Problem},
    summary=gettext_noop("One body, with its record if it is an association"),
)
def body(request: HttpRequest, slug: str) -> dict[str, Any]:
    there = found(slug)
    on = timezone.localdate()
    known = pages.record(there, on) if there.kind.registered else None
    return row(there) | {
        "tasks": there.tasks,
        "address": there.address,
        "phone": there.phone,
        "email": there.email,
        "site": there.site,
        "founded_by": act(there.founded_by),
        "dissolved_by": act(there.dissolved_by),
        "merged_into": pages.remaining(there).slug if there.merged_into_id else None,
        "former_names": [
            {"name": old.name, "until": old.until, "act": act(old.act)}
            for old in there.former_names.order_by("until", "pk")
        ],
        "record": known and whole(known, there, on),
    }


def whole(known: pages.Record, there: Body, on: date) -> dict[str, Any]:
    """A record with its leader, by name as the holder of that post, and its accreditations."""
    leading = [one.mandate for sitting in composition(there, on) for one in sitting.holders]
    sure = [line.fact for line in known.lines if line.fact]
    return record(known.facts, sure, on) | {
        "leader": holder(leading[-1]) if leading else "",
        "leader_since": leading[-1].since if leading else None,
        "accreditations": [
            {
                "since": held.since,
                "until": held.until,
                "revoked_on": held.revoked_on,
                "decision": act(held.decision),
            }
            for held in known.accreditations
        ],
    }


@router.get(
    "/bodies/{slug}/composition",
    response={200: CompositionOut, 404: Problem},
    summary=gettext_noop("Who held which post in a body on a day"),
)
def composed(request: HttpRequest, slug: str, asked: Query[OnDay]) -> dict[str, Any]:
    there = found(slug)
    on = asked.on or timezone.localdate()
    return {"body": there.slug, "on": on, "seats": [seat(one) for one in composition(there, on)]}


@router.get(
    "/associations",
    response=Associations,
    summary=gettext_noop("Associations in the register, by the filters of the directory"),
)
def associations(request: HttpRequest, asked: Query[AssociationsAsked]) -> dict[str, Any]:
    on = timezone.localdate()
    filters = directory.Asked(
        words=asked.q,
        level=asked.level or "",
        **{
            name: getattr(asked, name)
            for name in (*directory.BY_TAG, "region", "district", "accredited", "verified")
        },
    )
    rows = directory.matching(directory.conditions(filters, on), on).filter(pk__gt=asked.after)
    keys = rows.order_by("pk").values_list("pk", flat=True)
    cut = page(keys[: asked.limit + 1], limit=asked.limit, key=lambda pk: pk)
    there = Association.objects.filter(pk__in=cut["items"]).select_related(
        "body__kind", "body__unit", "body__parent"
    )
    listed = list(there.prefetch_related("facts").order_by("pk"))
    facts = facts_of(listed, on)
    items = [row(one.body) | record(facts[one.pk], list(one.facts.all()), on) for one in listed]
    return {"items": items, "next": cut["next"]}
