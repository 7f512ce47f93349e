"""Rights that are named exist, are asked for, and are said in three languages."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kelisim.bodies.rights import RIGHTS

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))

import messages

SRC = Path(__file__).parents[2] / "src" / "kelisim"
ASKING = {"may", "mandate", "reached", "roles", "over"}


def declared(room: Path) -> dict[str, str]:
    """The constants of a room's rights.py with the keys that they stand for."""
    path = room / "rights.py"
    tree = ast.parse(path.read_text()) if path.exists() else ast.Module([], [])
    return {
        node.targets[0].id: node.value.args[0].value
        for node in tree.body
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Call)
        and getattr(node.value.func, "id", "") == "add"
    }


def named(source: str) -> Iterator[str]:
    """What a module asks for: `rights.VERIFY`, or a key said outright: `held.may("x.y")`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if node.value.id == "rights" and node.attr.isupper():
                yield node.attr
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ASKING:
            yield from (
                argument.value
                for argument in node.args[:1]
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
            )


def rooms() -> list[Path]:
    return sorted(path.parent for path in SRC.glob("*/rights.py"))


def asking(room: Path) -> set[str]:
    """Everything that the room's other modules name."""
    own = room / "rights.py"
    return {name for path in room.rglob("*.py") if path != own for name in named(path.read_text())}


def test_every_right_stands_in_the_room_whose_name_it_bears():
    keys = {room.name: set(declared(room).values()) for room in rooms()}
    assert {key for known in keys.values() for key in known} == set(RIGHTS)
    assert [key for room, known in keys.items() for key in known if key.split(".")[0] != room] == []


def test_every_key_said_outright_is_a_right():
    said = {name for path in SRC.rglob("*.py") for name in named(path.read_text())}
    assert {name for name in said if "." in name} <= set(RIGHTS)


@pytest.mark.parametrize("room", rooms(), ids=lambda room: room.name)
def test_every_right_is_asked_for(room):
    asked = asking(room)
    assert [name for name, key in declared(room).items() if not {name, key} & asked] == []


@pytest.mark.parametrize("room", rooms(), ids=lambda room: room.name)
@pytest.mark.parametrize("language", ["kk", "ru"])
def test_every_right_has_its_words(room, language):
    catalog = messages.catalogue(room, language)[1]
    words = [RIGHTS[key].words for key in declared(room).values()]
    assert [said for said in words if said not in catalog or not catalog[said].string] == []


def test_a_right_that_nobody_asks_for_is_found(tmp_path):
    (tmp_path / "rights.py").write_text(
        'OPEN = add("hall.open", "x", {})\nSHUT = add("hall.shut", "x", {})\n'
    )
    (tmp_path / "rules.py").write_text("def f(held):\n    return held.may(rights.OPEN)\n")
    assert declared(tmp_path) == {"OPEN": "hall.open", "SHUT": "hall.shut"}
    assert asking(tmp_path) == {"OPEN"}
