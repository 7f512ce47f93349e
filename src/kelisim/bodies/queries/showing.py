"""Facts of records in words: what a form or a comparison shows of plain values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kelisim.bodies.models import Body, Tag
from kelisim.bodies.rules.record import TAGGED
from kelisim.bodies.states import Level, OfferingKind
from kelisim.pages.languages import NAMES, spoken
from kelisim.pages.templatetags.kelisim import day, figure
from kelisim.territory.queries import names

VALUES: Mapping[str, Any] = {
    "name": gettext_lazy("Full name"),
    "short": gettext_lazy("Short name"),
    "level": gettext_lazy("Level"),
    "legal_form": gettext_lazy("Legal form"),
    "bin": gettext_lazy("BIN"),
    "justice": gettext_lazy("Registered with the justice authorities"),
    "record_number": gettext_lazy("Number of the registration or record"),
    "recorded_on": gettext_lazy("Day of the registration or record"),
    "recorded_where": gettext_lazy("Where it is registered or recorded"),
    "parent": gettext_lazy("Branch of"),
    "unit": gettext_lazy("Territory"),
    "communities": gettext_lazy("Communities whose culture it keeps"),
    "languages": gettext_lazy("Languages taught"),
    "activities": gettext_lazy("Activities"),
    "offers": gettext_lazy("Schools, courses, collectives"),
    "address": gettext_lazy("Address"),
    "phone": gettext_lazy("Telephone"),
    "email": gettext_lazy("E-mail"),
    "site": gettext_lazy("Site"),
    "office_phone": gettext_lazy("Telephone for the office"),
    "office_email": gettext_lazy("E-mail for the office"),
    "leader": gettext_lazy("Leader"),
    "leader_since": gettext_lazy("Leads since"),
    "members": gettext_lazy("Members, by year"),
}
WORDS_OF = {"name", "short", "legal_form", "recorded_where", "address"}
DAYS = {"recorded_on", "leader_since"}


@dataclass(frozen=True, slots=True)
class Dictionary:
    """What codes in records are called, in one language."""

    language: str
    units: Mapping[str, str] = field(default_factory=dict)
    tags: Mapping[tuple[str, str], str] = field(default_factory=dict)
    parents: Mapping[str, str] = field(default_factory=dict)


def dictionary(values: Iterable[Mapping[str, Any]], on: date, language: str) -> Dictionary:
    """The words for all codes that these plain values use; three queries."""
    values = list(values)
    units = {each["unit"] for each in values if each.get("unit")}
    parents = {each["parent"] for each in values if each.get("parent")}
    return Dictionary(
        language,
        {kato: called.full.text for kato, called in names(units, on, language).items()},
        {(tag.kind, tag.key): spoken(tag.words, language).text for tag in Tag.objects.all()},
        {
            body.slug: spoken(body.name, language).text
            for body in Body.objects.filter(slug__in=parents)
        },
    )


@dataclass(frozen=True, slots=True)
class Shown:
    """One value of a fact, in lines."""

    label: str
    lines: tuple[str, ...]


def shown(values: Mapping[str, Any], by: Dictionary) -> list[Shown]:
    """Plain values in words; what is empty is left out."""
    found = [Shown(str(VALUES[name]), said(name, value, by)) for name, value in values.items()]
    return [one for one in found if any(one.lines)]


def said(name: str, value: Any, by: Dictionary) -> tuple[str, ...]:  # noqa: PLR0911  (one sort a line)
    """A value in lines of words."""
    if name in WORDS_OF:
        return in_languages(value)
    if name in DAYS:
        return (day(date.fromisoformat(value)),) if value else ()
    if name == "justice":
        return (_("yes") if value else _("no"),)
    if name == "level":
        return (str(Level(value).label),)
    if name == "unit":
        return (by.units.get(value, value) if value else _("the whole country"),)
    if name == "parent":
        return (by.parents.get(value, value),) if value else ()
    if name in TAGGED:
        return (", ".join(by.tags.get((TAGGED[name], key), key) for key in value),)
    if name == "members":
        return tuple(f"{year}: {figure(count)}" for year, count in sorted(value.items()))
    if name == "offers":
        return tuple(offered(one, by) for one in value)
    return (str(value),) if value else ()


def in_languages(words: Mapping[str, str]) -> tuple[str, ...]:
    """Each language that there is, with its name before it."""
    return tuple(f"{NAMES[code]}: {words[code]}" for code in NAMES if words.get(code))


def offered(one: Mapping[str, Any], by: Dictionary) -> str:
    words = [f"{OfferingKind(one['kind']).label}: {spoken(one['name'], by.language).text}"]
    if one["language"]:
        words.append(by.tags.get(("language", one["language"]), one["language"]))
    if one["place"]:
        words.append(spoken(one["place"], by.language).text)
    if one["seats"]:
        words.append(_("places: %(number)s") % {"number": figure(one["seats"])})
    return ", ".join(words)


@dataclass(frozen=True, slots=True)
class Compared:
    """One value before, as proposed, and as it is now where that is neither."""

    label: str
    was: tuple[str, ...]
    becomes: tuple[str, ...]
    now: tuple[str, ...] | None


def compared(
    was: Mapping[str, Any], becomes: Mapping[str, Any], now: Mapping[str, Any], by: Dictionary
) -> list[Compared]:
    """The values of one fact in which a proposal differs from what was, or from what is now."""
    found = []
    for name in becomes:
        if was.get(name) == becomes[name] == now[name]:
            continue
        meanwhile = now[name] not in (was.get(name), becomes[name])
        found.append(
            Compared(
                str(VALUES[name]),
                said(name, was.get(name), by) if name in was else (),
                said(name, becomes[name], by),
                said(name, now[name], by) if meanwhile else None,
            )
        )
    return found
