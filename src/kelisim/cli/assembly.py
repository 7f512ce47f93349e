"""The demonstration's council: its bodies and the people who hold mandates in them.

Everything is invented and called so. It is made by the same acts as in an office, in the order of
their dates, which count back from the day on which the demonstration is made.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext_noop

from kelisim.bodies.actions import appointments, founding, mandates
from kelisim.bodies.models import Body, Mandate
from kelisim.bodies.states import Role
from kelisim.people.actions import invite, set_password
from kelisim.people.models import Person
from kelisim.territory.queries import names, regions

DOMAIN = "demo.example"
INVENTED = {"kk": "ойдан алынған", "ru": "вымышлено", "en": "invented"}
SIGN_INS = [
    (f"chair@{DOMAIN}", "birge-kelisim-5", gettext_noop("chairs the Council")),
    (f"secretary@{DOMAIN}", "birge-kelisim-6", gettext_noop("secretary of the Council")),
    (f"member@{DOMAIN}", "birge-kelisim-7", gettext_noop("member of the Council")),
    (f"ministry@{DOMAIN}", "birge-kelisim-8", gettext_noop("answers for an invented ministry")),
    (f"region@{DOMAIN}", "birge-kelisim-9", gettext_noop("officer of a regional secretariat")),
    (f"association@{DOMAIN}", "birge-kelisim-10", gettext_noop("represents an association")),
]
NAMES = {
    "chair": "Төраға Үлгіұлы",
    "secretary": "Хатшы Үлгіқызы",
    "member": "Мүше Үлгіұлы",
    "ministry": "Маман Үлгіқызы",
    "region": "Өңір Үлгіұлы",
    "association": "Өкіл Үлгіқызы",
}
MINISTRIES = [
    ("Мәдениет министрлігі", "Министерство культуры", "Ministry of Culture"),
    ("Оқу-ағарту министрлігі", "Министерство просвещения", "Ministry of Education"),
    ("Ақпарат министрлігі", "Министерство информации", "Ministry of Information"),
    ("Қаржы министрлігі", "Министерство финансов", "Ministry of Finance"),
]
BODIES = [
    ("session", "Сессия", "Сессия", "Session"),
    ("expert-council", "Ғылыми-сараптамалық кеңес", "Научно-экспертный совет",
     "Scientific-Expert Council"),
    ("elders", "Ақсақалдар кеңесі", "Совет старейшин", "Council of Elders"),
    ("mothers", "Аналар кеңесі", "Совет матерей", "Council of Mothers"),
    ("club", "Журналистер клубы", "Клуб журналистов", "Journalists’ Club"),
    ("deputies", "Депутаттық топ", "Депутатская группа", "Deputies’ Group"),
]  # fmt: skip
MEMBERS = 17
ANSWERED = 2

type Words = Mapping[str, str]


def words(kk: str, ru: str, en: str) -> dict[str, str]:
    """A name in three languages, marked as invented."""
    texts = {"kk": kk, "ru": ru, "en": en}
    return {tongue: f"{text} ({INVENTED[tongue]})" for tongue, text in texts.items()}


def said(kk: str, ru: str, en: str) -> dict[str, str]:
    return {"kk": kk, "ru": ru, "en": en}


def at(day: date, hour: int = 10) -> datetime:
    return datetime.combine(day, time(hour), ZoneInfo(settings.TIME_ZONE))


@dataclass(slots=True)
class Assembly:
    """Who is there to act, once the bodies are founded."""

    top: Body
    head: Person
    clerk: Person
    today: date
    council: Body
    chair: Person
    secretary: Person
    members: list[Person] = field(default_factory=list)
    ministries: list[Body] = field(default_factory=list)
    answers: dict[int, Person] = field(default_factory=dict)
    """Who speaks for a ministry or a region, by the body."""
    clerks: dict[int, Person] = field(default_factory=dict)
    """Who works for a region, by the body."""

    def ago(self, days: int, hour: int = 10) -> datetime:
        """A moment so many days before the demonstration was made."""
        return at(self.today - timedelta(days=days), hour)


def account(role: str, name: str, *, by: Person, when: datetime, password: str = "") -> Person:
    person = invite(
        email=f"{role}@{DOMAIN}", name=name, by=by, at=when, welcome=False, language="kk"
    )
    if password:
        set_password(person, password=password, confirmed=True)
    return person


def load(
    top: Body,
    *,
    administrator: Person,
    head: Person,
    clerk: Person,
    today: date,
    began_on: date | None = None,
) -> Assembly:
    """Found the bodies and seat their people, on a day (by default some two years ago)."""
    began = at(began_on or today - timedelta(days=700))
    signed = {
        email.split("@")[0]: account(
            email.split("@")[0],
            NAMES[email.split("@")[0]],
            by=administrator,
            when=began,
            password=password,
        )
        for email, password, _words in SIGN_INS
    }
    council = founding.found(
        kind="council",
        name=words("Ассамблея Кеңесі", "Совет Ассамблеи", "Council of the Assembly"),
        parent=top,
        on=began.date(),
        invented=True,
        slug="council",
        by=head,
        at=began,
    )
    assembly = Assembly(
        top, head, clerk, today, council, signed["chair"], signed["secretary"], [signed["member"]]
    )
    found_bodies(assembly, began)
    seat_council(assembly, administrator, began)
    answer_for(assembly, administrator, signed["ministry"], began)
    seat_regions(assembly, administrator, signed["region"], began)
    return assembly


def found_bodies(assembly: Assembly, began: datetime) -> None:
    """Everything that stands around the Council, and one assembly for each region of today."""
    for kind, kk, ru, en in BODIES:
        founding.found(
            kind=kind,
            name=words(kk, ru, en),
            parent=assembly.top,
            on=began.date(),
            invented=True,
            by=assembly.head,
            at=began,
        )
    for kk, ru, en in MINISTRIES:
        assembly.ministries.append(
            founding.found(
                kind="state-body",
                name=words(kk, ru, en),
                invented=True,
                by=assembly.head,
                at=began,
            )
        )
    units = regions(assembly.today)
    called = {
        tongue: names((unit.kato for unit in units), assembly.today, tongue)
        for tongue in ("kk", "ru", "en")
    }
    for unit in units:
        own = {tongue: called[tongue][unit.kato].full.text for tongue in called}
        body = founding.found(
            kind="regional-assembly",
            name=words(
                f"{own['kk']} ассамблеясы",
                f"Ассамблея: {own['ru']}",
                f"Assembly of {own['en']}",
            ),
            parent=assembly.top,
            unit=unit,
            on=began.date(),
            invented=True,
            by=assembly.head,
            at=began,
        )
        founding.found(
            kind="secretariat",
            name=words(
                f"{own['kk']} ассамблеясының хатшылығы",
                f"Секретариат ассамблеи: {own['ru']}",
                f"Secretariat of the Assembly of {own['en']}",
            ),
            parent=body,
            unit=unit,
            on=began.date(),
            invented=True,
            by=assembly.head,
            at=began,
        )


def seat_council(assembly: Assembly, administrator: Person, began: datetime) -> None:
    """A chair, a deputy that rotates, a secretary, and members who represent bodies."""
    since = began.date()

    def establish(role: Role, **terms: Any) -> int:
        seat = mandates.establish(
            assembly.council.pk, role=role, by=assembly.head, at=began, **terms
        )
        return seat.pk

    def seat(pk: int, person: Person, represents: Body | None = None) -> Mandate:
        return mandates.appoint(
            pk, person=person, represents=represents, since=since, by=assembly.head, at=began
        )

    seat(establish(Role.CHAIR, places=1, order=1), assembly.chair)
    seat(establish(Role.SECRETARY, places=1, order=3, votes=False), assembly.secretary)
    members = establish(
        Role.MEMBER,
        places=MEMBERS + 1,
        order=4,
        term_months=60,
        duties=said(
            "Отырыстарға қатысу, құжаттарды оқу, өз ұйымына есеп беру.",
            "Участвовать в заседаниях, изучать материалы, отчитываться перед своей организацией.",
            "Attend meetings, read the papers, report to one’s own organisation.",
        ),
    )
    regional = list(Body.objects.filter(kind="regional-assembly", parent=assembly.top))
    seat(members, assembly.members[0], regional[0])
    for number in range(1, MEMBERS):
        person = account(f"member{number}", f"Мүше Үлгіұлы {number}", by=administrator, when=began)
        assembly.members.append(person)
        seat(members, person, regional[number % len(regional)])


def answer_for(assembly: Assembly, administrator: Person, person: Person, began: datetime) -> None:
    """Somebody answers for each ministry; the person who signs in, for the first two."""
    for number, body in enumerate(assembly.ministries):
        seat = mandates.establish(
            body.pk, role=Role.REPRESENTATIVE, places=1, by=assembly.head, at=began
        )
        who = person
        if number >= ANSWERED:
            name = f"Өкіл Үлгіұлы {number}"
            who = account(f"ministry{number}", name, by=administrator, when=began)
        mandates.appoint(seat.pk, person=who, since=began.date(), by=assembly.head, at=began)
        assembly.answers[body.pk] = who


def seat_regions(
    assembly: Assembly, administrator: Person, person: Person, began: datetime
) -> None:
    """Each region has its chair and an officer of its secretariat.

    Heads of regional secretariats need the national one's consent; one is still asked for.
    """
    national = Body.objects.get(kind="secretariat", parent=assembly.top)
    offices = list(
        Body.objects.filter(kind="secretariat", parent__kind="regional-assembly")
        .select_related("parent")
        .order_by("pk")
    )
    for number, office in enumerate(offices):
        head = mandates.establish(
            office.pk,
            role=Role.HEAD,
            places=1,
            consent_of=national,
            by=assembly.head,
            at=began,
        )
        seat_region(assembly, office, number, administrator, person, began)
        asked = appointments.ask_consent(
            head.pk,
            holder=f"Басшы Үлгіұлы {number + 1}",
            since=began.date(),
            grounds="Өңірлік ассамблеяның ұсынысы (ойдан алынған)",
            by=assembly.head,
            at=began,
        )
        if number < len(offices) - 1:
            appointments.give_consent(asked.pk, by=assembly.head, at=began)
            appointments.complete(asked.pk, by=assembly.head, at=began)


def seat_region(  # noqa: PLR0917  (one region's people)
    assembly: Assembly,
    office: Body,
    number: int,
    administrator: Person,
    person: Person,
    began: datetime,
) -> None:
    """The chair of a regional assembly, and the officer who works for it."""
    region = office.parent
    if region is None:
        raise ValueError("A regional secretariat stands under its assembly.")
    chair = account(f"akim{number}", f"Өңір Төрағасы {number}", by=administrator, when=began)
    clerk = person
    if number:
        clerk = account(f"region{number}", f"Өңір Маманы {number}", by=administrator, when=began)
    for body, role, who in ((region, Role.CHAIR, chair), (office, Role.OFFICER, clerk)):
        seat = mandates.establish(body.pk, role=role, places=1, by=assembly.head, at=began)
        mandates.appoint(seat.pk, person=who, since=began.date(), by=assembly.head, at=began)
    assembly.answers[region.pk] = chair
    assembly.clerks[region.pk] = clerk
