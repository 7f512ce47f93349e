"""Conversations of which one knows how the votes came about."""

import numpy as np

from kelisim.engines.consensus.votes import Votes

SHARES = (0.45, 0.30, 0.15, 0.10)


def planted(people, statements, *, shares=SHARES, seed=1, mean=25, spread=0.28):
    """Votes, the true groups, and the limit: labels by a classifier that knows the profiles.

    A statement's agreement is Beta(2, 2), a group shifts it by N(0, spread), within 0.03–0.97; 18 %
    pass; votes a participant are log-normal (σ = 1) about `mean`.
    """
    dice = np.random.default_rng(seed)
    groups = dice.choice(len(shares), size=people, p=shares)
    base = dice.beta(2, 2, size=statements)
    shift = dice.normal(0, spread, size=(len(shares), statements)) if spread else 0.0
    agree = np.clip(base + shift * np.ones((len(shares), 1)), 0.03, 0.97)
    counts = np.exp(dice.normal(np.log(mean) - 0.5, 1, size=people)).round().astype(int)
    counts = np.clip(counts, 1, statements)
    rows = np.repeat(np.arange(people, dtype=np.int32), counts)
    columns = np.concatenate([dice.choice(statements, n, replace=False) for n in counts])
    order = np.lexsort((columns, rows))
    columns = columns[order].astype(np.int32)
    passed = dice.random(len(rows)) < 0.18
    yes = dice.random(len(rows)) < agree[groups[rows], columns]
    values = np.where(passed, 0, np.where(yes, 1, -1)).astype(np.int8)
    votes = Votes(
        tuple(map(str, range(people))), tuple(map(str, range(statements))), rows, columns, values
    )
    scores = np.log(np.array(shares)) * np.ones((people, 1))
    cast = ~passed
    for group in range(len(shares)):
        told = np.where(
            values == 1, np.log(agree[group, columns]), np.log1p(-agree[group, columns])
        )
        scores[:, group] += np.bincount(rows[cast], weights=told[cast], minlength=people)
    return votes, groups.astype(np.int32), scores.argmax(axis=1).astype(np.int32)
