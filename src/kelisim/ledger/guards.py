"""Triggers by which the database itself refuses to rewrite the ledger.

Four of them: no entry is changed, removed, or emptied away with its table (PostgreSQL), and a new
one stands only directly after the last. The fourth also closes a door of SQLite, where INSERT OR
REPLACE removes a row without asking the trigger on DELETE. SQLite drops triggers when it rebuilds
a table, so they are put back after every migration, and a check looks for them.
"""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Critical
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "ledger_entry"
REFUSES = "The ledger is append-only."
NOT_NEXT = "NEW.number <> (SELECT COALESCE(MAX(number), 0) + 1 FROM ledger_entry)"
FORKS = "EXISTS (SELECT 1 FROM ledger_entry WHERE previous = NEW.previous)"

SQLITE = {
    f"{TABLE}_keeps_{verb.lower()}": (
        f"CREATE TRIGGER {TABLE}_keeps_{verb.lower()} BEFORE {verb} ON {TABLE} "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSES}'); END"
    )
    for verb in ("UPDATE", "DELETE")
} | {
    f"{TABLE}_appends": (
        f"CREATE TRIGGER {TABLE}_appends BEFORE INSERT ON {TABLE} "
        f"WHEN {NOT_NEXT} OR {FORKS} "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSES}'); END"
    )
}
RAISE = f"RAISE EXCEPTION '{REFUSES}' USING ERRCODE = 'restrict_violation'"
# On PostgreSQL: a name, when it fires, and the function that it calls.
FUNCTIONS = {
    f"{TABLE}_refuse": f"BEGIN {RAISE}; END",
    f"{TABLE}_follow": f"BEGIN IF {NOT_NEXT} THEN {RAISE}; END IF; RETURN NEW; END",
}
POSTGRESQL = {
    f"{TABLE}_keeps_update": ("BEFORE UPDATE", "ROW", f"{TABLE}_refuse"),
    f"{TABLE}_keeps_delete": ("BEFORE DELETE", "ROW", f"{TABLE}_refuse"),
    f"{TABLE}_keeps_truncate": ("BEFORE TRUNCATE", "STATEMENT", f"{TABLE}_refuse"),
    f"{TABLE}_appends": ("BEFORE INSERT", "ROW", f"{TABLE}_follow"),
}


def names(connection: BaseDatabaseWrapper) -> list[str]:
    """Every guard that this database must have."""
    return sorted(SQLITE if connection.vendor == "sqlite" else POSTGRESQL)


def standing(connection: BaseDatabaseWrapper) -> set[str]:
    """The guards that are there and do what they should."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
                [TABLE],
            )
            return {name for name, sql in cursor.fetchall() if SQLITE.get(name) == sql}
        # 'A': always, so that not even a session that plays the replica slips past.
        cursor.execute(
            "SELECT t.tgname, p.proname, p.prosrc FROM pg_trigger t "
            "JOIN pg_proc p ON p.oid = t.tgfoid "
            "WHERE t.tgrelid = to_regclass(%s) AND NOT t.tgisinternal AND t.tgenabled = 'A'",
            [TABLE],
        )
        return {
            name
            for name, function, source in cursor.fetchall()
            if name in POSTGRESQL
            and POSTGRESQL[name][2] == function
            and FUNCTIONS[function] == source
        }


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The guards that are not there, or not as they should be."""
    there = standing(connection)
    return [name for name in names(connection) if name not in there]


def install(connection: BaseDatabaseWrapper) -> None:
    """Put every guard in its place anew."""
    remove(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for sql in SQLITE.values():
                cursor.execute(sql)
            return
        for name, body in FUNCTIONS.items():
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger "
                f"LANGUAGE plpgsql AS $guard${body}$guard$"
            )
        for name, (when, each, function) in POSTGRESQL.items():
            cursor.execute(
                f"CREATE TRIGGER {name} {when} ON {TABLE} "
                f"FOR EACH {each} EXECUTE FUNCTION {function}()"
            )
            cursor.execute(f"ALTER TABLE {TABLE} ENABLE ALWAYS TRIGGER {name}")


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the guards away: only to put them back, to unmake the table, or to try an attack."""
    on = "" if connection.vendor == "sqlite" else f" ON {TABLE}"
    with connection.cursor() as cursor:
        for name in names(connection):
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def stands(connection: BaseDatabaseWrapper) -> bool:
    """Tell whether there is a ledger to guard yet."""
    return TABLE in connection.introspection.table_names()


def restore(*, using: str, **_facts: Any) -> None:
    """After every migration: what a rebuilt table lost is put back."""
    connection = connections[using]
    if stands(connection) and missing(connection):
        install(connection)


def check(*, databases: Sequence[str] | None = None, **_facts: Any) -> list[CheckMessage]:
    """Django's system check (`check --database default`)."""
    return [
        Critical(
            f"The ledger on {alias!r} lacks its guards: {', '.join(lacking)}.",
            hint="Run `kelisim prepare`.",
            id="ledger.E001",
        )
        for alias in databases or ()
        if stands(connections[alias]) and (lacking := missing(connections[alias]))
    ]
