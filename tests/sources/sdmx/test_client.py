"""Figures, shape and search over SDMX, through the real wire."""

from __future__ import annotations

import builtins
from dataclasses import replace

import pytest

from replies.sdmx import FLOW, Office
from vagvisare.sources.contract import FIGURES, Ask, Client, NewsState
from vagvisare.sources.errors import GoneError, RefusedError
from vagvisare.sources.query import Dimension, Query, Role
from vagvisare.sources.sdmx import Sdmx
from vagvisare.terms.errors import SourceError
from vagvisare.terms.language import Language

OURS = {"SWE": "00", "SE124": "18", "SE125": "19", "SE110": "01"}
SEXES = {"_T": "T", "F": "K", "M": "M"}


def _query(*, area=("@nation", "SE124", "SE125"), time=(), table=FLOW, more=(), measure=("POP",)):
    return Query(
        table,
        (
            Dimension("SEX", Role.SEX, tuple(SEXES), tuple(SEXES.values())),
            Dimension("REF_AREA", Role.TERRITORY, area),
            Dimension("MEASURE", values=measure),
            Dimension("TIME_PERIOD", Role.PERIOD, time),
            *more,
        ),
    )


def _fetch(wire, query=None):
    return Sdmx().fetch(Ask("towns", query or _query()), wire)


def _rows(figures):
    return {(row["territory"], row["sex"], row["start"]): (row["value"], row["status"]) for row in figures.to_pylist()}


def _expected(office, areas=("SWE", "SE124", "SE125"), years=None):
    return {
        (OURS[area], ours, int(year)): (float(figure), "")
        for area in areas
        for sex, ours in SEXES.items()
        for year in years or office.years
        if (figure := office.figure(("A", area, sex, "POP", year)))
    }


def test_the_client_is_one():
    client: Client = Sdmx()
    assert client.kind == "sdmx"
    news = client.news([Ask("a", _query()), Ask("b", _query())], None)
    assert {name: each.state for name, each in news.items()} == {"a": NewsState.UNKNOWN, "b": NewsState.UNKNOWN}


@pytest.mark.parametrize("form", ["csv1", "csv2", "xml"])
@pytest.mark.parametrize("generous", [False, True])
def test_every_figure_asked_for_comes_whatever_the_form(wire_to, form, generous):
    office = Office(form=form, generous=generous)
    wire = wire_to(office)
    delivery = _fetch(wire)
    assert delivery.figures.schema == FIGURES
    assert _rows(delivery.figures) == _expected(office)
    assert len(delivery.replies) == 2


def test_the_key_is_in_the_order_of_the_structure_with_the_nation_as_the_source_writes_it(wire_to):
    wire = wire_to(Office())
    _fetch(wire)
    assert wire.server.paths()[-1] == f"/data/{FLOW}/.SWE+SE124+SE125._T+F+M.POP"
    assert wire.server.log[-1].query["dimensionAtObservation"] == ["AllDimensions"]


@pytest.mark.parametrize("form", ["csv2", "xml"])
@pytest.mark.parametrize(
    ("time", "years"),
    [
        (("2017", "2020"), ("2017", "2020")),
        (("TOP(2)",), ("2023", "2024")),
        (("FROM(2022)",), ("2022", "2023", "2024")),
        (("TO(2016)",), ("2016",)),
        (("RANGE(2018,2019)",), ("2018", "2019")),
        (("*",), None),
    ],
)
def test_periods_are_chosen(wire_to, form, time, years):
    office = Office(form=form)
    assert _rows(_fetch(wire_to(office), _query(time=time)).figures) == _expected(office, years=years)


@pytest.mark.parametrize("form", ["csv1", "xml"])
def test_statuses_are_kept_and_what_is_suppressed_has_no_figure(wire_to, form):
    key = ("A", "SE124", "_T", "POP")
    office = Office(
        form=form,
        revised={
            (*key, "2020"): "7.5",
            (*key, "2021"): "8.5",
            (*key, "2022"): "",
            (*key, "2023"): "",
            (*key, "2024"): "1",
        },
        statuses={
            (*key, "2020"): "P",
            (*key, "2021"): "Q",
            (*key, "2022"): "L",
            (*key, "2023"): "M",
            (*key, "2024"): "F",
        },
    )
    rows = _rows(_fetch(wire_to(office)).figures)
    told = {year: rows.get(("18", "T", year)) for year in range(2020, 2025)}
    assert told == {2020: (7.5, "P"), 2021: (None, "Q"), 2022: (None, "L"), 2023: None, 2024: (1.0, "E")}


def test_the_shape_tells_title_unit_and_codes(wire_to):
    shape = _fetch(wire_to(Office())).shape
    assert (shape.table, shape.title, shape.unit) == (FLOW, "Towns, made up", "UNIT_MULT 3")
    axes = {axis.code: axis for axis in shape.axes}
    assert list(axes) == ["FREQ", "REF_AREA", "SEX", "MEASURE"]
    assert axes["REF_AREA"].categories == (
        ("SWE", "Label of SWE"),
        ("SE124", "Label of SE124"),
        ("SE125", "Label of SE125"),
    )
    assert axes["SEX"].label == "Sex"
    whole = Sdmx().shape(FLOW, wire_to(Office()))
    assert [code for code, _ in {axis.code: axis for axis in whole.axes}["REF_AREA"].categories] == list(
        Office().dimensions["REF_AREA"]
    )


@pytest.mark.parametrize("form", ["csv1", "xml"])
def test_figures_of_several_units_are_never_mixed(wire_to, form):
    one = {("A", "SE124", "F", "POP", "2020"): "6"}
    with pytest.raises(RefusedError, match="UNIT_MULT har flera koder"):
        _fetch(wire_to(Office(form=form, powers=one)))
    silent = {("A", "SE124", "F", "POP", "2020"): ""}
    assert _fetch(wire_to(Office(form=form, powers=silent))).shape.unit == "UNIT_MULT 3"
    elsewhere = {("A", "NOR", "F", "POP", "2020"): "6"}
    assert _fetch(wire_to(Office(form=form, powers=elsewhere, generous=True))).figures.num_rows


def test_a_flow_without_version_is_the_latest(wire_to):
    wire = wire_to(Office())
    delivery = _fetch(wire, _query(table="MADE.UP,DSD_TOWNS@DF_TOWNS"))
    assert delivery.figures.num_rows
    assert wire.server.paths()[0] == "/dataflow/MADE.UP/DSD_TOWNS@DF_TOWNS/latest"


@pytest.mark.parametrize("table", ["", "DF_TOWNS", "a/b,c,1", "MADE.UP,DF TOWNS,1.0", "../x,y,1", "A,B,1,2", "A,B?x=1"])
def test_a_table_that_is_no_flow_is_never_asked_for(wire_to, table):
    wire = wire_to(Office())
    with pytest.raises(RefusedError, match="inget namn på ett dataflöde"):
        _fetch(wire, _query(table=table))
    with pytest.raises(RefusedError):
        Sdmx().shape(table, wire)
    assert not wire.server.log


@pytest.mark.parametrize(
    ("query", "words"),
    [
        (_query(area=("SE124", "SE12X")), "har inte SE12X. Liknande är SE12"),
        (_query(measure=("POPP",)), "har inte POPP. Liknande är POP"),
        (_query(more=(Dimension("AGE", values=("_T",)),)), "ingen dimension ”AGE”"),
        (_query(measure=()), "dimensionen MEASURE har flera koder"),
        (_query(measure=("FROM(1)",)), "går inte att fråga efter"),
        (_query(time=("LAST(1)",)), "går inte att fråga efter"),
        (_query(time=("FROM(2090)",)), "inga siffror"),
    ],
)
def test_what_the_flow_cannot_answer_is_refused_with_what_it_has(wire_to, query, words):
    with pytest.raises(RefusedError) as caught:
        _fetch(wire_to(Office()), query)
    assert words in caught.value.message(Language.SV)
    assert "The dataflow" in caught.value.message(Language.EN)


def test_a_source_that_gives_none_of_what_was_asked_is_refused(wire_to):
    with pytest.raises(RefusedError, match="inga siffror"):
        _fetch(wire_to(Office(generous=True)), _query(time=("FROM(2090)",)))


def test_a_flow_that_is_gone_is_told_as_gone(wire_to):
    with pytest.raises(GoneError):
        _fetch(wire_to(Office(gone=True)))


def test_search_finds_flows_by_every_word_shortest_first(wire_to):
    found = list(Sdmx().find("TOWNS", wire_to(Office())))
    assert [(each.table, each.title) for each in found] == [("MADE.UP,DF_SHORT,1.0", "Towns"), (FLOW, "Towns, made up")]
    assert [each.table for each in Sdmx().find("towns dsd", wire_to(Office()))] == [FLOW]
    assert list(Sdmx().find("", wire_to(Office()))) == []


def test_codes_from_a_definition_cannot_change_the_address(wire_to):
    wire = wire_to(Office(unlisted=("MEASURE",)))
    with pytest.raises(SourceError):
        _fetch(wire, _query(measure=("a/../../b&x=1#y+POP",)))
    assert wire.server.paths()[-1] == f"/data/{FLOW}/.SWE+SE124+SE125._T+F+M.a/../../b&x=1#y+POP"
    assert wire.server.log[-1].target.split("?")[0].endswith(".a%2F..%2F..%2Fb%26x%3D1%23y%2BPOP")


def test_without_the_extra_a_sentence_says_what_to_install(wire_to, monkeypatch):
    usual = builtins.__import__

    def without(name, *arguments, **named):
        if name == "sdmx":
            raise ImportError(name)
        return usual(name, *arguments, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(SourceError) as caught:
        _fetch(wire_to(Office()))
    assert "pip install 'vagvisare[sdmx]'" in caught.value.message(Language.SV)
    assert "not installed" in caught.value.message(Language.EN)


def test_the_same_question_gives_the_same_figures_and_a_revision_shows(wire_to):
    office = Office()
    wire = wire_to(office)
    before = _rows(_fetch(wire).figures)
    assert _rows(_fetch(wire, replace(_query(), scale=1000.0)).figures) == {
        key: (value and value * 1000, status) for key, (value, status) in before.items()
    }
    office.revised["A", "SE124", "_T", "POP", "2024"] = "123456.5"
    after = _rows(_fetch(wire).figures)
    assert {key for key in after if after[key] != before.get(key)} == {("18", "T", 2024)}
