"""How each row of the demonstration's plans fares: reported, returned, late, climbed, done."""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from PIL import Image, ImageDraw

from kelisim.cli.assembly import at
from kelisim.cli.promises import Planners
from kelisim.cli.stories import Story
from kelisim.commitments.actions import control, extending, reporting
from kelisim.commitments.models import Commitment, Report, Stage
from kelisim.commitments.states import Status
from kelisim.papers.actions.files import keep
from kelisim.people.models import Person

DAY = timedelta(days=1)
SAID = "Іс-шара жоспарға сай өтті, растайтын құжаттар қоса берілді (ойдан алынған есеп)."
PART = "Өз бөлігіміз бойынша ақпарат жолданды (ойдан алынған)."
TITLES = {
    "act": "Орындалғаны туралы акт (ойдан алынған)",
    "photo": "Іс-шарадан көрініс (ойдан алынған сурет)",
}
SKY, GOLD, INK = (0, 130, 200), (240, 180, 40), (20, 40, 60)


@dataclass(frozen=True, slots=True)
class Duty:
    """A commitment with who acts on it, and the day on which the demonstration is made."""

    commitment: Commitment
    row: Mapping[str, Any]
    known: Planners
    executor: Person
    controller: Person
    issuer: Person

    @property
    def today(self) -> date:
        return self.known.assembly.today


def photograph(number: int) -> bytes:
    """An invented photograph: a drawn one, with nobody on it."""
    picture = Image.new("RGB", (640, 420), SKY)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 280, 640, 420), fill=(90, 140, 80))
    for n in range(5):
        left = 60 + n * 110 + number * 7 % 40
        draw.polygon([(left, 280), (left + 45, 190 - number % 5 * 8), (left + 90, 280)], fill=GOLD)
        draw.rectangle((left + 30, 245, left + 60, 280), fill=INK)
    kept = io.BytesIO()
    picture.save(kept, "JPEG", quality=70)
    return kept.getvalue()


def show(duty: Duty, report: Report, when: datetime) -> None:
    """The evidence: an act in the promised form, and a photograph where the row has one."""
    commitment = duty.commitment
    given = [("act", "text/plain", f"Акт № {commitment.pk}".encode(), True)]
    if duty.row.get("photo"):
        given.append(("photo", "image/jpeg", photograph(commitment.pk), False))
    for name, media_type, content, form in given:
        ending = "jpg" if name == "photo" else "txt"
        file = keep(
            name=f"{name}-{commitment.number}.{ending}",
            content=content,
            media_type=media_type,
            at=when,
        )
        reporting.add_evidence(
            report.pk,
            title=TITLES[name],
            language="kk",
            file=file,
            effective_on=when.date(),
            shows_form=form,
            public=True,
            photo=name == "photo",
            consent=name == "photo",
            by=duty.executor,
            at=when,
        )


def write(duty: Duty, stage: Stage, when: datetime) -> Report:
    commitment = duty.commitment
    measured = duty.row.get("indicator")
    figures = {
        str(one.pk): str(measured["actual"]) for one in commitment.indicators.all() if measured
    }
    shares = {"money": 3} if duty.row.get("now") == "money" else {}
    return reporting.write(
        stage.pk,
        body_id=commitment.lead_id,
        words=SAID,
        language="kk",
        figures=figures,
        figures_source="Әкімшілік деректер (ойдан алынған)" if figures else "",
        spent={
            str(money.pk): str(money.planned // shares.get("money", 1))
            for money in commitment.money.filter(year=stage.due_on.year)
        },
        by=duty.executor,
        at=when,
    )


def parts(duty: Duty, stage: Stage, when: datetime) -> list[int]:
    """The co-executors' parts, handed in to the lead."""
    found = []
    others = duty.commitment.executors.filter(part="co", until=None).select_related("body")
    for executor in others:
        person = duty.known.reports(executor.body)
        part = reporting.write(
            stage.pk, body_id=executor.body_id, words=PART, language="kk", by=person, at=when
        )
        reporting.hand_in(part.pk, by=person, at=when)
        found.append(part.pk)
    return found


def handed_in(duty: Duty, stage: Stage, when: datetime) -> Report:
    gathers = parts(duty, stage, when)
    report = write(duty, stage, when)
    show(duty, report, when)
    reporting.hand_in(report.pk, gathers=gathers, by=duty.executor, at=when)
    return Report.objects.get(pk=report.pk)


def opined(duty: Duty, stage: Stage, when: datetime) -> Report:
    report = handed_in(duty, stage, when)
    control.opine(report.pk, digest=report.digest, by=duty.controller, at=when + timedelta(hours=3))
    return report


def stages(duty: Duty) -> list[Stage]:
    found = Stage.objects.filter(commitment=duty.commitment, kind="term", dropped=False)
    return list(found.order_by("due_on"))


def accepted(duty: Duty, stage: Stage, when: datetime, *, last: bool) -> Story:
    """Handed in, found executed on that day, removed (or left) by the issuer on the next."""
    yield when
    report = opined(duty, stage, when)
    yield when + DAY
    act = control.remove if last else control.leave
    act(report.pk, digest=report.digest, by=duty.issuer, at=when + DAY)


def before(stage: Stage, days: int) -> datetime:
    return at(stage.due_on - timedelta(days=days), 9)


def done(duty: Duty) -> Story:
    """Every term kept; the last one ends control."""
    terms = stages(duty)
    for stage in terms:
        yield from accepted(duty, stage, before(stage, 6), last=stage == terms[-1])


def late(duty: Duty) -> Story:
    """Handed in some days after the last term."""
    terms = stages(duty)
    for stage in terms[:-1]:
        yield from accepted(duty, stage, before(stage, 6), last=False)
    yield from accepted(duty, terms[-1], before(terms[-1], -5), last=True)


def left(duty: Duty) -> Story:
    """The terms that have come were kept; it stays on control for those to come."""
    terms = stages(duty)
    for stage in terms[:-1]:
        if stage.due_on < duty.today:
            yield from accepted(duty, stage, before(stage, 4), last=False)


def recent(duty: Duty, days: int) -> datetime:
    return at(duty.today - timedelta(days=days), 9)


def first(duty: Duty) -> Stage:
    return stages(duty)[0]


def sent(duty: Duty) -> Story:
    """Waits for the controller."""
    yield recent(duty, 1)
    handed_in(duty, first(duty), recent(duty, 1))


def opinion(duty: Duty) -> Story:
    """Has the controller's opinion, waits for the issuer."""
    yield recent(duty, 2)
    opined(duty, first(duty), recent(duty, 2))


def returned(duty: Duty) -> Story:
    yield recent(duty, 5)
    report = handed_in(duty, first(duty), recent(duty, 5))
    yield recent(duty, 3)
    control.send_back(
        report.pk,
        because="Қатысушылар саны көрсетілмеген, каталог қоса берілмеген (ойдан алынған).",
        by=duty.controller,
        at=recent(duty, 3),
    )


def question(duty: Duty) -> Story:
    yield recent(duty, 3)
    report = handed_in(duty, first(duty), recent(duty, 3))
    yield recent(duty, 2)
    control.ask(
        report.pk,
        question="Қай өңірлердің мұражайлары қатысты (ойдан алынған сұрақ)?",
        by=duty.controller,
        at=recent(duty, 2),
    )


def draft(duty: Duty) -> Story:
    """A report is being written."""
    yield recent(duty, 1)
    write(duty, first(duty), recent(duty, 1))


def extension(duty: Duty) -> Story:
    """A later term is asked for; the issuer has not decided."""
    yield recent(duty, 2)
    extending.ask_extension(
        first(duty).pk,
        until=min(first(duty).due_on + timedelta(days=20), duty.commitment.plan.ends),
        because="Оқу орны ауысты, топтар қайта құрылуда (ойдан алынған себеп).",
        by=duty.executor,
        at=recent(duty, 2),
    )


def extended(duty: Duty) -> Story:
    stage = first(duty)
    asked = recent(duty, 30)
    yield asked
    request = extending.ask_extension(
        stage.pk,
        until=min(stage.due_on + timedelta(days=15), duty.commitment.plan.ends),
        because="Ғимараттарды қабылдау кешікті (ойдан алынған себеп).",
        by=duty.executor,
        at=asked,
    )
    yield asked + DAY
    extending.extend(request.pk, by=duty.issuer, at=asked + DAY)


def transferred(duty: Duty) -> Story:
    yield recent(duty, 60)
    extending.transfer(
        duty.commitment.pk,
        to_body_id=duty.known.bodies["information"].pk,
        because="Құзыреті ауысты (ойдан алынған себеп).",
        by=duty.issuer,
        at=recent(duty, 60),
    )


def suspended(duty: Duty) -> Story:
    yield recent(duty, 45)
    control.suspend(
        duty.commitment.pk,
        because="Шарт қайта жасалуда (ойдан алынған себеп).",
        by=duty.issuer,
        at=recent(duty, 45),
    )


def not_executed(duty: Duty) -> Story:
    """Never reported; at the end of its plan the issuer says so."""
    when = at(duty.commitment.plan.ends + timedelta(days=15), 9)
    yield when
    control.not_executed(
        duty.commitment.pk,
        because="Әдістеме әзірленбеді (ойдан алынған себеп).",
        by=duty.issuer,
        at=when,
    )


def doubted(duty: Duty) -> Story:
    """Under way, and a person judges that it is at risk."""
    yield recent(duty, 10)
    control.judge(
        duty.commitment.pk,
        status=Status.AT_RISK,
        because="Маман жетіспейді (ойдан алынған баға).",
        by=duty.controller,
        at=recent(duty, 10),
    )


def nothing(duty: Duty) -> Story:  # noqa: ARG001  (a fate like the others)
    """Nobody has acted yet."""
    yield from ()


FATES: dict[str, Callable[[Duty], Story]] = {
    "done": done,
    "late": late,
    "left": left,
    "sent": sent,
    "opined": opinion,
    "returned": returned,
    "question": question,
    "draft": draft,
    "extension": extension,
    "extended": extended,
    "transferred": transferred,
    "suspended": suspended,
    "not_executed": not_executed,
    "under_way": doubted,
    "overdue": nothing,
    "climbed": nothing,
    "stage": nothing,
    "money": nothing,
    "not_started": nothing,
    "excluded": nothing,
}


def of_row(duty: Duty, *, now: bool) -> Story:
    """What becomes of a row: as it stands now, or as it ended in a year that is past."""
    name = duty.row["now"] if now else duty.row.get("then", "done")
    return FATES[name](duty)


def acting(commitment: Commitment, row: Mapping[str, Any], known: Planners) -> Duty:
    """Who acts on a commitment: an executor, a controller who is another, the chair of its plan."""
    assembly = known.assembly
    executor = known.reports(commitment.lead)
    return Duty(
        commitment=commitment,
        row=row,
        known=known,
        executor=executor,
        controller=assembly.head if executor == assembly.clerk else assembly.clerk,
        issuer=assembly.answers.get(commitment.body_id, assembly.chair),
    )
