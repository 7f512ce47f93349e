"""What a person may do on a day, by the mandates that they hold on it and by nothing else."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localtime

from kelisim.bodies.mandates import POSTS
from kelisim.bodies.models import Body, Deputising, Mandate, Suspension
from kelisim.bodies.rights import RIGHTS, Reach, reach
from kelisim.bodies.states import Nature, Role
from kelisim.ledger.mandates import Mandate as InTheNameOf

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from kelisim.people.models import Person


@dataclass(frozen=True, slots=True)
class Held:
    """One post that a person holds, and the body for which it acts."""

    nature: Nature
    role: Role
    body: Body
    anchor: Body
    mandate_id: int

    def reach(self, right: str) -> Reach | None:
        return reach((self.nature, self.role), right)

    def over(self, right: str, body: Body | None) -> bool:
        """Whether the post gives a right, over this body or (None) anywhere."""
        far = self.reach(right)
        if far is None:
            return False
        if far is Reach.COUNCIL:
            return self.anchor.parent_id is None
        return body is None or self.reaches(far, body)

    def reaches(self, far: Reach, body: Body) -> bool:
        if body.pk in {self.body.pk, self.anchor.pk}:
            return True
        if far is Reach.OWN:
            return False
        if body.path.startswith(self.anchor.path):
            return True
        return far is Reach.TERRITORY and self.holds_ground(body)

    def holds_ground(self, body: Body) -> bool:
        """Whether a body's territory lies in the anchor's; the top body's is the whole country."""
        ours, theirs = self.anchor.unit, body.unit
        if ours is None:
            return self.anchor.parent_id is None
        return theirs is not None and ours.kato in {
            theirs.kato,
            theirs.parent.kato if theirs.parent else "",
        }

    def bodies(self, right: str) -> Q | None:
        """The bodies over which the post gives a right; None when over none."""
        far = self.reach(right)
        top = self.anchor.parent_id is None
        if far is None or (far is Reach.COUNCIL and not top):
            return None
        whole = far is Reach.TERRITORY and self.anchor.unit is None and top
        if far is Reach.COUNCIL or whole:
            return Q(pk__isnull=False)
        found = Q(pk__in={self.body.pk, self.anchor.pk})
        if far in {Reach.SUBTREE, Reach.TERRITORY}:
            found |= Q(path__startswith=self.anchor.path)
        if far is Reach.TERRITORY and self.anchor.unit:
            kato = self.anchor.unit.kato
            found |= Q(unit__kato=kato) | Q(unit__parent__kato=kato)
        return found


@dataclass(frozen=True, slots=True)
class Powers:
    """All that a person may do on a day."""

    held: tuple[Held, ...] = ()
    operator: bool = False
    """Whoever holds the server and types the command there: the first mandates come from them."""

    def __bool__(self) -> bool:
        return bool(self.held) or self.operator

    def may(self, right: str, body: Body | None = None) -> bool:
        """Whether they may do it to a body, or (None) to any body at all."""
        return self.operator or any(post.over(right, body) for post in self.held)

    def mandate(self, right: str, body: Body | None = None) -> InTheNameOf:
        """In whose name they do it: what the ledger notes. Ask `may` first."""
        if self.operator:
            return OPERATOR
        post = next(post for post in self.held if post.over(right, body))
        return POSTS[post.nature, post.role]

    def reached(self, right: str) -> Q:
        """The bodies over which they may do it, for a list of Body."""
        if self.operator:
            return Q(pk__isnull=False)
        found = Q(pk__in=())
        for post in self.held:
            found |= post.bodies(right) or Q(pk__in=())
        return found

    def roles(self, right: str, body: Body | None = None) -> frozenset[Role]:
        """The posts by which they may do it; empty for the operator, who has none."""
        return frozenset(post.role for post in self.held if post.over(right, body))

    def rights(self) -> frozenset[str]:
        """Everything that they may do somewhere."""
        return frozenset(key for key in RIGHTS if self.may(key))

    def seats_in(self, body: Body) -> Iterator[Held]:
        """The posts that they hold in a body itself."""
        return (post for post in self.held if post.body.pk == body.pk)


OPERATOR = InTheNameOf("people.operator", "operator of the server")
NOTHING = Powers()
BODIES = ("seat__body__kind", "seat__body__unit__parent")


def current(mandates: QuerySet[Mandate], on: date) -> QuerySet[Mandate]:
    """Those that are held on a day; its last day is the one before `until`."""
    return mandates.filter(Q(until__isnull=True) | Q(until__gt=on), since__lte=on)


def acting(mandates: QuerySet[Mandate], on: date) -> QuerySet[Mandate]:
    """Those held on a day that do not rest."""
    resting = Suspension.objects.filter(
        Q(until__isnull=True) | Q(until__gt=on), mandate=OuterRef("pk"), since__lte=on
    )
    return current(mandates, on).exclude(Exists(resting))


def powers(person: "Person | AnonymousUser | None", on: date) -> Powers:
    """What a person may do on a day; None is the operator of the server. At most four queries.

    Whoever deputises has the rights of that seat too, as long as both mandates stand.
    """
    if person is None:
        return Powers(operator=True)
    if not person.is_active or person.pk is None:
        return NOTHING
    return of(exercised([person.pk], on)[person.pk])


def exercised(people: Collection[int], on: date) -> dict[int, list[Mandate]]:
    """The mandates by which each of these people acts on a day.

    Their own, then those of others for whom they deputise. Two queries for all of them; one more
    where somebody is of a secretariat, and one where somebody deputises.
    """
    own = acting(Mandate.objects.filter(person__in=people), on).select_related(*BODIES)
    found: dict[int, list[Mandate]] = {pk: [] for pk in people}
    whose = {mandate.pk: found[mandate.person_id] for mandate in own if mandate.person_id}
    for mandate in own:
        whose[mandate.pk].append(mandate)
    if whose:
        stood_for = list(
            Deputising.objects.filter(deputy__in=whose, since__lte=on, until__gt=on).values_list(
                "deputy", "mandate"
            )
        )
        if stood_for:
            theirs = current(Mandate.objects.select_related(*BODIES), on).in_bulk(
                [mandate for _deputy, mandate in stood_for]
            )
            for deputy, stood in stood_for:
                if stood in theirs:
                    whose[deputy].append(theirs[stood])
    join_parents([mandate.seat.body for mandates in found.values() for mandate in mandates])
    return found


def join_parents(bodies: Iterable[Body]) -> None:
    """Give secretariats the bodies above them: they act for one of those. At most one query."""
    offices = [body for body in bodies if body.nature is Nature.SECRETARIAT]
    above = {int(pk) for body in offices for pk in body.path.strip("/").split("/") if pk}
    if not above:
        return
    known = Body.objects.select_related("kind", "unit__parent").in_bulk(above)
    for body in (*known.values(), *offices):
        if body.parent_id in known:
            body.parent = known[body.parent_id]


def powers_at(person: "Person | AnonymousUser | None", at: datetime) -> Powers:
    """The same on the local day of a moment."""
    return powers(person, localtime(at).date())


def of(mandates: Iterable[Mandate]) -> Powers:
    """The powers that mandates give; their bodies must have been read."""
    return Powers(tuple(held(mandate) for mandate in mandates))


def held(mandate: Mandate) -> Held:
    body = mandate.seat.body
    nature = body.nature
    return Held(nature, Role(mandate.seat.role), body, served(body), mandate.pk)


def served(body: Body) -> Body:
    """The body that a secretariat or its sector acts for; any other acts for itself."""
    while body.nature is Nature.SECRETARIAT and body.parent:
        body = body.parent
    return body
