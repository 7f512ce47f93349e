"""Kinds of bodies and words of the register come from data, as often as one likes."""

from dataclasses import replace

import pytest

from kelisim.bodies.actions.kinds import load_kinds, load_tags
from kelisim.bodies.models import Kind, Tag
from kelisim.bodies.readers.kinds import kinds, shipped_kinds, shipped_tags
from kelisim.ledger.models import Entry
from kelisim.refusals import Refused
from tests.bodies.people import AT

pytestmark = pytest.mark.django_db


def test_what_ships_is_loaded_once_and_the_second_time_nothing_changes():
    assert load_kinds(shipped_kinds(), at=AT)
    assert load_tags(shipped_tags())
    acts = Entry.objects.count()
    assert (load_kinds(shipped_kinds(), at=AT), load_tags(shipped_tags())) == (0, 0)
    assert Entry.objects.count() == acts
    council = Kind.objects.get(key="council")
    assert set(council.under.values_list("key", flat=True)) == {"assembly", "regional-assembly"}


def test_what_the_data_changed_is_changed_and_nothing_else():
    drafts = shipped_kinds()
    load_kinds(drafts, at=AT)
    first, *rest = drafts
    words = {**first.words, "en": "Gathering"}
    session = next(draft for draft in rest if draft.key == "session")
    rest[rest.index(session)] = replace(session, under=("assembly",))
    assert load_kinds([replace(first, words=words), *rest], at=AT) == 2
    assert Kind.objects.get(key=first.key).words["en"] == "Gathering"
    assert list(Kind.objects.get(key="session").under.values_list("key", flat=True)) == ["assembly"]
    assert Tag.objects.count() == 0


def test_every_fault_of_a_file_is_named_with_its_place():
    text = '[a]\nnature = "odd"\nkk = ["x"]\nru = ["x", "y"]\nen = ["x", "y"]\nunder = ["b"]\n'
    with pytest.raises(Refused) as refused:
        kinds(text)
    assert [(r.place, r.code) for r in refused.value.refusals] == [
        ("a", "bodies.kind_nature"),
        ("a.kk", "bodies.kind_words"),
        ("a", "bodies.kind_under"),
    ]
    with pytest.raises(Refused) as refused:
        kinds("no = toml = at all")
    assert refused.value.refusals[0].code == "bodies.kinds_unreadable"


def test_loading_asks_the_same_few_queries_however_many_kinds(django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        load_kinds(shipped_kinds(), at=AT)
        load_tags(shipped_tags())
