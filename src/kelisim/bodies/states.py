"""What kinds of bodies and posts there are to the law of the house, and how appointments move."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Nature(TextChoices):
    """What a body does in the council's life. Its kind, which is data, has one of these."""

    COUNCIL = "council", _("deliberates")
    SECRETARIAT = "secretariat", _("serves a council")
    ASSOCIATION = "association", _("is an association")
    STATE = "state", _("is a state body")
    PARTNER = "partner", _("is another organisation")


class Role(TextChoices):
    """A post as the house knows it; what it is called in a body is that body's own words."""

    CHAIR = "chair", _("chair")
    DEPUTY = "deputy", _("deputy chair")
    SECRETARY = "secretary", _("secretary of the meeting")
    MEMBER = "member", _("member")
    OBSERVER = "observer", _("observer")
    HEAD = "head", _("head of the secretariat")
    OFFICER = "officer", _("officer of the secretariat")
    LEADER = "leader", _("leader")
    REPRESENTATIVE = "representative", _("representative")


COLLEGIAL = (Role.CHAIR, Role.DEPUTY, Role.SECRETARY, Role.MEMBER, Role.OBSERVER)
ORGANISED = (Role.LEADER, Role.REPRESENTATIVE)
ROLES: dict[Nature, tuple[Role, ...]] = {
    Nature.COUNCIL: COLLEGIAL,
    Nature.SECRETARIAT: (Role.HEAD, Role.OFFICER),
    Nature.ASSOCIATION: ORGANISED,
    Nature.STATE: ORGANISED,
    Nature.PARTNER: ORGANISED,
}


class AppointmentState(TextChoices):
    """The way of an appointment that needs another body's consent."""

    ASKED = "asked", _("consent asked for")
    GIVEN = "given", _("consent given")
    REFUSED = "refused", _("consent refused")
    WITHDRAWN = "withdrawn", _("withdrawn")
    APPOINTED = "appointed", _("appointed")


NEXT_APPOINTMENT = {
    AppointmentState.ASKED: {
        AppointmentState.GIVEN,
        AppointmentState.REFUSED,
        AppointmentState.WITHDRAWN,
    },
    AppointmentState.GIVEN: {AppointmentState.APPOINTED, AppointmentState.WITHDRAWN},
    AppointmentState.REFUSED: set[AppointmentState](),
    AppointmentState.WITHDRAWN: set[AppointmentState](),
    AppointmentState.APPOINTED: set[AppointmentState](),
}


class Level(TextChoices):
    """On which level an association works."""

    REPUBLICAN = "republican", _("republican")
    REGIONAL = "regional", _("regional")
    LOCAL = "local", _("local")


class FactState(TextChoices):
    """How sure the register is of a fact."""

    DECLARED = "declared", _("declared")
    VERIFIED = "verified", _("verified")
    DUE = "due", _("due again")


NEXT_FACT = {
    FactState.DECLARED: {FactState.VERIFIED},
    FactState.VERIFIED: {FactState.DUE, FactState.DECLARED},
    FactState.DUE: {FactState.VERIFIED, FactState.DECLARED},
}


class ProposalState(TextChoices):
    """The way of a change that an association proposes to its record."""

    PROPOSED = "proposed", _("proposed")
    ACCEPTED = "accepted", _("accepted")
    RETURNED = "returned", _("returned")
    WITHDRAWN = "withdrawn", _("withdrawn")


NEXT_PROPOSAL = {
    ProposalState.PROPOSED: {
        ProposalState.ACCEPTED,
        ProposalState.RETURNED,
        ProposalState.WITHDRAWN,
    },
    ProposalState.ACCEPTED: set[ProposalState](),
    ProposalState.RETURNED: set[ProposalState](),
    ProposalState.WITHDRAWN: set[ProposalState](),
}


class TagKind(TextChoices):
    """By what an association can be found besides its name."""

    COMMUNITY = "community", _("community whose culture it keeps")
    LANGUAGE = "language", _("language taught")
    ACTIVITY = "activity", _("activity")


class OfferingKind(TextChoices):
    """What a body has to offer, with a name and a place of its own."""

    SCHOOL = "school", _("Sunday school")
    COURSE = "course", _("course")
    COLLECTIVE = "collective", _("collective")
    ROOM = "room", _("room")


class YearlyKind(TextChoices):
    PLAN = "plan", _("work plan")
    REPORT = "report", _("yearly report")
