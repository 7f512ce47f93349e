"""What `kelisim person …` does."""

import sys

from django.utils import timezone
from django.utils.translation import gettext as _

from kelisim.pages.sentences import sentences
from kelisim.people import actions, queries
from kelisim.refusals import Refused


def invite(
    email: str,
    name: str,
    language: str = "kk",
    administrator: bool = False,  # noqa: FBT001, FBT002
) -> int:
    """Make an account, and print the link too: a new installation may have no mail yet."""
    try:
        person = actions.invite(
            email=email,
            name=name,
            language=language,
            is_staff=administrator,
            by=None,
            at=timezone.now(),
        )
    except Refused as refused:
        print("\n".join(sentences(refused)), file=sys.stderr)
        return 1
    print(_("Invited. The password is set at this address, once, within three days:"))
    print(queries.welcome_link(person))
    return 0
