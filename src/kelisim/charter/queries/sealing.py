"""What a version's seal is, and whether it still holds."""

from django.conf import settings

from kelisim.charter.models import Version
from kelisim.charter.queries import reading
from kelisim.charter.trees.sealing import seal


def digest(version: Version) -> str:
    """The seal of what the version says now; three queries."""
    return seal(reading.facts(reading.whole(version)))


def holds(version: Version) -> bool:
    """Whether a published version says exactly what it said when it was published."""
    return digest(version) == version.digest


def main_language(version: Version) -> str:
    """The language of the authentic text, or of the first there is; one query."""
    edition = version.editions.order_by("-authentic", "pk").first()
    return edition.language if edition else settings.LANGUAGE_CODE
