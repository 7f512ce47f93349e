"""What the letter of a day says to a person: what fell due, what climbed, what waits for them.

Only of the bodies for which they act themselves: what a secretariat merely reaches is on its desk.
A fixed number of queries, whatever there is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kelisim.bodies.models import Body
from kelisim.bodies.rights import RIGHTS
from kelisim.commitments import rights
from kelisim.commitments.models import (
    Agreement,
    Commitment,
    Digest,
    Edition,
    Extension,
    Notice,
    Report,
)
from kelisim.commitments.queries.reminding import HEADS, unheard, unreported
from kelisim.commitments.states import (
    CONTROLLED,
    EditionState,
    ExtensionState,
    ReportState,
    Rung,
    Say,
)

if TYPE_CHECKING:
    from kelisim.bodies.queries.powers import Powers
    from kelisim.people.models import Person

MOST = 30
"""Lines of one kind in a letter; the desk has the others."""
FORGOTTEN = timedelta(days=14)
"""How far back a letter looks when the mornings before had none."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing: what, whose, by which day, and where its act is done."""

    title: Mapping[str, str]
    address: str
    number: str = ""
    body: Body | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Things of one kind; `more` where the letter does not hold them all."""

    key: str
    words: Any
    lines: list[Line] = field(default_factory=list)
    more: bool = False

    @property
    def count(self) -> str:
        """How many, as a person says it."""
        return f"{len(self.lines)}+" if self.more else str(len(self.lines))


@dataclass(frozen=True, slots=True)
class Own:
    """The bodies for which somebody acts by each right: those of their posts, not all they reach.

    `heads`: those that their post answers for as a whole.
    """

    by: Mapping[str, frozenset[int]]
    heads: frozenset[int]

    @classmethod
    def of(cls, held: "Powers") -> "Own":
        return cls(
            {
                right: frozenset(
                    pk
                    for post in held.held
                    if (post.nature, post.role) in RIGHTS[right].posts
                    for pk in (post.body.pk, post.anchor.pk)
                )
                for right in WANTED
            },
            frozenset(post.body.pk for post in held.held if (post.nature, post.role) in HEADS),
        )


WANTED = (rights.REPORT, rights.AGREE, rights.APPROVE, rights.CONTROL, rights.ISSUE)


def sections(person: "Person", held: "Powers", on: date) -> list[Section]:
    """Everything for the letter of a day, most pressing first; empty where nothing is to be said.

    At most fourteen queries.
    """
    own = Own.of(held)
    found = [
        *once(fallen_due(own, last_told(person, on), on)),
        *before_executors(own),
        *before_office(own),
    ]
    return [one for one in found if one.lines]


def once(found: Iterable[Section]) -> Iterable[Section]:
    """A term stands in one of these alone, the most pressing."""
    seen: set[tuple[str, date | None]] = set()
    for one in found:
        lines = [line for line in one.lines if (line.address, line.day) not in seen]
        seen |= {(line.address, line.day) for line in lines}
        yield Section(one.key, one.words, lines, more=one.more)


def last_told(person: "Person", on: date) -> date:
    """The day of the letter before; one query."""
    before = Digest.objects.filter(person=person, day__lt=on).order_by("-day")
    last = before.values_list("day", flat=True).first()
    return max(last or date.min, on - FORGOTTEN)


def fallen_due(own: Own, since: date, on: date) -> Iterable[Section]:
    """What reached a rung after the last letter and still waits; one query a rung.

    What no meeting can hear of is said every day.
    """
    yield section(
        "unheard",
        _("Long overdue; no meeting of the Council is planned that could hear of it"),
        notices(unheard(on).filter(body__in=own.by[rights.CONTROL])),
    )
    for rung, bodies in (
        (Rung.COUNCIL, own.by[rights.CONTROL]),
        (Rung.SECRETARIAT, own.by[rights.CONTROL]),
        (Rung.HEAD, own.heads),
        (Rung.DAY, own.by[rights.REPORT]),
        (Rung.BEFORE, own.by[rights.REPORT]),
    ):
        rows = Notice.objects.filter(
            rung=rung,
            body__in=bodies,
            on__gt=since,
            on__lte=on,
            due_on=F("stage__due_on"),
            stage__in=unreported(date.max),
        )
        yield section(rung.value, SAID[rung], notices(rows))


SAID = {
    Rung.COUNCIL: _("Long overdue; proposed for the agenda of the Council"),
    Rung.SECRETARIAT: _("Overdue; the secretariat is told"),
    Rung.HEAD: _("Overdue; the head of the executor is told"),
    Rung.DAY: _("Due today"),
    Rung.BEFORE: _("Due soon"),
}


def notices(rows: QuerySet[Notice]) -> list[Line]:
    return [
        Line(
            one.stage.commitment.title,
            reverse("commitments:duty", args=[one.stage.commitment_id]),
            one.stage.commitment.number,
            one.stage.commitment.lead,
            one.due_on,
        )
        for one in rows.select_related("stage__commitment__lead").order_by("due_on", "pk")[
            : MOST + 1
        ]
    ]


def before_executors(own: Own) -> Iterable[Section]:
    """What waits for those who execute; three queries."""
    mine = own.by[rights.REPORT]
    reports = Report.objects.select_related("commitment", "stage", "body")
    written = "commitments:report"
    yield section(
        "returned",
        _("Returned, or a question was asked"),
        [
            report_line(one, f"{reverse(written, args=[one.stage_id])}?body={one.body_id}")
            for one in reports.filter(
                body__in=mine, state__in=[ReportState.RETURNED, ReportState.ASKED]
            ).order_by("stage__due_on", "pk")[: MOST + 1]
        ],
    )
    yield section(
        "gather",
        _("Parts of co-executors, for your consolidated report"),
        [
            report_line(one, reverse(written, args=[one.stage_id]))
            for one in reports.filter(
                commitment__lead__in=mine,
                commitment__control__in=CONTROLLED,
                state=ReportState.SENT,
            )
            .exclude(body=F("commitment__lead"))
            .order_by("handed_at", "pk")[: MOST + 1]
        ],
    )
    yield section(
        "agree",
        _("Plans that await the agreement of your body"),
        [
            Line(
                one.edition.plan.title,
                reverse("commitments:agreement", args=[one.pk]),
                body=one.body,
                day=one.due_on,
            )
            for one in Agreement.objects.filter(
                body__in=own.by[rights.AGREE],
                state=Say.ASKED,
                round=F("edition__round"),
                edition__state=EditionState.AGREEING,
            )
            .select_related("edition__plan", "body")
            .order_by("due_on", "pk")[: MOST + 1]
        ],
    )


def before_office(own: Own) -> Iterable[Section]:
    """What waits for controllers and issuers; four queries."""
    issues = own.by[rights.ISSUE]
    reports = Report.objects.filter(body=F("commitment__lead")).select_related(
        "commitment", "stage", "body"
    )
    yield section(
        "control",
        _("Reports that await the controller’s opinion"),
        reviews(
            reports.filter(state=ReportState.SENT, commitment__body__in=own.by[rights.CONTROL])
        ),
    )
    yield section(
        "issue",
        _("Found executed: to be removed from control, left on it, or returned"),
        reviews(reports.filter(state=ReportState.EXECUTED, commitment__body__in=issues)),
    )
    yield section(
        "extend",
        _("Requests for a later term"),
        [
            duty_line(one.stage.commitment, one.body, one.stage.due_on)
            for one in Extension.objects.filter(
                state=ExtensionState.ASKED, stage__commitment__body__in=issues
            )
            .select_related("stage__commitment", "body")
            .order_by("asked_at", "pk")[: MOST + 1]
        ],
    )
    yield section(
        "approve",
        _("Agreed plans that await approval"),
        [
            Line(one.plan.title, reverse("commitments:approval", args=[one.pk]), body=one.plan.body)
            for one in Edition.objects.filter(
                state=EditionState.AGREED, plan__body__in=own.by[rights.APPROVE]
            )
            .select_related("plan__body")
            .order_by("pk")[: MOST + 1]
        ],
    )


def section(key: str, words: Any, lines: list[Line]) -> Section:
    return Section(key, words, lines[:MOST], more=len(lines) > MOST)


def reviews(rows: QuerySet[Report]) -> list[Line]:
    return [
        report_line(one, reverse("commitments:review", args=[one.pk]))
        for one in rows.order_by("handed_at", "pk")[: MOST + 1]
    ]


def report_line(report: Report, address: str) -> Line:
    return Line(
        report.commitment.title, address, report.commitment.number, report.body, report.stage.due_on
    )


def duty_line(commitment: Commitment, body: Body, day: date) -> Line:
    address = reverse("commitments:duty", args=[commitment.pk])
    return Line(commitment.title, address, commitment.number, body, day)


def letters(person: "Person") -> QuerySet[Digest]:
    """The letters that a person was written, the latest first."""
    return Digest.objects.filter(person=person).order_by("-day", "-pk")
