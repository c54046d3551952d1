"""The office of our own against sdmx1, a reader by others: what it says is SDMX, and we read the same figures of it."""

from __future__ import annotations

from io import BytesIO

import pytest
import sdmx

from replies.sdmx import Office
from replies.server import Request
from vagvisare.sources.sdmx import structure as structures
from vagvisare.sources.sdmx import table as tables
from vagvisare.sources.sdmx.structure import Flow
from vagvisare.sources.wire import Reply

FLOW = Flow("MADE.UP", "DSD_TOWNS@DF_TOWNS", "1.0")


def _body(office, path, accept="", **query):
    asked = {name: [value] for name, value in query.items()}
    return office(Request("GET", path, path, asked, {"accept": accept}, b"", 0.0)).body


def _reply(body):
    return Reply("https://source.example/", 200, "", body, "", {})


def _ours(body, described):
    long = tables.read(_reply(body), described)
    names = [*(axis.code for axis in described.axes), described.time]
    columns = [long.codes[name].to_pylist() for name in names]
    return dict(zip(zip(*columns, strict=True), long.values.to_pylist(), strict=True))


@pytest.fixture(scope="module")
def described():
    body = _body(Office(), f"/dataflow/MADE.UP/{FLOW.flow}/1.0", references="descendants")
    return structures.structure(_reply(body), FLOW)


def test_figures_in_xml_are_those_sdmx1_gives_as_a_series(described):
    body = _body(Office(form="xml"), f"/data/MADE.UP,{FLOW.flow},1.0/all")
    message = sdmx.read_sdmx(BytesIO(body), format="XML", structure=described.definition)
    theirs = sdmx.to_pandas(message.data[0]).dropna()
    names = [*(axis.code for axis in described.axes), described.time]
    assert _ours(body, described) == dict(theirs.reorder_levels(names).items())


@pytest.mark.parametrize("form", ["csv1", "csv2"])
def test_figures_in_csv_are_those_in_xml(described, form):
    address = f"/data/MADE.UP,{FLOW.flow},1.0/all"
    ours = _ours(_body(Office(form=form), address), described)
    assert ours == _ours(_body(Office(form="xml"), address), described)
    assert len(ours) > 200


def test_figures_in_csv_are_those_sdmx1_reads(described):
    body = _body(Office(comment="plain"), f"/data/MADE.UP,{FLOW.flow},1.0/all")
    message = sdmx.read_sdmx(BytesIO(body), format="CSV", structure=described.definition)
    names = [*(axis.code for axis in described.axes), described.time]
    theirs = {
        tuple(str(each.key.values[name].value) for name in names): float(each.value)
        for data in message.data
        for each in data.obs
        if each.value not in (None, "")
    }
    assert _ours(body, described) == theirs
