"""The exact distribution of the Mann–Kendall count, as tables that are looked up."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from vagvisare.assessment.kernels.shapes import Floats, Whole


def exact_p(s: Whole, values: Floats) -> Floats:
    """Return the two-sided probability of each count, counting every order of the figures.

    Args:
        s: the counts, shape (m,).
        values: the figures they were counted on, shape (m, n); equal figures are equal to the last bit.
    """
    out = np.ones(len(s))
    ordered = np.sort(values, axis=1)
    ends = ordered[:, 1:] != ordered[:, :-1]
    patterns, which = np.unique(ends, axis=0, return_inverse=True)
    for number, pattern in enumerate(patterns):
        rows = which == number
        places = np.flatnonzero(np.r_[True, pattern, True])
        out[rows] = table(tuple(sorted(np.diff(places).tolist())))[np.abs(s[rows])]
    return out


@lru_cache(maxsize=1024)
def table(groups: tuple[int, ...]) -> Floats:
    """Return P(|S| ≥ s) for s = 0 … the number of untied pairs, for figures in equal groups of these sizes.

    The orders by number of wrong pairs are the quotient [n]! / Π [g]! of Gaussian factorials. Without ties every
    factor is divided by its sum, so that any n fits in a float; with ties whole numbers are divided exactly.
    """
    orders = _shares(len(groups)) if max(groups, default=1) == 1 else _tied(groups)
    pairs = len(orders) - 1
    # |S| = |pairs − 2 · wrong|; every probability is a sum of positive numbers from the far end inwards.
    far = np.cumsum(orders)
    s = np.arange(pairs + 1)
    below = (pairs - s) // 2
    tail: Floats = np.where(s == 0, 1.0, 2 * far[below] / far[-1])
    return np.minimum(tail, 1.0)


def _shares(n: int) -> Floats:
    """Return the shares of all orders of n different figures with 0, 1, 2 … wrong pairs."""
    out = np.ones(1)
    for i in range(2, n + 1):
        out = np.convolve(out, np.full(i, 1 / i))
    return out


def _tied(groups: tuple[int, ...]) -> Floats:
    """Return how many orders there are with 0, 1, 2 … wrong pairs, where some figures are equal."""
    orders = np.ones(1, dtype=object)
    for i in range(2, sum(groups) + 1):
        orders = np.convolve(orders, np.ones(i, dtype=object))
    for group in groups:
        for size in range(2, group + 1):
            orders = _divided(orders, size)
    return orders.astype(np.float64)


def _divided(orders: np.ndarray, size: int) -> np.ndarray:
    """Divide exactly by 1 + q + … + q^(size−1)."""
    out = np.zeros(len(orders) - size + 1, dtype=object)
    for place in range(len(out)):
        out[place] = orders[place] - out[max(place - size + 1, 0) : place].sum()
    return out
