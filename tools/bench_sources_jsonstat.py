"""Measured speed of reading a JSON-stat reply into a Parquet file of figures, beside pyjstat in the same run.

``python tools/bench_sources_jsonstat.py [--cells N]``. Bar: at least 20 times pyjstat on 150 000 cells, ours with codes
made into figures (``arrange``) and both with the Parquet file written: ours in the store's order and by its own writer,
with nothing kept from one round to the next. Missed bars are printed; nothing fails.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import io
import os
import shutil
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from vagvisare.observations import shelf
from vagvisare.observations.canonical import Canonical
from vagvisare.observations.store import Store
from vagvisare.observations.vintage import Vintage
from vagvisare.sources import jsonstat
from vagvisare.sources.arrange import arrange
from vagvisare.sources.contract import Receipt
from vagvisare.sources.query import Dimension, Query, Role
from vagvisare.sources.wire import Reply
from vagvisare.terms.territory import COUNTIES, TERRITORIES

RATIO_BAR = 20
ROUNDS = 6
SEXES = ("1", "2")
YEARS = 25
QUERY = Query(
    "TAB0001",
    (
        Dimension("Region", Role.TERRITORY),
        Dimension("Kon", Role.SEX, SEXES, ("M", "K")),
        Dimension("Alder", Role.BACKGROUND),
        Dimension("ContentsCode", Role.FIXED, ("A1",)),
        Dimension("Tid", Role.PERIOD),
    ),
)

RECEIPT = Receipt(
    dataset="made_up",
    title="Påhittat",
    producer="Ingen",
    source_id="TAB0001",
    licence="",
    unit="count",
    recorded=date(2024, 2, 29),
    read_from="",
    typical_release="",
    rows=0,
    sha256="",
    source="made_up",
    fetched="2024-02-29T06:00:00+00:00",
)


def main(cells: int = 150_000) -> None:
    """Measure both on one made-up reply and print one row a measurement."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    reply, count = made_up(cells)
    print(f"\nJSON-stat, {count:,} made-up cells, {len(reply.body) / 1e6:.1f} MB · load {load:.1f}")
    with tempfile.TemporaryDirectory() as folder:
        compare(reply, Path(folder) / "figures.parquet")
        parts(reply, Path(folder) / "figures.parquet")


def made_up(cells: int) -> tuple[Reply, int]:
    """Make up a reply in the form of PxWebApi 2: every territory, both sexes, some ages, one measure, years."""
    regions = [*TERRITORIES] if cells >= 50_000 else ["00", *COUNTIES]
    ages = [f"{low}-{low + 4}" for low in range(0, 5 * round(cells / (len(regions) * len(SEXES) * YEARS)), 5)] or [
        "0-4"
    ]
    years = [str(2000 + number) for number in range(YEARS)]
    codes = {"Region": regions, "Kon": list(SEXES), "Alder": ages, "ContentsCode": ["A1"], "Tid": years}
    sizes = [len(own) for own in codes.values()]
    count = int(np.prod(sizes))
    numbers = np.random.default_rng(20240229).integers(0, 1_000_000, count) / 10
    value: list[float | None] = numbers.tolist()
    missing = range(0, count, 97)
    for place in missing:
        value[place] = None
    dimension = {
        name: {
            "label": name,
            "category": {"index": dict(zip(own, range(len(own)), strict=True)), "label": {c: c for c in own}},
        }
        for name, own in codes.items()
    }
    said = {"version": "2.0", "class": "dataset", "label": "Påhittat", "id": list(codes), "size": sizes}
    said |= {"dimension": dimension, "value": value, "status": {str(place): ".." for place in missing}}
    body = orjson.dumps(said)
    return Reply("http://localhost/", 200, "application/json", body, hashlib.sha256(body).hexdigest(), {}), count


def write(reply: Reply, target: Path) -> None:
    """Read a reply, make figures of it, and write them in the order and the form that the store has."""
    shelf.fill(target, RECEIPT, Canonical(figures(reply)).batches(), "")


def publish(reply: Reply, folder: Path) -> None:
    """Do all that a fetch does with a reply: the file's checksum, the receipt and the disk's word for it as well."""
    shutil.rmtree(folder, ignore_errors=True)
    Store(folder).publish(Vintage(RECEIPT, figures(reply)))


def figures(reply: Reply) -> pa.Table:
    """Return the figures of a reply."""
    long = jsonstat.read(reply).figures
    assert long is not None  # noqa: S101  a reply with values has figures
    return arrange(QUERY, long, address=reply.url)


def parts(reply: Reply, target: Path) -> None:
    """Tell where the time goes."""
    long = jsonstat.read(reply).figures
    assert long is not None  # noqa: S101  as above
    table = arrange(QUERY, long)
    row("  the JSON itself (orjson)", f"{seconds(lambda: orjson.loads(reply.body)) * 1e3:.1f} ms")
    row("  read: JSON to codes and numbers", f"{seconds(lambda: jsonstat.read(reply)) * 1e3:.1f} ms")
    row("  arrange: to figures", f"{seconds(lambda: arrange(QUERY, long)) * 1e3:.1f} ms")
    row("  put in the store's order", f"{seconds(lambda: Canonical(table)) * 1e3:.1f} ms")
    batches = list(Canonical(table).batches())
    row("  write", f"{seconds(lambda: shelf.fill(target, RECEIPT, iter(batches), '')) * 1e3:.1f} ms")
    whole = seconds(lambda: publish(reply, target.with_name("store")), 10)
    row("reply to a published vintage: checksum, receipt and fsync too", f"{whole * 1e3:.1f} ms")


def compare(reply: Reply, target: Path) -> None:
    """Time ours and pyjstat by turns on the same reply, and check that both find as many cells and the same sum."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            dataset = importlib.import_module("pyjstat.pyjstat").Dataset
    except ImportError:
        row("reply to Parquet", f"{seconds(lambda: write(reply, target)) * 1e3:.1f} ms")
        row("pyjstat", "not installed")
        return
    text, other = reply.body.decode(), target.with_name("theirs.parquet")
    ours, theirs = float("inf"), float("inf")
    with warnings.catch_warnings(), _silence():
        warnings.simplefilter("ignore")
        for _ in range(ROUNDS):
            # By turns, so that whatever else the machine is doing disturbs both.
            ours = min(ours, seconds(lambda: write(reply, target), 10))
            theirs = min(theirs, seconds(lambda: dataset.read(text).write("dataframe").to_parquet(other), 1))
    one, two = pq.read_table(target), pq.read_table(other)
    same = len(one) == len(two) and np.isclose(pc.sum(one["value"]).as_py(), pc.sum(two["value"]).as_py())
    row(f"reply to Parquet, {target.stat().st_size / 1e6:.1f} MB", f"{ours * 1e3:.1f} ms")
    found = "same" if same else "OTHER"
    row(f"pyjstat, {other.stat().st_size / 1e6:.1f} MB ({found} cells and sum)", f"{theirs * 1e3:.0f} ms")
    ratio = theirs / ours
    row("  that is, times ours", f"{ratio:.0f} ×", verdict(ratio >= RATIO_BAR, f"≥ {RATIO_BAR} ×", RATIO_BAR / ratio))


class _silence:  # noqa: N801  reads as a word in a with statement
    """Keep what a library prints off the table of measurements."""

    def __enter__(self) -> None:
        self.kept, sys.stdout = sys.stdout, io.StringIO()

    def __exit__(self, *_: object) -> None:
        sys.stdout = self.kept


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
    parser.add_argument("--cells", type=int, default=150_000)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main(**vars(asked(sys.argv[1:])))
