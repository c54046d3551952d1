"""Fetching a table from a server that speaks PxWebApi 2: the figures, one edition, in parts, and what is refused."""

from __future__ import annotations

from datetime import date

import pytest

from vagvisare.sources.contract import FIGURES, Ask
from vagvisare.sources.errors import GoneError, RefusedError, UnreachableError, UnreadableError
from vagvisare.sources.pxweb import v2_selection
from vagvisare.sources.pxweb.v2 import PxWeb2
from vagvisare.sources.query import Dimension, Query, Role
from vagvisare.terms.language import Language


def by_key(figures):
    return {
        (row["territory"], row["start"], row["sex"], row["background"]): row["value"] for row in figures.to_pylist()
    }


def said(error):
    return error.value.message(Language.SV), error.value.message(Language.EN)


def seven(_codes):
    return 7.0


def test_figures_are_those_of_the_source_by_our_codes(wire, ask, population):
    delivery = PxWeb2().fetch(ask, wire)
    assert delivery.figures.schema == FIGURES
    figures = by_key(delivery.figures)
    assert len(figures) == 5 * 2 * 10
    for place, year, sex, code in (("18", "2024", "K", "2"), ("1880", "2015", "M", "1")):
        assert figures[place, int(year), sex, ""] == population.figure((place, code, "tot", "A1", year))
    assert delivery.replies == tuple(dict.fromkeys(delivery.replies))
    assert len(delivery.replies) == 1


def test_shape_says_what_the_source_says(wire):
    shape = PxWeb2().shape("TAB0001", wire)
    assert (shape.table, shape.updated, shape.unit) == ("TAB0001", "2026-06-02T06:00:00Z", "antal")
    assert shape.next_release == date(2027, 2, 20)
    assert not shape.discontinued
    assert [axis.code for axis in shape.axes] == ["Region", "Kon", "Alder", "ContentsCode", "Tid"]
    assert ("1880", "Örebro") in shape.axes[0].categories
    assert "Påhittade siffror för prov." in shape.definition
    assert "kön: Juridiskt kön." in shape.definition
    assert "Folkmängd, refperiod: 31 december respektive år" in shape.definition
    assert "Ingen Alls" not in shape.definition


def test_a_large_question_is_asked_in_parts_of_years(wire, ask, fake, checked):
    whole = PxWeb2().fetch(ask, wire)
    fake.max_cells = fake.told_cells = 23
    in_parts = PxWeb2().fetch(ask, wire)
    assert by_key(in_parts.figures) == by_key(whole.figures)
    assert len(in_parts.replies) == 5
    assert checked.operations.count("GetTableDataByPost") == 6
    # The table is looked at again at the end: all parts are of one edition.
    assert checked.operations[-1] == "GetMetadataById"


def test_when_a_year_is_too_much_regions_are_cut_too(wire, ask, fake):
    whole = by_key(PxWeb2().fetch(ask, wire).figures)
    fake.max_cells = fake.told_cells = 5
    assert by_key(PxWeb2().fetch(ask, wire).figures) == whole


def test_a_source_that_gives_less_than_it_says_is_asked_once_more_in_halves(wire, ask, fake):
    whole = by_key(PxWeb2().fetch(ask, wire).figures)
    for status in (400, 403):
        fake.max_cells, fake.crowded_status = 60, status
        assert by_key(PxWeb2().fetch(ask, wire).figures) == whole
    fake.max_cells = 10
    with pytest.raises(RefusedError) as error:
        PxWeb2().fetch(ask, wire)
    assert "100 celler" in said(error)[0]
    assert "Choose fewer codes" in said(error)[1]


def test_limits_are_read_and_kept(wire, ask, fake):
    fake.calls, fake.window = 7, 5
    PxWeb2().fetch(ask, wire)
    assert (wire.pace.calls, wire.pace.seconds) == (7, 5.0)


def test_too_many_calls_are_waited_out(wire, ask, fake, clock, checked):
    fake.clock, fake.enforced, fake.window = clock.now, 2, 1
    fake.told_cells = fake.max_cells = 40
    assert PxWeb2().fetch(ask, wire).figures.num_rows == 100
    # 2 calls to begin with, 3 parts, 1 look at the end: every third call is told to wait a second.
    assert (len(checked.operations), clock.waits) == (8, [pytest.approx(1.0, abs=0.5)] * 2)


def test_everything_else_is_left_for_the_source_to_sum(wire, query, population, with_dimension):
    delivery = PxWeb2().fetch(Ask("x", with_dimension(query, "Kon")), wire)
    expected = sum(population.figure(("18", sex, "tot", "A1", "2020")) for sex in "12")
    assert by_key(delivery.figures)["18", 2020, "T", ""] == pytest.approx(expected)


def test_what_cannot_be_summed_must_be_chosen(wire, query, with_dimension):
    with pytest.raises(RefusedError) as error:
        PxWeb2().fetch(Ask("x", with_dimension(query, "ContentsCode")), wire)
    sv, en = said(error)
    assert "kan inte summeras över ContentsCode (tabellinnehåll)" in sv
    assert "”A1” Folkmängd, ”A2” Folkökning" in sv
    assert "“A1” Folkmängd" in en


def test_a_dimension_with_a_single_code_needs_no_choice(wire, query, population, with_dimension):
    del population.dim("ContentsCode").categories["A2"]
    assert PxWeb2().fetch(Ask("x", with_dimension(query, "ContentsCode")), wire).figures.num_rows == 100


def test_a_code_that_is_gone_is_named_with_its_neighbours(wire, query, population, with_dimension, checked):
    population.dim("Region").categories = {"00": "Riket", "18": "Örebro län", "1890": "Örebro (ny kod)"}
    with pytest.raises(RefusedError) as error:
        PxWeb2().fetch(Ask("x", query), wire)
    sv, en = said(error)
    assert "har inte koderna ”1880”, ”1881”, ”20” i Region (region)" in sv
    assert "”1890” Örebro (ny kod)" in sv
    assert "Källan kan ha ändrat sina koder" in sv
    assert "does not have the codes “1880”" in en
    assert "GetTableDataByPost" not in checked.operations


def test_a_dimension_the_table_has_not_is_named(wire, query):
    wrong = Query("TAB0001", (*query.dimensions, Dimension("Sex", Role.SEX, ("1",))))
    with pytest.raises(RefusedError, match=r"ingen dimension ”Sex”.*”Kon” kön"):
        PxWeb2().fetch(Ask("x", wrong), wire)


def test_a_dimension_named_twice_is_refused(wire, query):
    twice = Query("TAB0001", (*query.dimensions, Dimension("Kon", Role.SEX, ("1",))))
    with pytest.raises(RefusedError, match="nämner Kon två gånger"):
        PxWeb2().fetch(Ask("x", twice), wire)


def test_a_fixed_dimension_holds_one_code(wire, query, with_dimension):
    with pytest.raises(RefusedError, match="en enda kod, men frågan ger 2"):
        PxWeb2().fetch(Ask("x", with_dimension(query, "ContentsCode", values=("A*",))), wire)


def test_words_for_territories_are_written_out(wire, query, population, with_dimension):
    from vagvisare.sources.query import Scheme
    from vagvisare.sources.territories import expand

    codes = expand(("@counties",), Scheme.OFFICIAL)
    population.dim("Region").categories |= {code: code for code in codes}
    delivery = PxWeb2().fetch(Ask("x", with_dimension(query, "Region", values=("@nation", "@counties"))), wire)
    assert set(delivery.figures["territory"].to_pylist()) == {"00", *codes}


@pytest.mark.parametrize(
    ("values", "years"),
    [
        (("TOP(2)",), {2023, 2024}),
        (("top(2, 1)",), {2022, 2023}),
        (("BOTTOM(1)", "2020"), {2015, 2020}),
        (("FROM(2022)",), {2022, 2023, 2024}),
        (("TO(2016)",), {2015, 2016}),
        (("RANGE(2018,2019)",), {2018, 2019}),
        (("20?5", "*4"), {2015, 2024}),
        (("*",), set(range(2015, 2025))),
    ],
)
def test_expressions(wire, query, with_dimension, values, years):
    delivery = PxWeb2().fetch(Ask("x", with_dimension(query, "Tid", values=values)), wire)
    assert set(delivery.figures["start"].to_pylist()) == years


def test_an_expression_that_chooses_nothing_is_refused(wire, query, with_dimension):
    with pytest.raises(RefusedError, match=r"”FROM\(2010\)” väljer inget i Tid"):
        PxWeb2().fetch(Ask("x", with_dimension(query, "Tid", values=("FROM(2010)",))), wire)


def test_a_code_list_sums_or_chooses(wire, query, population, with_dimension):
    grouped = with_dimension(query, "Region", values=("M",), ours=("18",), codelist="agg_Lan")
    figures = by_key(PxWeb2().fetch(Ask("x", grouped), wire).figures)
    expected = sum(population.figure((place, "1", "tot", "A1", "2020")) for place in ("18", "20"))
    assert figures["18", 2020, "M", ""] == pytest.approx(expected)
    chosen = with_dimension(query, "Region", values=(), codelist="vs_Lan")
    assert set(PxWeb2().fetch(Ask("x", chosen), wire).figures["territory"].to_pylist()) == {"18", "20"}


def test_code_lists_that_are_not_there(wire, query, population, with_dimension):
    with pytest.raises(RefusedError, match=r"ingen kodlista ”agg_Annan” för Region.*”agg_Lan”, ”vs_Lan”"):
        PxWeb2().fetch(Ask("x", with_dimension(query, "Region", codelist="agg_Annan")), wire)
    population.dim("Region").codelists = ()
    with pytest.raises(RefusedError, match="Källan har ingen kodlista ”agg_Annan”"):
        PxWeb2().fetch(Ask("x", with_dimension(query, "Region", codelist="agg_Annan")), wire)
    with pytest.raises(RefusedError, match="Källan har ingen kodlista"):
        PxWeb2().fetch(Ask("x", with_dimension(query, "Region", codelist="../config")), wire)


def test_symbols_become_statuses(wire, ask, population):
    population.figure = lambda codes: ".." if codes[0] == "1881" else 1.5
    rows = PxWeb2().fetch(ask, wire).figures.to_pylist()
    assert {(row["value"], row["status"]) for row in rows if row["territory"] == "1881"} == {(None, "M")}
    assert {(row["value"], row["status"]) for row in rows if row["territory"] == "18"} == {(1.5, "")}


def test_a_table_that_is_gone(wire, query):
    from dataclasses import replace

    with pytest.raises(GoneError, match="TAB9999 finns inte längre"):
        PxWeb2().fetch(Ask("x", replace(query, table="TAB9999")), wire)


def test_a_table_that_goes_while_it_is_fetched(wire, ask, fake):
    from replies.pxwebapi2 import ProblemError

    def vanish(status):
        def at_once(_number):
            raise ProblemError(status, "Non-existent table")

        return at_once

    for status in (400, 404):
        fake.before_data = vanish(status)
        with pytest.raises(GoneError, match="TAB0001 finns inte längre"):
            PxWeb2().fetch(ask, wire)


def test_an_answer_without_a_dimension_asked_for_is_not_believed(wire, ask, fake, monkeypatch):
    whole = fake._data

    def without_sex(table, request):
        said = whole(table, request)
        place = said["id"].index("Kon")
        for name in ("id", "size"):
            said[name].pop(place)
        return said | {"value": said["value"][:50]}

    monkeypatch.setattr(fake, "_data", without_sex)
    with pytest.raises(UnreadableError, match="andra koder i Kon"):
        PxWeb2().fetch(ask, wire)


def test_a_dimension_with_one_code_that_the_source_adds_does_no_harm(wire, ask, fake, monkeypatch):
    whole = fake._data

    def with_age(table, request):
        said = whole(table, request)
        said["id"].append("Alder")
        said["size"].append(1)
        said["dimension"]["Alder"] = {"label": "ålder", "category": {"index": {"tot": 0}, "label": {"tot": "totalt"}}}
        return said

    expected = by_key(PxWeb2().fetch(ask, wire).figures)
    monkeypatch.setattr(fake, "_data", with_age)
    assert by_key(PxWeb2().fetch(ask, wire).figures) == expected


@pytest.mark.parametrize("table", ["", "..", "a/b", "TAB1?x=1", "x" * 200, "TAB1\n"])
def test_what_cannot_be_a_table_is_never_asked_for(wire, table, checked):
    with pytest.raises(RefusedError, match="kan inte vara en tabell"):
        PxWeb2().shape(table, wire)
    assert checked.operations == []


def test_a_table_updated_while_it_is_fetched_is_fetched_again(wire, ask, fake, population):
    fake.max_cells = fake.told_cells = 20

    def revise(number):
        if number == 3:
            population.updated, population.figure = "2026-06-09T06:00:00Z", seven

    fake.before_data = revise
    delivery = PxWeb2().fetch(ask, wire)
    assert delivery.shape.updated == "2026-06-09T06:00:00Z"
    assert set(delivery.figures["value"].to_pylist()) == {7.0}


def test_a_table_that_never_stands_still_is_given_up(wire, ask, fake, population):
    fake.max_cells = fake.told_cells = 20

    def revise(number):
        population.updated = f"2026-06-09T06:00:{number:02}Z"

    fake.before_data = revise
    with pytest.raises(UnreachableError, match="uppdaterades hos källan medan den hämtades"):
        PxWeb2().fetch(ask, wire)


def test_an_update_between_description_and_figures_is_seen_in_a_single_part(wire, ask, fake, population):
    def revise(number):
        if number == 1:
            population.updated, population.figure = "2026-06-09T06:00:00Z", seven

    fake.before_data = revise
    assert PxWeb2().fetch(ask, wire).shape.updated == "2026-06-09T06:00:00Z"


def test_kept_parts_are_not_asked_for_again_but_never_mixed_with_a_newer_edition(
    local_server, checked, wire_to, memory, ask, fake, population
):
    from replies.pxwebapi2 import ProblemError

    fake.max_cells = fake.told_cells = 20
    wire = wire_to(local_server(checked).url, keeper=memory)

    def fail(number):
        if number == 3:
            raise ProblemError(400, "Non-existent value")

    fake.before_data = fail
    with pytest.raises(RefusedError, match="Non-existent value"):
        PxWeb2().fetch(ask, wire)
    assert len(memory.replies) == 2
    fake.before_data = lambda _number: None
    before = fake.data_calls
    PxWeb2().fetch(ask, wire)
    assert fake.data_calls - before == 3
    population.updated, population.figure = "2026-06-09T06:00:00Z", seven
    again = PxWeb2().fetch(ask, wire_to(wire.base, keeper=memory))
    assert set(again.figures["value"].to_pylist()) == {7.0}


def test_an_answer_about_other_codes_is_not_believed(wire, ask, fake, monkeypatch):
    whole = fake._data

    def other(table, request):
        said = whole(table, request)
        index = said["dimension"]["Region"]["category"]["index"]
        said["dimension"]["Region"]["category"]["index"] = {("99" if c == "18" else c): n for c, n in index.items()}
        return said

    monkeypatch.setattr(fake, "_data", other)
    with pytest.raises(UnreadableError, match="andra koder i Region"):
        PxWeb2().fetch(ask, wire)


def test_an_answer_that_was_not_summed_is_not_believed(wire, ask, fake, population, monkeypatch):
    def unsummed(table, _request):
        shown = [(dim, dict(dim.categories)) for dim in table.dims]
        said = fake._dataset(table, shown)
        said["value"] = [1.0] * (5 * 2 * 3 * 2 * 10)
        return said

    monkeypatch.setattr(fake, "_data", unsummed)
    with pytest.raises(UnreadableError, match=r"andra koder i (Alder|ContentsCode)"):
        PxWeb2().fetch(ask, wire)


def test_absurd_questions_are_refused_before_they_are_asked(wire, ask, fake, monkeypatch, checked):
    fake.told_cells = 1
    monkeypatch.setattr(v2_selection, "MOST_PARTS", 99)
    with pytest.raises(RefusedError, match="100 celler"):
        PxWeb2().fetch(ask, wire)
    assert "GetTableDataByPost" not in checked.operations
