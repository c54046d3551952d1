"""What has changed since a day, from Kolada's own feed of changes (``from_date``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

import numpy as np

from vagvisare.sources.kolada.data import opened
from vagvisare.sources.kolada.pages import PER_PAGE, turned
from vagvisare.sources.kolada.question import Question, Segment, chunks
from vagvisare.sources.wire import Wire

MARGIN = timedelta(days=1)
"""How much further back changes are asked for, so that nothing falls between two clocks."""


def changed_pairs(asked: Sequence[tuple[date, Question]], wire: Wire) -> set[tuple[str, str]]:
    """Return the pairs of KPI and unit that have changed; those last checked about the same time are asked together."""
    checked: dict[str, date] = {}
    for day, own in asked:
        for kpi in own.kpis:
            checked[kpi] = min(day, checked.get(kpi, day))
    changed: set[tuple[str, str]] = set()
    for kpis in chunks(sorted(checked, key=lambda kpi: (checked[kpi], kpi))):
        units = list(dict.fromkeys(u for _, own in asked if not set(kpis).isdisjoint(own.kpis) for u in own.units))
        params: dict[str, str | int] = {
            "from_date": (min(checked[kpi] for kpi in kpis) - MARGIN).isoformat(),
            "per_page": PER_PAGE,
        }
        for some in chunks(units):
            changed.update(_changes(Segment(kpis, some), params, wire))
    return changed


def _changes(segment: Segment, params: Mapping[str, str | int], wire: Wire) -> Iterator[tuple[str, str]]:
    """Yield what changed in a segment; figures taken back are changes too. Stops when everything has changed."""
    seen: set[tuple[str, str]] = set()
    for _, columns in turned(wire, segment.address, params, lambda reply: opened(reply, segment), kept=False):
        pairs = np.unique(columns.kpi.astype(np.int64) * len(segment.units) + columns.unit).tolist()
        for place in pairs:
            pair = segment.kpis[place // len(segment.units)], segment.units[place % len(segment.units)]
            seen.add(pair)
            yield pair
        if len(seen) == len(segment.kpis) * len(segment.units):
            return
