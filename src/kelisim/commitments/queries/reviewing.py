"""A report as it was handed in, beside what was handed in before it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from kelisim.bodies.models import Body
from kelisim.charter.trees.comparison import Stretch, compare
from kelisim.commitments.models import Evidence, Indicator, Mark, Money, Report, Sending
from kelisim.commitments.queries import reports as reading
from kelisim.commitments.queries.commitment import WHOLE
from kelisim.commitments.states import Source


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a report, and what it was in the one before where that differs."""

    row: Indicator | Money
    value: Decimal | None
    before: Decimal | None
    changed: bool

    @property
    def words(self) -> Any:
        """What it counts: an indicator's name, or a year and a source."""
        if isinstance(self.row, Indicator):
            return self.row.name
        return f"{self.row.year}, {Source(self.row.source).label}"


@dataclass(frozen=True, slots=True)
class Piece:
    """Evidence as it was handed in; `row` is where it can be opened, while it is there."""

    title: str
    sha256: str
    address: str
    effective_on: date
    shows_form: bool
    row: Evidence | None
    new: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """One sending in words: everything that its digest binds."""

    sending: Sending
    body: Body
    words: str
    language: str
    percent: int | None
    figures: Sequence[Number]
    figures_source: str
    spent: Sequence[Number]
    pieces: Sequence[Piece]


@dataclass(frozen=True)
class Review:
    """What the controller and the issuer have before them."""

    report: Report
    sendings: Sequence[Sending]
    last: Reading
    before: Sending | None
    stretches: Sequence[Stretch]
    percent_before: int | None
    gone: Sequence[Piece]
    parts: Sequence[Reading]
    marks: Sequence[Mark]
    shows_form: bool
    terms_left: int


def report(pk: int) -> Report | None:
    """A report with its commitment and all that rights over it are judged by."""
    return (
        Report.objects.filter(pk=pk)
        .select_related(
            "stage",
            "into",
            *reading.WITH_COMMITMENT,
            *reading.EXECUTOR,
            *(f"commitment__lead__{path}" for path in WHOLE),
        )
        .first()
    )


def review(of: Report) -> Review | None:
    """What was handed in, and what changed in it; None when nothing was. Ten queries at most."""
    sendings = list(Sending.objects.filter(report=of).order_by("number"))
    if not sendings:
        return None
    last, before = sendings[-1], sendings[-2] if len(sendings) > 1 else None
    indicators = list(
        Indicator.objects.filter(commitment=of.commitment_id).order_by("position", "pk")
    )
    money = list(Money.objects.filter(commitment=of.commitment_id).order_by("year", "source"))
    parts = part_sendings(last)
    kept = {
        (row.report_id, row.file.sha256 if row.file else "", row.address): row
        for row in Evidence.objects.filter(
            report__in={of.pk, *(sending.report_id for sending in parts)}
        )
        .select_related("file")
        .defer("file__content")
    }

    def read(sending: Sending, body: Body, earlier: Sending | None = None) -> Reading:
        said, was = sending.content, earlier.content if earlier else None
        old = {(one["file"], one["address"]) for one in was["evidence"]} if was else set()
        return Reading(
            sending=sending,
            body=body,
            words=said["words"],
            language=said["language"],
            percent=said["percent"],
            figures=numbers(indicators, said["figures"], was and was["figures"]),
            figures_source=said["figures_source"],
            spent=numbers(money, said["spent"], was and was["spent"]),
            pieces=[
                piece(
                    one,
                    kept.get((sending.report_id, one["file"], one["address"])),
                    new=was is not None and (one["file"], one["address"]) not in old,
                )
                for one in said["evidence"]
            ],
        )

    return Review(
        report=of,
        sendings=sendings,
        last=read(last, of.body, before),
        before=before,
        stretches=compare(before.content["words"], last.content["words"]) if before else (),
        percent_before=before.content["percent"] if before else None,
        gone=gone(before, last),
        parts=[read(sending, sending.report.body) for sending in parts],
        marks=list(
            Mark.objects.filter(sending__report=of)
            .select_related("body", "sending")
            .order_by("-at", "-pk")
        ),
        shows_form=reading.shows_form(of),
        terms_left=reading.terms_left(of.stage),
    )


def part_sendings(last: Sending) -> list[Sending]:
    """The very sendings of co-executors that a consolidated report gathers; one query."""
    digests = [part["digest"] for part in last.content["parts"]]
    found = Sending.objects.filter(
        digest__in=digests, report__stage__reports=last.report_id
    ).select_related("report__body")
    latest = {(one.report.body.slug, one.digest): one for one in found.order_by("number")}
    known = ((part["body"], part["digest"]) for part in last.content["parts"])
    return [latest[part] for part in known if part in latest]


def numbers(
    rows: Sequence[Indicator] | Sequence[Money],
    said: Mapping[str, str],
    was: Mapping[str, str] | None,
) -> list[Number]:
    """The numbers that a report gives, and those that it gives no longer."""
    told = []
    for row in rows:
        key = str(row.pk)
        value, before = said.get(key), (was or {}).get(key)
        if value is not None or before is not None:
            told.append(
                Number(
                    row,
                    Decimal(value) if value is not None else None,
                    Decimal(before) if before is not None else None,
                    changed=was is not None and value != before,
                )
            )
    return told


def piece(said: Mapping[str, Any], row: Evidence | None, *, new: bool) -> Piece:
    return Piece(
        title=said["title"],
        sha256=said["file"],
        address=said["address"],
        effective_on=date.fromisoformat(said["effective_on"]),
        shows_form=said["shows_form"],
        row=row,
        new=new,
    )


def gone(before: Sending | None, last: Sending) -> list[Piece]:
    """Evidence that was handed in before and is not there any more."""
    if before is None:
        return []
    now = {(one["file"], one["address"]) for one in last.content["evidence"]}
    return [
        piece(one, None, new=False)
        for one in before.content["evidence"]
        if (one["file"], one["address"]) not in now
    ]
