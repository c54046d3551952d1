"""Measured speed of the store: what was known on a day among many vintages, and one very large vintage.

``python tools/bench_sources_store.py [--vintages N] [--rows N]``. Bars: ``as_of`` at most 100 ms an indicator on a
store with 200 vintages of every data set; the checksum of 10 million figures within 15 s. A bar that is missed is
printed as missed; nothing fails. Figures are synthetic.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa

from vagvisare.observations import upkeep
from vagvisare.observations.revisions import compare, triangle
from vagvisare.observations.store import Store
from vagvisare.observations.vintage import Vintage, checksum
from vagvisare.sources.contract import FIGURES, Receipt

DATASETS = 35
AS_OF_BAR, CHECKSUM_BAR = 0.100, 15.0
FIRST = date(2020, 1, 1)


def main(vintages: int = 200, rows: int = 10_000_000) -> None:
    """Measure everything and print one row a measurement."""
    with tempfile.TemporaryDirectory() as folder:
        many_vintages(Store(Path(folder, "many")), vintages)
        one_large(Store(Path(folder, "large")), rows)


def many_vintages(store: Store, vintages: int) -> None:
    """Measure a store in which every data set has been revised again and again."""
    print(f"\n{DATASETS} data sets × {vintages} vintages × 1,260 figures, synthetic")
    names = [f"dataset{number:02}" for number in range(DATASETS)]
    start = time.perf_counter()
    for number in range(vintages):
        figures = regions(number)
        for name in names:
            store.publish(Vintage(receipt(name, FIRST + timedelta(days=7 * number), figures), figures))
    row("publish, a vintage", f"{(time.perf_counter() - start) / vintages / DATASETS * 1e3:.1f} ms")
    fresh = Store(store.root)
    day = FIRST + timedelta(days=7 * vintages // 2)
    one = seconds(lambda: fresh.as_of(day, {}, (names[0],)))
    row("as_of, one indicator", f"{one * 1e3:.1f} ms", verdict(one, AS_OF_BAR, "100 ms"))
    every = seconds(lambda: fresh.as_of(day, {})) / DATASETS
    row("as_of, all of them, an indicator", f"{every * 1e3:.1f} ms", verdict(every, AS_OF_BAR, "100 ms"))
    row("which vintage answers, an indicator", f"{seconds(lambda: fresh.chosen(day, {})) / DATASETS * 1e3:.2f} ms")
    row(f"a series through {vintages} vintages", f"{seconds(lambda: triangle(fresh, names[0], '18'), 1):.2f} s")
    took = seconds(lambda: upkeep.prune(fresh, keep_days=1), 1)
    row("what may be swept, of the whole store", f"{took:.2f} s")


def one_large(store: Store, rows: int) -> None:
    """Measure one vintage as large as everything Kolada has."""
    figures = large(rows)
    held = figures.nbytes / 2**20
    print(f"\n{rows:,} figures in no order, synthetic ({held:,.0f} MiB in Arrow)")
    took = seconds(lambda: checksum(figures), 1)
    row("checksum", f"{took:.1f} s", verdict(took, CHECKSUM_BAR * rows / 10_000_000, f"{CHECKSUM_BAR:.0f} s"))
    made = Vintage(receipt("large", FIRST, figures), figures)
    row("publish, checksum and all", f"{seconds(lambda: store.publish(made), 1):.1f} s")
    row("  most memory of this process, figures and making them up included", f"{peak():,.0f} MiB")
    size = sum(file.stat().st_size for file in Path(str(store.root)).rglob("*.parquet"))
    row("  on disk", f"{size / 2**20:,.0f} MiB")
    row("verify", f"{seconds(lambda: upkeep.verify(store), 1):.1f} s")
    row("compare with itself", f"{seconds(lambda: compare(figures, figures), 1):.1f} s")


def regions(number: int) -> pa.Table:
    """Make up figures of 21 counties for both sexes and 20 years, another time each."""
    rng = np.random.default_rng(number)
    cells = np.arange(21 * 3 * 20)
    codes = {"territory": cells % 21, "sex": cells // 21 % 3, "background": cells * 0}
    words = {"territory": [f"{code:02}" for code in range(1, 22)], "sex": ["T", "K", "M"], "background": [""]}
    return table(codes, words, 2000 + cells // 63, rng.normal(50, 10, len(cells)).round(1)).cast(FIGURES)


def large(rows: int) -> pa.Table:
    """Make up figures of 300 municipalities for both sexes, 35 years and as many groups as it takes."""
    rng = np.random.default_rng(20240229)
    cells = rng.permutation(rows)
    codes = {"territory": cells % 300, "sex": cells // 300 % 3, "background": cells // 31_500}
    groups = [f"group {number}" for number in range(rows // 31_500 + 1)]
    words = {"territory": [f"{code:04}" for code in range(300)], "sex": ["T", "K", "M"], "background": groups}
    return table(codes, words, 1990 + cells // 900 % 35, rng.normal(50, 10, rows).round(1))


def table(codes: dict[str, np.ndarray], words: dict[str, list[str]], years: np.ndarray, values: np.ndarray) -> pa.Table:
    """Put made-up figures into the form of a delivery, text as dictionaries."""
    period = pa.array(years.astype(np.int16))
    columns: dict[str, pa.Array] = {"start": period, "end": period, "value": pa.array(values)}
    for name, own in (codes | {"status": years * 0}).items():
        columns[name] = pa.DictionaryArray.from_arrays(own.astype(np.int32), pa.array(words.get(name, [""])))
    return pa.table([columns.get(name, pa.nulls(len(years), pa.float64())) for name in FIGURES.names], FIGURES.names)


def receipt(dataset: str, day: date, figures: pa.Table) -> Receipt:
    """Make up a receipt."""
    about = ("Synthetic", "Nobody", "SYN", "CC0", "percent", day, "", "", figures.num_rows, "")
    return Receipt(dataset, *about, source="bench", fetched=f"{day}T06:00:00+00:00")


def peak() -> float:
    """Return the most memory this process has had, in MiB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 2**20 if sys.platform == "darwin" else most / 2**10


def seconds(run: Callable[[], object], times: int = 5) -> float:
    """Return the shortest of some runs: the others were disturbed."""
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        run()
        best = min(best, time.perf_counter() - start)
    return best


def verdict(took: float, most: float, bar: str) -> str:
    """Say the bar, and by how much it is missed where it is."""
    return f"≤ {bar}" if took <= most else f"≤ {bar}: missed, {took / most:.2f} ×"


def row(what: str, measured: str, bar: str = "") -> None:
    """Print one row of the table."""
    print(f"{what:<72} {measured:>12} {bar:>10}", flush=True)


def asked(arguments: list[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--vintages", type=int, default=200)
    parser.add_argument("--rows", type=int, default=10_000_000)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main(**vars(asked(sys.argv[1:])))
