"""A council's ten years in the demonstration's database, straight into rows.

20 regions × 10 years × 420 rows of plans (three for each of 140 measures): 84,000 commitments,
504,000 reports as they were handed in, and a ledger of a million entries, chained as the ledger
chains them. Bodies, people and the charter are those of the demonstration.
"""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import batched
from typing import Any

YEARS, ROWS, MEASURES, ENTRIES = 10, 420, 140, 1_000_000
TERMS = ((4, 10), (8, 10), (12, 10))
TOGETHER = 2000


def fill(today: date, *, rows: int = ROWS, entries: int = ENTRIES) -> None:
    """Everything, in an empty database that is migrated. Some minutes."""
    from kelisim.bodies.commands import load as load_bodies  # noqa: PLC0415
    from kelisim.cli import demonstration  # noqa: PLC0415
    from kelisim.territory.commands import load as load_territory  # noqa: PLC0415

    load_territory()
    load_bodies()
    demonstration.load(None, today=today)
    plans(today)
    commitments(today, rows)
    belongings(today)
    reports()
    ledger(entries)


def words(text: str) -> dict[str, str]:
    return {
        "kk": f"{text} (ойдан алынған)",
        "ru": f"{text} (вымышлено)",
        "en": f"{text} (invented)",
    }


def put(model: Any, rows: Iterable[Any]) -> None:
    """Insert in batches, so that no list of half a million stands in memory."""
    for some in batched(rows, TOGETHER, strict=False):
        model.objects.bulk_create(some)


def moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 6, tzinfo=UTC)


def plans(today: date) -> None:
    """A plan and its edition for each region and year; this year's is in force."""
    from kelisim.bodies.models import Body  # noqa: PLC0415
    from kelisim.charter.models import Version  # noqa: PLC0415
    from kelisim.commitments.models import Edition, Plan  # noqa: PLC0415

    version = Version.objects.get(charter__slug="concept-2013", state="published")
    regions = list(Body.objects.filter(kind="regional-assembly").order_by("pk"))

    def plan(region: Body, year: int) -> Plan:
        past = year < today.year
        return Plan(
            slug=f"scale-{region.pk}-{year}",
            body=region,
            version=version,
            title=words(f"Plan of {year}"),
            starts=date(year, 1, 1),
            ends=date(year, 12, 31),
            state="closed" if past else "in_force",
            closed_on=date(year + 1, 1, 31) if past else None,
            created_at=moment(date(year, 1, 1)),
        )

    years = range(today.year - YEARS + 1, today.year + 1)
    put(Plan, (plan(region, year) for region in regions for year in years))
    put(
        Edition,
        (
            Edition(
                plan=one,
                number=1,
                state="in_force",
                created_at=one.created_at,
                approved_at=one.created_at,
                in_force_from=one.starts,
                digest=hashlib.sha256(one.slug.encode()).hexdigest(),
            )
            for one in Plan.objects.filter(slug__startswith="scale-")
        ),
    )


def commitments(today: date, rows: int) -> None:
    """The rows of all plans: past years are done, this year's stand everywhere."""
    from kelisim.bodies.models import Body  # noqa: PLC0415
    from kelisim.commitments.models import Commitment, Edition  # noqa: PLC0415
    from kelisim.commitments.trees import terms  # noqa: PLC0415

    leads = list(Body.objects.filter(kind="state-body").order_by("pk").values_list("pk", flat=True))
    term = terms.as_json(terms.read("10 апреля, 10 августа, 10 декабря"))

    def made() -> Iterator[Commitment]:
        editions = Edition.objects.filter(plan__slug__startswith="scale-")
        for edition in editions.select_related("plan__body").order_by("pk"):
            plan = edition.plan
            for n in range(rows):
                past = plan.starts.year < today.year
                removed = n % 23 > 0 if past else n % 5 == 0
                late = removed and n % 11 == 0
                yield Commitment(
                    plan=plan,
                    edition=edition,
                    body_id=plan.body_id,
                    unit_id=plan.body.unit_id,
                    key=f"{plan.pk}-{n}",
                    position=n + 1,
                    number=str(n + 1),
                    title=words(f"Measure {n + 1} of {plan.starts.year}"),
                    form=words("Report"),
                    term=term,
                    lead_id=leads[n % len(leads)],
                    starts=plan.starts,
                    due_on=date(plan.starts.year, *TERMS[-1]),
                    next_on=None
                    if removed
                    else date(plan.starts.year, *TERMS[-1])
                    if past
                    else date(plan.starts.year, *TERMS[n % 3]),
                    year=plan.starts.year,
                    control="removed" if removed else "not_executed" if past else "on",
                    done_on=date(plan.starts.year, 12, 5) if removed else None,
                    late=late,
                    funded=n % 3 == 0,
                    evidenced=removed,
                    measured=n % 10 == 0,
                )

    put(Commitment, made())


def all_of_them() -> Iterator[tuple[int, int, int, int, str, int]]:
    """Key, place in its plan, year, lead, control and body of each."""
    from kelisim.commitments.models import Commitment  # noqa: PLC0415

    yield from (
        Commitment.objects.filter(plan__slug__startswith="scale-")
        .order_by("pk")
        .values_list("pk", "position", "year", "lead", "control", "body")
        .iterator(chunk_size=TOGETHER)
    )


def belongings(today: date) -> None:
    """Executors, provisions, terms, money and indicators."""
    from kelisim.bodies.models import Body  # noqa: PLC0415
    from kelisim.charter.models import Provision  # noqa: PLC0415
    from kelisim.commitments.models import (  # noqa: PLC0415
        Actual,
        Executor,
        Fulfils,
        Indicator,
        Money,
        Stage,
        Target,
    )

    helpers = list(
        Body.objects.filter(kind="association").order_by("pk").values_list("pk", flat=True)
    )
    measures = list(
        Provision.objects.filter(
            kind="measure", version__charter__slug="concept-2013", version__state="published"
        )
        .order_by("position")
        .values_list("pk", flat=True)[:MEASURES]
    )
    found = list(all_of_them())
    put(
        Executor,
        (
            Executor(commitment_id=pk, body_id=body, part=part, position=place, since=date(y, 1, 1))
            for pk, n, y, lead, _control, _of in found
            for place, (body, part) in enumerate(
                ((lead, "lead"), (helpers[pk % len(helpers)], "co"))
            )
        ),
    )
    put(
        Fulfils,
        (
            Fulfils(commitment_id=pk, provision_id=measures[n % len(measures)])
            for pk, n, *_rest in found
        ),
    )
    put(
        Stage,
        (
            Stage(
                commitment_id=pk,
                first_on=day,
                due_on=day,
                handed_on=day - timedelta(days=2) if met else None,
                met_on=day if met else None,
            )
            for pk, n, y, _lead, control, _of in found
            for turn, day in enumerate(date(y, *term) for term in TERMS)
            for met in [control == "removed" or (day < today and turn < n % 3)]
        ),
    )
    put(
        Money,
        (
            Money(commitment_id=pk, source="local", year=y, planned=1000 * n, spent=700 * n)
            for pk, n, y, *_rest in found
            if n % 3 == 1
        ),
    )
    measured = [row for row in found if row[1] % 10 == 1]
    put(
        Indicator,
        (
            Indicator(
                commitment_id=pk,
                name=words("Visits"),
                unit=words("visits"),
                baseline=10,
                baseline_year=y - 1,
            )
            for pk, _n, y, *_rest in measured
        ),
    )
    indicators = list(
        Indicator.objects.filter(commitment__plan__slug__startswith="scale-").values_list(
            "pk", "commitment__year"
        )
    )
    put(Target, (Target(indicator_id=pk, year=y, value=20) for pk, y in indicators))
    put(
        Actual,
        (
            Actual(indicator_id=pk, year=y, on=date(y, 7, 1), value=pk % 25, source="count")
            for pk, y in indicators
        ),
    )


def reports() -> None:
    """The lead's report and its co-executor's part for each term, each handed in once."""
    from kelisim.commitments.models import Report, Sending, Stage  # noqa: PLC0415

    stages = (
        Stage.objects.filter(commitment__plan__slug__startswith="scale-")
        .order_by("pk")
        .values_list("pk", "commitment", "due_on", "met_on", "commitment__lead", "commitment__body")
    )

    def made() -> Iterator[Report]:
        for pk, commitment, due_on, met_on, lead, body in stages.iterator(chunk_size=TOGETHER):
            at = moment(due_on - timedelta(days=2))
            for place, of in enumerate((lead, body)):
                said = "accepted" if met_on else "draft" if place == 0 else "sent"
                yield Report(
                    commitment_id=commitment,
                    stage_id=pk,
                    body_id=of,
                    state=said,
                    words=f"Done as planned, term {pk} (invented).",
                    digest="" if said == "draft" else f"{pk:064x}",
                    handed_at=None if said == "draft" else at,
                    written_at=at,
                )

    put(Report, made())
    handed = Report.objects.exclude(state="draft").filter(
        commitment__plan__slug__startswith="scale-"
    )
    put(
        Sending,
        (
            Sending(report_id=pk, number=1, content={}, digest=digest, at=at)
            for pk, digest, at in handed.order_by("pk")
            .values_list("pk", "digest", "handed_at")
            .iterator(chunk_size=TOGETHER)
            if at
        ),
    )


def ledger(entries: int) -> None:
    """As many entries more as make so many, chained from the demonstration's head."""
    from kelisim.ledger import chain  # noqa: PLC0415
    from kelisim.ledger.models import Entry, Head  # noqa: PLC0415

    head = Head.objects.get(pk=1)
    at = moment(date(2020, 1, 1))

    def made() -> Iterator[Entry]:
        for number in range(head.number + 1, entries + 1):
            entry = Entry(
                number=number,
                at=at + timedelta(seconds=number),
                act="commitments.handed_in",
                subject_kind="commitments.report",
                subject_ref=str(number),
                mandate_key="bodies.benchmark",
                mandate_words="benchmark",
                after={"stage": number},
                previous=head.hash,
            )
            entry.hash = chain.digest(entry)
            head.number, head.hash = number, entry.hash
            yield entry

    put(Entry, made())
    head.save(update_fields=["number", "hash"])
