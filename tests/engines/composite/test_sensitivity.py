"""Sobol' indices against the published ones of two functions that everybody is tried on."""

import numpy as np
import pytest

from kelisim.engines.composite import dice, indices

DRAWS = 20000


def samples(count, low, high, seed=1):
    by = dice(seed)
    names = [f"x{i + 1}" for i in range(count)]
    return tuple({name: by.uniform(low, high, DRAWS) for name in names} for _ in range(2))


def test_ishigami_has_its_published_indices():
    """With a = 7, b = 0.1: S = 0.3139, 0.4424, 0; T = 0.5576, 0.4424, 0.2437 (Saltelli 2008)."""

    def model(x):
        return np.sin(x["x1"]) + 7 * np.sin(x["x2"]) ** 2 + 0.1 * x["x3"] ** 4 * np.sin(x["x1"])

    found = indices(model, *samples(3, -np.pi, np.pi))
    assert [one.first for one in found.values()] == pytest.approx([0.3139, 0.4424, 0], abs=0.025)
    assert [one.total for one in found.values()] == pytest.approx(
        [0.5576, 0.4424, 0.2437], abs=0.025
    )
    assert all(one.first_error < 0.02 > one.total_error for one in found.values())


def test_the_g_function_has_the_indices_that_its_formula_gives():
    """With V_i = 1/(3(1+a_i)²) and V = Π(1+V_i) - 1: S_i = V_i/V, T_i = V_i Π_j≠i(1+V_j)/V."""
    a = np.array([0.0, 1.0, 4.5, 9.0])
    parts = 1 / (3 * (1 + a) ** 2)
    whole = np.prod(1 + parts) - 1

    def model(x):
        columns = np.column_stack(list(x.values()))
        return np.prod((np.abs(4 * columns - 2) + a) / (1 + a), axis=1)

    found = indices(model, *samples(4, 0, 1))
    total = parts * np.prod(1 + parts) / (1 + parts) / whole
    assert [one.first for one in found.values()] == pytest.approx(parts / whole, abs=0.03)
    assert [one.total for one in found.values()] == pytest.approx(total, abs=0.03)


def test_a_factor_may_be_many_numbers_at_once():
    by = dice(2)
    first, second = (
        {"pair": by.standard_normal((DRAWS, 2)), "one": by.standard_normal(DRAWS)} for _ in "ab"
    )
    found = indices(lambda x: x["pair"].sum(1) + x["one"], first, second)
    assert found["pair"].first == pytest.approx(2 / 3, abs=0.03)
    assert found["one"].total == pytest.approx(1 / 3, abs=0.03)


def test_what_never_varies_is_moved_by_nothing():
    first, second = samples(2, 0, 1)
    found = indices(lambda x: np.ones(DRAWS), first, second)
    assert found["x1"].first == found["x2"].total == 0
