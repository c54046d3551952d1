"""The server and our client against pxwebpy, a client written by somebody else: the same server, the same numbers."""

from __future__ import annotations

import contextlib

import pytest

from vagvisare.sources.contract import Ask
from vagvisare.sources.pxweb.v2 import PxWeb2


@pytest.fixture
def api(local_server, checked):
    pxweb = pytest.importorskip("pxweb")
    client = pxweb.PxApi(local_server(checked).url, disable_cache=True)
    with contextlib.closing(client._client.session):
        yield client


CHOSEN = {
    "Region": ["00", "18", "1880", "1881", "20"],
    "Kon": ["1", "2"],
    "ContentsCode": ["A1"],
    "Tid": ["*"],
}


def numbers(rows):
    return {(row["region"], row["kön"], row["år"]): row["value"] for row in rows}


def ours(delivery):
    sex = {"M": "1", "K": "2"}
    return {
        (row["territory"], sex[row["sex"]], str(row["start"])): row["value"] for row in delivery.figures.to_pylist()
    }


def test_the_same_numbers(api, wire, ask):
    theirs = numbers(api.get_table_data("TAB0001", CHOSEN, show="code"))
    assert len(theirs) == 100
    assert ours(PxWeb2().fetch(ask, wire)) == theirs


def test_the_same_numbers_in_parts(local_server, checked, fake, wire, ask):
    pxweb = pytest.importorskip("pxweb")
    fake.told_cells = fake.max_cells = 17
    client = pxweb.PxApi(local_server(checked).url, disable_cache=True)
    with contextlib.closing(client._client.session):
        theirs = numbers(client.get_table_data("TAB0001", CHOSEN, show="code"))
    assert ours(PxWeb2().fetch(ask, wire)) == theirs


def test_the_same_sums_by_a_code_list(api, wire, query, with_dimension):
    theirs = api.get_table_data("TAB0001", {**CHOSEN, "Region": ["M"]}, {"Region": "agg_Lan"}, show="code")
    grouped = with_dimension(query, "Region", values=("M",), ours=("18",), codelist="agg_Lan")
    mine = ours(PxWeb2().fetch(Ask("x", grouped), wire))
    assert {(key[1], key[2]): value for key, value in mine.items()} == {
        (key[1], key[2]): value for key, value in numbers(theirs).items()
    }


def test_the_same_catalogue(api, wire):
    assert [table["id"] for table in api.all_tables()] == [found.table for found in PxWeb2().find("tab0001", wire)]
    labels = api.get_table_variables("TAB0001")["Region"]["category"]["label"]
    assert tuple(labels.items()) == PxWeb2().shape("TAB0001", wire).axes[0].categories
