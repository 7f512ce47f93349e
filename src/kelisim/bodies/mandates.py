"""In whose name acts are done: the posts, as the ledger names them for ever."""

from kelisim.bodies.states import Nature, Role
from kelisim.ledger.mandates import Mandate

POSTS: dict[tuple[Nature, Role], Mandate] = {
    (Nature.COUNCIL, Role.CHAIR): Mandate("bodies.council.chair", "chair of a council"),
    (Nature.COUNCIL, Role.DEPUTY): Mandate("bodies.council.deputy", "deputy chair of a council"),
    (Nature.COUNCIL, Role.SECRETARY): Mandate("bodies.council.secretary", "secretary of a council"),
    (Nature.COUNCIL, Role.MEMBER): Mandate("bodies.council.member", "member of a council"),
    (Nature.COUNCIL, Role.OBSERVER): Mandate("bodies.council.observer", "observer at a council"),
    (Nature.SECRETARIAT, Role.HEAD): Mandate("bodies.secretariat.head", "head of a secretariat"),
    (Nature.SECRETARIAT, Role.OFFICER): Mandate(
        "bodies.secretariat.officer", "officer of a secretariat"
    ),
    (Nature.ASSOCIATION, Role.LEADER): Mandate(
        "bodies.association.leader", "leader of an association"
    ),
    (Nature.ASSOCIATION, Role.REPRESENTATIVE): Mandate(
        "bodies.association.representative", "representative of an association"
    ),
    (Nature.STATE, Role.LEADER): Mandate("bodies.state.leader", "leader of a state body"),
    (Nature.STATE, Role.REPRESENTATIVE): Mandate(
        "bodies.state.representative", "representative of a state body"
    ),
    (Nature.PARTNER, Role.LEADER): Mandate("bodies.partner.leader", "leader of an organisation"),
    (Nature.PARTNER, Role.REPRESENTATIVE): Mandate(
        "bodies.partner.representative", "representative of an organisation"
    ),
}

HEADS = (Role.CHAIR, Role.HEAD, Role.LEADER)


def answers(nature: Nature) -> Mandate:
    """The post that answers for a body's work: overdue work names it and the body, no person."""
    return next(POSTS[nature, role] for role in HEADS if (nature, role) in POSTS)
