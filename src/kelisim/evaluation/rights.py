"""Who keeps results, writes reports for a period and publishes them."""

from django.utils.translation import gettext_noop

from kelisim.bodies.rights import CHAIR, SECRETARIAT_HEAD, SECRETARIAT_OFFICER, Post, Reach, add

OFFICE: dict[Post, Reach] = {
    SECRETARIAT_HEAD: Reach.TERRITORY,
    SECRETARIAT_OFFICER: Reach.TERRITORY,
}

KEEP = add(
    "evaluation.keep",
    gettext_noop("keep the results of a charter, their indicators and links"),
    {SECRETARIAT_HEAD: Reach.COUNCIL, SECRETARIAT_OFFICER: Reach.COUNCIL},
)
RUN = add("evaluation.run", gettext_noop("compute and keep effectiveness of bodies"), OFFICE)
WRITE = add("evaluation.write", gettext_noop("write reports for a period"), OFFICE)
PUBLISH = add(
    "evaluation.publish",
    gettext_noop("publish reports for a period"),
    {SECRETARIAT_HEAD: Reach.TERRITORY, CHAIR: Reach.OWN},
)
