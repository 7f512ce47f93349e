"""What of a charter is asked for, and the one query that counts it."""

from dataclasses import dataclass
from enum import StrEnum

from django.db import connection
from django.db.models import Q

from kelisim.commitments.states import Status
from kelisim.evaluation.trees.coverage import Counts, Step


class By(StrEnum):
    """What the columns are."""

    STEPS = "steps"
    YEARS = "years"
    REGIONS = "regions"
    BODIES = "bodies"


COLUMNS = {
    By.STEPS: "NULL",
    By.YEARS: "+c.year",
    By.REGIONS: "+c.unit_id",
    By.BODIES: "+c.lead_id",
}
"""The plus tells SQLite to take no other index for the sake of the order."""
COUNTING = (
    "SELECT f.provision_id, {column}, COUNT(*), "
    "COUNT(*) FILTER (WHERE c.funded), "
    "COUNT(*) FILTER (WHERE c.status <> 'not_started'), "
    "COUNT(*) FILTER (WHERE c.evidenced), "
    "COUNT(*) FILTER (WHERE c.measured), "
    "COUNT(*) FILTER (WHERE c.status IN ('done', 'done_late')), "
    "COUNT(*) FILTER (WHERE c.status = 'overdue'), "
    "COUNT(*) FILTER (WHERE c.status = 'at_risk') "
    "FROM commitments_commitment c CROSS JOIN commitments_fulfils f "
    "WHERE f.commitment_id = c.id AND c.status <> 'cancelled'{narrowed} "
    "GROUP BY 1, 2"
)
"""Both databases read it. SQLite takes the tables of a CROSS JOIN in their order: it goes once over
the index `commitment_coverage`, which holds all that is asked of a commitment, never its words."""
REACHED = {
    Step.PLANNED: Q(),
    Step.FUNDED: Q(funded=True),
    Step.UNDER_WAY: ~Q(status=Status.NOT_STARTED),
    Step.EVIDENCED: Q(evidenced=True),
    Step.MEASURED: Q(measured=True),
    Step.DONE: Q(status__in=[Status.DONE, Status.DONE_LATE]),
}
"""The same of a list of commitments: a cell and what it opens agree."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a charter is asked for: which columns, and which commitments at all.

    `unit` and `lead` are numbers; 0 of `unit` is what belongs to the whole country.
    """

    by: By = By.STEPS
    year: int | None = None
    unit: int | None = None
    lead: int | None = None
    plan: int | None = None
    page: int = 1

    @property
    def words(self) -> dict[str, str]:
        """Its filters as an address says them."""
        found = {"year": self.year, "region": self.unit, "body": self.lead, "plan": self.plan}
        return {name: str(value) for name, value in found.items() if value is not None}

    @property
    def fields(self) -> dict[str, int | None]:
        """The columns of a commitment that it narrows, with the value of each."""
        unit = {} if self.unit is None else {"unit_id": self.unit or None}
        others = {"year": self.year, "lead_id": self.lead, "plan_id": self.plan}
        return unit | {name: value for name, value in others.items() if value is not None}

    @property
    def filters(self) -> Q:
        """The same for the ORM."""
        wanted = ~Q(status=Status.CANCELLED)
        for name, value in self.fields.items():
            wanted &= Q(**({f"{name}__isnull": True} if value is None else {name: value}))
        return wanted


def counted(asked: Asked) -> dict[tuple[int, int | None], Counts]:
    """Commitments by provision and column, of every charter; the one query that counts.

    A commitment is there from the day on which its plan comes into force: all of them are public.
    """
    fields = asked.fields
    narrowed = "".join(
        f" AND c.{name} IS NULL" if value is None else f" AND c.{name} = %s"
        for name, value in fields.items()
    )
    sql = COUNTING.format(column=COLUMNS[asked.by], narrowed=narrowed)
    with connection.cursor() as cursor:
        cursor.execute(sql, [value for value in fields.values() if value is not None])
        whole = 0 if asked.by == By.REGIONS else None
        return {
            (provision, whole if key is None else key): Counts(*counts)
            for provision, key, *counts in cursor.fetchall()
        }
