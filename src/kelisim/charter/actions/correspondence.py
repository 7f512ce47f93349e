"""Put provisions beside those of other instruments: a convention, a strategy, another charter."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from kelisim.bodies.queries.powers import Powers, powers_at
from kelisim.charter import rights
from kelisim.charter.actions.acts import Words
from kelisim.charter.models import Correspondence, Instrument, Provision, Version
from kelisim.charter.rules import publishing as rules
from kelisim.charter.states import Correspond, VersionState
from kelisim.ledger.actions import record
from kelisim.ledger.mandates import Mandate
from kelisim.refusals import Refusal, Refused, require

if TYPE_CHECKING:
    from kelisim.people.models import Person


@dataclass(frozen=True, slots=True)
class Named:
    """An instrument as it is named and cited; words by language."""

    slug: str
    title: Words
    citation: Words = field(default_factory=dict)
    address: str = ""


def instrument_of(named: Named) -> Instrument:
    """The instrument that is named, kept once."""
    found, _made = Instrument.objects.get_or_create(
        slug=named.slug,
        defaults={
            "title": dict(named.title),
            "citation": dict(named.citation),
            "address": named.address,
        },
    )
    return found


def locked(version_id: int, held: Powers) -> Version:
    version = (
        Version.objects.select_for_update(of=("self",)).select_related("charter").get(pk=version_id)
    )
    require(rules.may_correspond(version, held))
    return version


@transaction.atomic
def add(
    version_id: int,
    *,
    eid: str,
    instrument: Named,
    place: str,
    relation: str,
    by: "Person",
    at: datetime,
    note: Mapping[str, str] | None = None,
) -> Correspondence:
    """Say how a provision stands to a place of another instrument. Raises Refused."""
    held = powers_at(by, at)
    version = locked(version_id, held)
    provision = Provision.objects.filter(version=version, eid=eid).first()
    other = instrument_of(instrument)
    place = " ".join(place.split())
    if provision is None:
        raise Refused(Refusal("charter.provision_unknown", place="eid", eid=eid))
    if other.correspondences.filter(provision=provision, place=place).exists():
        raise Refused(Refusal("charter.corresponds_already", place="place"))
    made = Correspondence.objects.create(
        provision=provision,
        instrument=other,
        place=place,
        relation=Correspond(relation),
        note=dict(note or {}),
    )
    record(
        "charter.correspondence_added",
        subject=version,
        by=by,
        mandate=mandate_for(version, held),
        after=facts(made),
        at=at,
    )
    return made


@transaction.atomic
def remove(version_id: int, *, correspondence: int, by: "Person", at: datetime) -> None:
    """Take a remark back. Raises Refused when it is not there."""
    held = powers_at(by, at)
    version = locked(version_id, held)
    found = (
        Correspondence.objects.filter(pk=correspondence, provision__version=version)
        .select_related("provision", "instrument")
        .first()
    )
    if found is None:
        raise Refused(Refusal("charter.correspondence_gone"))
    record(
        "charter.correspondence_removed",
        subject=version,
        by=by,
        mandate=mandate_for(version, held),
        before=facts(found),
        at=at,
    )
    found.delete()


def carry(before: Version, version: Version) -> None:
    """Remarks follow their provisions into the next version, when that is published."""
    became: defaultdict[int, list[int]] = defaultdict(list)
    for old, new in version.successions.filter(old__isnull=False, new__isnull=False).values_list(
        "old_id", "new_id"
    ):
        became[old].append(new)
    have = set(
        Correspondence.objects.filter(provision__version=version).values_list(
            "provision_id", "instrument_id", "place"
        )
    )
    Correspondence.objects.bulk_create(
        Correspondence(
            provision_id=new,
            instrument_id=one.instrument_id,
            place=one.place,
            relation=one.relation,
            note=one.note,
        )
        for one in Correspondence.objects.filter(provision__version=before)
        for new in became[one.provision_id]
        if (new, one.instrument_id, one.place) not in have
    )


def mandate_for(version: Version, held: Powers) -> Mandate:
    published = version.state == VersionState.PUBLISHED
    return held.mandate(rights.PUBLISH if published else rights.PREPARE)


def facts(one: Correspondence) -> dict[str, str]:
    return {
        "provision": one.provision.eid,
        "instrument": one.instrument.slug,
        "place": one.place,
        "relation": one.relation,
    }
