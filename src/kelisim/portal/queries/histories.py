"""What became of a provision through the versions of its charter, in words."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext

from kelisim.charter.models import Provision
from kelisim.charter.queries import lineage
from kelisim.charter.states import Relation
from kelisim.portal.queries.heads import Head


@dataclass(frozen=True, slots=True)
class Moment:
    """What happened to the provision in one version."""

    number: int
    day: date
    href: str
    change: str
    compare: str
    here: bool


def history(head: Head, provision: int) -> list[Moment]:
    """Every version in which something is to be said of the provision, oldest first.

    Five queries, however many versions there are.
    """
    forms = lineage.forms(Provision(pk=provision))
    moments = [moment(head, form) for form in forms]
    ended = lineage.ended_in(forms[-1].provision)
    if ended:
        repealed = str(Relation.REPEALED.label)
        compare = compared(head, ended.number)
        moments.append(Moment(ended.number, ended.in_force_from, "", repealed, compare, here=False))
    return moments


def moment(head: Head, form: lineage.Form) -> Moment:
    """What happened in the version of this form."""
    version = form.provision.version
    place = [head.charter.slug, version.number, form.provision.eid]
    changed = form.relation not in {"", Relation.SAME}
    return Moment(
        number=version.number,
        day=version.in_force_from,
        href=reverse("portal:provision-of-version", args=place),
        change=change(form),
        compare=compared(head, version.number) if changed else "",
        here=version.pk == head.version.pk,
    )


def change(form: lineage.Form) -> str:
    """In a word how a form came from the one before."""
    if not form.relation:
        return gettext("adopted")
    words = str(Relation(form.relation).label)
    if form.relation == Relation.MOVED and form.text_changed:
        return f"{words}, {Relation.CHANGED.label}"
    return words


def compared(head: Head, number: int) -> str:
    """The comparison of this version with the one before it, if there is one."""
    older = [v.number for v in head.versions if v.number < number]
    if not older:
        return ""
    return reverse("charter:compare", args=[head.charter.slug, older[-1], number])
