"""What can be chosen in forms about bodies: territories, parents, words, kinds."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from kelisim.bodies.models import Body, Kind, Tag
from kelisim.bodies.queries.directory import named
from kelisim.bodies.states import Level
from kelisim.pages.languages import spoken
from kelisim.territory.models import Unit, UnitKind
from kelisim.territory.queries import names, on_day, regions

type Choice = tuple[str, str]
type Grouped = tuple[str, list[Choice]]


def units(on: date, language: str) -> list[Choice | Grouped]:
    """Every region with its districts; three queries."""
    found = list(on_day(Unit.objects.select_related("parent"), on).order_by("kato"))
    called = {
        kato: name.full.text for kato, name in names([u.kato for u in found], on, language).items()
    }
    groups: list[Choice | Grouped] = [("", _("the whole country"))]
    for region in found:
        if region.kind == UnitKind.DISTRICT:
            continue
        label = called.get(region.kato, region.kato)
        under = [
            (unit.kato, called.get(unit.kato, unit.kato))
            for unit in found
            if unit.parent_id == region.pk
        ]
        groups.append((label, [(region.kato, label), *sorted(under, key=lambda row: row[1])]))
    return groups


def region_names(on: date, language: str) -> dict[str, str]:
    """The regions of a day by name; two queries."""
    found = regions(on)
    called = names([unit.kato for unit in found], on, language)
    return {unit.kato: called[unit.kato].full.text for unit in found if unit.kato in called}


def parents(language: str, own: Body | None = None) -> list[Choice]:
    """The associations that others are branches of: the republican and regional; one query."""
    wide = Q(association__level__in=[Level.REPUBLICAN, Level.REGIONAL])
    if own is not None and own.parent_id:
        wide |= Q(pk=own.parent_id)
    rows = Body.objects.filter(wide, merged_into=None).order_by(f"order_{language}", "pk")
    if own is not None:
        rows = rows.exclude(path__startswith=own.path)
    return [("", "—"), *((body.slug, spoken(body.name, language).text) for body in rows)]


def tags(language: str) -> Mapping[str, list[Choice]]:
    """Words to filter by, by sort; one query."""
    found: dict[str, list[Choice]] = {}
    for tag in Tag.objects.all():
        found.setdefault(tag.kind, []).append((tag.key, spoken(tag.words, language).text))
    return found


def kinds(language: str, *, registered: bool) -> list[Choice]:
    """Kinds of bodies; one query."""
    rows = Kind.objects.filter(registered=registered)
    return [(kind.key, spoken(kind.words, language).text) for kind in rows]


def find(said: str, limit: int) -> list[Body]:
    """The bodies that are meant by a code, a number or a name; at most so many and one query more.

    A code or a number that fits exactly is meant alone.
    """
    standing = Body.objects.filter(merged_into=None, dissolved_on=None)
    exact = standing.filter(
        Q(slug=said.lower()) | Q(association__bin=said, association__bin__gt="")
    )
    return list(exact[:limit]) or list(
        standing.filter(named(said)).order_by("order_kk", "pk")[:limit]
    )


def bodies(found: QuerySet[Body], language: str, *, empty: str = "—") -> list[Choice]:
    """Bodies to choose from, by their numbers; one query."""
    rows = found.order_by(f"order_{language}", "pk")
    return [("", empty), *((str(body.pk), spoken(body.name, language).text) for body in rows)]
