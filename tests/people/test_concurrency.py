"""Two administrators who dismiss each other at the same moment: one of them stays."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from kelisim.people import actions
from kelisim.people.models import Person
from kelisim.refusals import Refused


@pytest.mark.django_db(transaction=True)
def test_two_administrators_cannot_dismiss_each_other_at_once(invite):
    first, second = invite("first", is_staff=True), invite("second", is_staff=True)
    together = Barrier(2)

    def dismiss(whom: Person, by: Person) -> bool:
        together.wait()
        try:
            actions.withdraw(whom.pk, by=by, at=timezone.now())
        except Refused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(dismiss, [first, second], [second, first]))
    assert sorted(done) == [False, True]
    assert Person.objects.filter(is_staff=True).count() == 1
