"""A made-up table behind a server that speaks PxWebApi 2, and a real wire to it on a clock where nobody waits."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import orjson
import pytest

from vagvisare.sources.contract import Ask
from vagvisare.sources.http import HttpWire, Limits, Pace
from vagvisare.sources.query import Dimension, Query, Role
from vagvisare.sources.wire import Reply

YEARS = tuple(str(year) for year in range(2015, 2025))


class FakeClock:
    """Stands still until somebody waits."""

    def __init__(self):
        self.time, self.waits = 1000.0, []

    def now(self):
        return self.time

    def today(self):
        return datetime(2026, 3, 1, 12, tzinfo=UTC) + timedelta(seconds=self.time - 1000.0)

    def wait(self, seconds, stop):  # noqa: ARG002 the wire says when to stop
        self.waits.append(seconds)
        self.time += seconds


class Memory:
    """Remembers kept replies, as the store does."""

    def __init__(self):
        self.replies = {}

    def keep(self, request_key, reply):
        self.replies[request_key] = reply

    def kept(self, request_key):
        return self.replies.get(request_key)


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
def memory():
    return Memory()


@pytest.fixture
def wire_to(clock):
    with contextlib.ExitStack() as wires:

        def make(base, **options):
            options = {"limits": Limits(connect=5, read=5), "draw": lambda low, high: (low + high) / 2} | options
            wire = HttpWire(base, Pace(0, 0.0, clock), configured=True, environ={}, clock=clock, **options)
            return wires.enter_context(wire)

        yield make


@pytest.fixture
def population():
    """Return a table by region, sex, age, contents and year; age has a total, sex is summed."""
    from replies.pxwebapi2 import Dim, Table

    regions = {"00": "Riket", "18": "Örebro län", "1880": "Örebro", "1881": "Kumla", "20": "Dalarnas län"}
    return Table(
        "TAB0001",
        "Påhittad folkmängd efter region, kön, ålder, tabellinnehåll och år",
        [
            Dim("Region", "region", regions, "geo", eliminable=True, total="00", codelists=("agg_Lan", "vs_Lan")),
            Dim("Kon", "kön", {"1": "män", "2": "kvinnor"}, eliminable=True, notes=("Juridiskt kön.",)),
            Dim("Alder", "ålder", {"tot": "totalt", "0-19": "0–19 år", "20+": "20– år"}, eliminable=True, total="tot"),
            Dim("ContentsCode", "tabellinnehåll", {"A1": "Folkmängd", "A2": "Folkökning"}, "metric"),
            Dim("Tid", "år", {year: year for year in YEARS}, "time"),
        ],
        notes=("Påhittade siffror för prov.",),
        next_update="2027-02-20T07:00:00Z",
    )


@pytest.fixture
def fake(population):
    from replies.pxwebapi2 import Codelist, PxWebApi2

    server = PxWebApi2(population)
    server.codelists["agg_Lan"] = Codelist("Stora län", {"M": ("Mitten", ("18", "20")), "R": ("Riket", ("00",))})
    server.codelists["vs_Lan"] = Codelist(
        "Län", {"18": ("Örebro län", ("18",)), "20": ("Dalarnas län", ("20",))}, "Valueset"
    )
    return server


@pytest.fixture
def checked(fake):
    """The server, with every request and response held against the published description."""
    from replies.pxwebapi2 import Checked

    return Checked(fake)


@pytest.fixture
def wire(local_server, checked, wire_to):
    return wire_to(local_server(checked).url)


@pytest.fixture
def query():
    """Return a query for folkmängd, both sexes, in five regions, all years."""
    return Query(
        "TAB0001",
        (
            Dimension("Region", Role.TERRITORY, ("00", "18", "1880", "1881", "20")),
            Dimension("Kon", Role.SEX, ("1", "2"), ("M", "K")),
            Dimension("ContentsCode", Role.FIXED, ("A1",)),
            Dimension("Tid", Role.PERIOD),
        ),
    )


@pytest.fixture
def ask(query):
    return Ask("folkmangd", query)


@pytest.fixture
def with_dimension():
    """Return a function that changes one dimension of a query, or takes it away (no changes given)."""

    def change(query, code, **changes):
        kept = [d for d in query.dimensions if d.code != code or changes]
        return replace(query, dimensions=tuple(replace(d, **changes) if d.code == code else d for d in kept))

    return change


@pytest.fixture
def reply_of():
    """Return a function that makes a reply of a value (as JSON) or of bytes."""

    def make(value):
        body = value if isinstance(value, bytes) else orjson.dumps(value)
        return Reply("http://källa/x", 200, "application/json", body, sha256(body).hexdigest(), {})

    return make
