"""A query cut into parts that a server will answer, and put together in the order they were cut."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from vagvisare.sources.pxweb.v1_selection import Selection
from vagvisare.sources.pxweb.v1_wording import too_large

MOST_CELLS = 20_000_000
MOST_PARTS = 2_000
"""A region's query needs a handful of calls; one that needs thousands is a mistake, and would be impolite."""


def cells_of(selection: Selection) -> int:
    """Return how many figures a query gives."""
    return math.prod(len(codes) for codes in selection.values())


def parts_of(selection: Selection, most: int, table: str, first: Sequence[str] = ()) -> list[Selection]:
    """Cut a query into parts of at most ``most`` figures each.

    Args:
        selection: what is asked for.
        most: figures the server gives at a time.
        table: for the sentence.
        first: variables to cut by before others: time, then territory, so that a part is whole in the rest.

    Raises:
        RefusedError: when there would be unreasonably many figures or parts.
    """
    cells = cells_of(selection)
    if cells > MOST_CELLS:
        raise too_large(table, cells, MOST_CELLS)
    if cells > most * MOST_PARTS:
        raise too_large(table, cells, most * MOST_PARTS)
    found = []
    for part in _cut(selection, most, [*first, *sorted(selection, key=lambda name: -len(selection[name]))]):
        found.append(part)
        if len(found) > MOST_PARTS:
            raise too_large(table, cells, most * MOST_PARTS)
    return found


def _cut(part: Selection, most: int, order: Sequence[str]) -> Iterator[Selection]:
    """Yield parts: the first variable with more than one code is cut as coarsely as will do."""
    cells = cells_of(part)
    name = next((name for name in order if len(part.get(name, ())) > 1), None)
    if cells <= most or name is None:
        yield part
        return
    codes = part[name]
    step = max(1, most // (cells // len(codes)))
    for start in range(0, len(codes), step):
        yield from _cut({**part, name: codes[start : start + step]}, most, order)


def halves_of(part: Selection, first: Sequence[str] = ()) -> list[Selection]:
    """Cut a part in two; none when it is a single figure."""
    order = [*first, *sorted(part, key=lambda name: -len(part[name]))]
    name = next((name for name in order if len(part.get(name, ())) > 1), None)
    if name is None:
        return []
    middle = len(part[name]) // 2
    return [{**part, name: part[name][:middle]}, {**part, name: part[name][middle:]}]
