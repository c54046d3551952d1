"""A small data set at a local Kolada, the room it is fetched in, and everything that can go wrong on the way."""

from __future__ import annotations

import contextlib
import sys
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType

import pytest

from vagvisare.intake import run
from vagvisare.intake.plan import jobs
from vagvisare.observations.store import Store
from vagvisare.sources.http import Limits
from vagvisare.sources.query import Dataset, Dimension, Query, Role, Settings

# Test folders are no packages here; this makes `from replies.kolada3 import Kolada3` work in every test below.
_replies = sys.modules.setdefault("replies", ModuleType("replies"))
_replies.__path__ = [str(Path(__file__).parents[1] / "replies")]

START = datetime(2026, 12, 1, 6, 0, tzinfo=UTC)
IMPATIENT = Limits(connect=2.0, read=2.0, reply=4.0, tries=2, budget=5.0, first_wait=0.01, longest_wait=0.02)
UNITS = ("0000", "0018", "0020", "1880")


def dataset(key="share", kpi="N00001", **fields):
    """A made-up KPI for four units."""
    dimensions = (
        Dimension("kpi", Role.FIXED, (kpi,)),
        Dimension("municipality", Role.TERRITORY, UNITS),
        Dimension("year", Role.PERIOD),
        Dimension("gender", Role.SEX),
    )
    told = {"title": "Påhittad andel", "producer": "Påhittad", "unit": "percent"} | fields
    return Dataset(key, "kolada", queries=(Query(kpi, dimensions),), **told)


class Line:
    """The line to the source: ``fault`` is what comes instead of an answer from the ``breaks_at``-th call on."""

    def __init__(self, handler):
        self.handler, self.calls, self.breaks_at, self.fault = handler, 0, None, None

    def __call__(self, request):
        self.calls += 1
        if self.breaks_at is not None and self.calls > self.breaks_at:
            return self.fault(self.handler(request))
        return self.handler(request)

    def pull(self, calls, fault):
        """Let so many more calls through, and then none."""
        self.breaks_at, self.fault = self.calls + calls, fault

    def mend(self):
        """Put the cable back."""
        self.breaks_at = None


@dataclass
class World:
    """A local Kolada, a store, a clock that only tests move, and the data sets that are asked for."""

    kolada: object
    line: object
    server: object
    store: Store
    datasets: list[Dataset]
    time: datetime = START

    def room(self, **changes):
        """Return where the fetch takes place."""
        settings = {"kolada": Settings(f"{self.server.url}/v3", 10_000, 1.0)}
        room = run.Room(
            self.store, settings, now=lambda: self.time, environ={}, limits=changes.pop("limits", IMPATIENT)
        )
        return replace(room, **changes)

    def fetch(self, *, since=None, **changes):
        """Fetch everything; return the outcomes by data set."""
        outcomes = run.fetch(jobs(self.datasets, self.store, since), self.room(**changes))
        return {outcome.dataset: outcome for outcome in outcomes}

    def later(self, days=1):
        """Let time pass."""
        self.time += timedelta(days=days)

    def revise(self, unit, year, value):
        """Change a figure at the source, today."""
        rows = [r for r in self.kolada.rows if (r.unit, r.year, r.gender) == (unit, year, "T")]
        for row in rows:
            self.kolada.revise(row, value, self.time.date().isoformat())


def value(unit, year, gender):
    """A figure made up by rule, never the same twice."""
    return round(50 + UNITS.index(unit) * 3 + (year - 2015) * 0.4 + "TKM".index(gender) * 0.1, 1)


@pytest.fixture
def world(tmp_path):
    from replies.kolada3 import Kolada3, Row, kpi
    from replies.server import LocalServer

    rows = [
        Row("N00001", unit, year, value(unit, year, gender), gender)
        for unit in UNITS
        for year in range(2015, 2026)
        for gender in "TKM"
    ]
    kolada = Kolada3([kpi("N00001")], rows)
    with contextlib.ExitStack() as stack:
        line = Line(kolada)
        server = stack.enter_context(LocalServer(line))
        yield World(kolada, line, server, Store(tmp_path / "vintages"), [dataset()])


@pytest.fixture
def four(tmp_path, monkeypatch):
    """A strategy folder with four data sets, each from a source of another kind, and nobody patient."""
    from replies.four_sources import four_sources

    monkeypatch.setattr("vagvisare.sources.http.wire.Limits", lambda: IMPATIENT)
    for name in ("VAGVISARE_STORE", "http_proxy", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with contextlib.ExitStack() as stack:
        yield four_sources(tmp_path, stack.enter_context)


@pytest.fixture
def command(monkeypatch, capsys):
    """Run the command in this process; return exit code, what it printed and what it said on the side."""
    from vagvisare import cli

    def runner(*arguments, lang="sv"):
        monkeypatch.setattr("sys.argv", ["vagvisare", *map(str, arguments)])
        monkeypatch.setenv("VAGVISARE_LANG", lang)
        code = 0
        try:
            cli.main()
        except SystemExit as leaving:
            code = leaving.code or 0
        said = capsys.readouterr()
        assert "Traceback" not in said.err + said.out
        return code, said.out, said.err

    return runner
