"""Figures from a server that speaks Kolada's interface, over a real wire. Every figure is made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from replies.kolada3 import Kolada3, Row, kpi
from vagvisare.sources.contract import FIGURES
from vagvisare.sources.errors import GoneError, RefusedError, UnreadableError
from vagvisare.sources.kolada import Kolada
from vagvisare.sources.kolada import description as descriptions
from vagvisare.sources.query import Dimension, Role
from vagvisare.terms.language import Language

pytestmark = pytest.mark.usefixtures("each_way")


def rows_in(*places, years=(2020, 2021), name="N00001"):
    return [Row(name, unit, year, float(f"{year % 100}.{unit[-1]}")) for unit in places for year in years]


def test_figures_come_in_the_contracts_form_with_our_codes(local_server, wire_to, ask_of, rows_of):
    server = local_server(Kolada3([kpi("N00001")], rows_in("0000", "0018", "1880")))
    wire = wire_to(server)
    got = Kolada().fetch(ask_of(units=("@nation", "0018", "1880")), wire)
    assert got.figures.schema == FIGURES
    assert rows_of(got) == [
        ("00", 2020, "T", "", 20.0, ""),
        ("00", 2021, "T", "", 21.0, ""),
        ("18", 2020, "T", "", 20.8, ""),
        ("18", 2021, "T", "", 21.8, ""),
        ("1880", 2020, "T", "", 20.0, ""),
        ("1880", 2021, "T", "", 21.0, ""),
    ]
    assert set(got.replies) <= set(wire.seen)
    assert len(got.replies) == 1


def test_women_and_men_come_though_the_description_denies_them_and_the_total_stays(
    local_server, wire_to, ask_of, rows_of
):
    split = kpi("N07600", is_divided_by_gender=False)
    rows = [Row("N07600", "0018", 2020, value, sex) for value, sex in ((3.0, "T"), (1.0, "K"), (2.0, "M"))]
    # Another KPI has only totals; it must not lose them because the first is divided.
    rows.append(Row("N00001", "0018", 2020, 9.0))
    server = local_server(Kolada3([split, kpi("N00001")], rows))
    names = Dimension("kpi", Role.BACKGROUND, ("N07600", "N00001"), ("", "annan grupp"))
    got = Kolada().fetch(ask_of(table="N07600,N00001", units=("0018",), kpi=names), wire_to(server))
    assert [row[2:5] for row in rows_of(got)] == [
        ("K", "", 1.0),
        ("M", "", 2.0),
        ("T", "", 3.0),
        ("T", "annan grupp", 9.0),
    ]


@pytest.mark.parametrize("genders", [("T",), ("K", "M"), ("T", "K", "M")])
def test_only_the_sexes_asked_for_come(local_server, wire_to, ask_of, rows_of, genders):
    rows = [Row("N00001", "0018", 2020, 1.0, sex) for sex in "TKM"]
    server = local_server(Kolada3([kpi("N00001")], rows))
    got = Kolada().fetch(ask_of(units=("0018",), genders=genders), wire_to(server))
    assert {row[2] for row in rows_of(got)} == set(genders)


def test_a_cell_without_a_figure_is_a_cell_without_a_figure(local_server, wire_to, ask_of, rows_of):
    rows = [Row("N00001", "0018", 2020, None), Row("N00001", "0018", 2021, None, status="Okänd orsak")]
    got = Kolada().fetch(ask_of(units=("0018",)), wire_to(local_server(Kolada3([kpi("N00001")], rows))))
    assert [(row["start"], row["value"], row["status"]) for row in got.figures.to_pylist()] == [
        (2020, None, ""),
        (2021, None, "M"),
    ]


def test_figures_taken_back_are_none_and_do_not_clash_with_their_successors(local_server, wire_to, ask_of, rows_of):
    old = Row("N00001", "0018", 2020, 99.0, deleted=True)
    rows = [old, Row("N00001", "0018", 2020, 1.0), Row("N00001", "0018", 2021, 98.0, deleted=True)]
    server = local_server(Kolada3([kpi("N00001")], rows, shows_deleted=True))
    got = Kolada().fetch(ask_of(units=("0018",)), wire_to(server))
    assert rows_of(got) == [("18", 2020, "T", "", 1.0, "")]


def test_two_values_of_one_figure_are_refused(local_server, wire_to, ask_of):
    rows = [Row("N00001", "0018", 2020, 1.0), Row("N00001", "0018", 2020, 2.0)]
    with pytest.raises(UnreadableError, match="två gånger"):
        Kolada().fetch(ask_of(units=("0018",)), wire_to(local_server(Kolada3([kpi("N00001")], rows))))


def test_an_unweighted_mean_is_not_the_figure_of_a_place(local_server, wire_to, ask_of, rows_of):
    rows = [Row("N00001", "0018", 2020, 5.0, count=12), Row("N00001", "1880", 2020, 6.0)]
    server = local_server(Kolada3([kpi("N00001")], rows))
    assert [row[0] for row in rows_of(Kolada().fetch(ask_of(), wire_to(server)))] == ["1880"]
    with pytest.raises(RefusedError, match="ovägda medelvärden") as refused:
        Kolada().fetch(ask_of(units=("0018",)), wire_to(server))
    assert "unweighted" in refused.value.message(Language.EN)


def test_a_group_that_was_asked_for_by_its_own_id_comes_under_the_name_given(local_server, wire_to, ask_of, rows_of):
    rows = [Row("N00001", "G12345", 2020, 5.0, count=12), Row("N00001", "1880", 2020, 6.0)]
    server = local_server(Kolada3([kpi("N00001")], rows))
    ask = ask_of()
    units = Dimension("municipality", Role.TERRITORY, ("G12345", "1880"), ("18", "1880"))
    dimensions = tuple(units if each.code == "municipality" else each for each in ask.query.dimensions)
    got = Kolada().fetch(replace(ask, query=replace(ask.query, dimensions=dimensions)), wire_to(server))
    assert [(row[0], row[4]) for row in rows_of(got)] == [("18", 5.0), ("1880", 6.0)]


def test_each_unit_keeps_its_own_years(local_server, wire_to, ask_of, rows_of):
    rows = [*rows_in("0018", years=(2019, 2021)), *rows_in("1880", years=(2015, 2022, 2023))]
    got = Kolada().fetch(ask_of(years=("FROM(2016)",)), wire_to(local_server(Kolada3([kpi("N00001")], rows))))
    assert [row[:2] for row in rows_of(got)] == [("18", 2019), ("18", 2021), ("1880", 2022), ("1880", 2023)]


def test_years_in_the_address_and_years_left_out_afterwards_give_the_same(local_server, wire_to, ask_of, rows_of):
    server = local_server(Kolada3([kpi("N00001")], rows_in("0018", "1880", years=range(1990, 2026))))
    wire = wire_to(server)
    short = Kolada().fetch(ask_of(years=("RANGE(2010,2020)",)), wire)
    assert "/year/2010,2011" in server.paths()[-1]
    long = Kolada().fetch(ask_of(years=("RANGE(1995,2024)",)), wire)
    assert "/year/" not in server.paths()[-1]
    assert {row[1] for row in rows_of(long)} == set(range(1995, 2025))
    assert rows_of(short) == [row for row in rows_of(long) if 2010 <= row[1] <= 2020]


@pytest.mark.parametrize("count_whole", [False, True])
def test_many_segments_and_pages_come_together_whatever_count_means(
    local_server, wire_to, ask_of, rows_of, count_whole
):
    places = [f"18{number:02}" for number in (14, *range(60, 65), *range(80, 86))]
    names = [f"N{number:05}" for number in range(1, 31)]
    rows = [row for name in names for row in rows_in("0000", "0018", *places, years=range(2000, 2012), name=name)]
    fake = Kolada3([kpi(name) for name in names], rows, page=700, count_whole=count_whole)
    server = local_server(fake)
    dimension = Dimension("kpi", Role.BACKGROUND, tuple(names), tuple(f"grupp {name}" for name in names))
    ask = ask_of(table=",".join(names), units=("@nation", "@counties", *places), kpi=dimension)
    got = Kolada().fetch(ask, wire_to(server))
    assert got.figures.num_rows == len(rows) == 30 * 14 * 12
    assert len(set(rows_of(got))) == len(rows)
    data = [request for request in server.log if request.path.startswith("/v3/data/")]
    assert len(got.replies) == len(data) > 4
    assert Kolada().fetch(ask, wire_to(server)).figures.equals(got.figures)


def test_nothing_found_is_an_empty_table_not_an_error(local_server, wire_to, ask_of):
    got = Kolada().fetch(ask_of(), wire_to(local_server(Kolada3([kpi("N00001")]))))
    assert got.figures.num_rows == 0
    assert got.figures.schema == FIGURES


@pytest.mark.parametrize("strict", [False, True])
def test_a_retired_kpi_is_gone_with_a_sentence_that_says_what_to_do(local_server, wire_to, ask_of, strict):
    fake = Kolada3([kpi("N85534"), kpi("N00001")], rows_in("0018", name="N85534"), strict=strict)
    server = local_server(fake)
    wire = wire_to(server)
    assert Kolada().fetch(ask_of(table="N85534"), wire).figures.num_rows == 2
    fake.retire("N85534")
    both = ask_of(table="N00001,N85534", kpi=Dimension("kpi", Role.BACKGROUND, (), ("", "b")))
    for ask in (ask_of(table="N85534"), both):
        with pytest.raises(GoneError, match="N85534 finns inte") as raised:
            Kolada().fetch(ask, wire)
        assert "indicator find" in raised.value.remedy.en
        assert "N00001" not in raised.value.what.sv


def test_the_shape_tells_title_definition_unit_and_next_release(local_server, wire_to, monkeypatch):
    monkeypatch.setattr(descriptions, "today", lambda: date(2026, 3, 1))
    described = kpi(
        "N00001",
        "Påhittad andel, andel (%)",
        description=" Två\n\trader\x00. ",
        prel_publication_date="2026-04-01",
        publication_date="2026-08-28",
        municipality_type="L",
    )
    shape = Kolada().shape("N00001", wire_to(local_server(Kolada3([described]))))
    assert (shape.table, shape.title, shape.definition) == ("N00001", "Påhittad andel, andel (%)", "Två rader .")
    assert (shape.unit, shape.updated, shape.discontinued) == ("percent", "", False)
    assert shape.next_release == date(2026, 4, 1)
    axes = {axis.code: axis.categories for axis in shape.axes}
    assert axes["kpi"] == (("N00001", "Påhittad andel, andel (%)"),)
    assert axes["municipality_type"] == (("L", "Regioner"),)
    assert [code for code, _ in axes["gender"]] == ["T", "K", "M"]


@pytest.mark.parametrize(
    ("preliminary", "final", "expected"),
    [
        ("2026-04-01", "2026-08-28", date(2026, 4, 1)),
        ("2026-02-01", "2026-08-28", date(2026, 8, 28)),
        ("2025-02-01", "2025-08-28", date(2025, 8, 28)),
        (None, "2026-03-01", date(2026, 3, 1)),
        ("snart", 17, None),
        (None, None, None),
    ],
)
def test_the_next_release_is_the_first_to_come_or_the_last_that_passed(
    local_server, wire_to, monkeypatch, preliminary, final, expected
):
    monkeypatch.setattr(descriptions, "today", lambda: date(2026, 3, 1))
    described = kpi("N00001", prel_publication_date=preliminary, publication_date=final)
    assert Kolada().shape("N00001", wire_to(local_server(Kolada3([described])))).next_release == expected


def test_a_title_that_ends_with_a_last_year_is_a_closed_series(local_server, wire_to):
    fake = Kolada3([kpi("N00001", "Påhittat, andel (%) (-2023)"), kpi("N00002", "Påhittat, andel (%)")])
    wire = wire_to(local_server(fake))
    assert Kolada().shape("N00001", wire).discontinued
    assert not Kolada().shape("N00002", wire).discontinued
    assert not Kolada().shape("N00001,N00002", wire).discontinued
