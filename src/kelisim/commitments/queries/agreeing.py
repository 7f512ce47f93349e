"""What executors say of an edition: one's own rows, the approval sheet, what waits on the desk."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Q, QuerySet

from kelisim.bodies.models import Body
from kelisim.bodies.queries.powers import Powers
from kelisim.commitments import rights
from kelisim.commitments.models import Agreement, Edition
from kelisim.commitments.queries.plans import Official, Shown, official
from kelisim.commitments.states import EditionState, PlanState, Say
from kelisim.commitments.trees.table import Row

PLACE = ("plan__body__kind", "plan__body__unit__parent", "plan__body__parent")
MOVING = (
    EditionState.DRAFT,
    EditionState.AGREEING,
    EditionState.AGREED,
    EditionState.APPROVED,
)


def edition(pk: int) -> Edition | None:
    """An edition with its plan and what rights over it are judged by; one query."""
    found = Edition.objects.select_related(*PLACE, "plan__version__charter", "approved_by")
    return found.filter(pk=pk).first()


def agreement(pk: int) -> Agreement | None:
    """What one executor was asked, with the edition; one query."""
    found = Agreement.objects.select_related(
        "body__kind",
        "body__unit__parent",
        "body__parent",
        *(f"edition__{path}" for path in PLACE),
        "edition__plan__version__charter",
    )
    return found.filter(pk=pk).first()


@dataclass(frozen=True, slots=True)
class Round:
    """The answers of one time that executors were asked."""

    number: int
    answers: Sequence[Agreement]


def rounds(of: Edition) -> list[Round]:
    """The approval sheet, the latest round first; one query."""
    found = Agreement.objects.filter(edition=of).select_related(
        "body__kind", "body__unit__parent", "body__parent", "by"
    )
    ordered = list(found.order_by("-round", "body__path", "pk"))
    for one in ordered:
        one.edition = of
    return [Round(n, list(rows)) for n, rows in groupby(ordered, key=lambda one: one.round)]


def own_first(of: Edition, body: Body, language: str) -> tuple[Official, list[Shown]]:
    """The whole table, and the lines in which a body is named."""
    table = official(of, language)
    own = [
        line
        for line in table.lines
        if isinstance(line.entry, Row) and body.slug in line.entry.executors
    ]
    return table, own


def over(held: Powers, right: str, path: str) -> Q:
    return Q(**{f"{path}__in": Body.objects.filter(held.reached(right)).values("pk")})


def awaiting(held: Powers) -> QuerySet[Agreement]:
    """What the bodies that somebody speaks for are asked and may still say; one query."""
    found = Agreement.objects.filter(
        over(held, rights.AGREE, "body"), edition__state=EditionState.AGREEING
    ).exclude(state=Say.AGREED)
    return found.select_related("body", "edition__plan__body").order_by("due_on", "pk")


def moving(held: Powers) -> QuerySet[Edition]:
    """Editions on their way, of plans that somebody drafts or approves; one query."""
    mine = over(held, rights.DRAFT, "plan__body") | over(held, rights.APPROVE, "plan__body")
    found = Edition.objects.filter(mine, state__in=MOVING).select_related("plan__body")
    return found.order_by("plan__starts", "plan__body__path", "pk")


def running(held: Powers) -> QuerySet[Edition]:
    """Editions in force, of plans that somebody may amend or close; one query."""
    found = Edition.objects.filter(
        over(held, rights.DRAFT, "plan__body"),
        state=EditionState.IN_FORCE,
        plan__state=PlanState.IN_FORCE,
    )
    return found.select_related("plan__body").order_by("-plan__starts", "plan__body__path", "pk")
