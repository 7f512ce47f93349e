"""Steps of a draft: stored exactly, undone without a trace, in few statements."""

import random
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kelisim.charter.actions import drafting
from kelisim.charter.models import Correspondence, Instrument, Provision, Step, Wording
from kelisim.charter.queries.drafts import manuscript, outline, type_of
from kelisim.charter.trees import edits
from kelisim.ledger.models import Entry
from kelisim.refusals import Refused

AT = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


def snapshot(version) -> dict:
    """Everything that is stored of a draft, but its steps."""
    version.refresh_from_db()
    return {
        "rows": list(Provision.objects.filter(version=version).order_by("pk").values()),
        "words": sorted(
            Wording.objects.filter(provision__version=version).values_list(
                "provision", "language", "text", "title"
            )
        ),
        "leavings": version.leavings,
        "guesses": version.guesses,
    }


def assert_sound(version) -> None:
    """Order, depths, parents, eIds and citations agree with each other."""
    rows = outline(version)
    paper = manuscript(version, rows)
    assert edits.is_tree(paper.nodes)
    assert [row["position"] for row in rows] == list(range(1, len(rows) + 1))
    for row, place in zip(rows, edits.places(paper.nodes, type_of(version)), strict=True):
        assert (row["eid"], row["cite"]) == (place.eid, place.cite)
        assert row["parent_id"] == (None if place.parent is None else rows[place.parent]["pk"])


def keys(version) -> dict[str, int]:
    """Provisions by the beginning of their text."""
    return {
        wording.text.split(" ")[0]: wording.provision_id
        for wording in Wording.objects.filter(provision__version=version)
    }


def texts(version) -> list[str]:
    words = Wording.objects.filter(provision__version=version).order_by("provision__position")
    return [word.text for word in words if word.language == "ru"]


def test_joining_is_stored_and_undone(draft, preparer):
    before = snapshot(draft)
    drafting.join(draft.pk, keys(draft)["издавать"], by=preparer, at=AT)
    assert "открыть читальный зал; 2 издавать указатель книг;" in texts(draft)
    assert_sound(draft)
    after = snapshot(draft)
    drafting.undo(draft.pk, by=preparer, at=AT)
    assert snapshot(draft) == before
    drafting.redo(draft.pk, by=preparer, at=AT)
    assert snapshot(draft) == after


def test_parting_keeps_the_text_and_makes_a_provision(draft, preparer):
    key = keys(draft)["открыть"]
    drafting.split(draft.pk, key, marked={"ru": "открыть\n\nчитальный зал;"}, by=preparer, at=AT)
    assert texts(draft)[texts(draft).index("открыть") + 1] == "читальный зал;"
    assert_sound(draft)


def test_a_provision_that_came_back_keeps_its_key(draft, preparer):
    key = keys(draft)["Она"]
    drafting.set_aside(draft.pk, key, by=preparer, at=AT)
    assert not Provision.objects.filter(pk=key).exists()
    drafting.undo(draft.pk, by=preparer, at=AT)
    assert Provision.objects.get(pk=key).wordings.get().text.startswith("Она хранит")


def test_what_was_set_aside_is_taken_back(draft, preparer):
    key, after = keys(draft)["Она"], keys(draft)["Меры"]
    drafting.set_aside(draft.pk, key, by=preparer, at=AT)
    draft.refresh_from_db()
    (at,) = [n for n, leaving in enumerate(draft.leavings) if leaving["why"] == "aside"]
    drafting.take_back(draft.pk, at, kind="passage", after=after, by=preparer, at=AT)
    assert texts(draft)[-1].startswith("Она хранит")
    assert_sound(draft)
    draft.refresh_from_db()
    assert not [leaving for leaving in draft.leavings if leaving["why"] == "aside"]


def test_kind_number_titles_and_text_are_stored(draft, preparer):
    key = keys(draft)["открыть"]
    drafting.rekind(draft.pk, key, kind="paragraph", heading=True, by=preparer, at=AT)
    drafting.renumber(draft.pk, key, number="1-1", by=preparer, at=AT)
    drafting.rename(draft.pk, {key: {"kk": "Оқу залы", "en": "A hall"}}, by=preparer, at=AT)
    drafting.correct(draft.pk, key, language="ru", text="открыть зал;", by=preparer, at=AT)
    row = Provision.objects.get(pk=key)
    assert (row.kind, row.number, row.heading) == ("paragraph", "1-1", True)
    assert set(row.wordings.values_list("language", "title", "text")) == {
        ("kk", "Оқу залы", ""),
        ("en", "A hall", ""),
        ("ru", "", "открыть зал;"),
    }
    assert_sound(draft)
    for _ in range(4):
        drafting.undo(draft.pk, by=preparer, at=AT)
    assert set(row.wordings.values_list("language", "text")) == {("ru", "открыть читальный зал;")}


def test_guesses_are_settled_together(draft, preparer):
    draft.guesses = [{"what": "join", "lines": [1, 2], "certainty": 0.5, "settled": False}] * 3
    draft.save()
    drafting.settle(draft.pk, [0, 2], by=preparer, at=AT)
    draft.refresh_from_db()
    assert [guess["settled"] for guess in draft.guesses] == [True, False, True]


def random_edit(version, dice, by) -> None:
    """One edit of any verb at a random place; refusals are as good as edits."""
    rows = outline(version)
    key, other = (dice.choice(rows)["pk"] for _ in range(2))
    acts = [
        lambda: drafting.join(version.pk, key, following=dice.random() < 0.5, by=by, at=AT),
        lambda: drafting.shift(
            version.pk,
            key,
            levels=dice.choice([-1, 1]),
            following=dice.random() < 0.5,
            by=by,
            at=AT,
        ),
        lambda: drafting.move(
            version.pk,
            key,
            target=other,
            place=dice.choice(["before", "after", "into"]),
            by=by,
            at=AT,
        ),
        lambda: drafting.renumber(version.pk, key, number=str(dice.randint(1, 9)), by=by, at=AT),
        lambda: drafting.rekind(version.pk, key, kind="passage", by=by, at=AT),
        lambda: drafting.set_aside(version.pk, key, whole=dice.random() < 0.3, by=by, at=AT),
        lambda: drafting.take_back(version.pk, 0, kind="point", after=other, by=by, at=AT),
        lambda: parted(version, key, by),
    ]
    with suppress(Refused):
        dice.choice(acts)()


def parted(version, key, by):
    word = Wording.objects.get(provision=key, language="ru")
    drafting.split(version.pk, key, marked={"ru": word.text.replace(" ", "\n\n", 1)}, by=by, at=AT)


@pytest.mark.parametrize("seed", range(6))
def test_any_chain_of_edits_is_undone_to_the_letter_and_done_again(draft, preparer, seed):
    dice = random.Random(seed)
    shots = [snapshot(draft)]
    while len(shots) < 12:
        random_edit(draft, dice, preparer)
        assert_sound(draft)
        shot = snapshot(draft)
        if shot != shots[-1]:
            shots.append(shot)
    assert Step.objects.filter(version=draft).count() == len(shots) - 1
    for shot in reversed(shots[:-1]):
        drafting.undo(draft.pk, by=preparer, at=AT)
        assert snapshot(draft) == shot
    for shot in shots[1:]:
        drafting.redo(draft.pk, by=preparer, at=AT)
        assert snapshot(draft) == shot


def test_an_edit_after_an_undo_drops_what_was_undone(draft, preparer):
    key = keys(draft)["открыть"]
    drafting.renumber(draft.pk, key, number="5", by=preparer, at=AT)
    drafting.undo(draft.pk, by=preparer, at=AT)
    drafting.renumber(draft.pk, key, number="6", by=preparer, at=AT)
    with pytest.raises(Refused, match=r"charter\.nothing_to_redo"):
        drafting.redo(draft.pk, by=preparer, at=AT)


def test_nothing_is_undone_before_the_first_step(draft, preparer):
    with pytest.raises(Refused, match=r"charter\.nothing_to_undo"):
        drafting.undo(draft.pk, by=preparer, at=AT)


def test_an_edition_that_joined_the_tree_is_not_undone_by_accident(draft, preparer):
    Step.objects.create(version=draft, number=1, verb="edition", by=preparer, at=AT)
    with pytest.raises(Refused, match=r"charter\.undo_ends_here"):
        drafting.undo(draft.pk, by=preparer, at=AT)


def test_steps_are_no_official_acts(draft, preparer):
    entries = Entry.objects.count()
    drafting.renumber(draft.pk, keys(draft)["открыть"], number="9", by=preparer, at=AT)
    assert Entry.objects.count() == entries
    assert Step.objects.get().by == preparer


def test_a_refused_edit_writes_nothing(draft, preparer):
    before = snapshot(draft)
    key = keys(draft)["открыть"]
    for act in (
        lambda: drafting.split(draft.pk, key, marked={"ru": "другой\n\nтекст"}, by=preparer, at=AT),
        lambda: drafting.rekind(draft.pk, key, kind="spell", by=preparer, at=AT),
        lambda: drafting.renumber(draft.pk, 0, number="1", by=preparer, at=AT),
        lambda: drafting.join(
            draft.pk, outline(draft)[-1]["pk"], following=True, by=preparer, at=AT
        ),
    ):
        with pytest.raises(Refused):
            act()
    assert snapshot(draft) == before
    assert not Step.objects.exists()


def test_a_provision_beside_another_instrument_is_not_removed(draft, preparer):
    key = keys(draft)["издавать"]
    instrument = Instrument.objects.create(slug="convention")
    Correspondence.objects.create(provision_id=key, instrument=instrument, relation="reflects")
    for act in (drafting.join, drafting.set_aside):
        with pytest.raises(Refused, match=r"charter\.has_correspondence"):
            act(draft.pk, key, by=preparer, at=AT)
    assert Correspondence.objects.count() == 1


@pytest.mark.parametrize(
    ("who", "code"),
    [
        ("another", "charter.another_prepares"),
        ("publisher", "charter.not_preparer"),
        ("administrator", "charter.not_preparer"),
        ("nobody", "charter.not_preparer"),
    ],
)
def test_only_whoever_prepares_a_draft_edits_it(draft, people, who, code):
    with pytest.raises(Refused, match=code):
        drafting.renumber(draft.pk, keys(draft)["Она"], number="1", by=people[who], at=AT)


@pytest.mark.parametrize("state", ["submitted", "discarded"])
def test_a_draft_out_of_hand_is_not_edited(draft, preparer, state):
    draft.state = state
    draft.save()
    with pytest.raises(Refused, match=r"charter\.not_editable"):
        drafting.undo(draft.pk, by=preparer, at=AT)


def test_an_edit_takes_the_same_statements_in_a_charter_of_any_length(many, preparer):
    def statements(count, act):
        version = many(count)
        key = outline(version)[3]["pk"]
        with CaptureQueriesContext(
            connection,
        ) as seen:
            act(version, key)
        return len(seen)

    for act in (
        lambda v, key: drafting.join(v.pk, key, by=preparer, at=AT),
        lambda v, key: drafting.move(
            v.pk, key, target=outline(v)[-1]["pk"], place="after", by=preparer, at=AT
        ),
        lambda v, key: drafting.split(
            v.pk, key, marked={"ru": "провести\n\nвстречу номер 2;"}, by=preparer, at=AT
        ),
    ):
        assert statements(10, act) == statements(300, act)
