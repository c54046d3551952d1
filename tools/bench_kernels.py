"""Measured speed of the kernels on a million synthetic series, beside pymannkendall and the memory's own speed.

``python tools/bench_kernels.py [--series N] [--threads N]``. Bars: trend at most 1.0 µs a series and at least 600 times
pymannkendall's original test, whole judgement at most 5 µs. A bar that is missed is printed as missed; nothing fails.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from vagvisare.assessment import kernels
from vagvisare.assessment.kernels.engine import has_numba

POINTS = 25
SAMPLE = 400
"""How many series pymannkendall is timed on; it is the same for every series."""

TREND_BAR, RATIO_BAR, JUDGE_BAR = 1.0, 600, 5.0


def main(series: int = 1_000_000, threads: int = 2) -> None:
    """Measure everything on one set of figures and print one row a measurement."""
    engine = "numba" if has_numba() else "numpy"
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    print(f"\n{series:,} synthetic series × {POINTS} points · {engine} · {threads} threads · load {load:.1f}")
    values, years, offsets = figures(series)
    model = np.log(values)
    contracts = kernels.Contracts(
        kernels.SCALES.index("log"), direction=1, smallest_change=2.0, target=150.0, target_year=2030.0
    )
    small = offsets[: min(series, 1000) + 1]
    first = seconds(lambda: kernels.trend(model[: small[-1]], years[: small[-1]], small, engine=engine), 1)
    row("first call in this process (loads what was compiled before)", f"{first:.2f} s")
    trend = seconds(lambda: kernels.trend(model, years, offsets, threads=threads, engine=engine)) / series * 1e6
    alone = seconds(lambda: kernels.trend(model, years, offsets, threads=1, engine=engine), 2) / series * 1e6
    judge = (
        seconds(lambda: kernels.judge(values, years, offsets, contracts, threads=threads, engine=engine)) / series * 1e6
    )
    row("trend, a series", f"{trend:.3f} µs", verdict(trend <= TREND_BAR, f"≤ {TREND_BAR} µs", trend / TREND_BAR))
    row("  on one thread", f"{alone:.3f} µs")
    compare(model, trend)
    row("whole judgement, a series", f"{judge:.3f} µs", verdict(judge <= JUDGE_BAR, f"≤ {JUDGE_BAR} µs", judge / 5))
    floor(values, trend, judge, threads)


def figures(series: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Make up yearly figures: random walks with a drift of their own, printed to one decimal, all above nought."""
    rng = np.random.default_rng(20240229)
    steps = rng.normal(0, 0.02, (series, POINTS)) + rng.normal(0, 0.01, (series, 1))
    values = np.round(100 * np.exp(np.cumsum(steps, axis=1)), 1).ravel()
    years = np.tile(np.arange(2000.0, 2000.0 + POINTS), series)
    return values, years, np.arange(series + 1) * POINTS


def compare(model: np.ndarray, trend: float) -> None:
    """Time pymannkendall on a sample of the same series, and check that it counts the same S."""
    try:
        original_test = importlib.import_module("pymannkendall").original_test
    except ImportError:
        row("pymannkendall.original_test", "not installed")
        return
    sample = model.reshape(-1, POINTS)[:SAMPLE]
    original_test(sample[0])
    took = seconds(lambda: [original_test(each) for each in sample]) / len(sample) * 1e6
    counted = [original_test(each).s for each in sample]
    own = kernels.trend(
        sample.ravel(), np.tile(np.arange(float(POINTS)), len(sample)), POINTS * np.arange(len(sample) + 1)
    )
    ratio = took / trend
    row(
        f"pymannkendall.original_test, {len(sample)} series, S equal on {int((own.s == counted).sum())}",
        f"{took:.0f} µs",
    )
    row("  that is, times ours", f"{ratio:,.0f} ×", verdict(ratio >= RATIO_BAR, f"≥ {RATIO_BAR} ×", RATIO_BAR / ratio))


def floor(values: np.ndarray, trend: float, judge: float, threads: int) -> None:
    """Measure how fast the figures can be read at all, and how far from that the kernels are."""
    parts = np.array_split(values, threads)
    with ThreadPoolExecutor(threads) as pool:
        took = seconds(lambda: list(pool.map(np.max, parts)))
    speed = values.nbytes / took
    # Figures and years are read once.
    least = 2 * POINTS * values.itemsize / speed * 1e6
    row("memory read", f"{speed / 1e9:.1f} GB/s")
    row("  least possible time to read figures and years, a series", f"{least:.4f} µs")
    row("  trend · whole judgement are above it", f"{trend / least:.0f} · {judge / least:.0f} ×")


def seconds(run: Callable[[], object], times: int = 5) -> float:
    """Return the shortest of some runs: the others were disturbed."""
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        run()
        best = min(best, time.perf_counter() - start)
    return best


def verdict(met: bool, bar: str, times: float) -> str:
    """Say the bar, and by how much it is missed where it is."""
    return bar if met else f"{bar}: missed, {times:.2f} ×"


def row(what: str, measured: str, bar: str = "") -> None:
    """Print one row of the table."""
    print(f"{what:<72} {measured:>12} {bar:>10}", flush=True)


def asked(arguments: list[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--series", type=int, default=1_000_000)
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main(**vars(asked(sys.argv[1:])))
