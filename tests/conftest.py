"""What every test may ask for, and what this machine cannot give, by name."""

import os
import shutil
from importlib import import_module
from pathlib import Path

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import settings as hypothesis_settings

from kelisim.charter import guards as charters
from kelisim.ledger import guards

# Machines are noisy: no test of ours depends on how long something takes.
hypothesis_settings.register_profile("house", deadline=None)
hypothesis_settings.load_profile("house")

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
STRICT = os.environ.get("KELISIM_NOTHING_SKIPPED") == "1"


def asks_for_the_database(item) -> bool:
    """Whether a test can go otherwise on another database: by its marks, fixtures or processes."""
    marks = {mark.name for mark in item.iter_markers()}
    return bool(
        marks & {"django_db", "browser", "crash", "postgres"}
        or {"db", "transactional_db"} & set(getattr(item, "fixturenames", ()))
        or hasattr(item.module, "subprocess")
    )


def pytest_collection_modifyitems(config, items):
    """Crashes, which last longest, begin first, so that nobody waits for them at the end.

    What asks for no database was tried on SQLite already; once is enough.
    """
    items.sort(key=lambda item: item.get_closest_marker("crash") is None)
    if connection.vendor == "postgresql":
        tried = [item for item in items if not asks_for_the_database(item)]
        config.hook.pytest_deselected(items=tried)
        items[:] = [item for item in items if asks_for_the_database(item)]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data beside the checkout."""
    if not SHARED.is_dir():
        pytest.skip("../shared/data is not on this machine: real documents and figures")
    return SHARED


@pytest.fixture(scope="session")
def concept(shared_data) -> Path:
    """The real Concept of 2013, ugly as it came out of a PDF."""
    return shared_data / "charter" / "concept-2013.ru.md"


@pytest.fixture(scope="session")
def chromium() -> str:
    """Debian's browser; Playwright's own is never downloaded."""
    found = shutil.which("chromium")
    if not found:
        pytest.skip("Chromium is not on this machine: journeys in the browser")
    return found


@pytest.fixture(autouse=True)
def _fresh():
    """No test sees another's language, counters or rendered pages."""
    for cache in caches.all():
        cache.clear()
    yield
    translation.deactivate()


@pytest.fixture(scope="session", autouse=True)
def _the_addresses():
    """The API is built once, with the settings that hold outside of any test."""
    import_module("kelisim.config.urls")


@pytest.fixture(scope="session", autouse=True)
def _the_ledger_may_be_emptied_between_tests():
    """After a transactional test Django empties every table, which the database's guards refuse.

    Those of the ledger and of published charters stand aside for that moment. The signal that
    follows the emptying puts them back, as after every migration.
    """
    empty = TransactionTestCase._fixture_teardown

    def unguarded(case):
        for each in (guards, charters):
            each.remove(connection)
        empty(case)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", unguarded)
        yield


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """In CI a skip is a failure: nothing may be left out unnoticed."""
    outcome = yield
    report = outcome.get_result()
    if STRICT and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped where nothing may be skipped: {report.longrepr[-1]}"
