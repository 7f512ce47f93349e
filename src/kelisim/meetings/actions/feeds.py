"""The secret address of one's own calendar: made, and made anew when it has become known."""

from typing import TYPE_CHECKING

from kelisim.meetings.models import Feed
from kelisim.meetings.models.procedures import new_key

if TYPE_CHECKING:
    from kelisim.people.models import Person


def subscribe(person: "Person") -> Feed:
    """Give a person a new address; the old one leads nowhere from now on. No official act."""
    feed, _made = Feed.objects.update_or_create(person=person, defaults={"key": new_key()})
    return feed
