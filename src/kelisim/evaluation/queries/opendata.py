"""Rows of the open data: everything public and nothing else, read piece by piece."""

import tomllib
from collections.abc import Iterator
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


def source(key: str) -> QuerySet[Any]:
    """What is public of each; decided here once for all forms."""
    of_commitment = {"commitment__plan__state__in": PUBLIC}
    of_indicator = {"indicator__commitment__plan__state__in": PUBLIC}
    match key:
        case "plans":
            return Plan.objects.filter(state__in=PUBLIC)
        case "commitments":
            return seen()
        case "executors":
            return Executor.objects.filter(**of_commitment)
        case "terms":
            return Stage.objects.filter(dropped=False, **of_commitment)
        case "money":
            return Money.objects.filter(**of_commitment)
        case "targets":
            return Target.objects.filter(**of_indicator)
        case "actuals":
            return Actual.objects.filter(**of_indicator)
        case "fulfils":
            return Fulfils.objects.filter(**of_commitment)
        case "reports":
            return Report.objects.filter(state=ReportState.ACCEPTED, **of_commitment)
        case "evidence":
            return open_evidence()
        case "decisions":
            return Decision.objects.filter(published_at__isnull=False)
        case "bodies":
            return Body.objects.filter(Q(merged_into=None))
        case _:
            raise LookupError(key)
