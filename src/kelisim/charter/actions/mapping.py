"""Keep the mapping old → new in step with a draft that is still being edited."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from kelisim.bodies.queries.powers import powers_at
from kelisim.charter.actions.publishing import submit
from kelisim.charter.actions.succession import propose_successions
from kelisim.charter.models import Version
from kelisim.charter.rules import publishing as rules
from kelisim.refusals import require

if TYPE_CHECKING:
    from kelisim.people.models import Person


@transaction.atomic
def propose_again(version_id: int, *, by: "Person", at: datetime) -> Version:
    """Compare once more; what a person confirmed stays as long as both its ends exist."""
    version = Version.objects.select_for_update(of=("self",)).get(pk=version_id)
    require(rules.may_confirm(version, by, powers_at(by, at)))
    propose_successions(version)
    return version


@transaction.atomic
def hand_over(version_id: int, *, by: "Person", at: datetime) -> Version:
    """Submit a draft whose mapping has every provision of both versions, as they are now."""
    version = submit(version_id, by=by, at=at)
    propose_successions(version)
    return version
