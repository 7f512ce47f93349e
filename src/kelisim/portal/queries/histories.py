"""What became of a provision through the versions of its charter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext

from kelisim.charter.models import Provision, Succession
from kelisim.charter.states import Relation, VersionState
from kelisim.portal.queries.heads import Head

# Every earlier and every later form of one provision, in one question to either database.
FORMS = """
WITH RECURSIVE
earlier(id) AS (
    SELECT CAST(%s AS bigint)
    UNION
    SELECT s.old_id FROM charter_succession s JOIN earlier ON s.new_id = earlier.id
    WHERE s.old_id IS NOT NULL
),
later(id) AS (
    SELECT CAST(%s AS bigint)
    UNION
    SELECT s.new_id FROM charter_succession s JOIN later ON s.old_id = later.id
    WHERE s.new_id IS NOT NULL
)
SELECT id FROM earlier UNION SELECT id FROM later
"""


@dataclass(frozen=True, slots=True)
class Moment:
    """What happened to the provision in one version."""

    number: int
    day: date
    href: str
    change: str
    compare: str
    here: bool


def forms(provision: int) -> list[Provision]:
    """The provision in every published version in which it stands; two queries."""
    with connection.cursor() as cursor:
        cursor.execute(FORMS, [provision, provision])
        keys = [key for (key,) in cursor.fetchall()]
    found = Provision.objects.filter(pk__in=keys, version__state=VersionState.PUBLISHED)
    return list(found.select_related("version").order_by("version__number", "position"))


def history(head: Head, provision: int) -> list[Moment]:
    """Every version in which something is to be said of the provision, oldest first.

    Three queries, however many versions there are.
    """
    standing = forms(provision)
    keys = [one.pk for one in standing]
    steps = list(
        Succession.objects.filter(
            Q(old__in=keys) | Q(new__in=keys), version__state=VersionState.PUBLISHED
        )
    )
    numbers = {version.pk: version for version in head.versions}
    moments = [moment(head, one, steps) for one in standing]
    ended = {step.version_id for step in steps if step.new_id is None} & set(numbers)
    moments += [
        Moment(
            number=numbers[pk].number,
            day=numbers[pk].in_force_from,
            href="",
            change=str(Relation.REPEALED.label),
            compare=compared(head, numbers[pk].number),
            here=False,
        )
        for pk in ended
    ]
    return sorted(moments, key=lambda one: one.number)


def moment(head: Head, form: Provision, steps: Sequence[Succession]) -> Moment:
    """What happened in the version of this form."""
    came = [step for step in steps if step.new_id == form.pk]
    number = form.version.number
    return Moment(
        number=number,
        day=form.version.in_force_from,
        href=reverse("portal:provision-of-version", args=[head.charter.slug, number, form.eid]),
        change=change(came),
        compare=compared(head, number)
        if any(one.relation != Relation.SAME for one in came)
        else "",
        here=form.version_id == head.version.pk,
    )


def change(came: Sequence[Succession]) -> str:
    """In a word how a form came from the one before."""
    if not came:
        return gettext("adopted")
    one = came[0]
    moved = Relation(one.relation).label
    if one.relation == Relation.MOVED and one.text_changed:
        return f"{moved}, {Relation.CHANGED.label}"
    return str(moved)


def compared(head: Head, number: int) -> str:
    """The comparison of this version with the one before it, if there is one."""
    older = [v.number for v in head.versions if v.number < number]
    if not older:
        return ""
    whole = reverse("portal:charter", args=[head.charter.slug])
    return f"{whole}compare/{older[-1]}/{number}/"


def later_form(slug: str, eid: str, current: int) -> Provision | None:
    """What a provision that the current version has not became; itself where it was repealed.

    Three queries, and only for an address that the current version does not know.
    """
    last = (
        Provision.objects.filter(
            version__charter__slug=slug, version__state=VersionState.PUBLISHED, eid=eid
        )
        .select_related("version")
        .order_by("-version__number")
        .first()
    )
    if last is None:
        return None
    now = [one for one in forms(last.pk) if one.version_id == current]
    return now[0] if now else last
