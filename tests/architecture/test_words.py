"""Everything that a person reads exists in three languages."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))

import messages
from babel.messages.catalog import Catalog


def test_every_message_is_there_in_kazakh_russian_and_english():
    assert messages.problems() == []


def test_a_missing_translation_is_found(tmp_path, monkeypatch):
    room = tmp_path / "kelisim" / "hall"
    room.mkdir(parents=True)
    (room / "apps.py").write_text("")
    (room / "rules.py").write_text('from x import Refusal\nRefusal("hall.closed", until="noon")\n')
    monkeypatch.setattr(messages, "SRC", tmp_path / "kelisim")
    assert any("hall · kk · 'hall.closed'" in problem for problem in messages.problems())


def test_a_translation_with_other_placeholders_is_found():
    catalog = Catalog(locale="ru")
    catalog.add("%(count)s measures", "%(number)s мер")
    assert messages.faults(catalog["%(count)s measures"]) == "other placeholders"
