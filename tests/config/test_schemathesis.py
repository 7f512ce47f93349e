"""The whole API keeps to its own description, whatever it is asked."""

import pytest
import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings

from kelisim.bodies.commands import load as load_bodies
from kelisim.cli import demonstration
from kelisim.territory.commands import load as load_territory

pytestmark = pytest.mark.django_db
KNOWN = {
    "slug": "neighbours",
    "number": 2,
    "a": 1,
    "b": 2,
    "kato": "630000000",
    "eid": "part_1",
    "key": 1,
    "year": 2026,
}


@pytest.fixture
def application(db):
    """The site with the demonstration in it, as a server runs it, on the test's one connection."""
    load_territory()
    load_bodies()
    demonstration.load(None, today=demonstration.date(2026, 11, 23), regions=2)
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield get_wsgi_application()
    for signal in signals:
        signal.connect(close_old_connections)


def test_every_operation_answers_as_described(application):
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    asked = []
    for result in schema.get_all_operations():
        operation = result.ok()
        asked.append(operation.path)
        check(operation)
    assert len(asked) >= 13


def check(operation):
    turn = iter(range(10_000))

    @settings(
        max_examples=16, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck)
    )
    @given(case=operation.as_strategy())
    def holds(case):
        # Every second question is for what is there: chance alone would never find it.
        if next(turn) % 2:
            case.path_parameters = {
                name: KNOWN.get(name, value) for name, value in (case.path_parameters or {}).items()
            }
        cache.clear()  # nobody has asked too often
        case.call_and_validate(headers={"Accept-Encoding": "identity"})

    holds()
