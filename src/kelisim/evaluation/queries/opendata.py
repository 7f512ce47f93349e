"""Rows of the open data: everything public and nothing else, read piece by piece."""

import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from django.db.models import Q, QuerySet

from kelisim.bodies.models import Body
from kelisim.commitments.models import (
    Actual,
    Executor,
    Fulfils,
    Money,
    Plan,
    Report,
    Stage,
    Target,
)
from kelisim.commitments.queries.commitment import open_evidence, seen
from kelisim.commitments.states import PlanState, ReportState
from kelisim.evaluation.trees.datasets import Dataset, read
from kelisim.meetings.models import Decision

PUBLIC = (PlanState.IN_FORCE, PlanState.CLOSED)
PIECE = 2000


@cache
def facts() -> dict[str, Any]:
    text = (files("kelisim.evaluation") / "facts" / "datasets.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def datasets() -> dict[str, Dataset]:
    """Every dataset of the data dictionary by its key."""
    return read(facts())


def licence() -> str:
    """The licence under which all of it is given, by its SPDX name."""
    return str(facts()["licence"])


def rows(of: Dataset) -> Iterator[tuple[Any, ...]]:
    """The rows of a dataset in the order of their keys; one query, read in pieces."""
    found = source(of.key).order_by("pk").values_list(*of.paths)
    yield from found.iterator(chunk_size=PIECE)


OF_COMMITMENT = Q(commitment__plan__state__in=PUBLIC)
OF_INDICATOR = Q(indicator__commitment__plan__state__in=PUBLIC)
SOURCES: dict[str, Callable[[], QuerySet[Any]]] = {
    "plans": lambda: Plan.objects.filter(state__in=PUBLIC),
    "commitments": seen,
    "executors": lambda: Executor.objects.filter(OF_COMMITMENT),
    "terms": lambda: Stage.objects.filter(OF_COMMITMENT, dropped=False),
    "money": lambda: Money.objects.filter(OF_COMMITMENT),
    "targets": lambda: Target.objects.filter(OF_INDICATOR),
    "actuals": lambda: Actual.objects.filter(OF_INDICATOR),
    "fulfils": lambda: Fulfils.objects.filter(OF_COMMITMENT),
    "reports": lambda: Report.objects.filter(OF_COMMITMENT, state=ReportState.ACCEPTED),
    "evidence": open_evidence,
    "decisions": lambda: Decision.objects.filter(published_at__isnull=False),
    "bodies": lambda: Body.objects.filter(merged_into=None),
}
"""What is public of each; decided here once for all forms."""


def source(key: str) -> QuerySet[Any]:
    return SOURCES[key]()
