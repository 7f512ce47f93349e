"""What may be done by which post, and how far it reaches. Rooms above add their own acts.

This table is all there is: no flag on a person, no group, no exception (`docs/rights.md` is
written from it). A right is held through a mandate and ends with it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_noop

from kelisim.bodies.states import Nature, Role

type Post = tuple[Nature, Role]


class Reach(StrEnum):
    """Over which bodies a right is held. A secretariat acts for the body that it serves."""

    OWN = "own"
    """That body; a secretariat: itself and the body that it serves."""
    SUBTREE = "subtree"
    """And every body under it."""
    TERRITORY = "territory"
    """And every body in its territory; the whole country's secretariat reaches every body."""
    COUNCIL = "council"
    """Everything, but only from the top body or its secretariat."""


@dataclass(frozen=True, slots=True)
class Right:
    """An act, its words (a message id), and who may do it."""

    key: str
    words: str
    posts: Mapping[Post, Reach]


RIGHTS: dict[str, Right] = {}

SECRETARIAT_HEAD: Post = (Nature.SECRETARIAT, Role.HEAD)
SECRETARIAT_OFFICER: Post = (Nature.SECRETARIAT, Role.OFFICER)
CHAIR: Post = (Nature.COUNCIL, Role.CHAIR)
DEPUTY: Post = (Nature.COUNCIL, Role.DEPUTY)
SECRETARY: Post = (Nature.COUNCIL, Role.SECRETARY)
MEMBER: Post = (Nature.COUNCIL, Role.MEMBER)

WEIGHTY = frozenset({SECRETARIAT_HEAD, CHAIR})
"""Posts that act in the council's name: their holders prove themselves twice where it counts."""


def add(key: str, words: str, posts: Mapping[Post, Reach]) -> str:
    """Let posts do an act; gives the key back. Each act is added once."""
    if key in RIGHTS and RIGHTS[key] != Right(key, words, posts):
        raise ValueError(f"{key} is there already.")
    RIGHTS[key] = Right(key, words, posts)
    return key


def reach(post: Post, right: str) -> Reach | None:
    """How far a post's right goes; None where it has none."""
    return RIGHTS[right].posts.get(post)


def table() -> list[tuple[Right, Post, Reach]]:
    """Every line of the table, in order."""
    return [
        (right, post, far)
        for _key, right in sorted(RIGHTS.items())
        for post, far in sorted(right.posts.items())
    ]


BOTH = {SECRETARIAT_HEAD: Reach.TERRITORY, SECRETARIAT_OFFICER: Reach.TERRITORY}
HEADS = {SECRETARIAT_HEAD: Reach.TERRITORY}
OWN_ORGANISATION: dict[Post, Reach] = {
    (nature, role): Reach.OWN
    for nature in (Nature.ASSOCIATION, Nature.PARTNER)
    for role in (Role.LEADER, Role.REPRESENTATIVE)
}

FOUND = add("bodies.found", gettext_noop("found, rename and dissolve bodies"), HEADS)
DESCRIBE = add("bodies.describe", gettext_noop("keep a body's names and contacts"), BOTH)
APPOINT = add(
    "bodies.appoint",
    gettext_noop("appoint, suspend and end mandates"),
    {**HEADS, CHAIR: Reach.SUBTREE},
)
CONSENT = add("bodies.consent", gettext_noop("give or refuse consent to an appointment"), HEADS)
SEE_OFFICE = add(
    "bodies.see_office",
    gettext_noop("see contacts meant for the office"),
    {**BOTH, **OWN_ORGANISATION},
)
REGISTER = add("bodies.register", gettext_noop("keep the register of associations"), BOTH)
VERIFY = add("bodies.verify", gettext_noop("verify facts of the register"), BOTH)
ACCREDIT = add("bodies.accredit", gettext_noop("enter public accreditations"), HEADS)
MERGE = add("bodies.merge", gettext_noop("merge doubles in the register"), HEADS)
IMPORT = add("bodies.import", gettext_noop("import the register from a table"), BOTH)
PROPOSE = add(
    "bodies.propose", gettext_noop("propose changes to one's own record"), OWN_ORGANISATION
)
HAND_IN = add(
    "bodies.hand_in",
    gettext_noop("hand in the yearly plan and report"),
    {**OWN_ORGANISATION, **BOTH},
)
