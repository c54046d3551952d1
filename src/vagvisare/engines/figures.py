"""Rows of figures as ragged series: keys as codes, one array of years, one of values, offsets into both."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from vagvisare.engines.layout import FIRST_YEAR, KEYS, LAST_YEAR, OPTIONAL, SEXES
from vagvisare.terms.errors import FigureError
from vagvisare.terms.language import Text
from vagvisare.terms.series import TOTAL

Whole = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


class Key(NamedTuple):
    """One key column: a code for each series, and the words the codes stand for, in order of the alphabet."""

    codes: Whole
    words: tuple[str, ...]

    def code(self, word: str) -> int:
        """Return the code of ``word``; −1 where no series has it."""
        return self.words.index(word) if word in self.words else -1


class Ragged(NamedTuple):
    """m series of figures, each in order of time.

    ``offsets`` has m + 1 entries: series i holds ``periods[offsets[i]:offsets[i + 1]]`` and the same of ``values``.
    ``ids`` are the keys as one strictly increasing number a series; figures that are not finite are left out.
    """

    indicator: Key
    territory: Key
    sex: Key
    background: Key
    ids: Whole
    offsets: Whole
    periods: Whole
    values: Floats

    @property
    def number(self) -> int:
        """How many series there are."""
        return len(self.ids)

    @property
    def everybody(self) -> Flags:
        """Which series cover everybody: both sexes, every background."""
        flags: Flags = (self.sex.codes == self.sex.code(TOTAL)) & (self.background.codes == self.background.code(""))
        return flags

    @property
    def last(self) -> Whole:
        """Place of each series' latest figure."""
        return self.offsets[1:] - 1

    @property
    def owner(self) -> Whole:
        """The series each figure belongs to."""
        return np.repeat(np.arange(self.number), np.diff(self.offsets))

    def place(self, indicator: Whole, territory: Whole, sex: int, background: int) -> Whole:
        """Return which series has each of these keys; −1 where none has."""
        if sex < 0 or background < 0 or not self.number:
            return np.full(len(indicator), -1)
        wanted = combined((indicator, territory, sex, background), self._sizes)
        found = np.minimum(np.searchsorted(self.ids, wanted), self.number - 1)
        return np.where(self.ids[found] == wanted, found, -1)

    @property
    def _sizes(self) -> tuple[int, ...]:
        return tuple(len(key.words) for key in (self.indicator, self.territory, self.sex, self.background))


def combined(codes: tuple[Whole | int, ...], sizes: tuple[int, ...]) -> Whole:
    """Return one number for each combination of codes, in the same order as the combinations."""
    whole = np.asarray(codes[0], dtype=np.int64)
    for code, size in zip(codes[1:], sizes[1:], strict=True):
        whole = whole * size + code
    return whole


def ragged(rows: pa.Table | pa.RecordBatch, where: str) -> Ragged:
    """Gather rows into series.

    Args:
        rows: columns of ``layout.FIGURES``, ``background`` optional, in strictly increasing order of key and period.
        where: names the rows in an error.

    Raises:
        FigureError: when a key or a period is missing, rows are not in order, or one stands twice.
    """
    keys = [coded(rows, name, where) for name in KEYS]
    _check_sexes(keys[KEYS.index("sex")].words, where)
    periods = _periods(rows, where)
    values = rows.column("value")
    values = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
    # Whole numbers beyond 2⁵³ are rounded to the nearest figure a float can hold, as any reader of them would.
    figures = values.cast(pa.float64(), safe=False).to_numpy(zero_copy_only=False)
    ids = combined(tuple(key.codes for key in keys), tuple(len(key.words) for key in keys))
    new = np.diff(ids)
    if (new < 0).any() or ((new == 0) & (np.diff(periods) <= 0)).any():
        raise out_of_order(where)
    finite = np.isfinite(figures)
    if not finite.all():
        ids, periods, figures = ids[finite], periods[finite], figures[finite]
        keys = [Key(key.codes[finite], key.words) for key in keys]
        new = np.diff(ids)
    starts = np.flatnonzero(np.concatenate([np.ones(min(len(ids), 1), dtype=np.bool_), new != 0]))
    offsets = np.append(starts, len(ids)).astype(np.int64)
    indicator, territory, sex, background = (Key(key.codes[starts], key.words) for key in keys)
    return Ragged(indicator, territory, sex, background, ids[starts], offsets, periods, figures)


def coded(rows: pa.Table | pa.RecordBatch, name: str, where: str) -> Key:
    """Return a key column as codes in the order of the words, whatever order the file's own dictionary has."""
    if name == OPTIONAL and name not in rows.schema.names:
        return Key(np.zeros(rows.num_rows, dtype=np.int64), ("",))
    column = rows.column(name)
    if column.null_count:
        raise _empty(name, where)
    if isinstance(column, pa.ChunkedArray):
        column = column.unify_dictionaries().combine_chunks()
    if isinstance(column, pa.ChunkedArray):  # no chunk at all
        column = pa.array([], pa.string())
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    words = column.dictionary.to_pylist()
    order = sorted(range(len(words)), key=words.__getitem__)
    rank = np.empty(len(words), dtype=np.int64)
    rank[order] = np.arange(len(words))
    codes = column.indices.to_numpy(zero_copy_only=False)
    return Key(rank[codes] if len(words) else codes.astype(np.int64), tuple(words[place] for place in order))


def _periods(rows: pa.Table | pa.RecordBatch, where: str) -> Whole:
    column = rows.column("period")
    if column.null_count:
        raise _empty("period", where)
    periods: Whole = column.to_numpy().astype(np.int64) if rows.num_rows else np.zeros(0, dtype=np.int64)
    if len(periods) and not (periods.min() >= FIRST_YEAR and periods.max() <= LAST_YEAR):
        odd = int(periods[(periods < FIRST_YEAR) | (periods > LAST_YEAR)][0])
        raise FigureError(
            Text(f"{where}: {odd} är inget år.", f"{where}: {odd} is no year."),
            meaning=Text("Kolumnen period ska ha ett kalenderår per rad.", "The column period holds calendar years."),
            remedy=Text("Rätta perioden och kör igen.", "Mend the period and run again."),
        )
    return periods


def _check_sexes(words: tuple[str, ...], where: str) -> None:
    """Refuse other codes than ours: rows for everybody would go unrecognised, without rank, gap or target."""
    odd = [word for word in words if word not in SEXES]
    if odd:
        raise FigureError(
            Text(f"{where}: okänt kön ”{odd[0]}”.", f"{where}: unknown sex “{odd[0]}”."),
            meaning=Text(
                "Utan koden för alla går det inte att jämföra områden eller kvinnor och män.",
                "Without the code for everybody neither territories nor women and men can be compared.",
            ),
            remedy=Text("Skriv T (totalt), K (kvinnor) eller M (män).", "Write T (total), K (women) or M (men)."),
        )


def _empty(name: str, where: str) -> FigureError:
    return FigureError(
        Text(f"{where}: kolumnen {name} har tomma rutor.", f"{where}: the column {name} has empty cells."),
        meaning=Text("Då går det inte att säga vilken serie raden hör till.", "No series can be told for those rows."),
        remedy=Text("Fyll i dem eller ta bort raderna.", "Fill them in or remove the rows."),
    )


def out_of_order(where: str) -> FigureError:
    """Return the error for rows that are not in order, or stand twice."""
    return FigureError(
        Text(
            f"{where}: raderna står inte i ordning, eller samma rad står två gånger.",
            f"{where}: rows are not in order, or the same row stands twice.",
        ),
        meaning=Text(
            "Serierna läses i ett svep och måste stå samlade.", "Series are read in one sweep and must stand together."
        ),
        remedy=Text(
            "Sortera på indicator, territory, sex, background, period och ta bort dubbletter.",
            "Sort by indicator, territory, sex, background, period, and remove duplicates.",
        ),
    )
