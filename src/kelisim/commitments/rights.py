"""Who drafts and approves plans, reports, controls and issues."""

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
}
ORGANISATIONS: dict[Post, Reach] = {
    (nature, role): Reach.OWN
    for nature in (Nature.STATE, Nature.ASSOCIATION, Nature.PARTNER)
    for role in (Role.LEADER, Role.REPRESENTATIVE)
}
DRAFT = add("commitments.draft", gettext_noop("draft and amend plans"), OFFICE)
AGREE = add(
    "commitments.agree",
    gettext_noop("agree to plans for one’s body"),
    {**ORGANISATIONS, SECRETARIAT_HEAD: Reach.OWN, CHAIR: Reach.OWN, DEPUTY: Reach.OWN},
)
APPROVE = add("commitments.approve", gettext_noop("approve plans"), {CHAIR: Reach.OWN})
REPORT = add(
    "commitments.report",
    gettext_noop("report on commitments of one’s body"),
    {
        **ORGANISATIONS,
        SECRETARIAT_HEAD: Reach.OWN,
        SECRETARIAT_OFFICER: Reach.OWN,
        # Councils without an office of their own report by their chair or secretary.
        CHAIR: Reach.OWN,
        SECRETARY: Reach.OWN,
    },
)
CONTROL = add(
    "commitments.control",
    gettext_noop("control execution and give the controller’s opinion"),
    OFFICE,
)
ISSUE = add(
    "commitments.issue",
    gettext_noop("remove from control, leave on control, extend terms"),
    {CHAIR: Reach.OWN, DEPUTY: Reach.OWN, SECRETARIAT_HEAD: Reach.TERRITORY},
)
REGULATE = add(
    "commitments.regulate",
    gettext_noop("set a body’s rules of control"),
    {CHAIR: Reach.OWN, SECRETARIAT_HEAD: Reach.TERRITORY},
)
