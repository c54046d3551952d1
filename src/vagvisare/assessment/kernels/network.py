"""A sorting network: which rows to put in order, one after the other, so that any figures end up sorted.

The steps do not depend on the figures. Sixteen series that stand side by side are therefore sorted by the same steps,
each a lowest and a highest of two rows, and none has to guess which way it goes. The network is the bitonic sorter,
which falls into tiles of eight rows: eight rows are fetched, taken through up to six rounds, and put back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

import numpy as np
import numpy.typing as npt

Tiles = npt.NDArray[np.uint32]

ROWS = 8
"""How many rows a tile has: with sixteen registers, eight rows and what is needed to compare them stay in place."""


def _halve(*distances: int) -> tuple[tuple[int, int], ...]:
    """Return the pairs of eight rows that stand so far apart, one distance after the other."""
    return tuple((i, i + d) for d in distances for i in range(ROWS) if i & d == 0)


def _fold(size: int) -> tuple[tuple[int, int], ...]:
    """Return the pairs that fold each run of ``size`` rows in the middle: first with last, second with last but one."""
    return tuple((b + i, b + size - 1 - i) for b in range(0, ROWS, size) for i in range(size // 2))


KINDS = (
    (*_fold(2), *_fold(4), *_halve(1), *_fold(8), *_halve(2, 1)),
    (*_fold(8), *_halve(2, 1)),
    _halve(4, 2, 1),
    _halve(2, 1),
    _halve(1),
)
"""What is done to the rows of a tile, by kind: sort; fold and merge; merge three, two, or one more rounds.

Compiled code is kept until its own file changes: after a change here, change ``compiled`` too.
"""

SORT, FOLD, THREE, TWO, ONE = range(len(KINDS))


@lru_cache(maxsize=256)
def tiles(rows: int) -> Tiles:
    """Return the tiles that sort so many rows, lowest first.

    Returns:
        An array (k, 9): the kind, and the eight rows in order. Rows that do not exist are given as row number
        ``rows``, which must hold +∞ in every lane; it then stays there, as nothing is higher.
        Source: K. E. Batcher, Sorting networks and their applications (1968).
    """
    found = [(kind, *places) for kind, places in _all_tiles(rows) if _does_something(kind, places, rows)]
    out = np.array(found, dtype=np.uint32).reshape(-1, 1 + ROWS)
    out[:, 1:] = np.minimum(out[:, 1:], rows)
    return out


def _all_tiles(rows: int) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Yield the tiles for the next power of two: runs of eight are sorted, then merged two and two."""
    whole = max(1 << max(rows - 1, 0).bit_length(), ROWS)
    for first in range(0, whole, ROWS):
        yield SORT, tuple(range(first, first + ROWS))
    size = 2 * ROWS
    while size <= whole:
        yield from _folds(whole, size)
        left = size // ROWS
        while left > 1:
            kind, rounds = {2: (ONE, 1), 4: (TWO, 2)}.get(left, (THREE, 3))
            yield from ((kind, places) for places in _apart(whole, left >> rounds if kind == THREE else 1))
            left >>= rounds
        size *= 2


def _folds(whole: int, size: int) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Yield the tiles that fold each run of ``size`` rows and take its halves through two rounds."""
    step = size // ROWS
    for first in range(0, whole, size):
        for i in range(step):
            lower = [first + i + k * step for k in range(ROWS // 2)]
            upper = [2 * first + size - 1 - place for place in reversed(lower)]
            yield FOLD, (*lower, *upper)


def _apart(whole: int, step: int) -> Iterable[tuple[int, ...]]:
    """Return the tiles of eight rows that stand ``step`` apart."""
    return (
        tuple(first + i + k * step for k in range(ROWS)) for first in range(0, whole, ROWS * step) for i in range(step)
    )


def _does_something(kind: int, places: tuple[int, ...], rows: int) -> bool:
    """Tell whether any pair of a tile has two rows that exist."""
    return any(places[high] < rows for _, high in KINDS[kind])
