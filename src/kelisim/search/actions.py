"""Put things into the index, and take them out; always in the transaction of the act itself."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import batched

from django.db import transaction

from kelisim.search.models import Entry, Term
from kelisim.search.words import folded, stem, tokens

BATCH = 500
TITLE = 4
"""How much more a word weighs in a title, a label or a citation than in the text."""


@dataclass(frozen=True, slots=True)
class Document:
    """One thing in one language, as its room gives it."""

    kind: str
    reference: str
    language: str
    path: str
    title: str = ""
    text: str = ""
    label: str = ""


@transaction.atomic
def index(documents: Iterable[Document]) -> int:
    """Index these, each in place of what stood there before; says how many."""
    count = 0
    for some in batched(documents, BATCH, strict=False):
        remove(some)
        entries = Entry.objects.bulk_create(
            Entry(
                kind=one.kind,
                reference=one.reference,
                language=one.language,
                label=one.label,
                title=one.title[:300],
                text=one.text,
                path=one.path,
                folded=folded(f"{one.label} {one.title} {one.text}"),
            )
            for one in some
        )
        Term.objects.bulk_create(
            (
                Term(entry=entry, stem=found, weight=min(weight, 100))
                for entry in entries
                for found, weight in weighed(entry).items()
            ),
            batch_size=2000,
        )
        count += len(some)
    return count


def weighed(entry: Entry) -> Counter[str]:
    """Each stem of an entry with its weight; the word itself too, for beginnings of words."""
    found: Counter[str] = Counter()
    for text, worth in ((f"{entry.label} {entry.title}", TITLE), (entry.text, 1)):
        for token in tokens(folded(text)):
            found[stem(token, entry.language)[:64]] += worth
            found[token] += 0
    return found


def remove(documents: Iterable[Document]) -> None:
    wanted: dict[str, set[str]] = {}
    for one in documents:
        wanted.setdefault(one.kind, set()).add(one.reference)
    languages = {one.language for one in documents}
    for kind, references in wanted.items():
        Entry.objects.filter(kind=kind, reference__in=references, language__in=languages).delete()


@transaction.atomic
def forget(kind: str, *, beginning: str = "") -> int:
    """Take everything of a kind out of the index whose reference begins so; says how many."""
    found = Entry.objects.filter(kind=kind, reference__startswith=beginning)
    count = found.count()
    found.delete()
    return count
