"""`kelisim` as a person types it: a process of its own, with exit codes and words."""

import json
import os
import socket
import sqlite3
import subprocess
import sys

import pytest

from kelisim.cli.demonstration import SIGN_INS

# Everything here stands on the embedded database, whatever the suite's is.
# One worker makes the demonstration once for all of them.
pytestmark = [pytest.mark.looks, pytest.mark.xdist_group("kelisim")]


@pytest.fixture(scope="module")
def var(tmp_path_factory):
    """Where the demonstration of these tests is kept; embedded, whatever the suite's database."""
    return tmp_path_factory.mktemp("kelisim")


def kelisim(*words, var, language="en", **given):
    environment = {
        "PATH": os.environ["PATH"],
        "KELISIM_LANGUAGE": language,
        "KELISIM_VAR": str(var),
        "PYTHONIOENCODING": "utf-8",
        **given,
    }
    return subprocess.run(
        [sys.executable, "-m", "kelisim.cli.main", *map(str, words)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.fixture(scope="module")
def demonstration(var):
    done = kelisim("demo", "--prepare-only", var=var)
    assert done.returncode == 0, done.stderr
    return done


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("kk", "журналы"),
        ("ru", "журнал официальных действий"),
        ("en", "the ledger of official acts"),
    ],
)
def test_the_help_speaks_the_terminal_s_language(var, language, words):
    done = kelisim("--help", var=var, language=language)
    assert done.returncode == 0
    assert words in done.stdout


def test_reading_gives_the_promised_json_and_touches_no_database(var, concept, tmp_path):
    done = kelisim(
        "charter",
        "read",
        concept,
        "--json",
        var=tmp_path / "none",
        DATABASE_URL="postgres://nobody@127.0.0.1:1/none",
    )
    told = json.loads(done.stdout)
    assert {"provisions", "leavings", "guesses"} <= told.keys()
    assert all(
        {"eId", "kind", "number", "parent", "text", "lines"} <= row.keys()
        for row in told["provisions"]
    )
    assert all({"text", "why", "lines"} <= row.keys() for row in told["leavings"])
    assert all({"what", "lines", "certainty"} <= row.keys() for row in told["guesses"])
    assert sum(row["kind"] == "measure" for row in told["provisions"]) == 140
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "no text"), (b"\x00\x01\x02" * 50, "not text"), (None, "cannot be opened")],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(var, tmp_path, content, words):
    file = tmp_path / "bad.md"
    if content is not None:
        file.write_bytes(content)
    done = kelisim("charter", "read", file, var=var)
    assert done.returncode == 1
    assert words in done.stderr
    assert done.stdout == ""


def test_an_unknown_type_is_refused_with_those_that_are_known(var, concept):
    done = kelisim("charter", "read", concept, "--type", "poem", var=var)
    assert done.returncode == 1
    assert "concept" in done.stderr
    assert "law" in kelisim("charter", "types", var=var).stdout


def test_the_demonstration_prints_addresses_and_sign_ins(demonstration):
    assert "http://127.0.0.1:8000/kk/" in demonstration.stdout
    assert demonstration.stdout.count("@demo.example") == len(SIGN_INS)


def test_a_second_run_makes_nothing_new(var, demonstration):
    before = json.loads(kelisim("ledger", "verify", "--json", var=var, KELISIM_MODE="demo").stdout)
    again = kelisim("demo", "--prepare-only", var=var)
    assert again.returncode == 0
    assert "Making the demonstration" not in again.stdout
    assert (
        json.loads(kelisim("ledger", "verify", "--json", var=var, KELISIM_MODE="demo").stdout)
        == before
    )


def test_the_authentic_text_is_joined_to_every_measure(tmp_path, concept):
    done = kelisim("demo", "--prepare-only", "--charter", concept, var=tmp_path)
    assert done.returncode == 0, done.stderr
    with sqlite3.connect(tmp_path / "kelisim.sqlite3") as database:
        rows = database.execute(
            "SELECT p.id, count(DISTINCT w.language), max(length(w.text)), min(length(w.title)) FROM charter_provision p"
            " JOIN charter_wording w ON w.provision_id = p.id JOIN charter_version v ON v.id = p.version_id"
            " JOIN charter_charter c ON c.id = v.charter_id WHERE c.slug = 'concept-2013' AND p.kind = 'measure' GROUP BY p.id"
        ).fetchall()
    assert len(rows) == 140
    assert all(languages == 3 and text > 20 and title > 2 for _pk, languages, text, title in rows)


def test_another_document_is_not_joined_to_the_digest(tmp_path):
    file = tmp_path / "other.md"
    file.write_text("# Another\n\n## 1. Part\n\nSome words.\n")
    done = kelisim("demo", "--prepare-only", "--charter", file, var=tmp_path / "var")
    assert done.returncode == 1
    assert "measure" in done.stderr


def test_tampering_is_found_and_named_also_a_removed_tail(var, demonstration, tmp_path):
    kept = kelisim("ledger", "checkpoint", var=var, KELISIM_MODE="demo").stdout
    (tmp_path / "checkpoint.json").write_text(kept)
    copy = tmp_path / "var"
    copy.mkdir()
    with (
        sqlite3.connect(var / "kelisim.sqlite3") as source,
        sqlite3.connect(copy / "kelisim.sqlite3") as target,
    ):
        source.backup(target)
        for (trigger,) in target.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'ledger%'"
        ).fetchall():
            target.execute(f"DROP TRIGGER {trigger}")
        last = target.execute("SELECT max(number) FROM ledger_entry").fetchone()[0]
        target.execute("DELETE FROM ledger_sealed WHERE entry_id = ?", [last])
        target.execute("DELETE FROM ledger_entry WHERE number = ?", [last])
        previous = target.execute(
            "SELECT number, hash FROM ledger_entry ORDER BY number DESC LIMIT 1"
        ).fetchone()
        target.execute("UPDATE ledger_head SET number = ?, hash = ?", previous)
    found = kelisim(
        "ledger",
        "verify",
        "--checkpoint",
        tmp_path / "checkpoint.json",
        var=copy,
        KELISIM_MODE="demo",
    )
    assert found.returncode == 1
    whole = kelisim(
        "ledger",
        "verify",
        "--checkpoint",
        tmp_path / "checkpoint.json",
        var=var,
        KELISIM_MODE="demo",
    )
    assert whole.returncode == 0, whole.stderr


@pytest.mark.parametrize(
    ("on", "count"), [("2018-01-01", 16), ("2019-01-01", 17), ("2024-01-01", 20)]
)
def test_units_of_a_day(var, demonstration, on, count):
    done = kelisim("territory", "units", "--on", on, "--json", var=var, KELISIM_MODE="demo")
    assert len(json.loads(done.stdout)) == count


def test_the_doctor_says_what_is_well_and_what_to_mend(var, demonstration):
    done = kelisim("doctor", "--json", var=var, KELISIM_MODE="demo")
    found = {row["what"]: row for row in json.loads(done.stdout)}
    assert found["The ledger's chain is whole"]["well"]
    assert found["The ledger cannot be rewritten"]["well"]
    assert not found["A worker is running"]["well"]
    assert "kelisim worker" in found["A worker is running"]["advice"]
    assert done.returncode == 1


def test_a_version_is_exported_and_read_back(var, demonstration, tmp_path):
    for form in ("akn", "json", "docx"):
        file = tmp_path / f"neighbours.{form}"
        done = kelisim(
            "charter",
            "export",
            "neighbours",
            "--format",
            form,
            "--language",
            "kk",
            "--to",
            file,
            var=var,
            KELISIM_MODE="demo",
        )
        assert done.returncode == 0, done.stderr
        told = json.loads(kelisim("charter", "read", file, "--json", var=var).stdout)
        assert sum(row["kind"] == "measure" for row in told["provisions"]) == 6


def test_the_search_index_is_built_again(var, demonstration):
    done = kelisim("search", "rebuild", var=var, KELISIM_MODE="demo")
    assert done.returncode == 0, done.stderr
    assert "charter" in done.stdout


def test_a_port_that_is_taken_is_refused_in_words(var):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = kelisim("demo", "--port", taken.getsockname()[1], var=var)
    assert done.returncode == 1
    assert "is taken" in done.stderr


def test_serving_refuses_what_was_not_prepared_and_production_without_secrets(tmp_path):
    unprepared = kelisim("serve", "--bind", "127.0.0.1:0", var=tmp_path, KELISIM_MODE="demo")
    assert unprepared.returncode == 1
    assert "kelisim prepare" in unprepared.stderr
    bare = kelisim("serve", var=tmp_path)
    assert bare.returncode == 1
    assert "KELISIM_SECRET_KEY" in bare.stderr
