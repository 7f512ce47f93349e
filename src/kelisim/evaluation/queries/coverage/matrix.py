"""The matrix: rows against columns, its sums, and the commitments behind a cell."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Exists, Max, OuterRef

from kelisim.charter.models import Charter, Version
from kelisim.commitments.models import Commitment, Fulfils, Standing
from kelisim.evaluation.queries.behind import SEEN
from kelisim.evaluation.queries.coverage.asked import REACHED, Asked, counted
from kelisim.evaluation.queries.coverage.columns import Column, titled
from kelisim.evaluation.queries.coverage.measures import Row, forms, of_charter, rows
from kelisim.evaluation.trees import coverage as trees
from kelisim.evaluation.trees.coverage import Counts, Step


@dataclass(frozen=True)
class Part:
    """Rows under one heading with the sums of their columns."""

    heading: Row | None
    rows: tuple[Row, ...]
    tally: trees.Tally
    columns: tuple[trees.Tally, ...]


@dataclass(frozen=True)
class Coverage:
    """A charter's measures against columns, with all that a page, a file or a program needs."""

    version: Version
    asked: Asked
    columns: tuple[Column, ...]
    more: int
    rows: Sequence[Row]
    counts: Mapping[tuple[int, int | None], Counts]
    language: str

    @property
    def charter(self) -> Charter:
        return self.version.charter

    def cell(self, row: Row, column: Column) -> Counts:
        return self.counts.get((row.pk, column.key), trees.NOTHING)

    @cached_property
    def measures(self) -> list[Row]:
        return [row for row in self.rows if row.counted]

    @cached_property
    def whole(self) -> dict[int, Counts]:
        """Each row over all columns, those of other pages too."""
        found: defaultdict[int, list[Counts]] = defaultdict(list)
        for (provision, _key), counts in self.counts.items():
            found[provision].append(counts)
        return {row.pk: trees.total(found.get(row.pk, [])) for row in self.measures}

    @cached_property
    def parts(self) -> list[Part]:
        standing = [row for row in self.rows if not row.gone]
        found = [self.part(part.heading, part.rows) for part in trees.parts(standing)]
        gone = tuple(row for row in self.rows if row.gone and row.counted)
        return [*found, self.part(None, gone)] if gone else found

    def part(self, heading: Row | None, rows: tuple[Row, ...]) -> Part:
        return Part(
            heading,
            rows,
            trees.tally([self.whole[row.pk] for row in rows]),
            tuple(trees.tally([self.cell(row, column) for row in rows]) for column in self.columns),
        )

    @cached_property
    def tally(self) -> trees.Tally:
        """How the whole charter stands."""
        return trees.tally([self.whole[row.pk] for row in self.measures])


def coverage(version: Version, asked: Asked, on: date, language: str) -> Coverage:
    """The matrix; six queries by steps or years, eight by regions or bodies."""
    leads = forms(version)
    counts = trees.descend(counted(asked), leads)
    found = rows(version, {provision for provision, _key in counts}, language)
    columns, more = titled(asked, {key for _provision, key in counts}, on, language)
    return Coverage(version, asked, columns, more, found, counts, language)


def glances(version: Version) -> dict[int, Counts]:
    """How every provision of a version stands that anything was planned for; two queries."""
    found = trees.descend(counted(Asked()), forms(version))
    return {provision: counts for (provision, _key), counts in found.items()}


def newest_standing() -> int:
    """What names all that was computed so far: a page that shows it is kept by this; one query."""
    return Standing.objects.aggregate(newest=Max("pk"))["newest"] or 0


def commitments(version: Version, asked: Asked, *, provision: int | None, step: Step | None) -> Any:
    """The commitments behind a cell, or behind all of them; at most two queries before its own."""
    found = Commitment.objects.filter(asked.filters, REACHED[step or Step.PLANNED])
    found = found.filter(plan__state__in=SEEN)
    fulfils = Fulfils.objects.filter(commitment=OuterRef("pk"))
    if provision is None:
        fulfils = fulfils.filter(provision__in=of_charter(version.charter).values("pk"))
    else:
        fulfils = fulfils.filter(provision__in=earlier(version, provision))
    return found.filter(Exists(fulfils)).select_related("plan", "body", "lead", "unit")


def earlier(version: Version, provision: int) -> list[int]:
    """A provision and every form that it had; one query."""
    return [provision, *(old for old, now in forms(version).items() if provision in now)]
