"""Find: every word must be there, in whatever language; the heaviest first."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from django.db.models import Case, F, IntegerField, Max, Min, Q, QuerySet, Value, When

from kelisim.pages.languages import LANGUAGES
from kelisim.search.models import Entry, Term
from kelisim.search.words import PHRASE, folded, stems, tokens

MOST_WORDS = 8
PREFIX = 3
"""The last word counts as a beginning from so many letters on."""
LAST_LETTER = "\U0010ffff"
AROUND = 160


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found, in the reader's language where it is there.

    `pieces`: the text around the found words, each piece with whether it was asked for.
    """

    key: str
    kind: str
    reference: str
    language: str
    label: str
    title: str
    path: str
    pieces: tuple[tuple[str, bool], ...]

    @property
    def says_more(self) -> bool:
        """Whether the text is more than the title once again."""
        return "".join(text for text, _asked in self.pieces).strip() != self.title.strip()


@dataclass(frozen=True, slots=True)
class Found:
    """A page of hits; `next` continues it; `hint` is another spelling where nothing was found."""

    hits: tuple[Hit, ...]
    next: str | None = None
    hint: str = ""


def condition(token: str, *, beginning: bool) -> Q:
    """The stems that a word may stand under."""
    asked = Q(stem__in=sorted(stems(token)))
    if beginning and len(token) >= PREFIX:
        asked |= Q(stem__gte=token, stem__lt=token + LAST_LETTER)
    return asked


def find(
    words: str,
    *,
    language: str = "kk",
    kinds: Sequence[str] = (),
    after: str = "",
    limit: int = 20,
) -> Found:
    """Find what has every word; two queries, one more where nothing was found.

    `after`: the `next` of the page before. Raises nothing: strange words find nothing.
    """
    text = folded(words)[:400].replace("\x00", "")
    asked = list(dict.fromkeys(tokens(text)))[:MOST_WORDS]
    if not asked:
        return Found(())
    ranked = rank(asked, kinds)
    for phrase in PHRASE.findall(text):
        ranked = ranked.filter(entry__folded__contains=" ".join(phrase.split()))
    if place := placed(after):
        ranked = ranked.filter(Q(score__lt=place[0]) | Q(score=place[0], first__gt=place[1]))
    rows = list(ranked.order_by("-score", "first")[: limit + 1])
    if not rows:
        return Found((), hint="" if after else hint(asked))
    page = rows[:limit]
    more = f"{page[-1]['score']}-{page[-1]['first']}" if len(rows) > limit else None
    return Found(tuple(hits(page, asked, language)), more)


def placed(after: str) -> tuple[int, int] | None:
    match = re.fullmatch(r"(\d{1,9})-(\d{1,18})", after)
    return (int(match[1]), int(match[2])) if match else None


def rank(asked: Sequence[str], kinds: Sequence[str]) -> QuerySet[Any, Any]:
    """Things by the sum of what each word weighs in them; only those that have all."""
    conditions = [condition(token, beginning=n == len(asked) - 1) for n, token in enumerate(asked)]
    some = conditions[0]
    for one in conditions[1:]:
        some |= one
    rows = Term.objects.filter(some)
    if kinds:
        rows = rows.filter(entry__kind__in=kinds)
    weights = {
        f"w{n}": Max(
            Case(When(one, then=F("weight") + 1), default=Value(0), output_field=IntegerField())
        )
        for n, one in enumerate(conditions)
    }
    total = sum((F(name) for name in weights), Value(0))
    return (
        rows.values("entry__kind", "entry__reference")
        .annotate(first=Min("entry_id"), **weights)
        .filter(**{f"{name}__gt": 0 for name in weights})
        .annotate(score=total)
    )


def hits(page: Sequence[dict[str, Any]], asked: Sequence[str], language: str) -> Iterator[Hit]:
    """The rows of a page as entries in the reader's language, or the next that has words."""
    references = [(row["entry__kind"], row["entry__reference"]) for row in page]
    entries: dict[tuple[object, object], dict[str, Entry]] = {}
    for entry in Entry.objects.filter(
        kind__in={kind for kind, _ in references}, reference__in=[ref for _, ref in references]
    ):
        entries.setdefault((entry.kind, entry.reference), {})[entry.language] = entry
    wanted = frozenset().union(*(stems(token) for token in asked))
    for key in references:
        tongues = entries[key]
        order = [language, *LANGUAGES]
        shown = next(tongues[code] for code in order if code in tongues)
        told = next(
            (one for one in [shown, *tongues.values()] if has(one, wanted, asked[-1])), shown
        )
        shown = told if not shown.title and not shown.text else shown
        yield Hit(
            key=f"{shown.kind}:{shown.reference}",
            kind=shown.kind,
            reference=shown.reference,
            language=shown.language,
            label=shown.label,
            title=shown.title or shown.text[:120],
            path=shown.path,
            pieces=tuple(pieces(shown.text or shown.title, wanted, asked[-1])),
        )


def has(entry: Entry, wanted: frozenset[str], last: str) -> bool:
    return any(is_asked(token, wanted, last) for token in tokens(entry.folded))


def is_asked(token: str, wanted: frozenset[str], last: str) -> bool:
    begins = len(last) >= PREFIX and token.startswith(last)
    return begins or token in wanted or not wanted.isdisjoint(stems(token))


def pieces(text: str, wanted: frozenset[str], last: str) -> Iterator[tuple[str, bool]]:
    """The text around the first found word, cut at words, with the found ones told apart."""
    words = re.findall(r"\s*\S+", text)
    marks = [any(is_asked(token, wanted, last) for token in tokens(folded(word))) for word in words]
    first = marks.index(True) if True in marks else 0
    start = max(0, first - 8)
    length = 0
    if start:
        yield "…", False
    for word, mark in zip(words[start:], marks[start:], strict=True):
        if length > 2 * AROUND:
            yield " …", False
            return
        length += len(word)
        yield word, mark


def hint(asked: Sequence[str]) -> str:
    """The question with each unknown word replaced by the nearest known one; or nothing."""
    starts = Q()
    for token in asked:
        starts |= Q(stem__startswith=token[:2])
    vocabulary = list(
        Term.objects.filter(starts).order_by().values_list("stem", flat=True).distinct()[:5000]
    )
    known = set(vocabulary)
    said = [
        token
        if not known.isdisjoint(stems(token))
        else next(iter(get_close_matches(token, vocabulary, 1, 0.7)), token)
        for token in asked
    ]
    return " ".join(said) if said != list(asked) else ""
