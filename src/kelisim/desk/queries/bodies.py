"""Bodies and the register on the desk: proposals, facts, consents, posts, plans and reports."""

from collections.abc import Iterable, Iterator, Mapping

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kelisim.bodies.models import Appointment, Proposal
from kelisim.bodies.queries.posts import Due, Post
from kelisim.bodies.queries.waiting import Waiting
from kelisim.bodies.queries.yearly import expected_since
from kelisim.bodies.states import Role, YearlyKind
from kelisim.desk.queries.items import Item, begins
from kelisim.pages.templatetags.kelisim import figure, plainly


def waiting(there: Waiting) -> Iterator[Item]:
    """What of bodies and the register needs my act."""
    yield from to_decide(there)
    yield from returned(there.returned)
    yield from consents(there)
    yield from keeping(there)
    yield from own(there)
    yield from map(post, there.posts)


def expected(there: Waiting) -> Iterator[Item]:
    """What of it others are to do next."""
    for row in there.proposed:
        yield Item(
            since=row.proposed_at,
            matter=_("My proposed change is being looked at"),
            title=row.association.body.name,
            detail="",
            of="",
            act=_("Look"),
            address=reverse("bodies:proposal", args=[row.pk]),
            state="underway",
        )
    for each in there.asked:
        yield consent(each, _("Consent is asked for"), _("Look"), plainly(each.consent_of.name))


def to_decide(there: Waiting) -> Iterator[Item]:
    for row in there.to_decide:
        yield Item(
            since=row.proposed_at,
            matter=_("To accept or return: a change of the register"),
            title=row.association.body.name,
            detail=row.note,
            of=str(row.proposed_by),
            act=_("Decide"),
            address=reverse("bodies:proposal", args=[row.pk]),
            state="underway",
        )
    if there.more_to_decide:
        yield Item(
            since=None,
            matter=_("More changes of the register wait"),
            title={},
            detail="",
            of="",
            act=_("Look"),
            address=f"{reverse('bodies:register')}?state=proposed",
            state="underway",
        )


def returned(rows: Iterable[Proposal]) -> Iterator[Item]:
    """Changes of my association that came back."""
    for row in rows:
        yield Item(
            since=row.decided_at,
            matter=_("Returned: a proposed change"),
            title=row.association.body.name,
            detail=row.reason,
            of=str(row.decided_by or ""),
            act=_("Propose again"),
            address=reverse("bodies:propose", args=[row.association.body.slug]),
            state="risk",
        )


def consents(there: Waiting) -> Iterator[Item]:
    """Consents asked of my body; appointments of mine that were consented to."""
    for row in there.consents:
        yield consent(row, _("Our consent is asked for"), _("Decide"), str(row.asked_by))
    for row in there.consented:
        yield consent(row, _("Consent is given: appoint"), _("Appoint"), str(row.decided_by or ""))


def consent(row: Appointment, matter: str, act: str, of: str) -> Item:
    return Item(
        since=row.decided_at or row.asked_at,
        matter=matter,
        title=row.seat.body.name,
        detail=called(row.seat.words, row.seat.role),
        of=of,
        act=act,
        address=reverse("bodies:appointment", args=[row.pk]),
        state="underway",
    )


def called(words: Mapping[str, str], role: str) -> str:
    return plainly(words) or str(Role(role).label)


def keeping(there: Waiting) -> Iterator[Item]:
    """What of the register I keep: facts due again, reports missing, accreditations that end."""
    if there.due:
        number = there.due.records
        yield Item(
            since=begins(there.due.since),
            on=there.due.since,
            matter=_("Facts of the register are due again"),
            title={},
            detail=ngettext("%(number)s record", "%(number)s records", number)
            % {"number": figure(number)},
            of="",
            act=_("Verify"),
            address=reverse("bodies:due"),
            state="risk",
        )
    if there.without_report:
        number = there.without_report
        since = expected_since(YearlyKind.REPORT, there.report_year)
        yield Item(
            since=begins(since),
            on=since,
            matter=_("Reports for %(year)s are missing") % {"year": there.report_year},
            title={},
            detail=ngettext("%(number)s association", "%(number)s associations", number)
            % {"number": figure(number)},
            of="",
            act=_("Look"),
            address=reverse("bodies:missing"),
            state="planned",
        )
    if there.accreditations:
        number = there.accreditations
        yield Item(
            since=begins(there.accredited_until),
            on=there.accredited_until,
            matter=_("Public accreditations end"),
            title={},
            detail=ngettext("%(number)s association", "%(number)s associations", number)
            % {"number": figure(number)},
            of="",
            act=_("Look"),
            address=reverse("bodies:accreditations"),
            state="risk",
        )


def own(there: Waiting) -> Iterator[Item]:
    """What my own association owes."""
    for missing in there.own_missing:
        plan = missing.kind is YearlyKind.PLAN
        words = _("Our work plan for %(year)s") if plan else _("Our report for %(year)s")
        address = reverse("bodies:hand-in", args=[missing.body.slug])
        yield Item(
            since=begins(missing.since),
            on=missing.since,
            matter=words % {"year": missing.year},
            title=missing.body.name,
            detail="",
            of="",
            act=_("Hand it in"),
            address=f"{address}?kind={missing.kind.value}&year={missing.year}",
            state="risk",
        )
    for association, number, since in there.own_due:
        yield Item(
            since=begins(since),
            on=since,
            matter=_("Facts of our record are due again"),
            title=association.body.name,
            detail=ngettext("%(number)s fact", "%(number)s facts", number)
            % {"number": figure(number)},
            of="",
            act=_("Look"),
            address=reverse("bodies:office-record", args=[association.body.slug]),
            state="risk",
        )


def post(one: Post) -> Item:
    """A post that is vacant, ends or goes round."""
    seat = one.seat
    if one.due is Due.VACANT:
        matter = ngettext("Vacant: %(number)s place", "Vacant: %(number)s places", one.places) % {
            "number": figure(one.places)
        }
        address, act, state = reverse("bodies:appoint", args=[seat.pk]), _("Appoint"), "planned"
    else:
        turns = one.due is Due.ROTATES
        matter = _("Goes round at the yearly session") if turns else _("A term ends")
        address = reverse("bodies:office-body", args=[seat.body.slug])
        act, state = _("Look"), "risk"
    held = f": {one.mandate.called}" if one.mandate else ""
    return Item(
        since=begins(one.on),
        on=one.on,
        matter=matter,
        title=seat.body.name,
        detail=f"{called(seat.words, seat.role)}{held}",
        of="",
        act=act,
        address=address,
        state=state,
    )
