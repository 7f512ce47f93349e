"""A small invented council with a plan: its people, a charter, commitments at any stage."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from kelisim.bodies.models import Body
from kelisim.bodies.states import Role
from kelisim.charter.actions import publishing, succession
from kelisim.charter.actions.publishing import Beginning
from kelisim.charter.models import Version
from kelisim.commitments.actions import agreeing, approving, control, drafting, plans, reporting
from kelisim.commitments.models import Agreement, Commitment, Edition, Plan, Report
from kelisim.commitments.queries import rows as reading
from kelisim.commitments.states import Direction, Say, Source
from kelisim.commitments.trees import terms
from kelisim.commitments.trees.table import Cost, Fulfilled, Indicator, Row, Table
from kelisim.papers.actions.files import keep
from kelisim.people.models import Person
from tests.bodies.people import chair, council, found, head, hold, officer, person
from tests.charter.conftest import ADOPTED, FIRST

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
STARTS, ENDS = date(2026, 1, 1), date(2026, 12, 31)
MEASURE = "part_1__list_1__point_{}"


def words(text: str) -> dict[str, str]:
    return {"kk": f"{text} (kk)", "ru": f"{text} (ru)", "en": text}


@dataclass
class World:
    """The council, its office, two ministries, and who acts for each."""

    council: Body
    chair: Person
    head: Person
    officer: Person
    ministry: Body
    minister: Person
    clerk: Person
    other: Body
    other_minister: Person
    regions: list[Body] = field(default_factory=list)

    @property
    def executors(self) -> dict[int, Person]:
        return {self.ministry.pk: self.minister, self.other.pk: self.other_minister}


def world(regions: int = 0) -> World:
    """The council once, with so many regional assemblies, each with its chair and office."""
    top = council()
    ministry = found("state-body", "Ministry of Books", slug="ministry-of-books", parent=top)
    other = found("state-body", "Ministry of Roads", slug="ministry-of-roads", parent=top)
    minister, clerk = person("Minister of Books"), person("Clerk of Books")
    other_minister = person("Minister of Roads")
    hold(minister, ministry, Role.LEADER)
    hold(clerk, ministry, Role.REPRESENTATIVE)
    hold(other_minister, other, Role.LEADER)
    built = World(top, chair(), head(), officer(), ministry, minister, clerk, other, other_minister)
    for n in range(regions):
        region = found("regional-assembly", f"Region {n}", slug=f"region-{n}", parent=top)
        chair(f"Chair {n}", of=region)
        head(f"Head {n}", of=region)
        officer(f"Officer {n}", of=region)
        built.regions.append(region)
    return built


def charter() -> Version:
    """A published charter of three measures, `MEASURE.format(1…3)`."""
    preparer, publisher = officer("Preparer"), head("Publisher")
    version = publishing.begin_charter(
        slug="library",
        title={"kk": "Кітапханалар", "ru": "О библиотеках", "en": "On libraries"},
        draft=FIRST,
        beginning=Beginning(ADOPTED, date(2026, 2, 1)),
        by=preparer,
        at=AT,
    )
    publishing.submit(version.pk, by=preparer, at=AT)
    succession.confirm_all(version.pk, by=publisher, at=AT)
    return publishing.publish(version.pk, by=publisher, at=AT)


def row(number: str = "1", *, term: str = "до 1 октября 2026 года", **facts) -> Row:
    """A whole row: of the Ministry of Books, by a day, with money and a form."""
    return Row(
        **{
            "number": number,
            "title": words(f"Open reading room {number}"),
            "form": words("report"),
            "lead": "ministry-of-books",
            "term": terms.read(term, "ru"),
            "costs": (Cost(Source.REPUBLICAN, 2026, Decimal("1000000.00")),),
            **facts,
        }
    )


def measured(number: str = "1", **facts) -> Row:
    """A row that fulfils the measure of its number and has an indicator."""
    return row(
        number,
        provisions=(Fulfilled(MEASURE.format(number)),),
        indicators=(
            Indicator(
                name=words("Readers"),
                unit=words("persons"),
                direction=Direction.UP,
                baseline=Decimal(100),
                baseline_year=2025,
                targets={2026: Decimal(200)},
                source=words("register of readers"),
            ),
        ),
        **facts,
    )


def drafted(of: World, *rows: Row, body: Body | None = None, **facts) -> Edition:
    """A plan of the council (or another body) in its first draft, with these rows."""
    plan = plans.begin(
        (body or of.council).pk,
        title=words("Plan"),
        starts=facts.pop("starts", STARTS),
        ends=facts.pop("ends", ENDS),
        by=of.officer,
        at=AT,
        **facts,
    )
    edition = plan.editions.get()
    drafting.take(edition.pk, table=Table(rows or (row(),)), by=of.officer, at=AT)
    return Edition.objects.get(pk=edition.pk)


def digest(edition: Edition) -> str:
    return reading.content_digest(reading.lines(edition))


def agreed(of: World, edition: Edition, *, at: datetime = AT) -> Edition:
    """Every executor has agreed."""
    agreeing.ask(edition.pk, by=of.officer, at=at)
    for agreement in Agreement.objects.filter(edition=edition, state=Say.ASKED):
        who = of.executors.get(agreement.body_id)
        agreeing.say(agreement.pk, state=Say.AGREED, digest=digest(edition), by=who, at=at)
    return agreeing.conclude(edition.pk, by=of.officer, at=at)


def approved(of: World, *rows: Row, at: datetime = AT, **facts) -> list[Commitment]:
    """A plan in force; its commitments in order."""
    edition = agreed(of, drafted(of, *rows, **facts), at=at)
    chairs = facts.get("by") or of.chair
    approving.approve(edition.pk, number="1", digest=digest(edition), by=chairs, at=at)
    return list(Commitment.objects.filter(plan=edition.plan).order_by("position"))


def written(of: World, commitment: Commitment, *, at: datetime = AT, **facts) -> Report:
    """The lead executor's report for the nearest term, with evidence of the form."""
    stage = commitment.stages.filter(met_on=None, kind="term").first()
    by = facts.pop("by", of.executors.get(commitment.lead_id))
    report = reporting.write(
        stage.pk,
        body_id=facts.pop("body_id", commitment.lead_id),
        words=facts.pop("words", "The room is open."),
        language="en",
        by=by,
        at=at,
        **facts,
    )
    file = keep(name="act.txt", content=b"opened", media_type="text/plain", at=at)
    reporting.add_evidence(
        report.pk,
        title="Act of opening",
        language="en",
        file=file,
        effective_on=at.date(),
        shows_form=True,
        public=True,
        by=by,
        at=at,
    )
    return report


def handed_in(of: World, commitment: Commitment, *, at: datetime = AT, **facts) -> Report:
    report = written(of, commitment, at=at, **facts)
    by = facts.get("by", of.executors.get(commitment.lead_id))
    reporting.hand_in(report.pk, by=by, at=at)
    return Report.objects.get(pk=report.pk)


def opined(of: World, commitment: Commitment, *, at: datetime = AT) -> Report:
    report = handed_in(of, commitment, at=at)
    control.opine(report.pk, digest=report.digest, by=of.officer, at=at)
    return Report.objects.get(pk=report.pk)


def done(of: World, commitment: Commitment, *, at: datetime = AT) -> Commitment:
    """Reported, found executed by the controller, removed from control by the chair."""
    report = opined(of, commitment, at=at)
    control.remove(report.pk, digest=report.digest, by=of.chair, at=at)
    return Commitment.objects.get(pk=commitment.pk)


__all__ = ["Plan", "measured", "world"]
