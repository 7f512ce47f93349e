"""The table of correspondence: provisions beside places of other instruments."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from kelisim.charter.models import Correspondence, Instrument, Version, Wording
from kelisim.pages.languages import Spoken, spoken


@dataclass(frozen=True, slots=True)
class Line:
    """One row: a provision, how it stands to a place, and a note."""

    one: Correspondence
    words: Spoken
    note: Spoken


@dataclass(frozen=True, slots=True)
class Table:
    """All rows of one instrument."""

    instrument: Instrument
    title: Spoken
    citation: Spoken
    lines: Sequence[Line]


def of_version(version: Version) -> QuerySet[Correspondence]:
    return (
        Correspondence.objects.filter(provision__version=version)
        .select_related("provision", "instrument")
        .order_by("instrument__slug", "provision__position", "place")
    )


def tables(version: Version, language: str) -> list[Table]:
    """Every correspondence of a version, by instrument; two queries."""
    found = list(of_version(version))
    said: dict[int, dict[str, tuple[str, str]]] = {}
    for pk, code, text, title in Wording.objects.filter(
        provision__in={one.provision_id for one in found}
    ).values_list("provision", "language", "text", "title"):
        said.setdefault(pk, {})[code] = (text, title)
    made: dict[int, Table] = {}
    lines: dict[int, list[Line]] = {}
    for one in found:
        instrument = one.instrument
        if instrument.pk not in made:
            lines[instrument.pk] = []
            made[instrument.pk] = Table(
                instrument,
                spoken(instrument.title, language),
                spoken(instrument.citation, language),
                lines[instrument.pk],
            )
        words = {
            code: title or text for code, (text, title) in said.get(one.provision_id, {}).items()
        }
        lines[instrument.pk].append(Line(one, spoken(words, language), spoken(one.note, language)))
    return list(made.values())
