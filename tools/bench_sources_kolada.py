"""Measured speed of fetching ten million Kolada values to one vintage, beside koladapy on the same server.

``python tools/bench_sources_kolada.py [--pages N] [--theirs N]``. Bars: ten million values (2 000 pages of 5 000) to
one vintage within 120 s and 1.5 GiB, raw replies kept; to a table in memory, which is what koladapy gives, at least
five times as fast a value. Server, our client and koladapy are processes of their own on this machine; every figure
is synthetic. A bar that is missed is printed as missed.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from vagvisare.sources.contract import Delivery
    from vagvisare.sources.query import Query

ROOT = Path(__file__).parents[1]
PER_PAGE, YEARS = 5_000, tuple(range(1945, 2025))
SEGMENT = 25
PAGES_A_SEGMENT = SEGMENT * SEGMENT * len(YEARS) // PER_PAGE
SECONDS_BAR, MEMORY_BAR, RATIO_BAR = 120, 1.5, 5
VARIATIONS = 97


def main(pages: int = 2_000, theirs: int = 200) -> None:
    """Serve, fetch both ways, and print one row a measurement."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    print(f"\n{pages * PER_PAGE:,} synthetic Kolada values in pages of {PER_PAGE:,} · load {load:.1f}")
    with served() as url, tempfile.TemporaryDirectory() as folder:
        ours = told("--ours", url, str(pages), folder)
        bar = SECONDS_BAR * pages / 2_000
        row("fetched, raw replies kept, checked, published", f"{ours['seconds']:.1f} s", ours["seconds"], bar, "s")
        row("  peak memory of the process", f"{ours['gib']:.2f} GiB", ours["gib"], MEMORY_BAR, "GiB")
        row("  values · replies kept", f"{ours['values']:,} · {ours['kept']:,}")
        row("  a value", f"{ours['seconds'] / ours['values'] * 1e6:.2f} µs")
        rounds = [(told("--table", url, str(theirs)), told("--koladapy", url, str(theirs))) for _ in range(3)]
    own, other = (min(each[0] for each in rounds), min(each[1] for each in rounds))
    if not other[0]:
        row("koladapy", "not installed")
        return
    busy = [min(each[place][1] for each in rounds) for place in range(2)]
    row(f"to a table in memory, {theirs} pages, a value (best of three)", f"{own[0] * 1e6:.2f} µs")
    row("koladapy.get_data_as_dataframe, the same pages, a value (best of three)", f"{other[0] * 1e6:.2f} µs")
    row("  that is, times ours", f"{other[0] / own[0]:.1f} ×", RATIO_BAR, other[0] / own[0], "×")
    row("  processor time a value, ours · koladapy", f"{busy[0] * 1e6:.2f} · {busy[1] * 1e6:.2f} µs")
    row("  that is, times ours", f"{busy[1] / busy[0]:.1f} ×")


def ours(url: str, pages: int, folder: str) -> dict[str, float]:
    """Fetch as ``vagvisare fetch`` does: asked, every raw reply kept, checked, and published as one vintage."""
    from vagvisare.intake import run  # noqa: PLC0415  imports are not measured
    from vagvisare.intake.plan import jobs  # noqa: PLC0415
    from vagvisare.observations.store import Store  # noqa: PLC0415
    from vagvisare.sources.query import Dataset, Settings  # noqa: PLC0415

    store = Store(folder)
    dataset = Dataset("synthetic", "kolada", "Synthetic", "Nobody", "number", (asked_for(pages),))
    room = run.Room(store, {"kolada": Settings(f"{url}/v3", 1_000_000, 1.0)}, environ={})
    start = time.perf_counter()
    (outcome,) = run.fetch(jobs([dataset], store), room)
    seconds = time.perf_counter() - start
    receipt = store.latest("synthetic")
    if receipt is None:
        raise SystemExit(str(outcome.error))
    return {"seconds": seconds, "gib": peak(), "values": receipt.rows, "kept": len(receipt.replies)}


def asked_for(pages: int) -> Query:
    """Return the query that gives about so many pages."""
    from vagvisare.sources.query import Dimension, Query, Role, Scheme  # noqa: PLC0415

    kpis, units = world(pages)
    dimensions = (
        Dimension("kpi", Role.BACKGROUND),
        Dimension("municipality", Role.TERRITORY, units, scheme=Scheme.KOLADA),
        Dimension("year", Role.PERIOD, ("*",)),
        Dimension("gender", Role.SEX),
    )
    return Query(",".join(kpis), dimensions)


def in_memory(url: str, pages: int) -> tuple[float, float]:
    """Fetch with our client to a table in memory, nothing kept; return seconds and processor seconds a value.

    One segment is fetched beforehand and not measured, with koladapy too: what libraries do once is no part of a value.
    (Arrow imports pandas, which is here only because koladapy needs it.)
    """
    fetched(url, PAGES_A_SEGMENT)
    got, seconds, busy = fetched(url, pages)
    return seconds / got.figures.num_rows, busy / got.figures.num_rows


def fetched(url: str, pages: int) -> tuple[Delivery, float, float]:
    """Fetch with our client, nothing kept; return what came, and the seconds and processor seconds it took."""
    from vagvisare.sources.contract import Ask, Source  # noqa: PLC0415
    from vagvisare.sources.http import open_wire  # noqa: PLC0415
    from vagvisare.sources.kolada import Kolada  # noqa: PLC0415
    from vagvisare.sources.query import Settings  # noqa: PLC0415

    source = Source("kolada", "Kolada", Kolada(), "https://api.kolada.se/v3", 5, 1.0)
    settings = Settings(url=f"{url}/v3", calls=1_000_000, seconds=1.0)
    start, busy = time.perf_counter(), time.process_time()
    with open_wire(source, settings, environ={}) as wire:
        got = Kolada().fetch(Ask("synthetic", asked_for(pages)), wire)
    return got, time.perf_counter() - start, time.process_time() - busy


def koladapy(url: str, pages: int) -> tuple[float, float]:
    """Fetch with koladapy, told to make as many calls as it can; as ``in_memory``, nought where it is not installed."""
    try:
        from koladapy import KoladaAPI  # noqa: PLC0415
    except ImportError:
        return 0.0, 0.0
    client = KoladaAPI(base_url=f"{url}/v3/", max_requests_per_second=1e9)
    kpis, units = world(PAGES_A_SEGMENT)
    client.get_data_as_dataframe(kpi_id=list(kpis), municipality_id=list(units))
    kpis, units = world(pages)
    start, busy = time.perf_counter(), time.process_time()
    table = client.get_data_as_dataframe(kpi_id=list(kpis), municipality_id=list(units))
    return (time.perf_counter() - start) / len(table), (time.process_time() - busy) / len(table)


def world(pages: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return KPIs and units that together fill about so many pages: up to 250 units, KPIs 25 at a time."""
    from vagvisare.sources.query import Scheme  # noqa: PLC0415
    from vagvisare.sources.territories import expand  # noqa: PLC0415

    segments = max(1, pages // PAGES_A_SEGMENT)
    wide = min(10, segments)
    units = expand(("@nation", "@counties", "@municipalities"), Scheme.KOLADA)[: wide * SEGMENT]
    kpis = tuple(f"N{number:05}" for number in range(max(1, segments // wide) * SEGMENT))
    return kpis, units


def serve() -> None:
    """Answer data and descriptions of KPIs from rows made beforehand, until killed; prints the address first."""
    sys.path.insert(0, str(ROOT / "tests"))
    from replies.server import LocalServer, Request, Response  # noqa: PLC0415

    ends = endings()

    def handler(request: Request) -> Response:
        parts = request.path.strip("/").split("/")
        if parts[1] == "kpi":
            return Response.of({"values": [{"id": name, "title": name} for name in parts[2].split(",")]})
        if len(parts) > 2:
            kpis, units = parts[3].split(","), parts[5].split(",")
        else:
            kpis, units = request.query["kpi_id"], request.query["municipality_id"]
        number = int(request.first("page", "1"))
        return Response(body=page(kpis, units, number, ends, f"{server.url}{request.path}"))

    with LocalServer(handler) as server:
        print(server.url, flush=True)
        sys.stdin.read()


def endings() -> list[list[bytes]]:
    """Return what follows kpi and unit in a row, for every year, in some variations."""
    values = np.random.default_rng(20260301).uniform(0, 100, (VARIATIONS, len(YEARS))).round(4)
    tail = '"period":%d,"values":[{"gender":"T","count":1,"status":"","value":%s,"isdeleted":false}]},'
    return [[(tail % pair).encode() for pair in zip(YEARS, own.tolist(), strict=True)] for own in values]


def page(kpis: list[str], units: list[str], number: int, ends: list[list[bytes]], address: str) -> bytes:
    """Return one page: KPI by KPI, unit by unit, year by year."""
    first, last = (number - 1) * PER_PAGE, min(number * PER_PAGE, len(kpis) * len(units) * len(YEARS))
    parts = []
    for series in range(first // len(YEARS), -(-last // len(YEARS))):
        name, unit = kpis[series // len(units)], units[series % len(units)]
        start = b'{"kpi":"%s","municipality":"%s",' % (name.encode(), unit.encode())
        own = ends[(int(name[1:]) * 31 + int(unit) * 7) % VARIATIONS]
        at = series * len(YEARS)
        parts.append(start.join([b"", *own[max(first - at, 0) : last - at]]))
    more = last < len(kpis) * len(units) * len(YEARS)
    following = f'"{address}?page={number + 1}&per_page={PER_PAGE}"' if more else "null"
    return b'{"values":[%s],"count":%d,"next_url":%s}' % (b"".join(parts)[:-1], last - first, following.encode())


@contextlib.contextmanager
def served() -> Iterator[str]:
    """Run the server in a process of its own."""
    program = [sys.executable, __file__, "--serve"]
    server = subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603  our own
    try:
        yield server.stdout.readline().strip()
    finally:
        server.terminate()
        server.wait(20)


def told(*arguments: str) -> Any:
    """Run one part of this program in a process of its own and return what it measured."""
    program = [sys.executable, __file__, *arguments]
    done = subprocess.run(program, capture_output=True, text=True, check=False)  # noqa: S603  our own program
    if done.returncode:
        raise SystemExit(done.stderr)
    return json.loads(done.stdout.splitlines()[-1])


def peak() -> float:
    """Return the most memory this process has had, in GiB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 2**20 if sys.platform != "darwin" else most / 2**30


def row(what: str, measured: str, figure: float = 0.0, most: float = 0.0, unit: str = "") -> None:
    """Print one row of the table; ``figure`` must be at most ``most`` (for × the other way round: bar, measured)."""
    bar = ""
    if unit:
        wanted = f"≥ {figure:g} {unit}" if unit == "×" else f"≤ {most:g} {unit}"
        bar = wanted if figure <= most else f"{wanted}: missed"
    print(f"{what:<72} {measured:>18} {bar:>10}", flush=True)


def asked(arguments: list[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=2_000)
    parser.add_argument("--theirs", type=int, default=200, help="pages that koladapy is timed on")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["--serve"]:
            serve()
        case ["--ours", address, number, store]:
            print(json.dumps(ours(address, int(number), store)))
        case ["--table", address, number]:
            print(json.dumps(in_memory(address, int(number))))
        case ["--koladapy", address, number]:
            print(json.dumps(koladapy(address, int(number))))
        case arguments:
            main(**vars(asked(arguments)))
