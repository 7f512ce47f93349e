"""The results that a charter expects, how far they have come, and the chain that leads to them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Prefetch, Q

from kelisim.charter.models import Version
from kelisim.commitments.states import Direction
from kelisim.evaluation.models import Link, ResultIndicator, ResultValue
from kelisim.evaluation.queries.coverage import forms, glances, of_charter, promised, said
from kelisim.evaluation.rules.results import RESULT, TASK
from kelisim.evaluation.trees.coverage import NOTHING, Counts
from kelisim.evaluation.trees.results import Edge, Way, through, unlinked, way
from kelisim.pages.languages import Spoken


@dataclass(frozen=True, slots=True)
class Node:
    """A provision of the chain with the words that name it."""

    pk: int
    eid: str
    cite: str
    kind: str
    words: Spoken
    counts: Counts = NOTHING

    @property
    def label(self) -> str:
        return self.cite or self.words.text


@dataclass(frozen=True, slots=True)
class Told:
    """An indicator with what was stated of it, oldest first, and where it is on its way."""

    indicator: ResultIndicator
    values: Sequence[ResultValue]

    @property
    def last(self) -> ResultValue | None:
        return self.values[-1] if self.values else None

    @property
    def way(self) -> Way:
        of = self.indicator
        value = self.last.value if self.last else None
        return way(of.direction == Direction.UP, of.baseline, of.target, value)


@dataclass(frozen=True, slots=True)
class Step:
    """A link as it is read: from what to what, what is known, in whose words."""

    link: Link
    below: Node
    above: Node


@dataclass(frozen=True)
class Results:
    """A charter's results, tasks and measures with what is known between them."""

    version: Version
    nodes: Mapping[int, Node]
    indicators: Mapping[int, Sequence[Told]]
    steps: Sequence[Step]

    def of_kind(self, *kinds: str) -> list[Node]:
        return [node for node in self.nodes.values() if node.kind in kinds]

    @cached_property
    def results(self) -> list[tuple[Node, Sequence[Told]]]:
        return [(node, self.indicators.get(node.pk, ())) for node in self.of_kind(RESULT)]

    @cached_property
    def tasks(self) -> list[Node]:
        return self.of_kind(TASK)

    @cached_property
    def measures(self) -> list[Node]:
        return [node for node in self.nodes.values() if node.kind not in {RESULT, TASK}]

    @cached_property
    def edges(self) -> list[Edge]:
        return [Edge(one.below.pk, one.above.pk, one.link.known) for one in self.steps]

    @cached_property
    def unlinked(self) -> list[Node]:
        """Measures of which nobody has said what they serve."""
        keys = unlinked([node.pk for node in self.measures], self.edges)
        return [self.nodes[pk] for pk in keys]

    @cached_property
    def unserved(self) -> list[Node]:
        """Tasks and results to which nothing leads yet."""
        served = {edge.above for edge in self.edges}
        return [node for node in self.of_kind(TASK, RESULT) if node.pk not in served]


def results(version: Version, language: str) -> Results:
    """Everything that a page tells of a charter's results; nine queries, whatever there is."""
    now = forms(version)
    promises = promised(version.charter)
    kinds = Q(kind__in={RESULT, TASK} | promises)
    rows = list(
        of_charter(version.charter)
        .filter(kinds, version=version)
        .order_by("position", "pk")
        .values_list("pk", "eid", "cite", "kind")
    )
    words = said(Q(provision__in=[row[0] for row in rows]), language)
    counts = glances(version)
    nothing = Spoken("", language, borrowed=False)
    nodes = {
        pk: Node(pk, eid, cite, kind, words.get(pk, nothing), counts.get(pk, NOTHING))
        for pk, eid, cite, kind in rows
    }
    return Results(version, nodes, told(version, now), steps(version, now, nodes))


def told(version: Version, now: Mapping[int, Sequence[int]]) -> dict[int, list[Told]]:
    """Indicators by the provision on which they hang today; two queries."""
    standing = ResultValue.objects.filter(withdrawn_because="").order_by("year", "on", "pk")
    found: defaultdict[int, list[Told]] = defaultdict(list)
    indicators = ResultIndicator.objects.filter(
        provision__in=of_charter(version.charter).values("pk"), dropped=False
    )
    for one in indicators.prefetch_related(Prefetch("values", standing)).order_by("position", "pk"):
        for pk in now.get(one.provision_id, (one.provision_id,)):
            found[pk].append(Told(one, list(one.values.all())))
    return dict(found)


def steps(
    version: Version, now: Mapping[int, Sequence[int]], nodes: Mapping[int, Node]
) -> list[Step]:
    """Links between provisions as they are today, in the order of what they serve; one query."""
    links = Link.objects.filter(below__in=of_charter(version.charter).values("pk"))
    return [
        Step(one, nodes[edge.below], nodes[edge.above])
        for one in links.order_by("above__position", "below__position", "pk")
        for edge in through([Edge(one.below_id, one.above_id, one.known)], now)
        if edge.below in nodes and edge.above in nodes
    ]
