"""A small office that keeps papers: a council, its people, ministries that are asked."""

from datetime import UTC, date, datetime

from kelisim.bodies.models import Body
from kelisim.bodies.states import Role
from kelisim.papers.actions import approval, journal
from kelisim.papers.actions.files import keep
from kelisim.papers.models import Document, File, Round
from kelisim.papers.states import Direction, PaperKind
from kelisim.people.models import Person
from tests.bodies.people import council, found, hold, officer, person

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
TODAY = date(2026, 3, 2)


def clerk() -> Person:
    """An officer of the secretariat, seated once."""
    return Person.objects.filter(name="Clerk").first() or officer("Clerk")


def kept(words: str = "A paper", name: str = "paper.txt") -> File:
    return keep(name=name, content=words.encode(), media_type="text/plain", at=AT)


def registered(body: Body | None = None, **facts) -> Document:
    """A paper with its number."""
    facts.setdefault("direction", Direction.INTERNAL)
    facts.setdefault("kind", PaperKind.NOTE)
    facts.setdefault("title", {"kk": "Анықтама", "en": "Note"})
    facts.setdefault("by", clerk())
    facts.setdefault("at", AT)
    return journal.register((body or council()).pk, **facts)


def ministry(name: str = "Ministry") -> tuple[Body, Person]:
    """A state body, and who speaks for it."""
    body = Body.objects.filter(name__en=name).first() or found("state-body", name)
    who = Person.objects.filter(name=f"{name} Leader").first()
    if who is None:
        who = person(f"{name} Leader")
        hold(who, body, Role.LEADER)
    return body, who


def sent(*bodies: Body, words: str = "A paper", **facts) -> Round:
    """A paper that goes round."""
    facts.setdefault("by", clerk())
    return approval.begin_round(
        council().pk, title="A draft", file=kept(words), bodies=bodies, at=AT, **facts
    )
