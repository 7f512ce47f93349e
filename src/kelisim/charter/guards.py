"""Triggers by which the database itself refuses to change a published version.

A published version's row, provisions, wordings, editions, sources and confirmed successions are
neither changed nor removed, and nothing is added to them. SQLite drops triggers when it rebuilds
a table, so they are put back after every migration, and a check looks for them.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.checks import CheckMessage, Critical
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

REFUSES = "A published version never changes."
# For each table: how a row tells the version that it belongs to.
OF_VERSION = {
    "charter_provision": "{row}.version_id",
    "charter_edition": "{row}.version_id",
    "charter_source": "{row}.version_id",
    "charter_succession": "{row}.version_id",
    "charter_wording": (
        "(SELECT p.version_id FROM charter_provision p WHERE p.id = {row}.provision_id)"
    ),
}
SEALED = "EXISTS (SELECT 1 FROM charter_version v WHERE v.id = {version} AND v.state = 'published')"
ROWS = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}


def conditions() -> Iterator[tuple[str, str, str]]:
    """Table, verb, and when the database refuses."""
    for table, version in OF_VERSION.items():
        for verb, rows in ROWS.items():
            said = [SEALED.format(version=version.format(row=row)) for row in rows]
            yield table, verb, " OR ".join(said)
    for verb in ("UPDATE", "DELETE"):
        yield "charter_version", verb, "OLD.state = 'published'"


def sqlite() -> dict[str, str]:
    return {
        f"{table}_stays_{verb.lower()}": (
            f"CREATE TRIGGER {table}_stays_{verb.lower()} BEFORE {verb} ON {table} "
            f"WHEN {when} BEGIN SELECT RAISE(ABORT, '{REFUSES}'); END"
        )
        for table, verb, when in conditions()
    }


def functions() -> dict[str, str]:
    """On PostgreSQL: the body of the function of each trigger."""
    refuse = f"RAISE EXCEPTION '{REFUSES}' USING ERRCODE = 'restrict_violation';"
    return {
        f"{table}_stays_{verb.lower()}": (
            f"BEGIN IF {when} THEN {refuse} END IF; "
            f"RETURN {'OLD' if verb == 'DELETE' else 'NEW'}; END"
        )
        for table, verb, when in conditions()
    }


def truncating() -> dict[str, str]:
    """On PostgreSQL a table can be emptied past its rows: these triggers refuse that too."""
    tables = sorted({table for table, _verb, _when in conditions()})
    return {f"{table}_stays_whole": table for table in tables}


WHOLE = f"BEGIN RAISE EXCEPTION '{REFUSES}' USING ERRCODE = 'restrict_violation'; END"


def names(connection: BaseDatabaseWrapper) -> list[str]:
    """Every guard that this database must have."""
    if connection.vendor == "sqlite":
        return list(sqlite())
    return [*functions(), *truncating()]


def standing(connection: BaseDatabaseWrapper) -> set[str]:
    """The guards that are there and do what they should."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            wanted = sqlite()
            return {name for name, sql in cursor.fetchall() if wanted.get(name) == sql}
        cursor.execute(
            "SELECT t.tgname, p.prosrc FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid "
            "WHERE NOT t.tgisinternal AND t.tgenabled = 'A'"
        )
        wanted = functions() | dict.fromkeys(truncating(), WHOLE)
        return {name for name, body in cursor.fetchall() if wanted.get(name) == body}


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The guards that are not there, or not as they should be."""
    there = standing(connection)
    return [name for name in names(connection) if name not in there]


def install(connection: BaseDatabaseWrapper) -> None:
    """Put every guard in its place anew."""
    remove(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for sql in sqlite().values():
                cursor.execute(sql)
            return
        bodies = functions()
        for table, verb, _when in conditions():
            name = f"{table}_stays_{verb.lower()}"
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger "
                f"LANGUAGE plpgsql AS $guard${bodies[name]}$guard$"
            )
            cursor.execute(
                f"CREATE TRIGGER {name} BEFORE {verb} ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {name}()"
            )
            cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")
        for name, table in truncating().items():
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger "
                f"LANGUAGE plpgsql AS $guard${WHOLE}$guard$"
            )
            cursor.execute(
                f"CREATE TRIGGER {name} BEFORE TRUNCATE ON {table} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
            )
            cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the guards away: only to put them back, to unmake the tables, or to try an attack."""
    with connection.cursor() as cursor:
        for table, verb, _when in conditions():
            on = "" if connection.vendor == "sqlite" else f" ON {table}"
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_stays_{verb.lower()}{on}")
        if connection.vendor != "sqlite":
            for name, table in truncating().items():
                cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")


def stands(connection: BaseDatabaseWrapper) -> bool:
    """Tell whether there are charters to guard yet."""
    return "charter_succession" in connection.introspection.table_names()


def restore(*, using: str, **_facts: Any) -> None:
    """After every migration: what a rebuilt table lost is put back."""
    connection = connections[using]
    if stands(connection) and missing(connection):
        install(connection)


def check(*, databases: Sequence[str] | None = None, **_facts: Any) -> list[CheckMessage]:
    """Django's system check (`check --database default`)."""
    return [
        Critical(
            f"Published charters on {alias!r} lack their guards: {', '.join(lacking)}.",
            hint="Run `kelisim prepare`.",
            id="charter.E001",
        )
        for alias in databases or ()
        if stands(connections[alias]) and (lacking := missing(connections[alias]))
    ]
