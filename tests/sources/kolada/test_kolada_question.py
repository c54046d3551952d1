"""What a definition asks of Kolada, in Kolada's terms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vagvisare.sources.errors import RefusedError
from vagvisare.sources.kolada.question import IDS_MOST, Segment, question
from vagvisare.sources.query import Dimension, Query, Role
from vagvisare.terms.language import Language


def test_one_kpi_and_few_years_are_one_address(query_of):
    own = question(query_of(years=("2020", "RANGE(2021,2022)")))
    assert [segment.address for segment in own.segments()] == [
        "data/kpi/N00001/municipality/0018,1880/year/2020,2021,2022"
    ]


@pytest.mark.parametrize("years", [("*",), (), ("FROM(2000)",), ("RANGE(1990,2024)",), ("2010", "TO(2000)")])
def test_open_or_many_years_leave_years_out_of_the_address(query_of, years):
    own = question(query_of(years=years))
    assert [segment.address for segment in own.segments()] == ["data/kpi/N00001/municipality/0018,1880"]


@pytest.mark.parametrize(
    ("years", "inside", "outside"),
    [
        (("FROM(2000)",), (2000, 2024), (1999,)),
        (("TO(2000)",), (1968, 2000), (2001,)),
        (("RANGE(2000,2003)", "2010"), (2000, 2003, 2010), (1999, 2004, 2009)),
        (("*",), (1950, 2024), ()),
    ],
)
def test_expressions_say_which_years_are_wanted(query_of, years, inside, outside):
    own = question(query_of(years=years))
    assert all(own.wants(year) for year in inside)
    assert not any(own.wants(year) for year in outside)


def test_words_for_territories_are_written_out(query_of):
    own = question(query_of(units=("@nation", "@counties", "@municipalities:18")))
    assert own.units[:3] == ("0000", "0001", "0003")
    assert "0018" in own.units
    assert own.units[-1] == "1885"
    assert len(own.units) == 1 + 21 + 12
    assert [len(segment.units) for segment in own.segments()] == [25, 9]


def test_no_units_means_every_place_we_follow(query_of):
    own = question(query_of(units=()))
    assert len(own.units) == 1 + 21 + 290
    assert len(own.segments()) == 13


@given(kpis=st.integers(1, 80), units=st.integers(1, 80), years=st.integers(1, 40))
def test_segments_cover_everything_once_and_keep_the_limit(kpis, units, years):
    kpi = Dimension("kpi", Role.BACKGROUND)
    query = Query(
        ",".join(f"N{number:05}" for number in range(kpis)),
        (
            kpi,
            Dimension("municipality", Role.TERRITORY, tuple(f"{number:04}" for number in range(units))),
            Dimension("year", Role.PERIOD, (f"RANGE(1990,{1989 + years})",)),
        ),
    )
    own = question(query)
    pairs = [(k, u) for segment in own.segments() for k in segment.kpis for u in segment.units]
    assert len(pairs) == len(set(pairs)) == kpis * units
    for segment in own.segments():
        assert max(len(segment.kpis), len(segment.units), len(segment.years)) <= IDS_MOST
    assert len(own.segments()) == -(-kpis // IDS_MOST) * -(-units // IDS_MOST)


def test_several_kpis_need_to_be_told_apart(query_of):
    with pytest.raises(RefusedError, match="background"):
        question(query_of(table="N00001,N00002"))
    own = question(query_of(table="N00001, N00002", kpi=Dimension("kpi", Role.BACKGROUND, (), ("", "utrikes födda"))))
    assert own.kpis == ("N00001", "N00002")
    assert own.query.dimensions[0].values == own.kpis


@pytest.mark.parametrize(
    "change",
    [
        {"table": "N00001/../../x"},
        {"table": ""},
        {"table": "N00001,"},
        {"units": ("0018?x=1",)},
        {"units": ("@kommuner",)},
        {"years": ("20xx",)},
        {"years": ("RANGE(2020)",)},
        {"years": ("FROM(2000,2004)",)},
        {"years": ("RANGE(2020,2010)",)},
        {"years": ("٢٠٢٠",)},
        {"genders": ("F",)},
        {"kpi": Dimension("kpi", Role.FIXED, ("N00002",))},
        {"kpi": Dimension("kpi", Role.BACKGROUND, (), ("a", "b"))},
        {"kpi": Dimension("Region", Role.BACKGROUND)},
        {"kpi": Dimension("year", Role.FIXED)},
    ],
)
def test_what_kolada_cannot_be_asked_is_refused_in_both_languages(query_of, change):
    with pytest.raises(RefusedError) as refused:
        question(query_of(**change))
    sv, en = (refused.value.message(language) for language in Language)
    assert sv != en
    assert refused.value.remedy.sv or refused.value.meaning.sv


def test_a_query_without_place_or_time_is_refused():
    with pytest.raises(RefusedError, match="municipality och year"):
        question(Query("N00001", (Dimension("kpi"),)))


def test_without_the_dimension_only_the_total_is_wanted(query_of):
    query = query_of()
    own = question(Query(query.table, query.dimensions[:3]))
    assert own.genders == {"T"}
    assert question(query).genders == {"T", "K", "M"}
    assert question(query_of(genders=("K", "M"))).genders == {"K", "M"}


def test_a_segment_writes_its_address():
    assert Segment(("N1", "N2"), ("0018",), (2020,)).address == "data/kpi/N1,N2/municipality/0018/year/2020"
