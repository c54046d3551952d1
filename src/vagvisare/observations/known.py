"""What was known on a day: which vintage of each data set answers, and what it says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from vagvisare.observations.vintage import PROVISIONAL, SCHEMA, Chosen, KnownFrom, Snapshot
from vagvisare.terms.period import Period
from vagvisare.terms.sampling import COLUMNS, Samples, Sampling
from vagvisare.terms.series import Series, SeriesKey

_KNOWN = """
    SELECT cells.dataset, territory, sex, background, cells.start, cells."end", {what}
    FROM cells
    JOIN wanted USING (dataset, sha256)
    LEFT JOIN release USING (dataset, start, "end")
    WHERE (wanted.exact OR release.known_from <= $day) AND value IS NOT NULL AND {those}
    ORDER BY cells.dataset, territory, sex, background, cells.start, cells."end"
"""
"""The figures of the wanted vintages; where what was known is reconstructed, only those released by the day."""

_VALUES = _KNOWN.format(what="value", those="true")
_CERTAINTY = _KNOWN.format(what="low, high, se, n, count", those="coalesce(low, high, se, n, count) IS NOT NULL")
_PRELIMINARY = _KNOWN.format(what="value", those=f"status = '{PROVISIONAL}'")


def snapshot(
    day: date, chosen: Mapping[str, Chosen], cells: pa.Table, release: Mapping[str, KnownFrom | None]
) -> Snapshot:
    """Return what the chosen vintages said on ``day``.

    Args:
        day: the day that is asked about.
        chosen: which vintage answers for each data set.
        cells: the figures of every chosen vintage that is not unknowable, in the schema ``SCHEMA``.
        release: from which day a period of a data set is taken as known, where what was known is reconstructed.
    """
    wanted = [each for each in chosen.values() if not each.unknowable]
    with duckdb.connect(":memory:", config={"threads": 2}) as connection:
        connection.register("cells", cells)
        connection.register("wanted", _wanted(wanted))
        connection.register("release", _release(connection, wanted, release))

        def known(query: str) -> list[Any]:
            return connection.execute(query, {"day": day}).fetchall()

        panel = _panel(known(_VALUES))
        certain = known(_CERTAINTY) if any(_says(cells.column(name)) for name in COLUMNS) else []
        preliminary = known(_PRELIMINARY) if _provisional(cells.column("status")) else []
    return Snapshot(day, panel, chosen, _samples(certain), _points(preliminary))


def _says(column: pa.ChunkedArray) -> bool:
    return bool(column.null_count < len(column))


def _provisional(column: pa.ChunkedArray) -> bool:
    return _says(column) and bool(pc.any(pc.equal(column, PROVISIONAL)).as_py())


def _wanted(chosen: Sequence[Chosen]) -> pa.Table:
    schema = pa.schema([SCHEMA.field("dataset"), SCHEMA.field("sha256"), pa.field("exact", pa.bool_())])
    rows = [
        [c.receipt.dataset for c in chosen],
        [c.receipt.sha256 for c in chosen],
        [not c.reconstructed for c in chosen],
    ]
    return pa.table(rows, schema=schema)


def _release(
    connection: duckdb.DuckDBPyConnection, wanted: Sequence[Chosen], release: Mapping[str, KnownFrom | None]
) -> pa.Table:
    """Return the day each period of the reconstructed data sets became known, by the producers' rules."""
    rules = {c.receipt.dataset: release.get(c.receipt.dataset) for c in wanted if c.reconstructed}
    rows = connection.execute('SELECT DISTINCT dataset, start, "end" FROM cells').fetchall() if rules else []
    known = [(d, s, e, rule(Period(s, e))) for d, s, e in rows if (rule := rules.get(d)) is not None]
    schema = pa.schema([SCHEMA.field("dataset"), SCHEMA.field("start"), SCHEMA.field("end")])
    schema = schema.append(pa.field("known_from", pa.date32()))
    columns = [list(column) for column in zip(*known, strict=True)] if known else [[], [], [], []]
    return pa.table(columns, schema=schema)


def _panel(rows: list[tuple[str, str, str, str, int, int, float]]) -> dict[SeriesKey, Series]:
    periods: dict[tuple[int, int], Period] = {}
    panel = {}
    for (dataset, territory, sex, background), own in groupby(rows, key=lambda row: row[:4]):
        points = list(own)
        key = SeriesKey(dataset, territory, sex, background)
        spans = [(row[4], row[5]) for row in points]
        for span in spans:
            if span not in periods:
                periods[span] = Period(*span)
        panel[key] = Series(key, tuple(periods[span] for span in spans), tuple(row[6] for row in points))
    return panel


def _samples(rows: Iterable[tuple[str, str, str, str, int, int, *tuple[float | None, ...]]]) -> Samples:
    samples: dict[SeriesKey, dict[Period, Sampling]] = {}
    for dataset, territory, sex, background, start, end, *said in rows:
        own = samples.setdefault(SeriesKey(dataset, territory, sex, background), {})
        own[Period(start, end)] = Sampling(*said)
    return samples


def _points(
    rows: Iterable[tuple[str, str, str, str, int, int, *tuple[float | None, ...]]],
) -> frozenset[tuple[SeriesKey, Period]]:
    return frozenset((SeriesKey(*row[:4]), Period(row[4], row[5])) for row in rows)
