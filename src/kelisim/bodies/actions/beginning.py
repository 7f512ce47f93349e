"""The council's beginning: the operator of the server founds it and seats its first head."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localtime

from kelisim.bodies.actions.founding import found
from kelisim.bodies.actions.mandates import appoint, establish
from kelisim.bodies.models import Body
from kelisim.bodies.rules import founding as rules
from kelisim.bodies.states import Role
from kelisim.refusals import require

if TYPE_CHECKING:
    from kelisim.people.models import Person

SECRETARIAT = {"kk": "Хатшылық", "ru": "Секретариат", "en": "Secretariat"}


@transaction.atomic
def begin_council(
    *,
    name: Mapping[str, str],
    head: "Person",
    secretariat: Mapping[str, str] | None = None,
    invented: bool = False,
    at: datetime,
) -> Body:
    """Found the top body and its secretariat; its head then appoints everybody else. Once."""
    require(rules.may_begin(begun=Body.objects.filter(kind="assembly", parent=None).exists()))
    day = localtime(at).date()
    council = found(kind="assembly", name=name, on=day, invented=invented, by=None, at=at)
    office = found(
        kind="secretariat",
        name=secretariat or SECRETARIAT,
        parent=council,
        on=day,
        invented=invented,
        by=None,
        at=at,
    )
    seat = establish(office.pk, role=Role.HEAD, places=1, by=None, at=at)
    establish(office.pk, role=Role.OFFICER, by=None, at=at)
    appoint(seat.pk, person=head, since=day, by=None, at=at)
    return council
