"""Records of associations as values, many at once."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from kelisim.bodies.models import Association, Mandate, Membership, Offering, Tag
from kelisim.bodies.states import Level, OfferingKind, Role, TagKind
from kelisim.bodies.trees.record import Facts, Offer


def facts_of(associations: Iterable[Association], on: date) -> dict[int, Facts]:
    """What the register knows of these, by the body's number. Five queries, however many.

    Their bodies must have been read (`select_related("body__unit", "body__parent")`); `on` is
    the day whose leader is told.
    """
    found = {association.pk: association for association in associations}
    tags = tags_of(found)
    offers = offers_of(found)
    leaders = leaders_of(found, on)
    members: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for row in Membership.objects.filter(association__in=found).order_by("year"):
        members[row.association_id][row.year] = row.count
    return {
        pk: facts(
            association,
            tags[pk],
            tuple(offers[pk]),
            leaders.get(pk),
            members[pk],
        )
        for pk, association in found.items()
    }


def facts(
    association: Association,
    tags: dict[str, tuple[str, ...]],
    offers: tuple[Offer, ...],
    leader: Mandate | None,
    members: dict[int, int],
) -> Facts:
    body = association.body
    return Facts(
        name=body.name,
        short=body.short,
        level=Level(association.level),
        legal_form=association.legal_form,
        bin=association.bin,
        justice=association.justice,
        record_number=association.record_number,
        recorded_on=association.recorded_on,
        recorded_where=association.recorded_where,
        parent=body.parent.slug if body.parent else "",
        unit=body.unit.kato if body.unit else "",
        communities=tags.get(TagKind.COMMUNITY, ()),
        languages=tags.get(TagKind.LANGUAGE, ()),
        activities=tags.get(TagKind.ACTIVITY, ()),
        offers=offers,
        address=body.address,
        phone=body.phone,
        email=body.email,
        site=body.site,
        office_phone=body.office_phone,
        office_email=body.office_email,
        leader=leader.called if leader else "",
        leader_since=leader.since if leader else None,
        members=members,
    )


def tags_of(pks: Iterable[int]) -> defaultdict[int, dict[str, tuple[str, ...]]]:
    """Keys of tags by association and kind; one query."""
    rows = (
        Tag.associations.through.objects.filter(association__in=pks)
        .order_by("tag__key")
        .values_list("association_id", "tag__kind", "tag__key")
    )
    found: defaultdict[int, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for pk, kind, key in rows:
        found[pk][kind] = (*found[pk].get(kind, ()), key)
    return found


def offers_of(pks: Iterable[int]) -> defaultdict[int, list[Offer]]:
    found: defaultdict[int, list[Offer]] = defaultdict(list)
    rows = Offering.objects.filter(body__in=pks).select_related("language").order_by("pk")
    for row in rows:
        language = row.language.key if row.language else ""
        offer = Offer(OfferingKind(row.kind), row.name, language, row.place, row.seats)
        found[row.body_id].append(offer)
    return found


def leaders_of(pks: Iterable[int], on: date) -> dict[int, Mandate]:
    """Who leads each on a day; one query."""
    rows = (
        Mandate.objects.filter(
            Q(until__isnull=True) | Q(until__gt=on),
            seat__body__in=pks,
            seat__role=Role.LEADER,
            since__lte=on,
        )
        .select_related("person", "seat")
        .order_by("since", "pk")
    )
    return {row.seat.body_id: row for row in rows}
