"""A second language is joined to the tree by structure; what does not fit is named."""

from dataclasses import dataclass, replace

from hypothesis import given
from hypothesis import strategies as st

from kelisim.charter.trees.alignment import align


@dataclass(frozen=True)
class Piece:
    eid: str
    kind: str
    number: str
    text: str
    parent: str | None


def charter(groups=6, measures=8, prefix="r") -> list[Piece]:
    """Numbered parts with numbered measures, as in most plans."""
    made = []
    for g in range(1, groups + 1):
        group = Piece(f"{prefix}{g}", "group", str(g), f"group {g}", None)
        made.append(group)
        made += [
            Piece(f"{prefix}{g}.{m}", "measure", str(m), "word " * (m + g % 3), group.eid)
            for m in range(1, measures + 1)
        ]
    return made


def matches(alignment) -> dict[str, str]:
    return dict(alignment.matches)


def problems(alignment) -> list[tuple]:
    return [(p.what, p.ours, p.theirs) for p in alignment.problems]


def test_two_texts_of_one_structure_fit_without_a_problem():
    found = align(charter(prefix="r"), charter(prefix="k"))
    assert problems(found) == []
    assert all(ours[1:] == theirs[1:] for ours, theirs in found.matches)
    assert len(found.matches) == 54


def test_a_missing_measure_is_named_and_nothing_slips():
    theirs = [p for p in charter(prefix="k") if p.eid != "k3.4"]
    found = align(charter(prefix="r"), theirs)
    assert problems(found) == [("missing", "r3.4", None)]
    assert matches(found)["r3.5"] == "k3.5"


def test_an_extra_measure_is_named_in_its_place():
    ours = [p for p in charter(prefix="r") if p.eid != "r2.8"]
    found = align(ours, charter(prefix="k"))
    assert problems(found) == [("extra", None, "k2.8")]


def test_another_kind_is_matched_and_named():
    theirs = [replace(p, kind="task") if p.eid == "k1.2" else p for p in charter(prefix="k")]
    found = align(charter(prefix="r"), theirs)
    assert problems(found) == [("kind", "r1.2", "k1.2")]


def test_unnumbered_items_are_told_apart_by_their_length():
    def bullets(prefix, lengths):
        return [Piece(f"{prefix}{n}", "point", "", "x" * n, None) for n in lengths]

    lengths = [20, 400, 60, 900, 30, 200]
    found = align(bullets("r", lengths), bullets("k", [20, 400, 900, 30, 200]))
    assert problems(found) == [("missing", "r60", None)]
    assert all(ours[1:] == theirs[1:] for ours, theirs in found.matches)


def test_a_text_much_longer_than_its_original_is_named():
    ours, theirs = charter(1, 1, "r"), charter(1, 1, "k")
    theirs[1] = replace(theirs[1], text="long " * 100)
    assert problems(align(ours, theirs)) == [("length", "r1.1", "k1.1")]


def test_measures_read_under_another_group_are_named():
    theirs = [replace(p, parent="k1") if p.eid == "k2.1" else p for p in charter(2, 3, "k")]
    found = align(charter(2, 3, "r"), theirs)
    assert ("apart", "r2.1", "k2.1") in problems(found)


def test_other_numbering_on_the_other_side_is_named_not_lost():
    theirs = [replace(p, number="") for p in charter(3, 4, "k")]
    found = align(charter(3, 4, "r"), theirs)
    assert {p.what for p in found.problems} == {"number"}
    assert all(ours[1:] == theirs[1:] for ours, theirs in found.matches)


def test_strangers_are_not_forced_together():
    ours = [Piece("a", "article", "1", "x" * 500, None)]
    theirs = [Piece("b", "measure", "9", "x", None)]
    assert problems(align(ours, theirs)) == [("extra", None, "b"), ("missing", "a", None)]


def test_an_empty_side_leaves_everything_missing():
    assert {p.what for p in align(charter(1, 2), []).problems} == {"missing"}
    assert align([], []).matches == ()


@given(st.sets(st.integers(0, 53)), st.sets(st.integers(0, 53)))
def test_every_provision_is_matched_once_or_named(without_ours, without_theirs):
    ours = [p for n, p in enumerate(charter(prefix="r")) if n not in without_ours]
    theirs = [p for n, p in enumerate(charter(prefix="k")) if n not in without_theirs]
    ours = [replace(p, parent=None) for p in ours]
    theirs = [replace(p, parent=None) for p in theirs]
    found = align(ours, theirs)
    left, right = [a for a, _ in found.matches], [b for _, b in found.matches]
    missing = [p.ours for p in found.problems if p.what == "missing"]
    extra = [p.theirs for p in found.problems if p.what == "extra"]
    assert sorted(left + missing) == sorted(p.eid for p in ours)
    assert sorted(right + extra) == sorted(p.eid for p in theirs)
    order = {p.eid: n for n, p in enumerate(theirs)}
    assert [order[b] for b in right] == sorted(order[b] for b in right)


def test_ten_thousand_unnumbered_provisions_are_aligned():
    ours = [Piece(f"r{n}", "point", "", "x" * (n % 97), None) for n in range(10_000)]
    theirs = [replace(p, eid=f"k{n}") for n, p in enumerate(ours) if n != 5_000]
    found = align(ours, theirs)
    assert problems(found) == [("missing", "r5000", None)]
