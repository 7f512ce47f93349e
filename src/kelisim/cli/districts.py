"""The demonstration's third level: accord councils of districts, beneath the first regions."""

from datetime import datetime

from kelisim.bodies.actions import founding, mandates
from kelisim.bodies.models import Body
from kelisim.bodies.states import Role
from kelisim.cli.assembly import Assembly, account, words
from kelisim.people.models import Person
from kelisim.territory.models import Unit
from kelisim.territory.queries import names

COUNCILS = 3


def found(assembly: Assembly, administrator: Person, began: datetime) -> None:
    """A council for the first district of each of a few regions, with its chair and secretary."""
    regions = Body.objects.filter(kind="regional-assembly", parent=assembly.top).order_by("pk")
    for number, region in enumerate(regions[:COUNCILS], 1):
        district = Unit.objects.filter(parent=region.unit, exists_to=None).order_by("kato").first()
        if district is None:
            continue
        own = {
            tongue: names([district.kato], began.date(), tongue)[district.kato].full.text
            for tongue in ("kk", "ru", "en")
        }
        body = founding.found(
            kind="accord-council",
            name=words(
                f"Қоғамдық келісім кеңесі: {own['kk']}",
                f"Совет общественного согласия: {own['ru']}",
                f"Public accord council: {own['en']}",
            ),
            parent=region,
            unit=district,
            on=began.date(),
            invented=True,
            by=assembly.head,
            at=began,
        )
        seat(assembly, body, number, administrator, began)


def seat(
    assembly: Assembly, body: Body, number: int, administrator: Person, began: datetime
) -> None:
    """Its chair answers for it, its secretary reports."""
    people = {
        Role.CHAIR: account(
            f"district{number}", f"Аудан Төрағасы {number}", by=administrator, when=began
        ),
        Role.SECRETARY: account(
            f"secretary{number}", f"Аудан Хатшысы {number}", by=administrator, when=began
        ),
    }
    for role, person in people.items():
        made = mandates.establish(body.pk, role=role, places=1, by=assembly.head, at=began)
        mandates.appoint(made.pk, person=person, since=began.date(), by=assembly.head, at=began)
    assembly.answers[body.pk] = people[Role.CHAIR]
    assembly.clerks[body.pk] = people[Role.SECRETARY]


def of(region: Body) -> Body | None:
    """The accord council that stands beneath a region, where one does."""
    return Body.objects.filter(kind="accord-council", parent=region).first()
