"""The index from the terminal."""

from django.db import transaction
from django.utils.translation import gettext as _

from kelisim.search import actions, providers
from kelisim.search.models import Entry


def rebuild() -> int:
    """Build the whole index again, in one transaction: readers see the old one or the new."""
    with transaction.atomic():
        for kind in Entry.objects.order_by().values_list("kind", flat=True).distinct():
            actions.forget(kind)
        for name, provider in providers.known().items():
            count = actions.index(provider())
            print(_("%(name)s: %(count)s indexed.") % {"name": name, "count": count})
    return 0
