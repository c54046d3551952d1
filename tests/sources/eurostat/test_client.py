"""Eurostat's figures, news, shape and search, through the real wire."""

from __future__ import annotations

from datetime import date

import pytest

from replies.eurostat import COUNTIES
from replies.eurostat import Eurostat as Service
from vagvisare.sources.contract import FIGURES, Ask, Client, NewsState
from vagvisare.sources.errors import GoneError, RefusedError, UnreachableError
from vagvisare.sources.eurostat import Eurostat
from vagvisare.sources.query import Dimension, Query, Role, Scheme
from vagvisare.sources.territories import official
from vagvisare.terms.language import Language

PLACES = ("@nation", "@counties")


def _query(*, geo=PLACES, time=("*",), sex=("T", "M", "F"), table="demo_made_up", more=()):
    return Query(
        table,
        (
            Dimension("freq", values=("A",)),
            Dimension("unit", values=("NR",)),
            Dimension("sex", Role.SEX, sex),
            Dimension("geo", Role.TERRITORY, geo),
            Dimension("time", Role.PERIOD, time),
            *more,
        ),
    )


def _ask(query=None, **known):
    return Ask("made_up", query or _query(), **known)


def _rows(figures):
    return {(row["territory"], row["sex"], row["start"]): row for row in figures.to_pylist()}


def test_the_client_is_one():
    client: Client = Eurostat()
    assert client.kind == "eurostat"


def test_every_figure_asked_for_comes_under_our_codes(wire_to):
    service = Service()
    wire = wire_to(service)
    delivery = Eurostat().fetch(_ask(), wire)
    assert delivery.figures.schema == FIGURES
    rows = _rows(delivery.figures)
    expected = {}
    for sex, ours in (("T", "T"), ("M", "M"), ("F", "K")):
        for geo in ("SE", *COUNTIES):
            for year in service.axes["time"]:
                if (figure := service.figure(("A", "NR", sex, geo, year))) is not None:
                    expected[official(geo, Scheme.NUTS), ours, int(year)] = figure
    assert {key: row["value"] for key, row in rows.items()} == expected
    assert rows["18", "K", 2020]["end"] == 2020
    assert len(wire.server.log) == 1
    assert len(delivery.replies) == 1


def test_the_shape_tells_stamp_title_and_codes(wire_to):
    delivery = Eurostat().fetch(_ask(), wire_to(Service()))
    shape = delivery.shape
    assert (shape.table, shape.title, shape.updated) == (
        "demo_made_up",
        "Population, made up",
        "2026-03-10T23:00:00+0100",
    )
    assert shape.unit == "Label of NR"
    axes = {axis.code: axis for axis in shape.axes}
    assert dict(axes["geo"].categories)["SE124"] == "Label of SE124"
    assert "SE12" not in dict(axes["geo"].categories)


def test_a_question_of_more_than_fifty_categories_is_put_in_pieces(wire_to):
    years = tuple(str(year) for year in range(1990, 2025))
    service = Service()
    wire = wire_to(service)
    whole = Eurostat().fetch(_ask(), wire_to(Service())).figures
    pieces = Eurostat().fetch(_ask(_query(time=years)), wire)
    assert len(wire.server.log) > 1
    assert all("EN" in request.query["lang"] for request in wire.server.log)
    assert _rows(pieces.figures) == _rows(whole)
    assert [axis.code for axis in pieces.shape.axes] == list(service.axes)


def test_flags_become_statuses_and_what_is_confidential_has_no_figure(wire_to):
    key = ("A", "NR", "T", "SE124")
    revised = {(*key, "2020"): None, (*key, "2021"): 5.0, (*key, "2022"): 6.0, (*key, "2023"): 7.0}
    flags = {(*key, "2020"): "c", (*key, "2021"): "bp", (*key, "2022"): "c"}
    wire = wire_to(Service(revised=revised, flags=flags))
    rows = _rows(Eurostat().fetch(_ask(), wire).figures)
    told = {year: (rows["18", "T", year]["value"], rows["18", "T", year]["status"]) for year in range(2020, 2024)}
    assert told == {2020: (None, "Q"), 2021: (5.0, "B"), 2022: (None, "Q"), 2023: (7.0, "")}


@pytest.mark.parametrize(
    ("time", "years"),
    [
        (("TOP(3)",), {2022, 2023, 2024}),
        (("FROM(2021)",), {2021, 2022, 2023, 2024}),
        (("TO(2016)",), {2015, 2016}),
        (("RANGE(2018, 2019)",), {2018, 2019}),
        (("2015", "2024"), {2015, 2024}),
    ],
)
@pytest.mark.parametrize("cells", [500_000, 30])
def test_periods_are_chosen_alike_in_both_interfaces(wire_to, time, years, cells):
    wire = wire_to(Service(cells=cells))
    figures = Eurostat().fetch(_ask(_query(time=time, geo=("SE", "SE124"), sex=("T",))), wire).figures
    assert {row["start"] for row in figures.to_pylist()} == years
    assert any(path.startswith("/sdmx") for path in wire.server.paths()) is (cells == 30 and len(years) * 2 > 30)


def test_a_large_answer_is_read_from_the_whole_table_with_the_same_result(wire_to):
    key = ("A", "NR", "T", "SE124")
    revised = {(*key, "2020"): None, (*key, "2021"): 5.0, (*key, "2019"): None}
    flags = {(*key, "2020"): "c", (*key, "2021"): "bp", (*key, "2019"): "z"}
    small = Eurostat().fetch(_ask(), wire_to(Service(revised=revised, flags=flags)))
    wire = wire_to(Service(revised=revised, flags=flags, cells=200))
    large = Eurostat().fetch(_ask(), wire)
    assert any(path.startswith("/sdmx") for path in wire.server.paths())
    assert _rows(large.figures) == _rows(small.figures)
    assert (large.shape.updated, large.shape.title) == (small.shape.updated, small.shape.title)
    axes = [{axis.code: dict(axis.categories) for axis in each.shape.axes} for each in (small, large)]
    assert [set(codes) for codes in axes[0].values()] == [set(codes) for codes in axes[1].values()]


def test_a_table_updated_between_two_pieces_is_read_again(wire_to):
    service = Service(changes_after=1)
    wire = wire_to(service)
    years = tuple(str(year) for year in range(1990, 2025))
    delivery = Eurostat().fetch(_ask(_query(time=years)), wire)
    assert delivery.shape.updated == "2026-03-11T11:00:00+0100"
    assert {"EN", "en"} == {request.query["lang"][0] for request in wire.server.log}


def test_a_table_that_changes_all_the_time_gives_a_sentence(wire_to):
    service = Service()

    def restless(request):
        service.updated = f"2026-03-11T11:{service.answers:02}:00+0100"
        return service(request)

    years = tuple(str(year) for year in range(1990, 2025))
    with pytest.raises(UnreachableError, match="uppdaterade demo_made_up medan") as caught:
        Eurostat().fetch(_ask(_query(time=years)), wire_to(restless))
    assert "Fetch again." in caught.value.message(Language.EN)


def test_a_bulk_table_updated_while_read_is_read_again(wire_to):
    service = Service(cells=200)
    wire = wire_to(service)
    service.changes_after = 3
    delivery = Eurostat().fetch(_ask(), wire)
    assert delivery.shape.updated == "2026-03-11T11:00:00+0100"


def test_a_promise_of_a_later_answer_is_a_sentence_that_says_when_to_try(wire_to):
    with pytest.raises(UnreachableError, match="Försök igen om några minuter"):
        Eurostat().fetch(_ask(), wire_to(Service(cells=200, promised=True)))


def test_an_unknown_code_is_never_an_empty_answer(wire_to):
    wrong = tuple(Dimension("unit", values=("XX",)) if d.code == "unit" else d for d in _query().dimensions)
    with pytest.raises(RefusedError, match="dimensionen unit har inte XX"):
        Eurostat().fetch(_ask(Query("demo_made_up", wrong)), wire_to(Service()))


def test_an_unknown_dimension_is_refused_in_the_sources_own_words(wire_to):
    with pytest.raises(RefusedError, match="AGE"):
        Eurostat().fetch(_ask(_query(more=(Dimension("age", values=("TOTAL",)),))), wire_to(Service()))


def test_a_dimension_of_several_codes_must_be_spoken_of(wire_to):
    query = Query("demo_made_up", tuple(d for d in _query().dimensions if d.code != "sex"))
    with pytest.raises(RefusedError, match="dimensionen sex har flera koder") as caught:
        Eurostat().fetch(_ask(query), wire_to(Service()))
    assert "the dimension sex has several codes" in caught.value.message(Language.EN)


def test_no_figure_at_all_is_refused(wire_to):
    with pytest.raises(RefusedError, match="inga siffror"):
        Eurostat().fetch(_ask(_query(geo=("SE999",))), wire_to(Service()))


@pytest.mark.parametrize("value", ["TOP(0)", "TOP(x)", "BOTTOM(2)", "RANGE(1)", "FROM()", "20?? "])
def test_an_expression_without_counterpart_is_refused(wire_to, value):
    wire = wire_to(Service())
    with pytest.raises(RefusedError, match="går inte att fråga efter"):
        Eurostat().fetch(_ask(_query(time=(value,))), wire)
    assert not wire.server.log


@pytest.mark.parametrize("table", ["../toc", "demo made up", "", "x" * 100, "a/b", "a?geo=SE"])
def test_a_table_that_is_no_code_is_never_asked_for(wire_to, table):
    wire = wire_to(Service())
    with pytest.raises(RefusedError):
        Eurostat().fetch(_ask(_query(table=table)), wire)
    assert not wire.server.log


def test_codes_from_a_definition_cannot_change_the_question(wire_to):
    wire = wire_to(Service())
    with pytest.raises(RefusedError):
        Eurostat().fetch(_ask(_query(geo=("SE&lang=FR#x",))), wire)
    assert wire.server.log[0].query["geo"] == ["SE&lang=FR#x"]


def test_a_table_that_is_gone_is_told_as_gone(wire_to):
    with pytest.raises(GoneError):
        Eurostat().fetch(_ask(), wire_to(Service(gone=True)))
    news = Eurostat().news([_ask(updated="2026-03-10T23:00:00+0100")], wire_to(Service(gone=True)))
    assert news["made_up"].state is NewsState.GONE


@pytest.mark.parametrize(
    ("stamp", "had", "checked", "state"),
    [
        ("2026-03-10T23:00:00+0100", "", None, NewsState.NEW),
        ("2026-03-10T23:00:00+0100", "2026-03-10T23:00:00+0100", None, NewsState.SAME),
        ("2026-03-10T11:00:00+0100", "2026-03-10T11:00:00+0100", None, NewsState.UNKNOWN),
        ("2026-03-10T11:00:00+0100", "2026-03-10T11:00:00+0100", date(2026, 3, 11), NewsState.SAME),
        ("2026-03-10T23:00:00+0100", "2026-03-10T11:00:00+0100", date(2026, 3, 10), NewsState.UNKNOWN),
        ("2026-03-12T11:00:00+0100", "2026-03-10T23:00:00+0100", date(2026, 3, 11), NewsState.NEW),
        ("2026-03-09T11:00:00+0100", "2026-03-10T23:00:00+0100", None, NewsState.UNKNOWN),
        ("2026-03-10T23:00:00+0100", "no stamp at all", None, NewsState.UNKNOWN),
    ],
)
def test_news_comes_from_the_table_of_contents(wire_to, stamp, had, checked, state):
    wire = wire_to(Service(updated=stamp))
    asks = [Ask(f"set{n}", _query(), had, checked) for n in range(40)]
    news = Eurostat().news(asks, wire)
    assert {each.state for each in news.values()} == {state}
    assert len(news) == 40
    assert len(wire.server.log) == 1


def test_the_more_alarming_of_two_answers_of_one_data_set_is_kept(wire_to):
    stamp = "2026-03-10T23:00:00+0100"
    asks = [Ask("both", _query(table="demo_lost"), stamp), Ask("both", _query(), stamp)]
    assert Eurostat().news(asks, wire_to(Service()))["both"].state is NewsState.GONE
    assert Eurostat().news(asks[::-1], wire_to(Service()))["both"].state is NewsState.GONE
    assert Eurostat().news([], wire_to(Service())) == {}


def test_one_table_that_is_no_code_does_not_spoil_the_news_of_the_others(wire_to):
    stamp = "2026-03-10T23:00:00+0100"
    news = Eurostat().news([Ask("bad", _query(table="../x"), stamp), Ask("good", _query(), stamp)], wire_to(Service()))
    assert (news["bad"].state, news["good"].state) == (NewsState.GONE, NewsState.SAME)


def test_shape_tells_the_codes_to_write_a_definition_from(wire_to):
    shape = Eurostat().shape("demo_made_up", wire_to(Service()))
    codes = {axis.code: [code for code, _ in axis.categories] for axis in shape.axes}
    assert codes["sex"] == ["T", "M", "F"]
    assert codes["time"] == ["2024"]
    with pytest.raises(UnreachableError):
        Eurostat().shape("demo_made_up", wire_to(Service(cells=3)))


def test_search_finds_by_every_word_shortest_first(wire_to):
    found = list(Eurostat().find("made UP", wire_to(Service())))
    assert [(each.table, each.title, each.first, each.last) for each in found] == [
        ("demo_made_up", "Population, made up", "2015", "2024"),
        ("demo_more", "Women and men by county, made up", "2000", "2024"),
    ]
    assert list(Eurostat().find("made zebra", wire_to(Service()))) == []
    assert list(Eurostat().find("  ", wire_to(Service()))) == []
    assert len(list(Eurostat().find("made", wire_to(Service()), limit=1))) == 1


def test_a_revised_figure_is_the_one_delivered(wire_to):
    service = Service()
    wire = wire_to(service)
    before = _rows(Eurostat().fetch(_ask(), wire).figures)
    service.revised["A", "NR", "T", "SE124", "2024"] = 9999.5
    after = _rows(Eurostat().fetch(_ask(), wire).figures)
    assert after["18", "T", 2024]["value"] == 9999.5
    changed = {key for key in after if after[key] != before.get(key)}
    assert changed == {("18", "T", 2024)}
