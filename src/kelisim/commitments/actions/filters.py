"""Filters of the control table that somebody keeps for themself."""

from urllib.parse import parse_qsl, urlencode

from kelisim.commitments.models import SavedFilter
from kelisim.people.models import Person

PASSING = frozenset({"after", "csrfmiddlewaretoken"})
"""What belongs to one look at the table and not to its filters."""


def keep(*, person: Person, name: str, query: str) -> SavedFilter:
    """Keep the filters of an address under a name; the same name again takes the new ones."""
    said = urlencode([(key, value) for key, value in parse_qsl(query) if key not in PASSING])
    kept, _new = SavedFilter.objects.update_or_create(
        person=person, name=" ".join(name.split()), defaults={"query": said}
    )
    return kept


def forget(pk: int, *, person: Person) -> None:
    """Forget one's own filters; those of others are not touched."""
    SavedFilter.objects.filter(pk=pk, person=person).delete()
