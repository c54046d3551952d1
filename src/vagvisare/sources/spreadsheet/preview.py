"""What was understood of a delivery, for whoever answers for it to look through before it is recorded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vagvisare.sources.query import Dataset, Role
from vagvisare.sources.spreadsheet.delivery import FileDelivery, Understood
from vagvisare.sources.spreadsheet.preview_changes import Changes, changes
from vagvisare.sources.spreadsheet.preview_doubts import doubts_of
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period

_SAMPLES = 5
_What = TypeVar("_What")


@dataclass(frozen=True, slots=True)
class Sample:
    """One figure beside the cell it stands in ("" in a file without cells); ``value`` as it would be recorded."""

    cell: str
    territory: str
    period: str
    sex: str
    background: str
    value: float


@dataclass(frozen=True, slots=True)
class Preview:
    """What was read, what was left out, what would change, and what to look at twice.

    ``rows`` counts the file's rows with figures, ``figures`` those that would be recorded and ``lacking`` the places
    where the file says that there is none. ``territories`` are official codes. ``columns`` says of each dimension what
    it is here and where it was found. ``left_out`` counts what has a code that nobody asked for, by dimension and code.
    """

    dataset: str
    title: str
    unit: str
    file: str
    sheets: tuple[str, ...]
    rows: int
    figures: int
    lacking: int
    territories: tuple[str, ...]
    periods: tuple[Period, ...]
    sexes: tuple[str, ...]
    backgrounds: tuple[str, ...]
    columns: tuple[tuple[str, Role, Text], ...]
    ignored: tuple[str, ...]
    left_out: tuple[tuple[str, str, int], ...]
    missing: tuple[tuple[str, int], ...]
    footnotes: tuple[tuple[str, int], ...]
    empty: int
    smallest: Sample | None
    largest: Sample | None
    samples: tuple[Sample, ...]
    changes: Changes | None
    notes: tuple[str, ...]
    doubts: tuple[Text, ...]


def understood(delivery: FileDelivery, dataset: Dataset, previous: pa.Table | None = None) -> Preview:
    """Say what was understood of a delivery.

    Args:
        delivery: as :func:`vagvisare.sources.spreadsheet.delivery.deliver` reads it.
        dataset: whose figures it brings.
        previous: the figures that now stand, in ``FIGURES``; None when there are none.
    """
    figures, parts = delivery.figures, delivery.parts
    readings = [part.reading for part in parts]
    numbers = [reading.numbers for reading in readings if reading.numbers is not None]
    spans = {(start, end) for start, end in zip(*(figures[n].to_pylist() for n in ("start", "end")), strict=True)}
    samples, smallest, largest = _samples(parts)
    return Preview(
        dataset=dataset.key,
        title=dataset.title,
        unit=dataset.unit,
        file=delivery.name,
        sheets=tuple(dict.fromkeys(reading.sheet for reading in readings if reading.sheet)),
        rows=sum(_rows(part) for part in parts),
        figures=figures.num_rows - figures["value"].null_count,
        lacking=figures["value"].null_count,
        territories=_distinct(figures, "territory"),
        periods=tuple(sorted(Period(start, end) for start, end in spans)),
        sexes=tuple(sex for sex in "TKM" if sex in _distinct(figures, "sex")),
        backgrounds=_distinct(figures, "background"),
        columns=_columns(parts),
        ignored=tuple(dict.fromkeys(name for reading in readings for name in reading.ignored)),
        left_out=tuple((name, code, n) for (name, code), n in _total(reading.left_out for reading in readings)),
        missing=tuple(_total(each.missing for each in numbers)),
        footnotes=tuple(_total(each.footnotes for each in numbers)),
        empty=sum(reading.empty for reading in readings),
        smallest=smallest,
        largest=largest,
        samples=samples,
        changes=None if previous is None else changes(previous, figures),
        notes=tuple(dict.fromkeys(words for reading in readings for _, words in reading.below)),
        doubts=tuple(dict.fromkeys(doubt for part in parts for doubt in doubts_of(part))),
    )


def _rows(part: Understood) -> int:
    """Return how many rows of the file have figures of territories we follow."""
    if not part.reading.rows:
        return 0
    ours = part.keys.index[Role.TERRITORY] >= 0
    return len(np.unique(np.asarray(part.reading.rows)[ours]))


def _distinct(figures: pa.Table, column: str) -> tuple[str, ...]:
    return tuple(sorted(pc.unique(figures[column]).to_pylist()))


def _total(counters: Iterable[Counter[_What]]) -> list[tuple[_What, int]]:
    total: Counter[_What] = Counter()
    for counter in counters:
        total.update(counter)
    return total.most_common()


def _columns(parts: tuple[Understood, ...]) -> tuple[tuple[str, Role, Text], ...]:
    found: dict[tuple[str, Role, Text], None] = {}
    for part in parts:
        for dimension in part.query.dimensions:
            if dimension.code in part.reading.places:
                found[dimension.code, dimension.role, part.reading.places[dimension.code]] = None
    return tuple(found)


def _samples(parts: tuple[Understood, ...]) -> tuple[tuple[Sample, ...], Sample | None, Sample | None]:
    """Return a few figures spread over the file, the smallest and the largest."""
    spread: list[Sample] = []
    ends: list[Sample] = []
    for part in parts:
        values = part.reading.long.values.to_numpy(zero_copy_only=False).astype(np.float64)
        measure, place = part.keys.index[Role.MEASURE], part.keys.index[Role.TERRITORY]
        figure = np.array([name == "value" for name in part.keys.names[Role.MEASURE]])
        usable = np.flatnonzero(figure[measure] & (place >= 0) & ~np.isnan(values))
        if len(usable):
            picked = usable[np.unique(np.linspace(0, len(usable) - 1, _SAMPLES).round().astype(int))]
            spread += [_sample(part, int(each), values) for each in picked]
            ends += [
                _sample(part, int(usable[at]), values) for at in (values[usable].argmin(), values[usable].argmax())
            ]
    chosen = (
        [spread[at] for at in sorted({round(at) for at in np.linspace(0, len(spread) - 1, _SAMPLES)})] if spread else []
    )
    by_value = sorted(ends, key=lambda sample: sample.value)
    return tuple(chosen), by_value[0] if by_value else None, by_value[-1] if by_value else None


def _sample(part: Understood, figure: int, values: np.ndarray) -> Sample:
    roles = (Role.TERRITORY, Role.PERIOD, Role.SEX, Role.BACKGROUND)
    territory, period, sex, background = (part.keys.of(figure, role) for role in roles)
    value = float(values[figure]) * part.query.scale
    return Sample(part.reading.where(figure), territory, period, sex, background, value)
