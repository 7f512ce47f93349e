"""What a charter is called, its passport, and whose text an edition is: part of drafting."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from kelisim.bodies.queries.powers import powers_at
from kelisim.charter.models import Charter, Edition, Version
from kelisim.charter.rules import editing as rules
from kelisim.refusals import Refusal, Refused, require

if TYPE_CHECKING:
    from kelisim.people.models import Person


def locked(version_id: int, by: "Person", at: datetime) -> Version:
    version = (
        Version.objects.select_for_update(of=("self",)).select_related("charter").get(pk=version_id)
    )
    require(rules.may_edit(version, by, powers_at(by, at)))
    return version


@transaction.atomic
def describe(
    version_id: int,
    *,
    title: Mapping[str, str],
    fields: Mapping[str, Mapping[str, str]],
    in_force_from: date,
    by: "Person",
    at: datetime,
) -> Version:
    """Set the title and the passport; fixed once a first version was published.

    Not an official act: what holds is what is published, and that is sealed.
    """
    version = locked(version_id, by, at)
    charter = Charter.objects.select_for_update(of=("self",)).get(pk=version.charter_id)
    said = {language: dict(lines) for language, lines in fields.items()}
    if (dict(title), said) != (charter.title, charter.fields):
        require(rules.may_describe(version))
        charter.title, charter.fields = dict(title), said
    if version.number == 1:
        charter.in_force_from = in_force_from
    charter.save(update_fields=["title", "fields", "in_force_from"])
    version.in_force_from = in_force_from
    version.save(update_fields=["in_force_from"])
    return version


@transaction.atomic
def declare(
    version_id: int,
    *,
    language: str,
    authentic: bool,
    translated_by: str,
    by: "Person",
    at: datetime,
) -> Edition:
    """Say of a text whether it is authentic, or by whom it was translated."""
    version = locked(version_id, by, at)
    edition = Edition.objects.select_for_update().filter(version=version, language=language).first()
    if edition is None:
        raise Refused(Refusal("charter.edition_gone"))
    edition.authentic, edition.translated_by = authentic, "" if authentic else translated_by
    edition.save(update_fields=["authentic", "translated_by"])
    return edition
