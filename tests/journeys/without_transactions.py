"""`kelisim` with its transactions taken away: only to prove that the crash test can fail."""

import os
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kelisim.config.settings")
django.setup()

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from kelisim.charter.actions import publishing
from kelisim.cli.main import main


def nothing(*_arguments: object) -> None:
    """Neither begin nor commit: every statement stands for itself."""


def pretend(connection: BaseDatabaseWrapper, **_facts: object) -> None:
    """The ledger asks for a transaction and is told that there is one; rows are not locked."""
    connection.in_atomic_block = True
    connection.features.has_select_for_update = False


index = publishing.index


def slowly(version: object) -> None:
    """Linger between the two halves, so that a handful of moments surely meet them."""
    time.sleep(2)
    index(version)


transaction.Atomic.__enter__ = nothing
transaction.Atomic.__exit__ = nothing
connection_created.connect(pretend)
publishing.index = slowly

if __name__ == "__main__":
    sys.exit(main())
