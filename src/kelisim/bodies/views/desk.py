"""What an association proposes and what the office decides; doubles, merged and parted."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kelisim.bodies import rights
from kelisim.bodies.actions import merging, proposals
from kelisim.bodies.forms import record as record_forms
from kelisim.bodies.forms import register as forms
from kelisim.bodies.models import Merging, Proposal
from kelisim.bodies.queries import doubles, office
from kelisim.bodies.queries.pages import WORDS
from kelisim.bodies.queries.record import facts_of
from kelisim.bodies.queries.showing import compared, dictionary, shown
from kelisim.bodies.rules import record as rules
from kelisim.bodies.states import ProposalState
from kelisim.bodies.trees.proposals import digest, meanwhile, side
from kelisim.bodies.trees.record import FIELDS, plain
from kelisim.bodies.views.access import (
    PersonRequest,
    done,
    page_asked,
    signed_in,
    tongue,
    with_right,
)
from kelisim.bodies.views.register import options, page, seen


@signed_in
def propose(request: PersonRequest, slug: str) -> HttpResponse:
    """An association's own people say what the record ought to say."""
    association = seen(request, slug, rights.PROPOSE)
    whole = office.whole(association, timezone.localdate())
    form = record_forms.Proposing(
        request.POST or None, facts=whole.facts, options=options(association.body)
    )

    def act() -> None:
        given = form.cleaned_data
        proposals.propose(
            association.pk,
            facts=form.facts(),
            source=given["source"],
            note=given["note"],
            by=request.user,
            at=timezone.now(),
        )

    said = _("Proposed. The secretariat of your territory decides and tells you here.")
    if form.is_valid() and done(request, act, form=form, said=said):
        return redirect("bodies:office-record", slug)
    last = next(iter(whole.proposals), None)
    return page(
        request,
        "facts",
        form=form,
        body=association.body,
        heading=_("Propose a change"),
        button=_("Propose"),
        returned=last if last and last.state == ProposalState.RETURNED else None,
    )


def asked_proposal(request: PersonRequest, pk: int) -> Proposal:
    """A proposal that somebody may decide on, or whose record is theirs; 404, or 403."""
    proposal = office.proposal(pk)
    if proposal is None:
        raise Http404(pk)
    body = proposal.association.body
    if not (request.held.may(rights.VERIFY, body) or request.held.may(rights.PROPOSE, body)):
        raise PermissionDenied
    return proposal


@signed_in
def proposal(request: PersonRequest, pk: int) -> HttpResponse:
    """A proposal beside what the record says now; accepted, returned, withdrawn."""
    found = asked_proposal(request, pk)
    body = found.association.body
    on = timezone.localdate()
    now = facts_of([found.association], on)[found.association_id]
    open_one = found.state == ProposalState.PROPOSED
    changed = meanwhile(now, found.changes) if open_one else []
    act = request.POST.get("act", "")
    accepting = forms.Accepting(
        request.POST if act == "accept" else None,
        changed=bool(changed),
    )
    returning = forms.Returning(request.POST if act == "return" else None)
    if request.method == "POST" and decided(request, found, act, accepting, returning):
        return redirect("bodies:proposal", pk)
    # What was proposed long ago is shown beside what was then, not beside what came of it.
    values = plain(now) if open_one else {}
    every = [each for sides in found.changes.values() for each in sides]
    by = dictionary([*every, plain(now)], on, tongue())
    own = found.proposed_by_id == request.user.pk
    return page(
        request,
        "proposal",
        proposal=found,
        body=body,
        rows=[
            (WORDS[fact], compared(was, becomes, values or becomes, by))
            for fact, (was, becomes) in found.changes.items()
        ],
        changed=[WORDS[fact] for fact in changed],
        now=digest(now, found.changes),
        form=returning if act == "return" else accepting,
        accepting=accepting,
        returning=returning,
        decides=rules.may_decide(request.held, found, ProposalState.ACCEPTED, own=own) is None,
        withdraws=rules.may_withdraw(request.held, found) is None,
    )


def decided(
    request: PersonRequest,
    found: Proposal,
    act: str,
    accepting: forms.Accepting,
    returning: forms.Returning,
) -> bool:
    """Do what was pressed, or say at its form why not."""
    own: dict[str, Any] = {"by": request.user, "at": timezone.now()}
    if act == "accept":
        if not accepting.is_valid():
            return False
        given = accepting.cleaned_data
        return done(
            request,
            lambda: proposals.accept(
                found.pk,
                verified=not given["declared"],
                looked=request.POST.get("now", "") if given.get("looked") else "",
                **own,
            ),
            form=accepting,
            said=_("Accepted. The record says so now."),
        )
    if act == "return":
        return returning.is_valid() and done(
            request,
            lambda: proposals.return_(found.pk, reason=returning.cleaned_data["reason"], **own),
            form=returning,
            said=_("Returned with the reason."),
        )
    if act == "withdraw":
        done(request, lambda: proposals.withdraw(found.pk, **own), said=_("Withdrawn."))
        return True
    raise Http404(act)


@with_right(rights.MERGE)
def pairs(request: PersonRequest) -> HttpResponse:
    """Likely doubles, the likeliest first."""
    found = Paginator(doubles.pairs(request.held), office.PAGE).get_page(page_asked(request))
    return page(request, "doubles", page=found, query="")


@require_POST
@with_right(rights.MERGE)
def look_again(_request: PersonRequest) -> HttpResponse:
    """Compare the register with itself now, not only at night."""
    merging.look_for_doubles(at=timezone.now())
    return redirect("bodies:doubles")


@with_right(rights.MERGE)
def merge(request: PersonRequest, one: str, other: str) -> HttpResponse:
    """Two records side by side: merged, or told apart."""
    both = {slug: seen(request, slug, rights.MERGE) for slug in (one, other)}
    if one == other or any(row.body.merged_into_id for row in both.values()):
        raise Http404(one)
    on = timezone.localdate()
    facts = facts_of(both.values(), on)
    sides = {slug: plain(facts[row.pk]) for slug, row in both.items()}
    different = [fact for fact in FIELDS if side(sides[one], fact) != side(sides[other], fact)]
    act = request.POST.get("act", "")
    form = forms.Merging(
        request.POST if act == "merge" else None,
        records=[(slug, str(row.body)) for slug, row in both.items()],
        facts=[(fact, str(WORDS[fact])) for fact in different],
        initial={"keep": one},
    )
    apart = forms.Because(request.POST if act == "apart" else None, prefix="apart")
    own: dict[str, Any] = {"by": request.user, "at": timezone.now()}

    def join() -> None:
        given = form.cleaned_data
        away = other if given["keep"] == one else one
        merging.merge(
            both[given["keep"]].pk,
            both[away].pk,
            take=given["take"],
            because=given["because"],
            **own,
        )

    if act == "merge" and form.is_valid() and done(request, join, form=form, said=_("Merged.")):
        return redirect("bodies:office-record", form.cleaned_data["keep"])
    if (
        act == "apart"
        and apart.is_valid()
        and done(
            request,
            lambda: merging.tell_apart(
                both[one].pk, both[other].pk, because=apart.cleaned_data["because"], **own
            ),
            form=apart,
            said=_("Noted: these are two associations."),
        )
    ):
        return redirect("bodies:doubles")
    by = dictionary(sides.values(), on, tongue())
    return page(
        request,
        "merge",
        records=list(both.values()),
        rows=[
            (
                WORDS[fact],
                fact in different,
                [shown(side(values, fact), by) for values in sides.values()],
            )
            for fact in FIELDS
        ],
        form=apart if act == "apart" else form,
        merging=form,
        apart=apart,
    )


@require_POST
@with_right(rights.MERGE)
def unmerge(request: PersonRequest, pk: int) -> HttpResponse:
    """Part what was merged."""
    row = Merging.objects.filter(pk=pk).select_related("kept__body").first()
    if row is None:
        raise Http404(pk)
    association = seen(request, row.kept.body.slug, rights.MERGE)
    done(
        request,
        lambda: merging.unmerge(pk, by=request.user, at=timezone.now()),
        said=_("Parted again."),
    )
    return redirect("bodies:office-record", association.body.slug)
