"""The words by which an act, a charter and a provision are quoted, in one language."""

from datetime import date

from django.utils.translation import gettext, override

from kelisim.charter.models import Act, Version
from kelisim.charter.queries.reading import Row
from kelisim.charter.rules.standing import Worth
from kelisim.charter.states import Standing
from kelisim.charter.trees.types import CharterType
from kelisim.pages.languages import spoken
from kelisim.pages.templatetags.kelisim import act_cited, day


def cited(act: Act, language: str) -> str:
    """An act: its kind, number and day."""
    with override(language):
        return act_cited(spoken(act.kind, language).text, act.number, act.date)


def charter_cited(version: Version, language: str) -> str:
    """A version of a charter, by the act that adopted it; later ones by their number too."""
    with override(language):
        said = [spoken(version.charter.title, language).text]
        said.append(cited(version.charter.adopted_by, language))
        if version.number > 1:
            said.append(gettext("version %(number)s") % {"number": version.number})
        return ", ".join(said)


def provision_cited(version: Version, row: Row, kinds: CharterType, language: str) -> str:
    """A provision: its kind, the number by which it is quoted, and where it stands."""
    kind = kinds.kinds.get(row.kind)
    words = spoken(kind.names, language).text if kind else row.kind
    return f"{words} {row.cite}".strip() + f" — {charter_cited(version, language)}"


def state_words(worth: Worth, language: str) -> str:
    """What the charter is worth on the day of asking: since when, by what."""
    with override(language):
        facts = {"state": Standing(worth.standing).label, "day": day(worth.since)}
        said = gettext("%(state)s since %(day)s") % facts
        if worth.standing is Standing.COMING:
            said = gettext("%(state)s, from %(day)s") % facts
        if worth.standing is Standing.REPEALED and worth.act:
            said += f" ({cited(worth.act, language)})"
        if worth.successor:
            said += f" ({spoken(worth.successor.title, language).text})"
        return said


def state_facts(worth: Worth) -> dict[str, str | None]:
    """The same for a program."""
    act = worth.act
    return {
        "state": str(worth.standing),
        "since": worth.since.isoformat(),
        "act": f"{act.number}, {iso(act.date)}" if act else None,
        "superseded_by": worth.successor.slug if worth.successor else None,
    }


def iso(value: date) -> str:
    return value.isoformat()
