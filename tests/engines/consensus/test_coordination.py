"""Coordinated voting is suspected where it is planted, and nearly never where it is not."""

from dataclasses import replace

import numpy as np

from kelisim.engines.consensus.coordination import bursts, without
from kelisim.engines.consensus.votes import Votes
from tests.engines.consensus.planted import planted

DAY = 86_400.0


def conversation(seed, *, crew=0, spread=0.28, shared=False):
    """People who come over ten days; `crew` of them cast nearly the same votes in ten minutes.

    `shared`: a third of all come within an hour, after somebody shared the link.
    """
    dice = np.random.default_rng([seed, 77])
    votes, _true, _limit = planted(600, 40, seed=seed, mean=20, spread=spread)
    begins = dice.random(600) * 10 * DAY
    if shared:
        begins[dice.random(600) < 0.33] = 4 * DAY + dice.random() * 3600
        begins += dice.random(600) * 1800
    times = begins[votes.rows] + dice.random(len(votes.rows)) * 600
    votes = replace(votes, times=times)
    return joined(votes, dice, crew) if crew else votes


def joined(votes, dice, crew):
    """The same with a crew: one list of votes, each member changes a vote or two."""
    people, statements = votes.size
    chosen = np.sort(dice.choice(statements, 25, replace=False))
    script = dice.choice([-1, 1], 25)
    rows, columns, values, times = (
        [part] for part in (votes.rows, votes.columns, votes.values, votes.times)
    )
    start = dice.random() * 9 * DAY
    for member in range(crew):
        own = script.copy()
        own[dice.choice(25, 2, replace=False)] *= -1 if dice.random() < 0.5 else 1
        rows.append(np.full(25, people + member, dtype=np.int32))
        columns.append(chosen.astype(np.int32))
        values.append(own.astype(np.int8))
        times.append(start + dice.random(25) * 60 + dice.random() * 540)
    names = tuple(str(one).zfill(5) for one in range(people + crew))
    parts = (np.concatenate(part) for part in (rows, columns, values, times))
    return Votes(names, votes.statements, *parts)


def test_planted_coordination_is_found_in_at_least_nine_of_ten():
    found = 0
    for seed in range(10):
        votes = conversation(seed, crew=12)
        suspected = bursts(votes)
        crew = set(range(600, 612))
        found += any(len(crew & set(one.members)) >= 8 for one in suspected)
    assert found >= 9


def test_where_nothing_is_planted_fewer_than_one_in_twenty_is_suspected():
    quiet = [bursts(conversation(seed)) for seed in range(14)]
    after_a_link = [bursts(conversation(seed, shared=True)) for seed in range(14)]
    alike = [bursts(conversation(seed, spread=1.5)) for seed in range(12)]
    assert sum(map(bool, [*quiet, *after_a_link, *alike])) <= 1


def test_what_is_told_are_sizes_and_times_and_figures_without_them():
    votes = conversation(3, crew=12)
    [burst, *_others] = bursts(votes)
    assert burst.ends - burst.begins < 700
    left = without(votes, [burst])
    assert len(left.participants) == len(votes.participants) - burst.size
    assert bursts(left) == []


def test_without_moments_nothing_is_suspected():
    assert bursts(replace(conversation(1, crew=12), times=None)) == []


def test_the_same_votes_give_the_same_suspicions():
    votes = conversation(5, crew=15)
    assert bursts(votes) == bursts(votes)
