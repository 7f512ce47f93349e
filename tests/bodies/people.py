"""A small invented council for tests: bodies, and people who hold mandates in them."""

from datetime import UTC, date, datetime

from kelisim.bodies.actions import founding, mandates
from kelisim.bodies.commands import load
from kelisim.bodies.models import Body, Kind, Mandate, Seat
from kelisim.bodies.states import Role
from kelisim.people.models import Person

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
SINCE = date(2026, 1, 1)


def found(kind: str, name: str, *, parent: Body | None = None, **facts) -> Body:
    """A body of a kind, called `name` in three languages."""
    if not Kind.objects.exists():
        load()
    return founding.found(
        kind=kind,
        name={"kk": f"{name} (kk)", "ru": f"{name} (ru)", "en": name},
        parent=parent,
        on=facts.pop("on", date(2020, 1, 1)),
        by=None,
        at=facts.pop("at", AT),
        **facts,
    )


def council(slug: str = "assembly") -> Body:
    """The top body, found once."""
    there = Body.objects.filter(slug=slug).first()
    return there or found("assembly", "Assembly", slug=slug)


def secretariat(of: Body | None = None) -> Body:
    """The secretariat of a body (by default of the council), found once."""
    above = of or council()
    there = Body.objects.filter(parent=above, kind="secretariat").first()
    return there or found("secretariat", f"Secretariat of {above}", parent=above)


def person(name: str, **facts) -> Person:
    """Somebody with an account, made once."""
    email = f"{name.lower().replace(' ', '.')}@demo.example"
    there = Person.objects.filter(email=email).first()
    return there or Person.objects.create_user(email, "birge-kelisim-1", name=name, **facts)


def hold(who: Person, body: Body, role: Role, *, since: date = SINCE, **facts) -> Mandate:
    """Give somebody a mandate in a body; makes the seat where there is none."""
    seat = Seat.objects.filter(body=body, role=role).first()
    if seat is None:
        seat = mandates.establish(body.pk, role=role, by=None, at=AT)
    return mandates.appoint(seat.pk, person=who, since=since, by=None, at=AT, **facts)


def officer(name: str = "Officer", of: Body | None = None) -> Person:
    """An officer of a secretariat: prepares, keeps the register, verifies."""
    who = person(name)
    hold(who, secretariat(of), Role.OFFICER)
    return who


def head(name: str = "Head", of: Body | None = None) -> Person:
    """The head of a secretariat: appoints, publishes, gives consent."""
    who = person(name)
    hold(who, secretariat(of), Role.HEAD)
    return who


def chair(name: str = "Chair", of: Body | None = None) -> Person:
    """Who chairs a council (by default the top one): publishes, and prepares nothing."""
    who = person(name)
    hold(who, of or council(), Role.CHAIR)
    return who


def leader(of: Body, name: str = "Leader") -> Person:
    """Who leads an organisation."""
    who = person(name)
    hold(who, of, Role.LEADER)
    return who
