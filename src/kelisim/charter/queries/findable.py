"""What of a charter can be found by search: its title, every provision of its newest version."""

from collections.abc import Iterator

from kelisim.charter.models import Charter, Version, Wording
from kelisim.charter.queries import reading
from kelisim.search.actions import Document

CHARTER, KIND = "charter", "provision"
HEADING = 90
"""The words of a heading that is no longer than this are its title."""


def beginning(charter: Charter) -> str:
    """With this every reference of a charter begins; eIds are too long to be references."""
    return f"{charter.slug}/"


def documents(version: Version) -> Iterator[Document]:
    """The charter and each provision, in each of their languages; one query."""
    charter = version.charter
    for language, title in sorted(charter.title.items()):
        yield Document(
            kind=CHARTER,
            reference=beginning(charter),
            language=language,
            path=f"charters/{charter.slug}/",
            title=title,
            label=charter.adopted_by.number,
        )
    rows = (
        Wording.objects.filter(provision__version=version)
        .order_by("provision__position", "language")
        .values_list(
            "provision", "provision__eid", "provision__cite", "provision__heading",
            "language", "title", "text",
        )
    )  # fmt: skip
    for key, eid, cite, heading, language, given, text in rows.iterator(chunk_size=2000):
        named = not given and heading and len(text) <= HEADING
        title, words = (text, "") if named else (given, text)
        if title or words:
            yield Document(
                kind=KIND,
                reference=f"{beginning(charter)}{key}",
                language=language,
                path=f"charters/{charter.slug}/{eid}/",
                title=title,
                text=words,
                label=cite,
            )


def everything() -> Iterator[Document]:
    """The newest version of every charter, for building the index again."""
    newest: dict[int, Version] = {}
    for version in reading.published().order_by("charter", "number"):
        newest[version.charter_id] = version
    for version in newest.values():
        yield from documents(version)
