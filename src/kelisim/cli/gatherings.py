"""The demonstration's meetings: of last year, a session that waits for answers, one to come."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from kelisim.bodies.models import Body
from kelisim.charter.models import Provision
from kelisim.cli.assembly import DOMAIN, Assembly, at, said
from kelisim.cli.stories import Story
from kelisim.meetings.actions import (
    agenda,
    answering,
    concluding,
    floor,
    planning,
    sitting,
    voting,
)
from kelisim.meetings.models import Addressee, Attendance, Item, Meeting
from kelisim.meetings.states import (
    AnswerState,
    BallotForm,
    Choice,
    MeetingKind,
    Presence,
    Subject,
)
from kelisim.people.models import Person

type Words = Mapping[str, str]


def present(assembly: Assembly, meeting: Meeting, *, absent: int, when: datetime) -> None:
    """Mark who came; the last few apologised."""
    rows = list(meeting.attendances.select_related("mandate").order_by("pk"))
    for row in rows[: len(rows) - absent]:
        sitting.mark(row.pk, presence=Presence.PRESENT, by=assembly.secretary, at=when)


def vote(
    assembly: Assembly,
    item: Item,
    choices: Sequence[Choice],
    *,
    when: datetime,
) -> int:
    """An open vote: the voices in this order, then for; gives the vote's number."""
    ballot = voting.open_ballot(
        item.pk,
        question=said(
            "Шешім жобасы қабылдансын ба?",
            "Принять проект решения?",
            "Adopt the draft decision?",
        ),
        form=BallotForm.ELECTRONIC,
        by=assembly.chair,
        at=when,
    )
    voters = Attendance.objects.filter(
        meeting=item.meeting, presence=Presence.PRESENT, votes=True
    ).select_related("mandate__seat", "mandate__person")
    for number, row in enumerate(voters.order_by("pk")):
        choice = choices[number] if number < len(choices) else Choice.FOR
        voting.cast(ballot.pk, attendance=row, choice=choice, by=row.mandate.person, at=when)
    voting.close_ballot(ballot.pk, by=assembly.chair, at=when)
    return ballot.pk


def finish(assembly: Assembly, meeting: Meeting, *, when: datetime, notes: Words) -> Story:
    """Close, write and sign the minutes; publish on the next day."""
    yield when
    sitting.close(meeting.pk, by=assembly.chair, at=when)
    minutes = concluding.write_minutes(
        meeting.pk,
        passages=[
            concluding.Wording(
                item.pk,
                heard=said(
                    "Хатшылықтың баяндамасы", "Доклад секретариата", "Report of the secretariat"
                ),
                spoke=notes,
            )
            for item in meeting.items.all()
        ],
        by=assembly.secretary,
        at=when,
    )
    for who, as_chair in ((assembly.chair, True), (assembly.secretary, False)):
        concluding.sign_minutes(meeting.pk, as_chair=as_chair, read=minutes.digest, by=who, at=when)
    published = when + timedelta(hours=20)
    yield published
    concluding.publish(meeting.pk, by=assembly.head, at=published)


def convened(
    assembly: Assembly,
    body: Body,
    kind: MeetingKind,
    title: Words,
    items: Sequence[Words],
    *,
    starts: datetime,
    planned: datetime,
) -> Meeting:
    """A meeting planned, given its agenda and convened."""
    meeting = planning.plan(
        body.pk,
        kind=kind,
        title=title,
        starts_at=starts,
        ends_at=starts + timedelta(hours=3),
        place=said(
            "Достық үйі (ойдан алынған)", "Дом дружбы (вымышлен)", "House of Friendship (invented)"
        ),
        by=assembly.clerk,
        at=planned,
    )
    provisions = list(
        Provision.objects.filter(
            version__charter__slug="neighbours", version__number=2, kind="measure"
        )[:2]
    )
    for title_of_item in items:
        agenda.put_item(
            meeting.pk,
            title=title_of_item,
            draft=said(
                "Мәлімет назарға алынсын, ұсыныстар қаралсын.",
                "Принять информацию к сведению, рассмотреть предложения.",
                "Take note of the information and consider the proposals.",
            ),
            provisions=provisions,
            by=assembly.clerk,
            at=planned,
        )
    return planning.convene(meeting.pk, by=assembly.head, at=planned)


def first_meeting(assembly: Assembly) -> Story:
    """A Council meeting of last year: one decision by open vote, one item noted."""
    day = assembly.ago(330)
    yield assembly.ago(380)
    meeting = convened(
        assembly,
        assembly.council,
        MeetingKind.MEETING,
        said(
            "Кеңестің көктемгі отырысы",
            "Весеннее заседание Совета",
            "Spring meeting of the Council",
        ),
        [
            said(
                "Достық үйлерінің жұмысы туралы",
                "О работе домов дружбы",
                "On the work of the houses of friendship",
            ),
            said("Жексенбілік мектептер туралы", "О воскресных школах", "On Sunday schools"),
        ],
        starts=day,
        planned=assembly.ago(380),
    )
    yield day
    present(assembly, meeting, absent=3, when=day)
    sitting.open_(meeting.pk, by=assembly.chair, at=day)
    first, second = meeting.items.all()
    sitting.take_up(first.pk, by=assembly.chair, at=day)
    speech = floor.ask_floor(first.pk, by=assembly.members[0], at=day)
    floor.call_speaker(speech.pk, by=assembly.chair, at=day)
    floor.end_speech(speech.pk, by=assembly.chair, at=day + timedelta(minutes=4))
    first.refresh_from_db()
    ballot = vote(assembly, first, [Choice.FOR, Choice.AGAINST, Choice.ABSTAIN], when=day)
    concluding.decide(
        ballot,
        title=first.title,
        points=[
            concluding.DraftPoint(
                said(
                    "Достық үйлерінің жылдық жоспарлары жариялансын.",
                    "Опубликовать годовые планы домов дружбы.",
                    "Publish the yearly plans of the houses of friendship.",
                ),
                executor=Body.objects.get(kind="secretariat", parent=assembly.top),
                due_on=(day + timedelta(days=120)).date(),
            )
        ],
        by=assembly.chair,
        at=day,
    )
    sitting.take_up(second.pk, by=assembly.chair, at=day)
    sitting.note(second.pk, by=assembly.chair, at=day)
    notes = said(
        "Мүше Үлгіұлы жоспарларды жариялауды қолдады.",
        "Мүше Үлгіұлы поддержал публикацию планов.",
        "Müshe Ülgiuly supported the publication of the plans.",
    )
    yield from finish(assembly, meeting, when=day + timedelta(days=2), notes=notes)


def session(assembly: Assembly) -> Story:
    """The last session of the Council: a decision that state bodies must consider, point by point.

    One ministry accepted, one accepted in part, one is overdue on every point.
    """
    day = assembly.ago(75)
    yield assembly.ago(140)
    meeting = convened(
        assembly,
        assembly.council,
        MeetingKind.SESSION,
        said("Жыл сайынғы сессия", "Ежегодная сессия", "Annual session"),
        [said("Қоғамдық келісім туралы", "Об общественном согласии", "On public accord")],
        starts=day,
        planned=assembly.ago(140),
    )
    yield day
    present(assembly, meeting, absent=1, when=day)
    sitting.open_(meeting.pk, by=assembly.chair, at=day)
    item = meeting.items.get()
    sitting.take_up(item.pk, by=assembly.chair, at=day)
    item.refresh_from_db()
    ballot = vote(assembly, item, [Choice.FOR, Choice.FOR, Choice.AGAINST], when=day)
    culture, education, information, finance = assembly.ministries
    points = [
        (
            said(
                "Достық үйлеріне ғимараттар бекітілсін.",
                "Закрепить здания за домами дружбы.",
                "Assign buildings to the houses of friendship.",
            ),
            [culture, finance],
        ),
        (
            said(
                "Жексенбілік мектептерге оқулықтар шығарылсын.",
                "Издать учебники для воскресных школ.",
                "Publish textbooks for Sunday schools.",
            ),
            [education, finance],
        ),
        (
            said(
                "Өңірлік эфирде ұлт тілдеріндегі бағдарламалар көбейтілсін.",
                "Увеличить число передач на языках этносов в региональном эфире.",
                "Broadcast more programmes in the languages of the communities.",
            ),
            [information, culture],
        ),
    ]
    concluding.decide(
        ballot,
        title=item.title,
        preamble=said(
            "Сессия мемлекеттік органдарға қарауға ұсынады:",
            "Сессия вносит на рассмотрение государственных органов:",
            "The session lays before the state bodies:",
        ),
        points=[concluding.DraftPoint(text, bodies) for text, bodies in points],
        must_consider=True,
        by=assembly.chair,
        at=day,
    )
    notes = said(
        "Сөз сөйлегендер жобаны қолдады.",
        "Выступившие поддержали проект.",
        "The speakers supported the draft.",
    )
    yield from finish(assembly, meeting, when=day + timedelta(days=3), notes=notes)
    yield from answers(assembly, meeting)


def answers(assembly: Assembly, meeting: Meeting) -> Story:
    """The first ministry answers; the second one of its points is answered in part."""
    person = Person.objects.get(email=f"ministry@{DOMAIN}")
    rows = Addressee.objects.filter(point__decision__item__meeting=meeting).select_related("body")
    culture, education = assembly.ministries[:2]
    yield assembly.ago(55)
    for row in rows.filter(body=culture, point__number=1):
        answering.answer(row.pk, state=AnswerState.ACCEPTED, by=person, at=assembly.ago(55))
    yield assembly.ago(50)
    for row in rows.filter(body=education):
        answering.answer(
            row.pk,
            state=AnswerState.PARTLY,
            reasons="Биыл екі тілде шығарылады, қалғаны келесі жылы (ойдан алынған жауап).",
            by=person,
            at=assembly.ago(50),
        )


def next_meeting(assembly: Assembly) -> Story:
    """The meeting that is coming: papers are due, a member proposed an item."""
    planned = assembly.ago(4)
    yield planned
    meeting = convened(
        assembly,
        assembly.council,
        MeetingKind.MEETING,
        said(
            "Кеңестің кезекті отырысы",
            "Очередное заседание Совета",
            "Regular meeting of the Council",
        ),
        [
            said(
                "Келесі жылдың жоспары туралы",
                "О плане на следующий год",
                "On the plan for the coming year",
            ),
            said(
                "Төраға орынбасарын сайлау туралы",
                "Об избрании заместителя председателя",
                "On the election of a deputy chair",
            ),
        ],
        starts=at(assembly.today + timedelta(days=24)),
        planned=planned,
    )
    election = meeting.items.get(position=2)
    agenda.change_item(election.pk, subject=Subject.ELECTION, by=assembly.clerk, at=planned)
    yield assembly.ago(2)
    agenda.propose_item(
        meeting.pk,
        title=said(
            "Аударма сапасы туралы", "О качестве переводов", "On the quality of translations"
        ),
        text=said(
            "Бірлестіктер аудармалардың кешігуіне шағымданады.",
            "Объединения жалуются на опоздание переводов.",
            "Associations complain that translations come late.",
        ),
        by=assembly.members[0],
        at=assembly.ago(2),
    )
