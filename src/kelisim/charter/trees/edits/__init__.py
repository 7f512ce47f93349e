"""Edits of a draft, as pure functions: a verb is given a manuscript and says what it would change.

A manuscript is a sequence of nodes in reading order, each with its depth. Such a sequence is a
tree whenever no node stands more than one level below the node before it, so parents, eIds and
citations are derived and can never disagree with the order. Every verb answers with an `Edit`,
the few places that it replaces, before and after; undoing swaps the two.
"""

from kelisim.charter.trees.edits.manuscript import (
    NEW,
    Doubt,
    Edit,
    Manuscript,
    Node,
    Piece,
    Place,
    Splice,
    as_json,
    end,
    is_tree,
    parent,
    places,
)
from kelisim.charter.trees.edits.texts import correct, cuts, join, part, split
from kelisim.charter.trees.edits.verbs import (
    DEEPEST,
    move,
    rekind,
    rename,
    renumber,
    set_aside,
    settle,
    shift,
    take_back,
    together,
)

__all__ = [
    "DEEPEST",
    "NEW",
    "Doubt",
    "Edit",
    "Manuscript",
    "Node",
    "Piece",
    "Place",
    "Splice",
    "as_json",
    "correct",
    "cuts",
    "end",
    "is_tree",
    "join",
    "move",
    "parent",
    "part",
    "places",
    "rekind",
    "rename",
    "renumber",
    "set_aside",
    "settle",
    "shift",
    "split",
    "take_back",
    "together",
]
