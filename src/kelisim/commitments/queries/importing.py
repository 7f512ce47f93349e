"""What an imported table would change in a draft, row by row."""

from collections.abc import Sequence
from dataclasses import dataclass

from kelisim.commitments.models import Plan
from kelisim.commitments.queries import plans
from kelisim.commitments.queries.plans import Compared
from kelisim.commitments.trees import comparing
from kelisim.commitments.trees.table import Heading, Table


@dataclass(frozen=True, slots=True)
class Preview:
    """The rows that differ; `counts` by kind, `sections` whether the headings differ too."""

    rows: Sequence[Compared]
    counts: dict[str, int]
    sections: bool

    @property
    def changes(self) -> bool:
        return bool(self.rows) or self.sections


def preview(of: Plan, present: Table, read: Table, language: str) -> Preview:
    """The draft as it is beside what the file says; one query."""
    both = Table((*present.entries, *read.entries))
    ground = plans.ground_of(of, plans.named(both), list(both.rows()), language)
    pairs = comparing.compare(present, read)
    kinds = ("added", "removed", "changed", "same")
    rows = [
        plans.beside(
            pair, plans.cell_texts(pair.before, ground), plans.cell_texts(pair.after, ground)
        )
        for pair in pairs
        if pair.kind != "same"
    ]
    return Preview(
        rows,
        {kind: sum(pair.kind == kind for pair in pairs) for kind in kinds},
        order(present, read) != order(read, present),
    )


def order(table: Table, other: Table) -> list[object]:
    """Headings, and the rows that the other table has too, in their places."""
    both = {row.key for row in other.rows()}
    return [
        (dict(entry.title), entry.level) if isinstance(entry, Heading) else entry.key
        for entry in table.entries
        if isinstance(entry, Heading) or entry.key in both
    ]
