"""One provision with everything that is known of it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from kelisim.charter.exports.citations import cited
from kelisim.charter.models import Correspondence, Provision, Wording
from kelisim.charter.trees.types import CharterType, known
from kelisim.pages.languages import Spoken, spoken
from kelisim.portal import trees
from kelisim.portal.queries import documents
from kelisim.portal.queries.heads import Head, Link, Standing
from kelisim.portal.queries.histories import Moment, history

UNDER_AT_MOST = 60


@dataclass(frozen=True, slots=True)
class Said:
    """A text in one language, and what it is worth."""

    language: str
    name: str
    text: str
    authentic: bool = False
    by: str = ""


@dataclass(frozen=True, slots=True)
class Counterpart:
    """A place of another instrument."""

    title: Spoken
    address: str
    place: str
    relation: str
    note: Spoken


@dataclass(frozen=True, slots=True)
class Around:
    """Where a provision stands: positions in the outline."""

    place: int
    above: tuple[int, ...]
    before: int | None
    after: int | None
    end: int


def around(rows: Sequence[documents.Row], place: int) -> Around:
    """Its ancestors from the top, its neighbours of the same parent, the end of what it holds."""
    depth = rows[place].depth
    above: list[int] = []
    before: int | None = None
    level = depth
    for at in range(place - 1, -1, -1):
        if rows[at].depth == depth and level == depth and before is None:
            before = at
        if rows[at].depth < level:
            above.append(at)
            level = rows[at].depth
            if not level:
                break
    end = place + 1
    while end < len(rows) and rows[end].depth > depth:
        end += 1
    after = end if end < len(rows) and rows[end].depth == depth else None
    return Around(place, tuple(reversed(above)), before, after, end)


@dataclass(frozen=True)
class ProvisionPage:
    """What the page of a provision shows."""

    head: Head
    rows: Sequence[documents.Row]
    spot: Around
    said: Mapping[int, documents.Words]
    editions: Sequence[documents.EditionWords]
    history: Sequence[Moment]
    correspondences: Sequence[Counterpart]
    names: Mapping[str, str]

    @cached_property
    def kinds(self) -> CharterType | None:
        return known().get(self.head.charter.type)

    def line(self, place: int) -> trees.Line:
        row = self.rows[place]
        return documents.line(row, self.said.get(row.pk, {}), self.kinds, self.head.language)

    @cached_property
    def row(self) -> documents.Row:
        return self.rows[self.spot.place]

    @cached_property
    def own(self) -> trees.Line:
        return self.line(self.spot.place)

    @property
    def words(self) -> Spoken:
        return self.own.words

    @property
    def label(self) -> str:
        return self.row.cite or self.row.number

    @property
    def kind(self) -> str:
        return self.own.kind_words

    @property
    def charter(self) -> Spoken:
        return self.head.title

    @property
    def standing(self) -> Standing:
        return self.head.standing

    @property
    def force(self) -> str:
        return self.standing.force

    @property
    def current(self) -> bool:
        return self.head.current

    @property
    def number(self) -> int:
        return self.head.version.number

    @property
    def newest(self) -> str:
        whole = reverse("portal:charter", args=[self.head.charter.slug])
        return f"{whole}{self.row.eid}/"

    @property
    def permanent(self) -> str:
        return f"{self.head.permanent}/{self.row.eid}"

    @property
    def whole(self) -> str:
        return self.head.permanent

    @property
    def act(self) -> str:
        return cited(self.head.charter.adopted_by, self.head.language)

    @property
    def citation(self) -> str:
        """The words to quote it by; they say too what the document is worth."""
        return ", ".join(
            filter(None, [f"{self.kind} {self.label}".strip(), self.head.title.text, self.act])
        )

    @property
    def description(self) -> str:
        said = [one for one in (self.own.text, self.own.title) if one.text and not one.borrowed]
        return said[0].text[:200] if said else self.citation

    @property
    def exports(self) -> list[Link]:
        return [
            Link(f"{self.permanent}?format=akn", "Akoma Ntoso", "application/akn+xml"),
            Link(f"{self.permanent}?format=json", "JSON", "application/json"),
        ]

    @cached_property
    def texts(self) -> list[Said]:
        """The full text in each language that has one, the authentic ones first."""
        said = self.said.get(self.row.pk, {})
        known_as = {e.language: e for e in self.editions}
        found = [
            Said(code, self.names[code], text, known_as[code].authentic, known_as[code].by)
            if code in known_as
            else Said(code, self.names[code], text)
            for code, (_title, text) in said.items()
            if text
        ]
        return sorted(found, key=lambda one: (not one.authentic, one.language))

    @cached_property
    def titles(self) -> list[Said]:
        """Its short title in each language that has one."""
        said = self.said.get(self.row.pk, {})
        return [Said(c, self.names[c], said[c][0]) for c in self.names if c in said and said[c][0]]

    @property
    def titles_only(self) -> bool:
        return not self.texts

    @cached_property
    def crumbs(self) -> list[tuple[str, str, str]]:
        """The charter, then what it stands under: address, words, their language if borrowed."""
        found = [(self.head.base, self.head.title.text, borrowed(self.head.title))]
        for place in self.spot.above:
            line = self.line(place)
            short = f"{line.cite} {line.words.text}".strip()
            found.append((f"{self.head.base}{line.eid}/", shortened(short), borrowed(line.words)))
        return found

    @cached_property
    def runs(self) -> Iterator[trees.Run]:
        """What stands under it, as far as one page goes."""
        end = min(self.spot.end, self.spot.place + 1 + UNDER_AT_MOST)
        nodes = trees.tree(self.line(place) for place in range(self.spot.place + 1, end))
        return trees.runs([raised(node) for node in nodes])

    @property
    def holds(self) -> bool:
        return self.spot.end > self.spot.place + 1

    @property
    def more(self) -> str:
        cut = self.spot.end - self.spot.place - 1 > UNDER_AT_MOST
        return self.in_document if cut else ""

    @cached_property
    def in_document(self) -> str:
        """Where it is read among the others."""
        cuts = trees.cuts([row.depth for row in self.rows])
        eid = self.row.eid
        slug, number = self.head.charter.slug, self.head.version.number
        if len(cuts) == 1:
            return f"{self.head.base}#{eid}"
        begin = max(cut for cut in cuts if cut <= self.spot.place)
        return reverse("portal:part", args=[slug, number, self.rows[begin].eid]) + f"#{eid}"

    def neighbour(self, place: int | None) -> str:
        return f"{self.head.base}{self.rows[place].eid}/" if place is not None else ""

    @property
    def before(self) -> str:
        return self.neighbour(self.spot.before)

    @property
    def after(self) -> str:
        return self.neighbour(self.spot.after)

    @property
    def base(self) -> str:
        return self.head.base


def raised(node: trees.Node) -> trees.Node:
    """The node one level lower: it stands under a heading of this page."""
    return trees.Node(
        node.line, [raised(one) for one in node.nodes], min(node.level + 1, trees.DEEPEST)
    )


def borrowed(words: Spoken) -> str:
    """The language of words that are not in the page's."""
    return words.language if words.borrowed else ""


def shortened(text: str, most: int = 60) -> str:
    text = text.rstrip(" :;")
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + "…"


def said_of(rows: Sequence[documents.Row], spot: Around) -> dict[int, dict[str, tuple[str, str]]]:
    """The words of a provision, of what it stands under and of what stands under it; one query."""
    last = min(spot.end, spot.place + 1 + UNDER_AT_MOST)
    keys = [rows[at].pk for at in (*spot.above, *range(spot.place, last))]
    found: defaultdict[int, dict[str, tuple[str, str]]] = defaultdict(dict)
    wordings = Wording.objects.filter(provision__in=keys)
    for pk, language, title, text in wordings.values_list("provision", "language", "title", "text"):
        found[pk][language] = (title, text)
    return found


def counterparts(provision: int, language: str) -> list[Counterpart]:
    """Places of other instruments beside it; one query."""
    found = Correspondence.objects.filter(provision=provision).select_related("instrument")
    return [
        Counterpart(
            title=spoken(one.instrument.title, language),
            address=one.instrument.address,
            place=one.place,
            relation=one.get_relation_display(),
            note=spoken(one.note, language),
        )
        for one in found.order_by("instrument__slug", "place")
    ]


def provision_page(head: Head, eid: str, names: Mapping[str, str]) -> ProvisionPage:
    """A provision of a version, in ten queries. Raises Provision.DoesNotExist."""
    rows = documents.outline(head.version)
    places = {row.eid: place for place, row in enumerate(rows)}
    if eid not in places:
        raise Provision.DoesNotExist(eid)
    spot = around(rows, places[eid])
    row = rows[spot.place]
    return ProvisionPage(
        head=head,
        rows=rows,
        spot=spot,
        said=said_of(rows, spot),
        editions=documents.editions(head.version, names),
        history=history(head, row.pk),
        correspondences=counterparts(row.pk, head.language),
        names=names,
    )
