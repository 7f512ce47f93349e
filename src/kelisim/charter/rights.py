"""What may be done with charters, and by which post."""

from django.utils.translation import gettext_noop

from kelisim.bodies.rights import CHAIR, SECRETARIAT_HEAD, SECRETARIAT_OFFICER, Reach, add

PREPARE = add(
    "charter.prepare",
    gettext_noop("prepare charters: read, edit and submit their drafts"),
    {SECRETARIAT_HEAD: Reach.COUNCIL, SECRETARIAT_OFFICER: Reach.COUNCIL},
)
PUBLISH = add(
    "charter.publish",
    gettext_noop("publish charters that another prepared; return, repeal and supersede them"),
    {SECRETARIAT_HEAD: Reach.COUNCIL, CHAIR: Reach.COUNCIL},
)
