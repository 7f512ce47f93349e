"""Indicators of expected results, their values, and the links of the chain are kept."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max, Model
from django.utils.timezone import localtime

from kelisim.bodies.queries.powers import powers_at
from kelisim.charter.models import Provision
from kelisim.commitments.states import Direction
from kelisim.evaluation import rights
from kelisim.evaluation.models import Link, ResultIndicator, ResultValue
from kelisim.evaluation.queries.coverage import promised
from kelisim.evaluation.rules import results as rules
from kelisim.evaluation.states import Known
from kelisim.evaluation.trees.results import Edge, circle
from kelisim.ledger.actions import record
from kelisim.ledger.chain import Fact
from kelisim.refusals import require

if TYPE_CHECKING:
    from kelisim.people.models import Person


@dataclass(frozen=True, slots=True)
class Measure:
    """What an indicator is: words by language, where it began, where it shall be."""

    name: Mapping[str, str]
    unit: Mapping[str, str]
    source: Mapping[str, str]
    direction: Direction = Direction.UP
    baseline: Decimal | None = None
    baseline_year: int | None = None
    target: Decimal | None = None
    target_year: int | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """A value of a year as a source stated it on a day."""

    year: int
    on: date
    value: Decimal
    source: str
    margin: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is known of a link: how, in words, and by which source."""

    known: Known = Known.CLAIMED
    words: Mapping[str, str] = field(default_factory=dict)
    source: str = ""


def note(
    act: str,
    subject: Model,
    *,
    by: "Person | None",
    at: datetime,
    because: str = "",
    before: dict[str, Fact] | None = None,
    after: dict[str, Fact] | None = None,
) -> None:
    mandate = powers_at(by, at).mandate(rights.KEEP)
    record(
        act, subject=subject, by=by, mandate=mandate, because=because,
        before=before, after=after, at=at,
    )  # fmt: skip


def facts(of: ResultIndicator) -> dict[str, Fact]:
    """An indicator's figures as the ledger notes them."""
    names = ("direction", "baseline", "baseline_year", "target", "target_year")
    found: dict[str, Fact] = {
        name: None if getattr(of, name) is None else str(getattr(of, name)) for name in names
    }
    return found | {"name": dict(of.name), "unit": dict(of.unit), "source": dict(of.source)}


@transaction.atomic
def keep_indicator(
    provision_id: int,
    given: Measure,
    *,
    indicator_id: int | None = None,
    by: "Person | None",
    at: datetime,
) -> ResultIndicator:
    """Begin an indicator of a result, or change it; what it was stays in the ledger."""
    provision = Provision.objects.get(pk=provision_id)
    held = powers_at(by, at)
    require(
        *rules.may_keep_indicator(
            held,
            provision.kind,
            given.name,
            given.unit,
            given.source,
            (given.baseline, given.baseline_year),
            (given.target, given.target_year),
        )
    )
    if indicator_id is None:
        last = ResultIndicator.objects.filter(provision=provision).aggregate(last=Max("position"))
        of = ResultIndicator(provision=provision, position=(last["last"] or 0) + 1)
        before = None
    else:
        of = ResultIndicator.objects.select_for_update().get(pk=indicator_id)
        before = facts(of)
    for name, value in asdict(given).items():
        setattr(of, name, value)
    of.save()
    note(
        "evaluation.indicator_kept",
        of,
        by=by,
        at=at,
        before=before,
        after={"provision": provision.eid, **facts(of)},
    )
    return of


@transaction.atomic
def drop_indicator(
    indicator_id: int, *, because: str, by: "Person | None", at: datetime
) -> ResultIndicator:
    """Take an indicator off the pages; its values and its history stay."""
    of = ResultIndicator.objects.select_for_update().get(pk=indicator_id)
    require(*rules.may_withdraw(powers_at(by, at), because, withdrawn=of.dropped))
    of.dropped = True
    of.save(update_fields=["dropped"])
    note("evaluation.indicator_dropped", of, by=by, at=at, because=because.strip())
    return of


@transaction.atomic
def state(indicator_id: int, given: Statement, *, by: "Person | None", at: datetime) -> ResultValue:
    """Enter a value. It stands beside what was stated before; nothing is written over."""
    of = ResultIndicator.objects.select_for_update().get(pk=indicator_id)
    there = of.values.filter(year=given.year, on=given.on, withdrawn_because="").exists()
    today = localtime(at).date()
    require(
        *rules.may_state(
            powers_at(by, at), given.year, given.on, given.margin, given.source, today, there=there
        )
    )
    source = given.source.strip()
    made = ResultValue.objects.create(
        indicator=of,
        year=given.year,
        on=given.on,
        value=given.value,
        margin=given.margin,
        source=source,
        by=by,
        at=at,
    )
    note(
        "evaluation.value_stated",
        made,
        by=by,
        at=at,
        after={
            "indicator": of.pk,
            "year": given.year,
            "on": given.on.isoformat(),
            "value": str(given.value),
            "margin": None if given.margin is None else str(given.margin),
            "source": source,
        },
    )
    return made


@transaction.atomic
def withdraw(value_id: int, *, because: str, by: "Person | None", at: datetime) -> ResultValue:
    """Take back a value that was wrong; it stays readable with the reason."""
    of = ResultValue.objects.select_for_update().get(pk=value_id)
    withdrawn = bool(of.withdrawn_because)
    require(*rules.may_withdraw(powers_at(by, at), because, withdrawn=withdrawn))
    of.withdrawn_because = because.strip()
    of.save(update_fields=["withdrawn_because"])
    note(
        "evaluation.value_withdrawn",
        of,
        by=by,
        at=at,
        because=because.strip(),
        after={"year": of.year},
    )
    return of


@transaction.atomic
def link(
    below_id: int, above_id: int, given: Knowledge, *, by: "Person | None", at: datetime
) -> Link:
    """Say that one provision serves another and what is known of it; again: change what is."""
    pair = Provision.objects.select_related("version__charter").in_bulk([below_id, above_id])
    below, above = pair[below_id], pair[above_id]
    edges = [Edge(*row) for row in Link.objects.values_list("below", "above", "known")]
    require(
        *rules.may_link(
            powers_at(by, at),
            (below.kind, below.kind in promised(below.version.charter)),
            above.kind,
            given.known,
            given.source,
            circle=circle(edges, below_id, above_id),
        )
    )
    old = Link.objects.filter(below=below, above=above).first()
    before: dict[str, Fact] | None = {"known": old.known, "source": old.source} if old else None
    made, _new = Link.objects.update_or_create(
        below=below,
        above=above,
        defaults={
            "known": given.known,
            "words": dict(given.words),
            "source": given.source.strip(),
        },
    )
    note(
        "evaluation.link_kept",
        made,
        by=by,
        at=at,
        before=before,
        after={
            "below": below.eid,
            "above": above.eid,
            "known": str(given.known),
            "source": given.source.strip(),
        },
    )
    return made


@transaction.atomic
def unlink(link_id: int, *, because: str, by: "Person | None", at: datetime) -> None:
    """Take a link out of the chain."""
    of = Link.objects.select_related("below", "above").get(pk=link_id)
    require(*rules.may_withdraw(powers_at(by, at), because, withdrawn=False))
    note(
        "evaluation.link_withdrawn",
        of,
        by=by,
        at=at,
        because=because.strip(),
        before={"below": of.below.eid, "above": of.above.eid, "known": of.known},
    )
    of.delete()
