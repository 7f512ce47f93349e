"""Who computes and keeps comparisons of bodies."""

from django.utils.translation import gettext_noop

from kelisim.bodies.rights import SECRETARIAT_HEAD, SECRETARIAT_OFFICER, Post, Reach, add

OFFICE: dict[Post, Reach] = {
    SECRETARIAT_HEAD: Reach.TERRITORY,
    SECRETARIAT_OFFICER: Reach.TERRITORY,
}

RUN = add("evaluation.run", gettext_noop("compute and keep effectiveness of bodies"), OFFICE)
