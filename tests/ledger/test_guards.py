"""The guards are there, are put back when a table was rebuilt, and are missed when they are not."""

import pytest
from django.core.checks import Tags, run_checks
from django.core.management import call_command
from django.db import connection, models

from kelisim.ledger import guards, queries
from kelisim.ledger.models import Entry

pytestmark = pytest.mark.django_db


def test_every_guard_stands_after_the_migrations():
    assert guards.names(connection)
    assert queries.triggers_missing() == []
    assert [
        c for c in run_checks(tags=[Tags.database], databases=["default"]) if c.id == "ledger.E001"
    ] == []


def test_a_guard_that_is_gone_is_missed_by_name():
    on = "" if connection.vendor == "sqlite" else " ON ledger_entry"
    connection.cursor().execute(f"DROP TRIGGER ledger_entry_keeps_delete{on}")
    assert queries.triggers_missing() == ["ledger_entry_keeps_delete"]
    assert "ledger_entry_keeps_delete" in str(
        run_checks(tags=[Tags.database], databases=["default"])
    )


def test_a_guard_that_does_nothing_is_missed():
    cursor = connection.cursor()
    if connection.vendor == "sqlite":
        cursor.execute("DROP TRIGGER ledger_entry_keeps_update")
        cursor.execute(
            "CREATE TRIGGER ledger_entry_keeps_update BEFORE UPDATE ON ledger_entry "
            "BEGIN SELECT 1; END"
        )
    else:
        cursor.execute("ALTER TABLE ledger_entry DISABLE TRIGGER ledger_entry_keeps_update")
    assert queries.triggers_missing() == ["ledger_entry_keeps_update"]


def test_migrating_puts_back_what_is_missing():
    guards.remove(connection)
    assert queries.triggers_missing() == guards.names(connection)
    call_command("migrate", verbosity=0)
    assert queries.triggers_missing() == []


@pytest.mark.django_db(transaction=True)
def test_a_rebuilt_table_is_guarded_again_after_the_next_migration():
    """SQLite rebuilds a table for most changes of it, and drops its triggers with the old one."""
    index = Entry._meta.indexes[0]
    column = Entry._meta.get_field("mandate_words")
    wider = models.CharField(max_length=300)
    wider.set_attributes_from_name("mandate_words")
    with connection.schema_editor() as editor:
        editor.alter_field(Entry, column, wider)
    assert bool(queries.triggers_missing()) is (connection.vendor == "sqlite")
    with connection.schema_editor() as editor:
        editor.alter_field(Entry, wider, column)
    call_command("migrate", verbosity=0)
    assert queries.triggers_missing() == []
    assert index.name in connection.introspection.get_constraints(
        connection.cursor(), Entry._meta.db_table
    )
