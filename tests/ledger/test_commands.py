"""`kelisim ledger verify` says what it found, to people and to programs."""

import json

import pytest
from django.db import connection
from django.utils import translation

from kelisim.ledger import commands, guards, queries
from kelisim.ledger.models import Sealed
from kelisim.refusals import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(ten, tmp_path):
    path = tmp_path / "checkpoint.json"
    path.write_text(json.dumps(queries.checkpoint().as_json()))
    return path


def test_a_whole_ledger_is_proved(kept, capsys):
    with translation.override("en"):
        assert commands.verify(kept, as_json=False) == 0
    assert capsys.readouterr().out == "The ledger is whole. Entries proved: 10.\n"


def test_without_a_checkpoint_it_says_what_it_cannot_see(ten, capsys):
    with translation.override("ru"):
        assert commands.verify(None, as_json=False) == 0
    assert "контрольной точки" in capsys.readouterr().out


def test_a_broken_ledger_is_named_and_ends_with_a_failure(kept, capsys):
    Sealed.objects.filter(pk=8).delete()
    assert commands.verify(kept, as_json=True) == 1
    said = json.loads(capsys.readouterr().out)
    assert said["fault"] == {"code": "ledger.reason_removed", "number": 8}
    assert said["whole"] is False


def test_a_missing_guard_is_told_but_does_not_break_the_proof(kept, capsys):
    guards.remove(connection)
    with translation.override("en"):
        assert commands.verify(kept, as_json=False) == 0
    assert "lacks the guard ledger_entry_keeps_delete" in capsys.readouterr().err


def test_what_is_printed_can_be_kept_as_a_checkpoint(ten, tmp_path, capsys):
    assert commands.checkpoint() == 0
    path = tmp_path / "kept.json"
    path.write_text(capsys.readouterr().out)
    assert commands.verify(path, as_json=True) == 0


@pytest.mark.parametrize("text", ["", "{}", '{"number": 1}'])
def test_a_file_that_is_no_checkpoint_is_refused(ten, tmp_path, text):
    path = tmp_path / "wrong.json"
    path.write_text(text)
    with pytest.raises(Refused, match="no_checkpoint"):
        commands.verify(path, as_json=False)


def test_a_file_that_is_not_there_is_refused(ten, tmp_path):
    with pytest.raises(Refused, match="no_checkpoint"):
        commands.verify(tmp_path / "nothing", as_json=False)
