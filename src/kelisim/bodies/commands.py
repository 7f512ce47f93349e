"""Bodies from the terminal: their kinds, the council's beginning, the table of rights."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from kelisim.bodies.actions import beginning
from kelisim.bodies.actions import kinds as actions
from kelisim.bodies.readers import kinds as reader
from kelisim.bodies.rights import Reach, table
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


REACHES = {
    Reach.OWN: "the body of the mandate; a secretariat or its sector: itself and the body that it"
    " serves",
    Reach.SUBTREE: "and every body under it",
    Reach.TERRITORY: "and every body whose territory lies in its own; the top body's is the whole"
    " country, so it reaches every body",
    Reach.COUNCIL: "everything, but only from the top body or its secretariat",
}


def rights() -> int:
    """Print who may do what: the file `docs/rights.md`, in English as the code is."""
    print("\n".join(rights_told()))
    return 0


def rights_told() -> Iterator[str]:
    """The one table of rights as Markdown, line by line."""
    yield "# Rights"
    yield "Who may do what, by the post that they hold on that day and by nothing else."
    yield "Written by `kelisim bodies rights` from each room's `rights.py`, and proved post by post"
    yield "by `tests/bodies/test_rights.py`. Whoever deputises has the rights of that seat; a"
    yield "suspended mandate gives none. Administrators of the system look after accounts and jobs:"
    yield "that is no post in the council, and gives no right of this table."
    yield ""
    yield "| reach | over which bodies |"
    yield "|---|---|"
    for reach, words in REACHES.items():
        yield f"| {reach} | {words} |"
    for room, lines in groupby(table(), lambda line: line[0].key.partition(".")[0]):
        yield ""
        yield f"## {room}"
        yield "| act | what it means | body | post | reach |"
        yield "|---|---|---|---|---|"
        for right, (nature, role), reach in lines:
            yield f"| {right.key} | {right.words} | {nature.value} | {role.value} | {reach} |"
