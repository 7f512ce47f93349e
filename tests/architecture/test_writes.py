"""Only actions (and models) write to the database."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SRC = Path(__file__).parents[2] / "src" / "kelisim"
WRITES = {
    f"{prefix}{name}"
    for prefix in ("", "a")
    for name in (
        "bulk_create",
        "bulk_update",
        "create",
        "create_superuser",
        "create_user",
        "delete",
        "get_or_create",
        "save",
        "update_or_create",
    )
}
MAY_WRITE = {"actions", "models"}
# SQL that changes rows; the ledger's guards are definitions, not rows.
ROW_SQL = ("INSERT INTO", "UPDATE ", "DELETE FROM", "TRUNCATE ")


def may_write(path: Path) -> bool:
    return bool(MAY_WRITE & set(path.relative_to(SRC).with_suffix("").parts))


def modules() -> list[Path]:
    return [p for p in SRC.rglob("*.py") if "migrations" not in p.parts and not may_write(p)]


def is_write(call: ast.Call) -> bool:
    """A call that writes rows, told by its name and its arguments."""
    if not isinstance(call.func, ast.Attribute):
        return False
    name, owner = call.func.attr, call.func.value
    # A document of Word and a picture are files in memory, no rows.
    if isinstance(owner, ast.Name) and owner.id in {"actions", "document", "picture", "super"}:
        return False
    if name in {"update", "aupdate"}:
        # A query set takes names only; a dictionary, a set or a hash takes a value.
        return bool(call.keywords) and not call.args
    if name in {"delete", "adelete"}:
        # A cache or a client is told what to delete.
        return not call.args
    if name in {"execute", "executemany"} and call.args:
        return any(
            isinstance(part, ast.Constant)
            and isinstance(part.value, str)
            and part.value.lstrip().upper().startswith(ROW_SQL)
            for part in ast.walk(call.args[0])
        )
    return name in WRITES


def writes(source: str) -> Iterator[int]:
    """The lines at which a module writes."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and is_write(node):
            yield node.lineno


def test_only_actions_and_models_write():
    assert [
        f"{path.relative_to(SRC)}:{line}" for path in modules() for line in writes(path.read_text())
    ] == []


@pytest.mark.parametrize(
    "source",
    [
        "person.save()",
        "Person.objects.create(name='x')",
        "Person.objects.filter(pk=1).update(name='x')",
        "Person.objects.all().delete()",
        "await person.asave()",
        "Charter.objects.bulk_create(rows)",
        "cursor.execute('DELETE FROM people_person')",
        "cursor.execute(f'UPDATE {table} SET name = 1')",
    ],
)
def test_a_write_is_seen(source):
    asynchronous = f"async def f():\n    {source}" if source.startswith("await") else source
    assert list(writes(asynchronous))


@pytest.mark.parametrize(
    "source",
    [
        "facts.update(others)",
        "digest.update(b'x')",
        "cache.delete('key')",
        "actions.create(form)",
        "cursor.execute('SELECT 1')",
        "cursor.execute('PRAGMA optimize')",
    ],
)
def test_what_is_no_write_is_let_be(source):
    assert list(writes(source)) == []
