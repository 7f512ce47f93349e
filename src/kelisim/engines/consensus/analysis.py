"""Everything that is said of a conversation, as one document that a program and a page read."""

from collections.abc import Collection, Mapping
from typing import Any

import numpy as np

from kelisim.engines.consensus import figures
from kelisim.engines.consensus.blocks import ALONE, Blocks, Workers, blocks
from kelisim.engines.consensus.bridging import bridging_of
from kelisim.engines.consensus.coordination import bursts
from kelisim.engines.consensus.figures import Counts
from kelisim.engines.consensus.groups import Groups, continued, grouped_of
from kelisim.engines.consensus.spread import spread_of
from kelisim.engines.consensus.votes import Floats, Votes

VERSION = "1"
"""Raised whenever the same votes would come out otherwise."""
STANDS_FOR = 5
"""Statements by which a group is told, at the most."""
DIGITS = 9
GROWN = 0.1
"""The part by which votes may grow before the number of groups is chosen anew."""


def analysis(
    votes: Votes,
    *,
    aside: Collection[str] = (),
    background: Collection[str] = (),
    seed: int = 0,
    workers: Workers = ALONE,
    before: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Groups, the map, and the figures of every statement, with what they were computed from.

    Statements set aside are left out of everything; background ones have figures but shape neither
    map nor groups. `before`: what this gave for fewer of the votes. While they grew by less than a
    tenth since the number of groups was chosen, that number stays and only the fit goes on; the
    figures are those of a whole analysis with as many groups, stability remains as it was found.
    """
    shown = votes.without(aside)
    shaped = shown.without(background)
    of = blocks(shaped, workers)
    chosen_on = len(shaped.rows)
    if before is not None and lasting(before, shaped, aside, background, seed):
        chosen_on = before["chosen_on"]
        found = carried(of, shaped, before)
        tried, stability = before["tried"], before["stability"]
        firmness = before["firmness"]
    else:
        found = grouped_of(of, shaped, seed=seed)
        tried, stability = trials(found), rounded(found.stability)
        firmness = [rounded(one) for one in found.firmness]
    places = spread_of(of)
    far = dict(zip(shaped.statements, places.extremity.tolist(), strict=True))
    all_of, line = (of, places.directions[:, 0]) if shaped is shown else (blocks(shown), None)
    return {
        "groups": found.size if found.size > 1 else 0,
        "stability": stability,
        "firmness": firmness,
        "tried": tried,
        "chosen_on": chosen_on,
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
        "statements": statements(shown, found, far, bridging_of(all_of, line=line).value),
        "sizes": np.bincount(found.labels[found.labels >= 0], minlength=1).tolist()
        if found.size > 1
        else [],
    }


def trials(found: Groups) -> list[dict[str, Any]]:
    """Which numbers of groups were tried, and how each did."""
    return [
        {
            "groups": one.size,
            "foretold": rounded(one.foretold),
            "stability": None if one.stability is None else rounded(one.stability),
        }
        for one in found.trials
    ]


def lasting(
    before: Mapping[str, Any],
    votes: Votes,
    aside: Collection[str],
    background: Collection[str],
    seed: int,
) -> bool:
    """Whether the number of groups that was chosen may stay: all asked alike, few new votes."""
    known = set(votes.statements) | set(aside) | set(background)
    alike = (
        before["version"] == VERSION
        and before["seed"] == seed
        and before["aside"] == sorted(set(aside) & known)
        and before["background"] == sorted(set(background) & known)
    )
    chosen_on = int(before["chosen_on"])
    return bool(alike and abs(len(votes.rows) - chosen_on) <= GROWN * chosen_on)


def carried(of: Blocks, votes: Votes, before: Mapping[str, Any]) -> Groups:
    """The groups that were found, fitted on to the votes of now; who is new is in none at first."""
    if not before["groups"]:
        return Groups(1, np.full(of.people, -1, dtype=np.int32), np.zeros(of.people), 0.0, ())
    label = {one["id"]: one["group"] for one in before["participants"]}
    known = [label.get(name) for name in votes.participants]
    start = np.array([-1 if one is None else one for one in known], dtype=np.int32)
    return continued(of, start, before["groups"])


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
    votes: Votes, found: Groups, extremity: Mapping[str, float], bridge: Floats
) -> list[dict[str, Any]]:
    """The figures of every statement; by group where there are groups."""
    whole = figures.counted(votes)
    groups = figures.counted(votes, found.labels, found.size) if found.size > 1 else None
    by = groups or whole
    far = np.array([extremity.get(name, 0.0) for name in votes.statements])
    product, mean = figures.group_informed(by, agree=True)
    against, against_mean = figures.group_informed(by, agree=False)
    agreed, refused = figures.majority(whole)
    low, high = figures.wilson(whole.agree[0], whole.seen[0])
    next_up = figures.priority(whole, far)
    apart = figures.divisive(by)
    sides = stands(by) if groups else {}
    again = [figures.counted(votes, labels, found.size) for labels in found.again]
    shared = between([figures.group_informed(one, agree=True)[1] for one in again])
    parted = between([figures.divisive(one) for one in again])
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
            "group_consensus_again": shared[at] if shared else None,
            "group_disagreement": rounded(against[at]),
            "group_disagreement_mean": rounded(against_mean[at]),
            "majority": "agree" if agreed[at] else "disagree" if refused[at] else None,
            "divisive": rounded(apart[at]),
            "divisive_again": parted[at] if parted else None,
            "bridging": rounded(bridge[at]),
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


def between(again: list[Floats]) -> list[list[float]]:
    """The least and the most that a figure was when half of the people told the groups."""
    if not again:
        return []
    low, high = np.minimum.reduce(again), np.maximum.reduce(again)
    return [[rounded(one), rounded(other)] for one, other in zip(low, high, strict=True)]


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
