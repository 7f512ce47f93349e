"""`kelisim consensus analyse`: figures in a file, the most important on the terminal."""

import json

import pytest

from kelisim.cli.main import main

VOTES = "participant,statement,value,time\n1,a,1,1\n2,a,1,1\n1,b,-1,2\n2,b,0,3\n"


def test_votes_become_a_file_and_a_summary(tmp_path, capsys):
    file, out = tmp_path / "votes.csv", tmp_path / "found.json"
    file.write_text(VOTES)
    assert main(["consensus", "analyse", str(file), "--json", str(out)]) == 0
    found = json.loads(out.read_text())
    assert found["groups"] == 0
    assert [one["id"] for one in found["statements"]] == ["a", "b"]
    said = capsys.readouterr().out
    assert found["inputs_sha256"] in said
    assert "a: " in said


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("participant,statement,value\n1,a,7\n", "2"),
        ("who,what\n1,a\n", "participant"),
        (VOTES + "1,a,0,1\n", "6"),
    ],
)
def test_what_cannot_be_read_is_refused_by_line_and_nothing_is_written(
    tmp_path, capsys, text, word
):
    file, out = tmp_path / "votes.csv", tmp_path / "found.json"
    file.write_text(text)
    assert main(["consensus", "analyse", str(file), "--json", str(out)]) != 0
    assert word in capsys.readouterr().err
    assert not out.exists()


def test_a_file_that_is_not_there_and_statements_that_are_not_are_said(tmp_path, capsys):
    assert main(["consensus", "analyse", str(tmp_path / "none.csv")]) != 0
    assert "none.csv" in capsys.readouterr().err
    file = tmp_path / "votes.csv"
    file.write_text(VOTES)
    assert main(["consensus", "analyse", str(file), "--aside", "zzz"]) != 0
    assert "zzz" in capsys.readouterr().err


@pytest.mark.looks
@pytest.mark.filterwarnings("default")
def test_a_cluster_gives_the_same_file_and_one_that_is_away_is_said(tmp_path, capsys, monkeypatch):
    distributed = pytest.importorskip("distributed")
    monkeypatch.setattr("kelisim.consensus.commands.PATIENCE", 0.5)
    file, here, there = (tmp_path / name for name in ("votes.csv", "here.json", "there.json"))
    file.write_text(VOTES)
    asked = ["consensus", "analyse", str(file), "--json"]
    assert main([*asked, str(here)]) == 0
    with distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=False,
        protocol="tcp://",
        dashboard_address=None,
    ) as cluster:
        assert main([*asked, str(there), "--scheduler", cluster.scheduler_address]) == 0
    assert there.read_bytes() == here.read_bytes()
    assert main([*asked, str(there), "--scheduler", "tcp://127.0.0.1:1"]) != 0
    assert "127.0.0.1:1" in capsys.readouterr().err
