"""Who keeps the journal, resolves, edits templates, agrees to papers."""

from django.utils.translation import gettext_noop

from kelisim.bodies.rights import (
    CHAIR,
    DEPUTY,
    SECRETARIAT_HEAD,
    SECRETARIAT_OFFICER,
    SECRETARY,
    Post,
    Reach,
    add,
)
from kelisim.bodies.states import Nature, Role

OFFICE: dict[Post, Reach] = {
    SECRETARIAT_HEAD: Reach.TERRITORY,
    SECRETARIAT_OFFICER: Reach.TERRITORY,
    SECRETARY: Reach.OWN,
}
ORGANISATIONS: dict[Post, Reach] = {
    (nature, role): Reach.OWN
    for nature in (Nature.STATE, Nature.ASSOCIATION, Nature.PARTNER)
    for role in (Role.LEADER, Role.REPRESENTATIVE)
}
KEEP = add("papers.keep_journal", gettext_noop("register papers and keep files"), OFFICE)
RESOLVE = add(
    "papers.resolve",
    gettext_noop("put a resolution on a paper"),
    {SECRETARIAT_HEAD: Reach.TERRITORY, CHAIR: Reach.OWN, DEPUTY: Reach.OWN},
)
EDIT = add(
    "papers.edit_templates",
    gettext_noop("edit the templates of papers"),
    {SECRETARIAT_HEAD: Reach.TERRITORY, SECRETARIAT_OFFICER: Reach.TERRITORY},
)
APPROVE = add(
    "papers.approve",
    gettext_noop("agree to papers for one’s body"),
    {**ORGANISATIONS, SECRETARIAT_HEAD: Reach.OWN, CHAIR: Reach.OWN},
)
