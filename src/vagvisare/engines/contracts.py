"""The contracts of a store of figures: ``contracts.parquet``, one row an indicator, read once and looked up by code.

Columns: ``indicator``, ``unit_class`` (share, rate, count, money, duration, signed) and ``direction`` (1, −1, 0) must
be there. ``low`` and ``high`` (natural limits), ``smallest_change``, ``breaks`` (years that begin a new method and cut
the series), ``drawn_breaks`` (years of breaks that do not cut), ``target`` and ``target_year`` may be left out or
empty.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from vagvisare.assessment.definition import Direction
from vagvisare.assessment.kernels import SCALES, Contracts
from vagvisare.engines.figures import Codes, Floats, Ragged, Whole
from vagvisare.engines.layout import CONTRACTS_FILE
from vagvisare.terms.errors import FigureError, UnknownError
from vagvisare.terms.language import Text
from vagvisare.terms.unit import Scale, UnitClass

NEEDED = ("indicator", "unit_class", "direction")
NUMBERS = ("low", "high", "smallest_change", "target", "target_year")
YEARS = ("breaks", "drawn_breaks")
_USUAL_CHANGE = {Scale.LOGIT: 1.0, Scale.LOG: 2.0, Scale.LINEAR: np.nan}
"""Where none is declared: one percentage point of a share, two per cent of a quantity, as in ``definition``."""

LINEAR = SCALES.index(Scale.LINEAR)
LOG = SCALES.index(Scale.LOG)


class Book(NamedTuple):
    """Every contract, in the order of the indicators; arrays have one element an indicator.

    ``breaks`` and ``drawn`` hold years, one row an indicator, filled up with +∞ (a break that never comes).
    """

    indicators: tuple[str, ...]
    scale: Codes
    low: Floats
    high: Floats
    direction: Codes
    smallest_change: Floats
    target: Floats
    target_year: Floats
    breaks: Floats
    drawn: Floats

    def rows(self, indicators: Sequence[str]) -> Whole:
        """Return which row holds each indicator.

        Raises:
            UnknownError: when one of them has no contract.
        """
        places = {name: place for place, name in enumerate(self.indicators)}
        missing = [name for name in indicators if name not in places]
        if missing:
            raise _unknown(missing)
        return np.array([places[name] for name in indicators], dtype=np.int64)

    def contracts(self, series: Ragged) -> Contracts:
        """Return what is declared about each of ``series``; targets are everybody's, not a group's."""
        row = self.rows(series.indicator.words)[series.indicator.codes]
        latest = series.periods[series.last]
        cut = _reached(self.breaks[row], latest)
        drawn = np.maximum(cut, _reached(self.drawn[row], latest))
        return Contracts(
            scale=self.scale[row],
            low=self.low[row],
            high=self.high[row],
            direction=self.direction[row],
            smallest_change=self.smallest_change[row],
            cut=cut,
            target=np.where(series.everybody, self.target[row], np.nan),
            target_year=self.target_year[row],
            last_break=np.where(np.isfinite(drawn), drawn, np.nan),
        )

    def gap_contracts(self, indicator: Whole, latest: Whole) -> Contracts:
        """Return what is declared about distances between groups: smaller is better, on the plain scale.

        Args:
            indicator: row of each distance's indicator.
            latest: its latest year.
        """
        smallest = np.where(self.scale[indicator] == LOG, np.nan, self.smallest_change[indicator])
        cut = _reached(self.breaks[indicator], latest)
        return Contracts(scale=LINEAR, direction=int(Direction.LOWER), smallest_change=smallest, cut=cut)


def _reached(breaks: Floats, latest: Whole) -> Floats:
    """Return the latest break the figures have reached; −∞ where there is none."""
    reached: Floats = np.where(breaks <= latest[:, None], breaks, -np.inf).max(axis=1, initial=-np.inf)
    return reached


def read_book(folder: Path) -> Book:
    """Read ``contracts.parquet``.

    Raises:
        FigureError: when it is missing, cannot be read, or declares what cannot be.
    """
    path = folder / CONTRACTS_FILE
    if not path.exists():
        raise _no_contracts(folder)
    if not path.is_file():
        raise unreadable(path)  # a folder would be read as many files, and a pipe waited for without end
    try:
        table = pq.read_table(path)
    except (OSError, pa.ArrowException) as error:
        raise unreadable(path) from error
    return book(table)


def book(table: pa.Table) -> Book:
    """Check the rows of a table of contracts and arrange them.

    Raises:
        FigureError: when a column is missing or of the wrong type, an indicator stands twice, or a row declares what
            cannot be.
    """
    _check_columns(table)
    rows = sorted(table.to_pylist(), key=lambda row: str(row["indicator"]))
    for before, row in zip([{"indicator": None}, *rows], rows, strict=False):
        _check(row, before["indicator"])
    classes = [UnitClass(row["unit_class"]) for row in rows]
    scales = [SCALES.index(each.scale) for each in classes]
    share = np.array([each is UnitClass.SHARE for each in classes], dtype=bool)
    numbers = {name: _numbers(rows, name) for name in NUMBERS}
    usual = np.array([_USUAL_CHANGE[SCALES[scale]] for scale in scales])
    no_limits = share & np.isnan(numbers["low"])
    return Book(
        indicators=tuple(row["indicator"] for row in rows),
        scale=np.array(scales, dtype=np.int32),
        low=np.where(no_limits, 0.0, numbers["low"]),
        high=np.where(no_limits, 100.0, numbers["high"]),
        direction=np.array([row["direction"] for row in rows], dtype=np.int32),
        smallest_change=np.where(np.isnan(numbers["smallest_change"]), usual, numbers["smallest_change"]),
        target=numbers["target"],
        target_year=numbers["target_year"],
        breaks=_years(rows, "breaks"),
        drawn=_years(rows, "drawn_breaks"),
    )


def _numbers(rows: Sequence[Mapping[str, Any]], name: str) -> Floats:
    return np.array([np.nan if row.get(name) is None else row[name] for row in rows], dtype=np.float64)


def _years(rows: Sequence[Mapping[str, Any]], name: str) -> Floats:
    lists = [row.get(name) or [] for row in rows]
    years = np.full((len(rows), max(map(len, lists), default=0)), np.inf)
    for place, own in enumerate(lists):
        years[place, : len(own)] = own
    return years


def _check_columns(table: pa.Table) -> None:
    missing = [name for name in NEEDED if name not in table.column_names]
    if missing:
        raise _wrong(
            Text(f"kolumnen {missing[0]} saknas", f"the column {missing[0]} is missing"),
            Text(f"Kolumnerna {', '.join(NEEDED)} måste finnas.", f"The columns {', '.join(NEEDED)} must be there."),
        )
    kinds: dict[str, Callable[[pa.DataType], bool]] = {
        **dict.fromkeys(NEEDED[:2], is_text),
        NEEDED[2]: pa.types.is_integer,
        **dict.fromkeys(NUMBERS, _is_number),
        **dict.fromkeys(YEARS, _is_years),
    }
    for name, right in kinds.items():
        if name in table.column_names and not (
            right(table.schema.field(name).type) or pa.types.is_null(table.schema.field(name).type)
        ):
            raise _wrong(
                Text(
                    f"kolumnen {name} har typen {table.schema.field(name).type}",
                    f"the column {name} is of the type {table.schema.field(name).type}",
                ),
                Text("Skriv om den med rätt typ.", "Write it anew with the right type."),
            )


def is_text(kind: pa.DataType) -> bool:
    """Tell whether an Arrow type holds text, dictionary-encoded or not."""
    inner = kind.value_type if pa.types.is_dictionary(kind) else kind
    return bool(pa.types.is_string(inner) or pa.types.is_large_string(inner) or pa.types.is_string_view(inner))


def _is_number(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind))


def _is_years(kind: pa.DataType) -> bool:
    listed = pa.types.is_list(kind) or pa.types.is_large_list(kind)
    return bool(listed and (pa.types.is_integer(kind.value_type) or pa.types.is_null(kind.value_type)))


def _check(row: Mapping[str, Any], before: str | None) -> None:
    """Refuse a row that declares what cannot be."""
    name, low, high, smallest = row["indicator"], row.get("low"), row.get("high"), row.get("smallest_change")
    if not name:
        what = Text("en rad saknar indikator", "a row has no indicator")
    elif name == before:
        what = Text(f"{name} står två gånger", f"{name} stands twice")
    elif row["unit_class"] not in set(UnitClass):
        what = Text(
            f"{name} har måttslaget ”{row['unit_class']}”, inte {', '.join(UnitClass)}",
            f"{name} has the unit class “{row['unit_class']}”, not one of {', '.join(UnitClass)}",
        )
    elif row["direction"] not in set(Direction):
        what = Text(
            f"{name} har riktningen {row['direction']}, inte 1, −1 eller 0",
            f"{name} has the direction {row['direction']}, not 1, −1 or 0",
        )
    elif (low is None) != (high is None) or (low is not None and not low < high):
        what = Text(f"{name} har orimliga gränser ({low}, {high})", f"{name} has impossible limits ({low}, {high})")
    elif smallest is not None and not smallest >= 0:
        what = Text(
            f"{name} har {smallest} som minsta förändring", f"{name} has {smallest} as its smallest change that matters"
        )
    elif row.get("target") is None and row.get("target_year") is not None:
        what = Text(f"{name} har ett målår men inget mål", f"{name} has a year of a target but no target")
    else:
        return
    raise _wrong(what, Text("Rätta raden och kör igen.", "Mend the row and run again."))


def _wrong(what: Text, remedy: Text) -> FigureError:
    return FigureError(
        Text(f"{CONTRACTS_FILE}: {what.sv}.", f"{CONTRACTS_FILE}: {what.en}."),
        meaning=Text("Inget har bedömts.", "Nothing was judged."),
        remedy=remedy,
    )


def _no_contracts(folder: Path) -> FigureError:
    return FigureError(
        Text(f"{folder} har ingen {CONTRACTS_FILE}.", f"{folder} has no {CONTRACTS_FILE}."),
        meaning=Text(
            "Utan den går det inte att veta vad siffrorna mäter eller åt vilket håll som är bättre.",
            "Without it nobody knows what the figures measure or which way is better.",
        ),
        remedy=Text(
            "Lägg den där: en rad per indikator med indicator, unit_class och direction.",
            "Put it there: one row an indicator with indicator, unit_class and direction.",
        ),
    )


def unreadable(path: Path) -> FigureError:
    """Return the error for a Parquet file that cannot be read."""
    return FigureError(
        Text(f"{path} går inte att läsa som Parquet.", f"{path} cannot be read as Parquet."),
        meaning=Text("Filen är skadad, eller av ett annat slag.", "The file is damaged, or of another kind."),
        remedy=Text("Skriv den på nytt.", "Write it anew."),
    )


def _unknown(missing: Sequence[str]) -> UnknownError:
    names = ", ".join(missing[:5]) + (" …" if len(missing) > 5 else "")
    return UnknownError(
        Text(
            f"{len(missing)} indikatorer har siffror men inget kontrakt: {names}."
            if len(missing) > 1
            else f"Indikatorn {names} har siffror men inget kontrakt.",
            f"{len(missing)} indicators have figures but no contract: {names}."
            if len(missing) > 1
            else f"The indicator {names} has figures but no contract.",
        ),
        meaning=Text("Inget har bedömts.", "Nothing was judged."),
        remedy=Text(
            f"Lägg en rad för varje indikator i {CONTRACTS_FILE}, eller ta bort siffrorna.",
            f"Give each indicator a row in {CONTRACTS_FILE}, or remove the figures.",
        ),
    )
