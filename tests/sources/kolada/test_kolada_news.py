"""Whether anything is new, in few calls; and searching. Every figure is made up."""

from __future__ import annotations

from datetime import date

import pytest

from replies.kolada3 import Kolada3, Row, kpi
from replies.server import Response
from vagvisare.sources.contract import NewsState
from vagvisare.sources.errors import UnreadableError
from vagvisare.sources.kolada import Kolada
from vagvisare.sources.query import Dimension, Role

CHECKED = date(2026, 2, 1)


def state_of(news, dataset="synthetic"):
    return news[dataset].state


@pytest.fixture
def fake():
    rows = [Row("N00001", unit, 2020, 1.0) for unit in ("0018", "1880", "0001")]
    return Kolada3([kpi("N00001"), kpi("N00002")], [*rows, Row("N00002", "0018", 2020, 2.0)])


def test_what_was_never_checked_is_new_and_its_shape_comes_along(local_server, wire_to, ask_of, fake):
    server = local_server(fake)
    news = Kolada().news([ask_of()], wire_to(server))
    assert state_of(news) is NewsState.NEW
    assert news["synthetic"].shape.title == fake.kpis[0]["title"]
    assert server.paths() == ["/v3/kpi/N00001"]


def test_nothing_changed_is_the_same(local_server, wire_to, ask_of, fake):
    assert state_of(Kolada().news([ask_of(checked=CHECKED)], wire_to(local_server(fake)))) is NewsState.SAME


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2026-01-30", NewsState.SAME),
        ("2026-01-31", NewsState.NEW),  # a day's margin: the source's clock need not be ours
        ("2026-02-01", NewsState.NEW),
        ("2026-02-20", NewsState.NEW),
    ],
)
def test_a_revised_figure_is_new_from_the_day_before_the_check(local_server, wire_to, ask_of, fake, day, state):
    fake.revise(fake.rows[1], 1.5, day)
    assert state_of(Kolada().news([ask_of(checked=CHECKED)], wire_to(local_server(fake)))) is state


def test_a_figure_taken_back_is_new(local_server, wire_to, ask_of, fake):
    fake.revise(fake.rows[0], 1.0, "2026-02-10", deleted=True)
    assert state_of(Kolada().news([ask_of(checked=CHECKED)], wire_to(local_server(fake)))) is NewsState.NEW


def test_a_change_in_a_place_or_kpi_not_asked_for_is_no_news(local_server, wire_to, ask_of, fake):
    fake.revise(fake.rows[2], 1.5, "2026-02-10")
    fake.revise(fake.rows[3], 2.5, "2026-02-10")
    asks = [
        ask_of("a", checked=CHECKED),
        ask_of("b", checked=CHECKED, table="N00002", units=("0018",)),
        ask_of("c", checked=CHECKED, table="N00001", units=("0001",)),
    ]
    news = Kolada().news(asks, wire_to(local_server(fake)))
    assert {name: each.state.value for name, each in news.items()} == {"a": "same", "b": "new", "c": "new"}


@pytest.mark.parametrize("strict", [False, True])
def test_one_kpi_gone_does_not_hide_the_others(local_server, wire_to, ask_of, fake, strict):
    fake.strict = strict
    names = ["N00001", "N85534", "N00002", "N85535"]
    asks = [ask_of(name, checked=CHECKED, table=name, units=("0018",)) for name in names]
    news = Kolada().news(asks, wire_to(local_server(fake)))
    assert [state_of(news, name).value for name in names] == ["same", "gone", "same", "gone"]
    assert news["N85534"].shape is None


def test_the_more_alarming_of_two_queries_of_one_data_set_is_told(local_server, wire_to, ask_of, fake):
    asks = [
        ask_of(checked=CHECKED),
        ask_of(checked=CHECKED, table="N85534"),
        ask_of(checked=CHECKED, table="N00002"),
        ask_of("other", table="fel id", checked=CHECKED),
    ]
    news = Kolada().news(asks, wire_to(local_server(fake)))
    assert state_of(news) is NewsState.GONE
    assert state_of(news, "other") is NewsState.UNKNOWN


def test_a_hundred_kpis_in_34_places_take_at_most_twelve_calls(local_server, wire_to, ask_of):
    names = [f"N{number:05}" for number in range(100)]
    units = ("@nation", "@counties", "@municipalities:18")
    rows = [Row(name, "0018", year, 1.0) for name in names for year in (2020, 2021)]
    fake = Kolada3([kpi(name) for name in names], rows)
    fake.revise(rows[100], 7.0, "2026-02-10")
    server = local_server(fake)
    days = [date(2026, 2, 1 + number % 5) for number in range(100)]
    asks = [
        ask_of(name, checked=day, table=name, units=units, years=("FROM(2000)",))
        for name, day in zip(names, days, strict=True)
    ]
    news = Kolada().news(asks, wire_to(server))
    assert len(server.log) <= 12
    changed = {name for name, each in news.items() if each.state is NewsState.NEW}
    assert changed == {rows[100].kpi}
    assert all(each.state is NewsState.SAME for name, each in news.items() if name not in changed)


def test_checks_of_different_days_are_asked_apart_so_that_old_ones_do_not_wake_new_ones(local_server, wire_to, ask_of):
    names = [f"N{number:05}" for number in range(50)]
    rows = [Row(name, "0018", 2020, 1.0, changed="2026-01-15") for name in names]
    server = local_server(Kolada3([kpi(name) for name in names], rows))
    checked = [date(2026, 1, 10) if number % 2 else date(2026, 2, 1) for number in range(50)]
    asks = [ask_of(name, checked=day, table=name, units=("0018",)) for name, day in zip(names, checked, strict=True)]
    news = Kolada().news(asks, wire_to(server))
    for name, day in zip(names, checked, strict=True):
        assert news[name].state is (NewsState.NEW if day < date(2026, 1, 15) else NewsState.SAME)


def test_the_feed_is_left_when_everything_has_changed(local_server, wire_to, ask_of):
    rows = [Row("N00001", "0018", year, 1.0, changed="2026-02-10") for year in range(1900, 2000)]
    server = local_server(Kolada3([kpi("N00001")], rows, page=10))
    assert state_of(Kolada().news([ask_of(checked=CHECKED, units=("0018",))], wire_to(server))) is NewsState.NEW
    assert len(server.log) == 2


def test_several_kpis_of_one_table_are_one_question(local_server, wire_to, ask_of, fake):
    names = Dimension("kpi", Role.BACKGROUND, (), ("", "grupp"))
    ask = ask_of(checked=CHECKED, table="N00001,N00002", kpi=names)
    wire = wire_to(local_server(fake))
    assert state_of(Kolada().news([ask], wire)) is NewsState.SAME
    fake.revise(fake.rows[3], 2.5, "2026-02-10")
    assert state_of(Kolada().news([ask], wire)) is NewsState.NEW


def test_a_feed_that_cannot_be_read_is_an_error_not_nothing_new(local_server, wire_to, ask_of, fake):
    def handler(request):
        return Response.of({"values": [{"kpi": 1}]}) if "/data/" in request.path else fake(request)

    with pytest.raises(UnreadableError):
        Kolada().news([ask_of(checked=CHECKED)], wire_to(local_server(handler)))


def test_nothing_asked_is_nothing_called(local_server, wire_to):
    server = local_server(Kolada3())
    assert Kolada().news([], wire_to(server)) == {}
    assert server.log == []


def test_find_puts_what_kolada_says_before_the_bundled_list(local_server, wire_to):
    fresh = kpi("N15428", "Elever i åk 9 som är behöriga till yrkesprogram, ny titel", municipality_type="L")
    own = kpi("N99999", "Behöriga till något helt nytt, andel (%)", operating_area="Påhittat")
    server = local_server(Kolada3([fresh, own, kpi("N00001", "Annat")]))
    found = list(Kolada().find("behörighet", wire_to(server)))
    titles = {each.table: each.title for each in found}
    assert titles["N15428"].endswith("ny titel")
    assert "N99999" in titles
    assert "N00001" not in titles
    assert "mars 2026" not in next(each for each in found if each.table == "N99999").note
    assert any("mars 2026" in each.note for each in found)
    assert server.log[0].first("title") == "behörig"


def test_find_works_without_the_network_and_without_words(local_server, wire_to):
    server = local_server(lambda _: Response(hang_up=True))
    found = list(Kolada().find("behörighet", wire_to(server, tries=1), limit=3))
    assert len(found) == 3
    assert all("mars 2026" in each.note for each in found)
    assert list(Kolada().find("  ", wire_to(server))) == []
