"""A line of the desk: one matter with its one next act."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone


@dataclass(frozen=True, slots=True)
class Item:
    """One matter with its one next act; without an address there is nothing to do but know.

    `on`: where its day counts and not its moment; `since` is then the beginning of that day.
    """

    since: datetime | None
    matter: str
    title: Mapping[str, str]
    detail: str
    of: str
    act: str = ""
    address: str = ""
    state: str = "planned"
    on: date | None = None


def by_date(item: Item) -> tuple[bool, Any]:
    return (item.since is None, item.since)


def begins(day: date | None) -> datetime | None:
    """The first moment of a local day, by which days and moments are sorted together."""
    if day is None:
        return None
    return timezone.make_aware(datetime.combine(day, time.min))
