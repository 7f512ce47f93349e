"""The API of charters keeps to its own description, whatever it is asked."""

import pytest
import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings

pytestmark = pytest.mark.django_db


@pytest.fixture
def application():
    """The site as a server runs it, but on the test's one connection."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield get_wsgi_application()
    for signal in signals:
        signal.connect(close_old_connections)


def test_every_answer_is_as_described(second, application):
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    asked = 0
    for result in schema.get_all_operations():
        operation = result.ok()
        if "/charters" not in operation.path:
            continue
        asked += 1

        @settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy())
        def holds(case):
            # Addresses of what is there, too: chance alone would never find them.
            for number in ("number", "a"):
                if number in (case.path_parameters or {}):
                    case.path_parameters |= {"slug": "library", number: 1}
            cache.clear()  # nobody has asked too often
            case.call_and_validate(headers={"Accept-Encoding": "identity"})

        holds()
    assert asked == 7
