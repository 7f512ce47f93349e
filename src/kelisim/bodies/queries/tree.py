"""Who the council is on a day: bodies by kind, and what stands under what."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q, QuerySet

from kelisim.bodies.models import Body, FormerName, Kind

MANY = 60
"""A kind with more bodies than this is counted in the tree and listed on its own page."""
PAGE = 50


def standing(bodies: QuerySet[Body], on: date) -> QuerySet[Body]:
    """Those that existed on a day; one merged into another is a double, not a body."""
    return bodies.filter(
        Q(founded_on__isnull=True) | Q(founded_on__lte=on),
        Q(dissolved_on__isnull=True) | Q(dissolved_on__gt=on),
        merged_into__isnull=True,
    )


def names_on(bodies: Iterable[Body], on: date) -> dict[int, Mapping[str, str]]:
    """What each was called on a day, by its number; one query."""
    found: dict[int, Mapping[str, str]] = {body.pk: body.name for body in bodies}
    later = FormerName.objects.filter(body__in=found, until__gt=on).order_by("-until", "-pk")
    return found | {old.body_id: old.name for old in later}


@dataclass(slots=True)
class Node:
    """A body in the tree, with what stands under it by kind."""

    body: Body
    name: Mapping[str, str]
    groups: list["Group"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbours of one kind under one body."""

    kind: Kind
    nodes: Sequence[Node]


@dataclass(frozen=True, slots=True)
class Counted:
    """A kind and how many bodies it has on the day."""

    kind: Kind
    number: int


@dataclass(frozen=True, slots=True)
class Whole:
    """The tree, and the kinds that are too many for it."""

    groups: Sequence[Group]
    counted: Sequence[Counted]


def whole(on: date, language: str) -> Whole:
    """The council on a day; four queries."""
    kinds = {kind.key: kind for kind in Kind.objects.all()}
    rows = standing(Body.objects.all(), on).order_by().values_list("kind").annotate(Count("pk"))
    numbers = dict(rows)
    told = [key for key in numbers if not kinds[key].registered and 0 < numbers[key] <= MANY]
    bodies = list(
        standing(Body.objects.filter(kind__in=told), on).order_by(f"order_{language}", "pk")
    )
    names = names_on(bodies, on)
    nodes = {body.pk: Node(body, names[body.pk]) for body in bodies}
    under: defaultdict[int | None, list[Node]] = defaultdict(list)
    for node in nodes.values():
        above = node.body.parent_id
        under[above if above in nodes else None].append(node)
    for pk, node in nodes.items():
        node.groups = grouped(under[pk], kinds)
    return Whole(
        grouped(under[None], kinds),
        [
            Counted(kind, numbers[key])
            for key, kind in kinds.items()
            if numbers.get(key) and key not in told
        ],
    )


def grouped(nodes: Iterable[Node], kinds: Mapping[str, Kind]) -> list[Group]:
    """Nodes by kind, in the order of the kinds."""
    found: defaultdict[str, list[Node]] = defaultdict(list)
    for node in nodes:
        found[node.body.kind_id].append(node)
    return [Group(kind, found[key]) for key, kind in kinds.items() if key in found]


def of_kind(kind: Kind, on: date, language: str, *, after: str = "") -> list[Body]:
    """A page of the bodies of a kind and one more, in the language's order; two queries."""
    return following(standing(Body.objects.filter(kind=kind), on), language, after=after)


def following(
    bodies: QuerySet[Body], language: str, *, after: str = "", limit: int = PAGE
) -> list[Body]:
    """The next page and one more: those that come after the body at an address."""
    order = f"order_{language}"
    if after:
        last = Body.objects.filter(slug=after).values_list(order, "pk").first()
        if last:
            place, pk = last
            bodies = bodies.filter(Q(**{f"{order}__gt": place}) | Q(**{order: place}, pk__gt=pk))
    return list(bodies.order_by(order, "pk")[: limit + 1])
