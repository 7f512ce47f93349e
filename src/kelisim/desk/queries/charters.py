"""Versions of charters on the desk: drafts, reviews, corrections."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kelisim.charter.models import Version
from kelisim.charter.states import OPEN, VersionState
from kelisim.desk.queries.items import Item
from kelisim.people.models import Person


def open_versions() -> QuerySet[Version]:
    return Version.objects.filter(state__in=OPEN).select_related("charter", "prepared_by")


def version_item(version: Version, **facts: Any) -> Item:
    return Item(
        **{
            "since": version.submitted_at or version.created_at,
            "title": version.charter.title,
            "of": str(version.prepared_by),
            **facts,
        }
    )


def page(name: str, version: Version) -> str:
    return reverse(f"charter:{name}", args=[version.charter.slug, version.number])


def returned(versions: Iterable[Version], person: Person) -> list[Item]:
    """Drafts that came back to me."""
    return [
        version_item(
            version,
            matter=_("Returned: version %(number)s") % {"number": version.number},
            detail=version.return_reason,
            of="",
            act=_("Put right"),
            address=page("draft", version),
            state="risk",
        )
        for version in versions
        if version.state == VersionState.RETURNED and version.prepared_by_id == person.pk
    ]


def drafts(versions: Iterable[Version], person: Person) -> list[Item]:
    """Drafts that I have begun; guesses that nobody has looked at come first."""
    found = []
    for version in versions:
        if version.state != VersionState.DRAFT or version.prepared_by_id != person.pk:
            continue
        open_guesses = sum(not guess.get("settled") for guess in version.guesses)
        detail = ngettext(
            "%(count)s guess to settle", "%(count)s guesses to settle", open_guesses
        ) % {"count": open_guesses}
        found.append(
            version_item(
                version,
                since=version.created_at,
                matter=_("Draft: version %(number)s") % {"number": version.number},
                detail=detail if open_guesses else "",
                of="",
                act=_("Settle") if open_guesses else _("Go on"),
                address=page("problems" if open_guesses else "draft", version),
            )
        )
    return found


def submitted(versions: Iterable[Version], person: Person) -> list[Item]:
    """What others handed over and I may publish."""
    return [
        version_item(
            version,
            matter=_("To publish or return: version %(number)s") % {"number": version.number},
            detail="",
            act=_("Review"),
            address=page("review", version),
            state="underway",
        )
        for version in versions
        if version.state == VersionState.SUBMITTED and version.prepared_by_id != person.pk
    ]


def handed_over(versions: Iterable[Version], person: Person) -> list[Item]:
    """My drafts that somebody else now looks at."""
    return [
        version_item(
            version,
            matter=_("With the publisher: version %(number)s") % {"number": version.number},
            detail="",
            of="",
            address=page("review", version),
            act=_("Look"),
            state="underway",
        )
        for version in versions
        if version.state == VersionState.SUBMITTED and version.prepared_by_id == person.pk
    ]


def corrections(versions: Iterable[Version], person: Person) -> list[Item]:
    """What was returned and is being put right by whoever prepares it."""
    return [
        version_item(
            version,
            matter=_("Being put right: version %(number)s") % {"number": version.number},
            detail=version.return_reason,
            address=page("review", version),
            act=_("Look"),
            state="risk",
        )
        for version in versions
        if version.state == VersionState.RETURNED and version.prepared_by_id != person.pk
    ]
