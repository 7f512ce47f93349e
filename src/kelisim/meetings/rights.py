"""What may be done with meetings, and by which post."""

from django.utils.translation import gettext_noop

from kelisim.bodies.rights import (
    CHAIR,
    DEPUTY,
    MEMBER,
    SECRETARIAT_HEAD,
    SECRETARIAT_OFFICER,
    SECRETARY,
    Post,
    Reach,
    add,
)
from kelisim.bodies.states import Nature, Role

OBSERVER: Post = (Nature.COUNCIL, Role.OBSERVER)
OFFICE: dict[Post, Reach] = {
    SECRETARIAT_HEAD: Reach.TERRITORY,
    SECRETARIAT_OFFICER: Reach.TERRITORY,
    SECRETARY: Reach.OWN,
}
PRESIDIUM: dict[Post, Reach] = {CHAIR: Reach.OWN, DEPUTY: Reach.OWN}
EVERYBODY: dict[Post, Reach] = {
    CHAIR: Reach.OWN,
    DEPUTY: Reach.OWN,
    SECRETARY: Reach.OWN,
    MEMBER: Reach.OWN,
}
ORGANISATIONS: dict[Post, Reach] = {
    (nature, role): Reach.OWN
    for nature in (Nature.STATE, Nature.ASSOCIATION, Nature.PARTNER)
    for role in (Role.LEADER, Role.REPRESENTATIVE)
}

PREPARE = add(
    "meetings.prepare",
    gettext_noop("prepare meetings, agendas and papers"),
    {**OFFICE, **PRESIDIUM},
)
CONVENE = add(
    "meetings.convene",
    gettext_noop("convene, postpone and cancel meetings"),
    {**PRESIDIUM, SECRETARIAT_HEAD: Reach.TERRITORY},
)
PRESIDE = add("meetings.preside", gettext_noop("open, lead and close meetings"), PRESIDIUM)
KEEP = add("meetings.keep", gettext_noop("keep attendance, the speakers’ list and counts"), OFFICE)
READ = add(
    "meetings.read",
    gettext_noop("read the papers of a meeting before it is published"),
    {**OFFICE, **EVERYBODY, OBSERVER: Reach.OWN},
)
TAKE_PART = add(
    "meetings.take_part", gettext_noop("propose items, speak, move and vote"), EVERYBODY
)
COUNT = add(
    "meetings.count",
    gettext_noop("enter and sign the count of a secret vote"),
    {SECRETARY: Reach.OWN, MEMBER: Reach.OWN},
)
MINUTE = add("meetings.minute", gettext_noop("write and sign minutes as secretary"), OFFICE)
PUBLISH = add(
    "meetings.publish",
    gettext_noop("publish minutes and decisions"),
    {SECRETARIAT_HEAD: Reach.TERRITORY, CHAIR: Reach.OWN},
)
REGULATE = add(
    "meetings.regulate",
    gettext_noop("set a body’s rules of procedure"),
    {SECRETARIAT_HEAD: Reach.TERRITORY, CHAIR: Reach.OWN},
)
ANSWER = add(
    "meetings.answer",
    gettext_noop("answer points that are addressed to one’s body"),
    {**ORGANISATIONS, SECRETARIAT_HEAD: Reach.OWN, CHAIR: Reach.OWN},
)
