"""Everything that is said of a conversation, as one document that a program and a page read."""

from collections.abc import Collection, Mapping
from typing import Any

import numpy as np

from kelisim.engines.consensus import figures
from kelisim.engines.consensus.bridging import bridging
from kelisim.engines.consensus.coordination import bursts
from kelisim.engines.consensus.figures import Counts
from kelisim.engines.consensus.groups import Groups, grouped
from kelisim.engines.consensus.spread import spread
from kelisim.engines.consensus.votes import Votes

VERSION = "1"
"""Raised whenever the same votes would come out otherwise."""
STANDS_FOR = 5
"""Statements by which a group is told, at the most."""
DIGITS = 9


def analysis(
    votes: Votes,
    *,
    aside: Collection[str] = (),
    background: Collection[str] = (),
    seed: int = 0,
) -> dict[str, Any]:
    """Groups, the map, and the figures of every statement, with what they were computed from.

    Statements set aside are left out of everything; background ones have figures but shape neither
    map nor groups.
    """
    shown = votes.without(aside)
    shaped = shown.without(background)
    found = grouped(shaped, seed=seed)
    places = spread(shaped)
    counts = figures.counted(shown, found.labels, found.size) if found.size > 1 else None
    far = dict(zip(shaped.statements, places.extremity.tolist(), strict=True))
    return {
        "groups": found.size if found.size > 1 else 0,
        "stability": rounded(found.stability),
        "tried": [
            {
                "groups": one.size,
                "foretold": rounded(one.foretold),
                "stability": None if one.stability is None else rounded(one.stability),
            }
            for one in found.trials
        ],
        "suspected": [
            {"size": one.size, "begins": one.begins, "ends": one.ends, "chance": one.chance}
            for one in bursts(shown, seed=seed)
        ],
        "seed": seed,
        "version": VERSION,
        "inputs_sha256": votes.sha256,
        "aside": sorted(set(aside) & set(votes.statements)),
        "background": sorted(set(background) & set(votes.statements)),
        "participants": people(shaped, found, places.places),
        "statements": statements(shown, counts, far),
        "sizes": np.bincount(found.labels[found.labels >= 0], minlength=1).tolist()
        if found.size > 1
        else [],
    }


def rounded(value: float) -> float:
    return round(float(value), DIGITS)


def people(votes: Votes, found: Groups, places: Any) -> list[dict[str, Any]]:
    """Where everybody stands, and in which group; null where in none."""
    return [
        {
            "id": name,
            "x": round(x, DIGITS),
            "y": round(y, DIGITS),
            "group": None if label < 0 else label,
            "sureness": None if label < 0 else round(sure, DIGITS),
            "votes": count,
        }
        for name, (x, y), label, sure, count in zip(
            votes.participants,
            places.tolist(),
            found.labels.tolist(),
            found.sureness.tolist(),
            votes.per_participant.tolist(),
            strict=True,
        )
    ]


def statements(
    votes: Votes, groups: Counts | None, extremity: Mapping[str, float]
) -> list[dict[str, Any]]:
    """The figures of every statement; by group where there are groups."""
    whole = figures.counted(votes)
    by = groups or whole
    far = np.array([extremity.get(name, 0.0) for name in votes.statements])
    product, mean = figures.group_informed(by, agree=True)
    against, against_mean = figures.group_informed(by, agree=False)
    agreed, refused = figures.majority(whole)
    low, high = figures.wilson(whole.agree[0], whole.seen[0])
    bridge = bridging(votes)
    next_up = figures.priority(whole, far)
    apart = figures.divisive(by)
    sides = stands(by) if groups else {}
    return [
        {
            "id": name,
            "agree": int(whole.agree[0, at]),
            "disagree": int(whole.disagree[0, at]),
            "pass": int(whole.passed[0, at]),
            "seen": int(whole.seen[0, at]),
            "agreement": [rounded(low[at]), rounded(high[at])],
            "group_consensus": rounded(product[at]),
            "group_consensus_mean": rounded(mean[at]),
            "group_disagreement": rounded(against[at]),
            "group_disagreement_mean": rounded(against_mean[at]),
            "majority": "agree" if agreed[at] else "disagree" if refused[at] else None,
            "divisive": rounded(apart[at]),
            "bridging": rounded(bridge.value[at]),
            "extremity": rounded(far[at]),
            "priority": rounded(next_up[at]),
            "by_group": [
                {
                    "agree": int(by.agree[group, at]),
                    "disagree": int(by.disagree[group, at]),
                    "pass": int(by.passed[group, at]),
                    "seen": int(by.seen[group, at]),
                    "stands": sides.get((group, at)),
                }
                for group in range(len(by.agree))
            ]
            if groups
            else [],
        }
        for at, name in enumerate(votes.statements)
    ]


def stands(counts: Counts) -> dict[tuple[int, int], str]:
    """By which statements each group is told, firmly, and on which side."""
    found: dict[tuple[int, int], str] = {}
    sides = {
        "agree": figures.standing(counts, agree=True),
        "disagree": figures.standing(counts, agree=False),
    }
    for group in range(len(counts.agree)):
        strongest = sorted(
            (
                (-float(side.order[group, at]), at, name)
                for name, side in sides.items()
                for at in np.flatnonzero(side.firm[group]).tolist()
            ),
        )[:STANDS_FOR]
        found |= {(group, at): name for _order, at, name in strongest}
    return found
