"""Who keeps comparisons and results of the charter, who writes and publishes period reports."""

from django.utils.translation import gettext_noop

from kelisim.bodies.rights import CHAIR, SECRETARIAT_HEAD, SECRETARIAT_OFFICER, Post, Reach, add

OFFICE: dict[Post, Reach] = {
    SECRETARIAT_HEAD: Reach.TERRITORY,
    SECRETARIAT_OFFICER: Reach.TERRITORY,
}

RUN = add("evaluation.run", gettext_noop("compute and keep effectiveness of bodies"), OFFICE)
WRITE = add("evaluation.write", gettext_noop("write and compute reports for a period"), OFFICE)
PUBLISH = add(
    "evaluation.publish",
    gettext_noop("publish reports for a period that somebody else computed"),
    {SECRETARIAT_HEAD: Reach.TERRITORY, CHAIR: Reach.SUBTREE},
)
KEEP = add(
    "evaluation.keep",
    gettext_noop("keep the results of the charter, their indicators and values"),
    {SECRETARIAT_HEAD: Reach.COUNCIL, SECRETARIAT_OFFICER: Reach.COUNCIL},
)
