"""The shape of the code, checked as code."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src" / "kelisim"
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
MAX_LINES = 400
FORBIDDEN_NAMES = {"utils", "helpers", "services", "common", "manager", "managers", "misc"}


def modules() -> list[Path]:
    return [p for p in SRC.rglob("*.py") if "migrations" not in p.parts]


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(SRC)))
def test_a_file_fits_on_a_few_screens(path):
    assert len(path.read_text().splitlines()) <= MAX_LINES


def test_shared_code_is_given_the_noun_that_it_is():
    assert [
        p for p in modules() if p.stem in FORBIDDEN_NAMES or p.parent.name in FORBIDDEN_NAMES
    ] == []


def test_every_room_stands_in_the_flow_contract():
    contract = PYPROJECT["tool"]["importlinter"]["contracts"][0]
    rooms = {p.parent.name for p in SRC.glob("*/__init__.py")} | {"refusals"}
    assert set(contract["layers"]) == rooms
    assert contract["exhaustive"] is True


def test_the_contracts_are_kept():
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:]


def test_engines_import_without_django():
    names = [
        ".".join(["kelisim", *p.relative_to(SRC).with_suffix("").parts]).removesuffix(".__init__")
        for p in (SRC / "engines").rglob("*.py")
    ]
    code = "import sys, importlib; sys.modules['django'] = None\n" + "\n".join(
        f"importlib.import_module({n!r})" for n in names
    )
    subprocess.run([sys.executable, "-c", code], check=True, env={"PYTHONPATH": str(SRC.parent)})


def test_no_template_holds_inline_script_style_or_a_third_party_host():
    wrong = []
    for path in SRC.rglob("templates/**/*.html"):
        text = path.read_text()
        # Namespaces and vocabularies are names, not requests.
        links = re.sub(r"(xmlns(:\w+)?|itemtype|vocab|prefix)=\"[^\"]*\"", "", text)
        if (
            re.search(r"<style|\sstyle=|\son\w+=\"|javascript:", text)
            or re.search(r"<script(?![^>]*\bsrc=)", text)
            or re.search(r"(src|href)=\"https?://", links)
        ):
            wrong.append(str(path.relative_to(SRC)))
    assert wrong == []


def test_the_sheet_of_style_is_small():
    assert sum(p.stat().st_size for p in SRC.rglob("static/**/*.css")) < 30_000
