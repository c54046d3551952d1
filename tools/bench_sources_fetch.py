"""How long it takes to learn that nothing is new: a hundred indicators, half Kolada's and half SCB's.

``python tools/bench_sources_fetch.py``. Served locally. Bar: at most 2 s, at the pace the sources are asked in earnest
(Kolada five calls a second, SCB thirty in ten seconds). Every figure is made up. A bar that is missed is printed as
missed; nothing fails.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

from vagvisare.intake import run
from vagvisare.intake.plan import jobs
from vagvisare.intake.report import State
from vagvisare.observations.store import Store
from vagvisare.sources.query import Dataset, Dimension, Query, Role, Settings
from vagvisare.terms.territory import COUNTIES

ROOT = Path(__file__).parents[1]
sys.modules.setdefault("replies", ModuleType("replies")).__path__ = [str(ROOT / "tests" / "replies")]

INDICATORS, YEARS, BAR = 50, range(2010, 2026), 2.0
MOMENT = datetime.now(UTC) - timedelta(days=1)


def main() -> None:
    """Fetch everything once, a day later ask again, and print how long that took."""
    from replies.kolada3 import Kolada3, Row, kpi  # noqa: PLC0415 found only once the path above is set
    from replies.server import LocalServer  # noqa: PLC0415 the same

    names = [f"N{number:05}" for number in range(INDICATORS)]
    units = ["0000", *(f"00{code}" for code in COUNTIES)]
    rows = [
        Row(name, unit, year, 40 + (hash_of(name, unit, year) % 200) / 10)
        for name in names
        for unit in units
        for year in YEARS
    ]
    kolada = Kolada3([kpi(name) for name in names], rows)
    with LocalServer(kolada) as first, LocalServer(_scb) as second, tempfile.TemporaryDirectory() as place:
        addresses = {"kolada": f"{first.url}/v3", "scb": f"{second.url}/api/v2"}
        datasets = [_kolada(name) for name in names] + [_table(number) for number in range(INDICATORS)]
        store = Store(Path(place))
        start = time.perf_counter()
        outcomes = _fetch(datasets, store, addresses, MOMENT, 10_000)
        fetched = time.perf_counter() - start
        kept = sum(outcome.state is State.NEW for outcome in outcomes)
        kolada.rows.clear()  # nothing has changed since: what was fetched is not looked through again
        calls = len(first.log) + len(second.log)
        time.sleep(11)  # the unpaced calls are forgotten by the pace
        start = time.perf_counter()
        outcomes = _fetch(datasets, store, addresses, MOMENT + timedelta(days=1), 0)
        again = time.perf_counter() - start
        same = sum(outcome.state is State.UNCHANGED for outcome in outcomes)
        calls = len(first.log) + len(second.log) - calls
    print(f"\n{2 * INDICATORS} indicators, served locally")
    print(f"  first fetch: {kept} vintages in {fetched:.1f} s (unpaced)")
    met = "met" if again <= BAR and same == 2 * INDICATORS else "MISSED"
    print(f"  nothing new: {same} unchanged in {again:.2f} s, {calls} calls · bar ≤ {BAR:.0f} s · {met}")


def hash_of(*parts: Any) -> int:
    """Return a number that is the same every time."""
    return sum(ord(sign) * (place + 7) for place, sign in enumerate("".join(map(str, parts)))) * 2654435761 % 100_003


def _fetch(datasets: list[Dataset], store: Store, addresses: dict[str, str], now: datetime, calls: int) -> Any:
    paced = {"kolada": (calls or 5, 1.0), "scb": (calls or 30, 1.0 if calls else 10.0)}
    settings = {name: Settings(address, *paced[name]) for name, address in addresses.items()}
    room = run.Room(store, settings, now=lambda: now, environ={})
    return run.fetch(jobs(datasets, store), room)


def _kolada(name: str) -> Dataset:
    dimensions = (
        Dimension("kpi", Role.FIXED, (name,)),
        Dimension("municipality", Role.TERRITORY, ("@nation", "@counties")),
        Dimension("year", Role.PERIOD),
        Dimension("gender", Role.SEX),
    )
    return Dataset(name.lower(), "kolada", "Påhittad andel", "Påhittad", "percent", (Query(name, dimensions),))


def _table(number: int) -> Dataset:
    dimensions = (
        Dimension("Region", Role.TERRITORY, ("@nation", "@counties")),
        Dimension("Tid", Role.PERIOD),
        Dimension("ContentsCode", Role.FIXED, ("X",)),
    )
    return Dataset(f"tab{number}", "scb", "Påhittat antal", "Påhittad", "persons", (Query(f"TAB{number}", dimensions),))


def _scb(request: Any) -> Any:
    """Answer as PxWebApi 2, with one made-up table under many names."""
    from replies.server import Response  # noqa: PLC0415 the same

    parts = request.path.removeprefix("/api/v2/").split("/")
    if parts == ["config"]:
        return Response.of({"maxDataCells": 150_000, "maxCallsPerTimeWindow": 30, "timeWindow": 10})
    if parts == ["tables"]:
        page = {"pageNumber": 1, "pageSize": 0, "totalElements": 0, "totalPages": 0}
        return Response.of({"language": "sv", "tables": [], "page": page, "links": []})
    cube = _cube(parts[1])
    if parts[2:] == ["metadata"]:
        cube.pop("value")
        return Response.of(cube)
    return Response(200, json.dumps(cube).encode()) if parts[2:] == ["data"] else Response.of(_described(parts[1]))


def _described(name: str) -> dict[str, Any]:
    return {
        "type": "Table",
        "id": name,
        "label": "Påhittad",
        "updated": "2026-06-02T06:00:00Z",
        "firstPeriod": "2010",
        "lastPeriod": "2025",
        "discontinued": False,
        "variableNames": ["region", "tabellinnehåll", "år"],
        "links": [],
    }


def _cube(name: str) -> dict[str, Any]:
    regions, years = ["00", *COUNTIES], [str(year) for year in YEARS]
    sizes = {"Region": regions, "ContentsCode": ["X"], "Tid": years}
    return {
        "version": "2.0",
        "class": "dataset",
        "label": "Påhittad",
        "source": "Påhittad",
        "updated": "2026-06-02T06:00:00Z",
        "id": list(sizes),
        "size": [len(codes) for codes in sizes.values()],
        "role": {"geo": ["Region"], "metric": ["ContentsCode"], "time": ["Tid"]},
        "dimension": {
            code: {
                "label": code,
                "category": {"index": {c: n for n, c in enumerate(codes)}, "label": {c: c for c in codes}},
                "extension": {"elimination": False, "codelists": []},
            }
            for code, codes in sizes.items()
        },
        "value": [1000 + hash_of(name, region, year) % 500 for region in regions for year in years],
        "extension": {"px": {"tableid": name}},
    }


if __name__ == "__main__":
    main()
