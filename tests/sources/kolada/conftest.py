"""A wire to a local server that speaks Kolada's interface, and a memory for replies."""

from __future__ import annotations

import contextlib

import pytest

from vagvisare.sources.contract import Ask, Source
from vagvisare.sources.http import Limits, open_wire
from vagvisare.sources.kolada import Kolada, data
from vagvisare.sources.query import Dimension, Query, Role, Scheme, Settings

SOURCE = Source("kolada", "Kolada (RKA)", Kolada(), "https://api.kolada.se/v3", 5, 1.0)


class Memory:
    """Replies by request, as the store will keep them."""

    def __init__(self):
        self.replies = {}

    def keep(self, request_key, reply):
        self.replies[request_key] = reply

    def kept(self, request_key):
        return self.replies.get(request_key)


@pytest.fixture(scope="module", params=["by its spelling", "as JSON"])
def each_way(request):
    """Open pages of data both ways there are: what they give must be the same."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "as JSON":
            patch.setattr(data, "spelled", lambda _body, _segment: None)
        yield


@pytest.fixture
def memory():
    return Memory()


@pytest.fixture
def wire_to():
    """Return a factory: a real wire to a local server, quick to try again."""
    with contextlib.ExitStack() as wires:

        def opened(server, *, keeper=None, calls=10_000, seconds=1.0, **limits):
            quick = Limits(**{"first_wait": 0.001, "longest_wait": 0.002, "read": 5.0, "tries": 3, **limits})
            settings = Settings(url=f"{server.url}/v3", calls=calls, seconds=seconds)
            return wires.enter_context(open_wire(SOURCE, settings, keeper=keeper, limits=quick, environ={}))

        yield opened


@pytest.fixture
def query_of():
    """Return a factory of queries in the usual form."""

    def query(table="N00001", units=("0018", "1880"), years=("*",), genders=(), kpi=None, **fields):
        dimensions = (
            Dimension("kpi", Role.FIXED) if kpi is None else kpi,
            Dimension("municipality", Role.TERRITORY, tuple(units), scheme=Scheme.KOLADA),
            Dimension("year", Role.PERIOD, tuple(years)),
            Dimension("gender", Role.SEX, tuple(genders)),
        )
        return Query(table, dimensions, **fields)

    return query


@pytest.fixture
def ask_of(query_of):
    """Return a factory of asks in the usual form."""

    def ask(dataset="synthetic", checked=None, **fields):
        return Ask(dataset, query_of(**fields), checked=checked)

    return ask


@pytest.fixture
def rows_of():
    """Return a function: figures of a delivery as plain tuples, in order."""

    def rows(delivery):
        names = ("territory", "start", "sex", "background", "value", "status")
        return sorted(tuple(row[name] for name in names) for row in delivery.figures.to_pylist())

    return rows
