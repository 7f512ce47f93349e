"""The pages on which a draft is edited: a fixed number of queries, whatever its length."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, QuerySet

from kelisim.charter.models import Charter, Source, Step, Version
from kelisim.charter.queries.drafts import (
    Row,
    language_of,
    node,
    outline,
    shortened,
    worded,
)
from kelisim.charter.states import OPEN, VersionState
from kelisim.charter.trees.beside import Line, beside
from kelisim.charter.trees.draft import Lines
from kelisim.charter.trees.edits import Node
from kelisim.pages.languages import Spoken, spoken
from kelisim.refusals import Refusal, Refused

ON_A_PAGE = 50
MOST_HEADINGS = 60


@dataclass(frozen=True, slots=True)
class Shown:
    """A provision on the page, with the lines that stand against it."""

    index: int
    node: Node | None
    cite: str
    eid: str
    text: Spoken
    title: Spoken
    unclaimed: Sequence[Line]
    own: Sequence[Line]
    elsewhere: Lines | None

    @property
    def others(self) -> list[str]:
        """The other languages in which it has a text."""
        return [code for code in self.node.texts if code != self.text.language] if self.node else []


@dataclass(frozen=True, slots=True)
class Heading:
    """A way into a long draft."""

    page: int
    index: int
    depth: int
    number: str
    words: str


@dataclass(frozen=True, slots=True)
class Page:
    """Part of a draft, its source beside it."""

    shown: Sequence[Shown]
    number: int
    count: int
    provisions: int
    headings: Sequence[Heading]
    has_source: bool

    @property
    def before(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def after(self) -> int | None:
        return self.number + 1 if self.number < self.count else None


def version(slug: str, number: int) -> Version | None:
    """A version in any state, with what every page of the desk says of it."""
    found: Version | None = (
        Version.objects.filter(charter__slug=slug, number=number)
        .select_related("charter", "by_act", "prepared_by", "published_by")
        .first()
    )
    return found


def charters() -> QuerySet[Charter]:
    """Every charter with its versions, what is being prepared first; two queries."""
    return (
        Charter.objects.annotate(open=Count("versions", filter=Q(versions__state__in=OPEN)))
        .order_by("-open", "slug")
        .prefetch_related(
            Prefetch(
                "versions",
                Version.objects.exclude(state=VersionState.DISCARDED)
                .select_related("prepared_by")
                .order_by("-number"),
            )
        )
    )


def page(one: Version, number: int, tongue: str, *, lines: bool = True) -> Page:
    """One page of a draft, with the lines of its source or without; three queries."""
    rows = outline(one)
    source = Source.objects.filter(version=one).order_by("pk").defer("content").first()
    text = source.lines.split("\n") if source and lines else []
    count = max(1, -(-len(rows) // ON_A_PAGE))
    number = min(max(number, 1), count)
    start, stop = (number - 1) * ON_A_PAGE, min(number * ON_A_PAGE, len(rows))
    spans = [(row["first_line"], row["last_line"]) for row in rows]
    heads = [at for at, row in enumerate(rows) if row["heading"] and row["depth"] < 2]  # noqa: PLR2004
    heads = heads[:MOST_HEADINGS]
    words = worded(rows[at]["pk"] for at in {*range(start, stop), *heads})
    main = source.language if source else language_of(one)
    nodes = {
        at: node(rows[at], words.get(rows[at]["pk"], ())) for at in {*range(start, stop), *heads}
    }
    return Page(
        shown=[
            Shown(
                index=stop if row.index is None else row.index,
                node=None if row.index is None else nodes[row.index],
                cite="" if row.index is None else rows[row.index]["cite"],
                eid="" if row.index is None else rows[row.index]["eid"],
                text=spoken({} if row.index is None else nodes[row.index].texts, main),
                title=spoken({} if row.index is None else nodes[row.index].titles, tongue),
                unclaimed=row.unclaimed,
                own=row.own,
                elsewhere=row.elsewhere,
            )
            for row in beside(spans, text, start, stop)
        ],
        number=number,
        count=count,
        provisions=len(rows),
        headings=[heading(at, nodes[at], main) for at in heads] if count > 1 else [],
        has_source=bool(source),
    )


def heading(at: int, found: Node, language: str) -> Heading:
    words = spoken(found.texts, language).text or spoken(found.titles, language).text
    return Heading(at // ON_A_PAGE + 1, at, found.depth, found.number, shortened(words))


def where(index: int) -> str:
    """The address of a provision within the draft's pages, from its index."""
    return f"?page={index // ON_A_PAGE + 1}#r{index}"


@dataclass(frozen=True, slots=True)
class Steps:
    """What can be undone and done again."""

    last: Step | None
    undone: Step | None
    count: int


def steps(one: Version) -> Steps:
    """Two queries: the steps that stand, the first that was undone."""
    standing = Step.objects.filter(version=one, undone_at__isnull=True)
    return Steps(
        standing.order_by("-number").first(),
        Step.objects.filter(version=one, undone_at__isnull=False).order_by("number").first(),
        standing.count(),
    )


@dataclass(frozen=True, slots=True)
class Provisions:
    """One provision among its neighbours, with all its words, and where it stands."""

    index: int
    row: Row
    node: Node
    previous: Row | None
    following: Row | None
    above: Row | None
    own: Sequence[Line]
    correspondences: Sequence[object]


def provision(one: Version, key: int) -> Provisions | None:
    """A provision to be edited; four queries."""
    rows = outline(one)
    index = next((at for at, row in enumerate(rows) if row["pk"] == key), None)
    if index is None:
        return None
    row = rows[index]
    source = Source.objects.filter(version=one).order_by("pk").defer("content").first()
    lines = source.lines.split("\n") if source else []
    first, last = row["first_line"], row["last_line"]
    own = [Line(n, lines[n - 1]) for n in range(first, min(last, len(lines)) + 1)] if first else []
    near = {row["pk"], *(rows[at]["pk"] for at in (index - 1, index + 1) if 0 <= at < len(rows))}
    words = worded([*near, *([row["parent_id"]] if row["parent_id"] else [])])
    for each in rows:
        if each["pk"] in words:
            each["words"] = words[each["pk"]]
    return Provisions(
        index=index,
        row=row,
        node=node(row, words.get(key, ())),
        previous=rows[index - 1] if index else None,
        following=rows[index + 1] if index + 1 < len(rows) else None,
        above=next((each for each in rows if each["pk"] == row["parent_id"]), None),
        own=own[:ON_A_PAGE],
        correspondences=list(
            one.provisions.get(pk=key).correspondences.select_related("instrument")
        ),
    )


def key_of(one: Version, said: str) -> int:
    """The provision that a person named by its citation or its eId. Raises Refused."""
    named = said.strip()
    found = list(
        one.provisions.filter(Q(cite=named) | Q(eid=named))
        .order_by("position")
        .values_list("pk", "eid")[:50]
    )
    exact = [pk for pk, eid in found if eid == named] or [pk for pk, _ in found]
    if not exact:
        raise Refused(Refusal("charter.not_found", named=named))
    if len(exact) > 1:
        raise Refused(Refusal("charter.named_twice", named=named))
    return exact[0]
