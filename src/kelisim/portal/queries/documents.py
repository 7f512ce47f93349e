"""A version as one reads it: whole when it is short, by parts when it is long."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple

from django.urls import reverse

from kelisim.charter.exports.citations import cited
from kelisim.charter.models import Correspondence, Edition, Provision, Version, Wording
from kelisim.charter.trees.types import CharterType, known
from kelisim.evaluation.words import MARKS, STATES
from kelisim.pages.languages import Spoken, spoken
from kelisim.portal import trees
from kelisim.portal.queries.heads import Head, KindCount, Link, Standing, promise_kinds

CONTENTS_AT_MOST = 150
NOTHING_PLANNED = trees.Glance(STATES["nothing"], MARKS["nothing"], 0)


class Row(NamedTuple):
    """A provision without its words, in reading order."""

    pk: int
    eid: str
    kind: str
    number: str
    cite: str
    depth: int
    heading: bool
    position: int


Words = Mapping[str, tuple[str, str]]  # language → title, text


def outline(version: Version) -> list[Row]:
    """The whole tree without its words; one query."""
    rows = Provision.objects.filter(version=version).order_by("position")
    return [Row(*row) for row in rows.values_list(*Row._fields)]


def words(rows: Sequence[Row], version: Version, *, headings: bool = False) -> dict[int, Words]:
    """The words of neighbours, or of every heading of a version, by provision; one query."""
    found: defaultdict[int, dict[str, tuple[str, str]]] = defaultdict(dict)
    wordings = Wording.objects.filter(provision__version=version)
    if headings:
        wordings = wordings.filter(provision__heading=True)
    else:
        first, last = (rows[0].position, rows[-1].position) if rows else (0, -1)
        wordings = wordings.filter(provision__position__range=(first, last))
    for pk, language, title, text in wordings.values_list("provision", "language", "title", "text"):
        found[pk][language] = (title, text)
    return dict(found)


def line(row: Row, said: Words, kinds: CharterType | None, language: str) -> trees.Line:
    """A provision in the reader's language."""
    kind = kinds.kinds.get(row.kind) if kinds else None
    return trees.Line(
        eid=row.eid,
        kind=row.kind,
        number=row.number,
        cite=row.cite,
        depth=row.depth,
        title=spoken({code: title for code, (title, _text) in said.items()}, language),
        text=spoken({code: text for code, (_title, text) in said.items()}, language),
        kind_words=spoken(kind.names, language).text if kind else row.kind,
        heading=row.heading,
        promised=bool(kind and kind.promise),
    )


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents."""

    line: trees.Line
    href: str
    below: tuple["Entry", ...] = ()
    here: bool = False


@dataclass(frozen=True, slots=True)
class EditionWords:
    """Which language a text is in and what it is worth there."""

    language: str
    name: str
    authentic: bool
    by: str


@dataclass(frozen=True, slots=True)
class Issue:
    """A version in the list of versions."""

    number: int
    href: str
    published: datetime | None
    compare: str
    here: bool


@dataclass(frozen=True)
class Document:
    """A page of a version: all of it, one part of it, or the list of its parts."""

    head: Head
    rows: Sequence[Row]
    begins_at: Sequence[int]
    index: int | None
    said: Mapping[int, Words]
    heading_words: Mapping[int, Words]
    editions: Sequence[EditionWords]
    corresponds: bool
    glances: Mapping[int, trees.Glance] = field(default_factory=dict)
    """How each promise stands; empty where nothing is planned for the charter at all."""

    @property
    def parted(self) -> bool:
        return len(self.begins_at) > 1

    @cached_property
    def kinds(self) -> CharterType | None:
        return known().get(self.head.charter.type)

    def line(self, row: Row, said: Mapping[int, Words]) -> trees.Line:
        found = line(row, said.get(row.pk, {}), self.kinds, self.head.language)
        if not self.glances or not found.promised:
            return found
        return replace(found, glance=self.glances.get(row.pk, NOTHING_PLANNED))

    @property
    def shown(self) -> Sequence[Row]:
        """The rows on this page."""
        if self.index is None:
            return []
        return self.rows[slice(*span(self.begins_at, self.index, len(self.rows)))]

    @cached_property
    def lines(self) -> list[trees.Line]:
        return [self.line(row, self.said) for row in self.shown]

    @cached_property
    def roots(self) -> list[trees.Node]:
        return trees.tree(self.lines)

    @property
    def runs(self) -> Iterator[trees.Run]:
        return trees.runs(self.roots)

    @property
    def total(self) -> int:
        return len(self.rows)

    def part_href(self, index: int) -> str:
        eid = self.rows[self.begins_at[index]].eid
        number = self.head.version.number
        return reverse("portal:part", args=[self.head.charter.slug, number, eid])

    def href(self, position: int) -> str:
        """Where a row is read: on this page, or on its part's."""
        anchor = f"#{self.rows[position].eid}"
        if not self.parted:
            return anchor
        index = bisect_right(self.begins_at, position) - 1
        return anchor if index == self.index else self.part_href(index) + anchor

    @cached_property
    def contents(self) -> tuple[Entry, ...]:
        """Headings as a tree, no deeper than keeps the list readable."""
        headings = [(place, row) for place, row in enumerate(self.rows) if row.heading]
        deepest = max((row.depth for _place, row in headings), default=0)
        while deepest and sum(row.depth <= deepest for _p, row in headings) > CONTENTS_AT_MOST:
            deepest -= 1
        kept = [(place, row) for place, row in headings if row.depth <= deepest]
        if len(kept) > CONTENTS_AT_MOST:
            return ()
        places = {row.eid: place for place, row in kept}
        nodes = trees.tree(self.line(row, self.heading_words) for _place, row in kept)

        def entries(found: Iterable[trees.Node]) -> tuple[Entry, ...]:
            return tuple(
                Entry(
                    node.line,
                    self.href(places[node.line.eid]),
                    entries(node.nodes),
                    here=self.parted and self.index is not None and self.starts(node.line.eid),
                )
                for node in found
            )

        return entries(nodes)

    def starts(self, eid: str) -> bool:
        """Whether this part begins with that provision."""
        return bool(self.shown) and self.shown[0].eid == eid

    @cached_property
    def parts(self) -> list[Link]:
        """The pages of a long document, each named by where it begins and ends."""
        if not self.parted:
            return []
        found = []
        for index in range(len(self.begins_at)):
            start, end = span(self.begins_at, index, len(self.rows))
            first = self.line(self.rows[start], self.heading_words)
            cites = f"{self.rows[start].cite} – {self.rows[end - 1].cite}".strip(" –")
            name = f"{cites} {first.words.text}".strip() or self.rows[start].eid
            language = first.words.language
            found.append(Link(self.part_href(index), name, language=language))
        return found

    @property
    def before(self) -> str:
        return self.part_href(self.index - 1) if self.index and self.parted else ""

    @property
    def after(self) -> str:
        if not self.parted:
            return ""
        following = 0 if self.index is None else self.index + 1
        return self.part_href(following) if following < len(self.begins_at) else ""

    @property
    def begins(self) -> str:
        """What names this part in the page's title."""
        if not self.parted or self.index is None:
            return ""
        first = self.lines[0]
        words = "" if first.words.borrowed else first.words.text
        return f"{first.cite} {words}".strip()[:80]

    # What the page's head and the passport show.

    @property
    def title(self) -> Spoken:
        return self.head.title

    @property
    def number(self) -> int:
        return self.head.version.number

    @property
    def current(self) -> bool:
        return self.head.current

    @property
    def newest(self) -> str:
        return reverse("portal:charter", args=[self.head.charter.slug])

    @property
    def standing(self) -> Standing:
        return self.head.standing

    @property
    def base(self) -> str:
        return self.head.base

    @property
    def permanent(self) -> str:
        return self.head.permanent

    @property
    def exports(self) -> list[Link]:
        return self.head.exports

    @property
    def digest(self) -> str:
        return self.head.version.digest

    @property
    def act(self) -> str:
        return cited(self.head.charter.adopted_by, self.head.language)

    @property
    def amended_by(self) -> str:
        act = self.head.version.by_act
        return "" if act == self.head.charter.adopted_by else cited(act, self.head.language)

    @property
    def adopted(self) -> date:
        return self.head.charter.adopted_by.date

    @property
    def citation(self) -> str:
        return f"{self.title.text}. {self.act}"

    @property
    def description(self) -> str:
        counted = ", ".join(f"{one.words}: {one.number}" for one in self.counts)
        return " · ".join(filter(None, [self.act, counted]))

    @property
    def invented(self) -> bool:
        return self.head.charter.invented

    @cached_property
    def counts(self) -> list[KindCount]:
        """How many promises of each counted kind."""
        counted = Counter(row.kind for row in self.rows)
        kinds = self.kinds.kinds if self.kinds else {}
        return [
            KindCount(spoken(kinds[kind].names, self.head.language).text, counted[kind])
            for kind in sorted(promise_kinds(self.head.charter.type))
            if counted[kind]
        ]

    @property
    def titles_only(self) -> bool:
        """Whether what is shown is a digest, without any text of the act."""
        said = self.said if self.index is not None else self.heading_words
        return bool(said) and not any(text for one in said.values() for _t, text in one.values())

    @property
    def correspondence(self) -> str:
        if not self.corresponds:
            return ""
        return reverse("charter:correspondence", args=[self.head.charter.slug])

    @cached_property
    def passport(self) -> list[tuple[str, Spoken]]:
        """The fields of the document in the reader's language, or in the next that has them."""
        by_language = self.head.charter.fields
        for language in (self.head.language, "kk", "ru", "en"):
            if found := by_language.get(language):
                borrowed = language != self.head.language
                return [(n, Spoken(v, language, borrowed=borrowed)) for n, v in found.items()]
        return []

    @property
    def versions(self) -> list[Issue]:
        slug = self.head.charter.slug
        return [
            Issue(
                number=v.number,
                href=reverse("portal:version", args=[slug, v.number]),
                published=v.published_at,
                compare=reverse("charter:compare", args=[slug, older.number, v.number])
                if older
                else "",
                here=v.pk == self.head.version.pk,
            )
            for older, v in zip((None, *self.head.versions), self.head.versions, strict=False)
        ]


def span(begins: Sequence[int], index: int, total: int) -> tuple[int, int]:
    """From where to where a part goes."""
    return begins[index], begins[index + 1] if index + 1 < len(begins) else total


def editions(version: Version, names: Mapping[str, str]) -> list[EditionWords]:
    """In which languages the version has texts, the authentic ones first; one query."""
    return [
        EditionWords(e.language, names[e.language], e.authentic, e.translated_by)
        for e in Edition.objects.filter(version=version).order_by("-authentic", "language")
    ]


def document(
    head: Head,
    names: Mapping[str, str],
    *,
    begins: str | None = None,
    glances: Mapping[int, trees.Glance] | None = None,
) -> Document:
    """A version, or the part of it in which the provision `begins` stands; five queries.

    `names` are the languages' own names. Raises Provision.DoesNotExist.
    """
    rows = outline(head.version)
    cuts = trees.cuts([row.depth for row in rows])
    index: int | None = None
    if begins is not None:
        places = {row.eid: place for place, row in enumerate(rows)}
        if begins not in places:
            raise Provision.DoesNotExist(begins)
        index = bisect_right(cuts, places[begins]) - 1
    elif len(cuts) == 1:
        index = 0
    start, end = span(cuts, index, len(rows)) if index is not None else (0, 0)
    return Document(
        head=head,
        rows=rows,
        begins_at=cuts,
        index=index,
        said=words(rows[start:end], head.version),
        heading_words=words(rows, head.version, headings=True),
        editions=editions(head.version, names),
        corresponds=Correspondence.objects.filter(provision__version=head.version).exists(),
        glances=glances or {},
    )
