"""Bodies from the terminal: their kinds, and the council's beginning."""

from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from kelisim.bodies.actions import beginning
from kelisim.bodies.actions import kinds as actions
from kelisim.bodies.readers import kinds as reader
from kelisim.people.models import Person
from kelisim.refusals import Refusal, Refused


def load() -> int:
    """Bring the kinds and words that ship with Kelisim into the database."""
    at = timezone.now()
    return actions.load_kinds(reader.shipped_kinds(), at=at) + actions.load_tags(
        reader.shipped_tags()
    )


def kinds(file: Path) -> int:
    """Load kinds of bodies from the operator's own file, all or none."""
    try:
        text = file.read_text()
    except (OSError, UnicodeDecodeError) as fault:
        raise Refused(Refusal("bodies.file_unreadable", file=file.name, why=str(fault))) from fault
    changed = actions.load_kinds(reader.kinds(text), at=timezone.now())
    print(_("Kinds changed: %(count)s.") % {"count": changed})
    return 0


def begin(*, kk: str, ru: str, en: str, head: str) -> int:
    """Found the council and its secretariat, and seat its first head, who has an account."""
    person = Person.objects.filter(email=head.lower()).first()
    if person is None:
        raise Refused(Refusal("bodies.no_such_person", email=head))
    council = beginning.begin_council(
        name={"kk": kk, "ru": ru, "en": en}, head=person, at=timezone.now()
    )
    print(_("Founded: %(name)s.") % {"name": council})
    return 0
