"""The largest level shift beside a straight line, and how often chance alone would show one as large.

For residuals of a robust line, n of them in order of time. Neighbours resemble each other, so the residuals are first
made independent (each less ρ times the one before); the rest is a permutation test. The permutations are the same for
every series of a length, so that the same figures always give the same answer, in any unit.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from operator import itemgetter, mul

PERMUTATIONS = 999
ENOUGH = 25
"""When so many permutations are as extreme, p is known well enough to be large, and the rest are saved."""

SHORTEST = 3
"""A level is at least so many points: fewer are an odd figure out, which other rules look for."""


@dataclass(frozen=True, slots=True)
class Shift:
    """Where the largest shift is: ``at`` is the first point of the new level; ``p`` its permutation probability."""

    at: int
    p: float


def largest_shift(times: Sequence[float], residuals: Sequence[float], rho: float) -> Shift | None:
    """Find the largest level shift.

    Args:
        times: n points in time, increasing, in years.
        residuals: n distances from a straight line through the figures.
        rho: the correlation of neighbours, from 0 to below 1.

    Returns:
        The place with the largest share of the residuals' variation explained by a step there, beside a straight line;
        p is the share of random orders that show one as large. None where there are too few points for two levels, or
        no variation at all.
    """
    fitted = _steps(tuple(times), rho)
    white = tuple(later - rho * earlier for earlier, later in pairwise(residuals))
    if fitted is None or not any(white):
        return None
    mean = math.fsum(white) / len(white)
    white = tuple(value - mean for value in white)
    if max(map(abs, white)) <= 1e-9 * max(map(abs, residuals)):
        return None
    explained = fitted.explained(white)
    largest = max(explained)
    as_large, tried = 0, 0
    for order in orders(len(white)):
        tried += 1
        as_large += max(fitted.explained(order(white))) >= largest * (1 - 1e-9)
        if as_large == ENOUGH:
            return Shift(fitted.first + explained.index(largest), as_large / tried)
    return Shift(fitted.first + explained.index(largest), (as_large + 1) / (tried + 1))


@dataclass(frozen=True, slots=True)
class _Steps:
    """The steps that are tried, with level and line taken out of each: what is the same for every order of a length.

    ``first`` is the place of the first step; ``line`` is time made independent as the residuals are, centred, with
    squared length ``line_square``; ``weights`` is one over the squared length of each step without level and line.
    """

    first: int
    rho: float
    line: tuple[float, ...]
    line_square: float
    weights: tuple[float, ...]

    def explained(self, white: Sequence[float]) -> list[float]:
        """Return for each step the part of the variation beside the line that it explains; ``white`` is centred."""
        slope = sum(map(mul, white, self.line)) / self.line_square
        beside = [value - slope * t for value, t in zip(white, self.line, strict=True)]
        total = sum(map(mul, beside, beside)) or 1.0
        # A step of one at place k is, made independent, 1 at k and 1 − ρ after: ρ·beside[k] + (1 − ρ)·sum from k on.
        tails = list(accumulate(reversed(beside)))[::-1]
        start, rest, rho = self.first - 1, 1 - self.rho, self.rho
        return [
            (rho * beside[start + i] + rest * tails[start + i]) ** 2 * weight / total
            for i, weight in enumerate(self.weights)
        ]


@lru_cache(maxsize=256)
def _steps(times: tuple[float, ...], rho: float) -> _Steps | None:
    """Return the steps that fit between points at ``times``; None where there are too few for two levels."""
    n = len(times)
    if n < 2 * SHORTEST + 1:
        return None
    line = _centred([later - rho * earlier for earlier, later in pairwise(times)])
    square = math.fsum(t * t for t in line)
    weights = []
    for first in range(SHORTEST, n - SHORTEST + 1):
        step = _centred([0.0] * (first - 1) + [1.0] + [1 - rho] * (n - 1 - first))
        along = math.fsum(map(mul, step, line))
        weights.append(1 / (math.fsum(map(mul, step, step)) - along * along / square))
    return _Steps(SHORTEST, rho, line, square, tuple(weights))


def _centred(values: Sequence[float]) -> tuple[float, ...]:
    mean = math.fsum(values) / len(values)
    return tuple(value - mean for value in values)


@lru_cache(maxsize=64)
def orders(n: int) -> tuple[itemgetter[tuple[float, ...]], ...]:
    """Return random orders of n things, always the same."""
    rng, places = random.Random(n), list(range(n))  # noqa: S311 - a fixed draw, not a secret
    out = []
    for _ in range(PERMUTATIONS):
        rng.shuffle(places)
        out.append(itemgetter(*places))
    return tuple(out)
