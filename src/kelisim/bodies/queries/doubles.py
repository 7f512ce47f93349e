"""Likely doubles in the register, and what has been found of them."""

from collections import defaultdict

from django.db.models import Q, QuerySet

from kelisim.bodies.models import Association, Body, FormerName, Likeness
from kelisim.bodies.queries.powers import Powers
from kelisim.bodies.queries.record import tags_of
from kelisim.bodies.rights import MERGE
from kelisim.bodies.states import TagKind
from kelisim.bodies.trees import likeness


def seen() -> list[likeness.Seen]:
    """Every standing record as it is compared; three queries."""
    rows = (
        Association.objects.filter(body__merged_into__isnull=True)
        .select_related("body__unit__parent")
        .order_by("pk")
    )
    former: defaultdict[int, list[str]] = defaultdict(list)
    for body_id, name in FormerName.objects.values_list("body_id", "name"):
        former[body_id] += name.values()
    tags = tags_of(Association.objects.values_list("pk", flat=True))
    return [one(row, former[row.pk], tags[row.pk].get(TagKind.COMMUNITY, ())) for row in rows]


def one(row: Association, former: list[str], communities: tuple[str, ...]) -> likeness.Seen:
    body = row.body
    unit = body.unit
    region = (unit.parent or unit).kato if unit else ""
    return likeness.Seen(
        pk=row.pk,
        names=(*body.name.values(), *former),
        bin=row.bin,
        unit=unit.kato if unit else "",
        region=region,
        communities=frozenset(communities),
        phones=(body.phone, body.office_phone),
        mails=(body.email, body.office_email),
        addresses=tuple(body.address.values()),
    )


def likely() -> list[likeness.Pair]:
    """Every likely pair of the register, compared now."""
    return likeness.likely(seen())


def pairs(held: Powers) -> QuerySet[Likeness]:
    """The likely pairs that somebody may merge or tell apart, the likeliest first."""
    mine = Body.objects.filter(held.reached(MERGE))
    return (
        Likeness.objects.filter(apart_at__isnull=True, one__body__in=mine, other__body__in=mine)
        .select_related("one__body__unit", "other__body__unit")
        .order_by("-score", "pk")
    )


def of(association: Association) -> list[Likeness]:
    """The likely doubles of one record; one query."""
    return list(
        Likeness.objects.filter(Q(one=association) | Q(other=association), apart_at__isnull=True)
        .select_related("one__body", "other__body")
        .order_by("-score", "pk")
    )
