"""The seal of a version: one hash over its whole tree with every word of it."""

from kelisim.charter.models import Version, Wording
from kelisim.charter.trees.sealing import seal

COLUMNS = ("eid", "kind", "number", "cite", "heading", "depth", "position")


def digest(version: Version) -> str:
    """The seal of all that a version says; see `trees.sealing` for its exact form."""
    words: dict[int, list[tuple[str, str, str]]] = {}
    for pk, language, text, title in (
        Wording.objects.filter(provision__version=version)
        .order_by("provision_id", "language")
        .values_list("provision_id", "language", "text", "title")
    ):
        words.setdefault(pk, []).append((language, text, title))
    provisions = [
        [*row[2:], row[1], words.get(row[0], [])]
        for row in version.provisions.order_by("position").values_list(
            "pk", "parent__eid", *COLUMNS
        )
    ]
    editions = list(
        version.editions.order_by("language").values_list("language", "authentic", "translated_by")
    )
    return seal(
        {
            "charter": version.charter.slug,
            "version": version.number,
            "in_force_from": version.in_force_from.isoformat(),
            "act": [version.by_act.number, version.by_act.date.isoformat()],
            "editions": editions,
            "provisions": provisions,
        }
    )


def main_language(version: Version) -> str:
    """The language of the authentic text, or of the first there is."""
    edition = version.editions.order_by("-authentic", "pk").first()
    return edition.language if edition else "ru"
