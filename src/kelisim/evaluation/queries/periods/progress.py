"""How commitments stood at a period's end: by status, by region, what was overdue and why."""

from collections import defaultdict
from datetime import date, timedelta

from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from kelisim.bodies.mandates import answers
from kelisim.bodies.models import Body
from kelisim.commitments.models import Mark
from kelisim.commitments.states import MarkKind, Status
from kelisim.evaluation.queries.behind import moment
from kelisim.evaluation.queries.periods.scope import standings
from kelisim.evaluation.trees.periods import Cell, Column, Kind, Span, Table, Texts, Tile
from kelisim.evaluation.words import everywhere
from kelisim.pages.languages import LANGUAGES
from kelisim.territory import queries as territory
from kelisim.territory.models import Unit

MOST = 100
"""Rows of a list that a report prints; how many more there were is said."""
STACKED = (Status.DONE, Status.UNDER_WAY, Status.AT_RISK, Status.OVERDUE, Status.NOT_STARTED)
"""From full to empty, as a drawing stacks them; done late is drawn with done."""
EXPLAINING = (MarkKind.JUDGED, MarkKind.RETURNED, MarkKind.LEFT, MarkKind.NOT_EXECUTED)
"""Acts whose reason tells why something is overdue."""


def by_status(body: Body, span: Span, on: date) -> Table:
    """One query."""
    counts = dict(standings(body, span, on).values_list("status").annotate(Count("pk")))
    whole = sum(counts.values())
    rows: list[tuple[Cell, ...]] = [
        (everywhere(status.label), counts.get(status, 0), share(counts.get(status, 0), whole))
        for status in Status
    ]
    return Table(
        "by_status",
        everywhere(_("Commitments by status")),
        everywhere(_("As they stood on the last day of the period.")),
        (
            Column(everywhere(_("Status")), Kind.WORDS),
            Column(everywhere(_("Commitments")), level=0),
            Column(everywhere(_("Share")), Kind.SHARE),
        ),
        (*rows, (everywhere(_("All")), whole, share(whole, whole))),
        sums=True,
    )


def share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def by_unit(body: Body, span: Span, on: date) -> Table | None:
    """Regions of the whole country, districts of a region; six queries. None for other bodies."""
    if body.parent_id is not None and body.unit_id is None:
        return None
    whole = body.parent_id is None
    unit = F("commitment__unit")
    place = Coalesce(F("commitment__unit__parent"), unit) if whole else unit
    counts: defaultdict[int | None, dict[str, int]] = defaultdict(dict)
    found = standings(body, span, on).annotate(place=place).values_list("place", "status")
    for key, status, count in found.annotate(Count("pk")):
        counts[key][status] = count
    units = ground(body, counts, on)
    called = names(units, on)
    rows: list[tuple[Cell, ...]] = []
    tiles = []
    if None in counts:
        rows.append(row(everywhere(_("The whole country")), counts[None]))
    for one in units:
        short, full = called[one.pk]
        if one.column is not None and one.row is not None:
            line = row(full, counts[one.pk])
            level, note = fullness(line)
            tiles.append(Tile(len(rows), one.column, one.row, short, level, note))
        rows.append(row(full, counts[one.pk]))
    return Table(
        "by_unit",
        everywhere(_("Regions") if whole else _("Districts")),
        everywhere(
            _("Commitments by the territory that they belong to, on the last day of the period.")
        ),
        (
            Column(everywhere(_("Territory")), Kind.WORDS),
            *(
                Column(everywhere(status.label), level=level)
                for level, status in enumerate(STACKED)
            ),
            Column(everywhere(_("All"))),
        ),
        tuple(rows),
        tiles=tuple(tiles),
    )


def row(name: Texts, counts: dict[str, int]) -> tuple[Cell, ...]:
    found = [counts.get(status, 0) for status in STACKED]
    found[0] += counts.get(Status.DONE_LATE, 0)
    return (name, *found, sum(found))


def fullness(line: tuple[Cell, ...]) -> tuple[int, str]:
    """The level of a tile by how much of it is done, and that as words: `3 / 7`."""
    done, whole = int(str(line[1])), int(str(line[-1]))
    if not whole:
        return 4, "–"
    quarters = 4 * done // whole
    return 4 - max(quarters, 1 if done else 0), f"{done} / {whole}"


def ground(body: Body, counts: dict[int | None, dict[str, int]], on: date) -> list[Unit]:
    """The territories that there were on the day, and others that have anything; two queries."""
    if body.parent_id is None:
        there = territory.regions(on)
    else:
        of_region = Unit.objects.filter(Q(pk=body.unit_id) | Q(parent=body.unit_id))
        there = list(of_region.filter(pk__in=[key for key in counts if key]).order_by("kato"))
    known = {unit.pk for unit in there}
    others = [key for key in counts if key and key not in known]
    return [*there, *Unit.objects.filter(pk__in=others).order_by("kato")]


def names(units: list[Unit], on: date) -> dict[int, tuple[Texts, Texts]]:
    """Short and full names in every language, of the day or of their own; three queries."""
    asked = {unit.pk: (unit.kato, territory.within(unit, on)) for unit in units}
    found: dict[int, tuple[dict[str, str], dict[str, str]]] = {pk: ({}, {}) for pk in asked}
    for language in LANGUAGES:
        called = territory.naming(asked.values(), language)
        for pk, key in asked.items():
            name = called.get(key)
            found[pk][0][language] = name.short.text if name else key[0]
            found[pk][1][language] = name.full.text if name else key[0]
    return dict(found)


def overdue(body: Body, span: Span, on: date) -> Table:
    """What was overdue, the longest first, with the last reason given; three queries."""
    late = standings(body, span, on).filter(status=Status.OVERDUE)
    whole = late.count()
    listed = list(
        late.select_related("commitment__lead__kind").order_by("since", "commitment_id")[:MOST]
    )
    said = reasons([one.commitment_id for one in listed], on)
    return Table(
        "overdue",
        everywhere(_("What was overdue, and why")),
        everywhere(_("The last reason that an official act gave by the end of the period.")),
        (
            Column(everywhere(_("No.")), Kind.WORDS),
            Column(everywhere(_("Commitment")), Kind.WORDS),
            Column(everywhere(_("Responsible executor")), Kind.WORDS),
            Column(everywhere(_("Post that answers for it")), Kind.WORDS),
            Column(everywhere(_("Overdue since")), Kind.DAY),
            Column(everywhere(_("Reason")), Kind.WORDS),
        ),
        tuple(
            (
                one.commitment.number,
                one.commitment.title,
                one.commitment.lead.name,
                everywhere(_(answers(one.commitment.lead.nature).key)),
                one.since.isoformat(),
                said.get(one.commitment_id),
            )
            for one in listed
        ),
        left=whole - len(listed),
    )


def reasons(commitments: list[int], on: date) -> dict[int, str]:
    """The last reason said of each by a day; one query."""
    found = Mark.objects.filter(
        commitment__in=commitments, kind__in=EXPLAINING, at__lt=moment(on + timedelta(1))
    ).exclude(because="")
    return dict(found.order_by("at", "pk").values_list("commitment_id", "because"))
