"""What is new: many tables in one call, the doubtful looked at, the retired found; and the search of the catalogue."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from datetime import date, timedelta

import pytest

from vagvisare.sources.contract import Ask, NewsState
from vagvisare.sources.errors import UnreadableError
from vagvisare.sources.pxweb import v2_news
from vagvisare.sources.pxweb.v2 import PxWeb2
from vagvisare.sources.query import Query

TODAY = date(2026, 6, 10)
YESTERDAY = TODAY - timedelta(days=1)
STAMP = "2026-06-02T06:00:00Z"


@pytest.fixture
def ordinary_day(monkeypatch):
    """Let it be a day on which no table is looked at because its turn has come."""
    monkeypatch.setattr(v2_news, "_today", lambda: TODAY)
    monkeypatch.setattr(v2_news, "crc32", lambda _table: -TODAY.toordinal() + 1)


@pytest.fixture
def tables(fake, population):
    """Return a hundred tables, TAB0001 to TAB0100."""
    for number in range(1, 101):
        fake.tables[f"TAB{number:04}"] = replace(deepcopy(population), id=f"TAB{number:04}")
    return fake.tables


def asks(count=100, updated=STAMP, checked=YESTERDAY):
    return [Ask(f"d{number}", Query(f"TAB{number:04}"), updated, checked) for number in range(1, count + 1)]


def states(news):
    return {key: each.state for key, each in news.items() if each.state is not NewsState.SAME}


def test_a_hundred_tables_without_news_cost_one_call(ordinary_day, wire, tables, checked):
    assert states(PxWeb2().news(asks(), wire)) == {}
    assert checked.operations == ["ListAllTables"]


def test_an_updated_table_is_looked_at_and_its_shape_given(ordinary_day, wire, tables, checked):
    tables["TAB0007"].updated = "2026-06-09T06:00:00Z"
    news = PxWeb2().news(asks(), wire)
    assert states(news) == {"d7": NewsState.NEW}
    assert news["d7"].shape.updated == "2026-06-09T06:00:00Z"
    assert checked.operations == ["ListAllTables", "GetMetadataById"]


def test_a_listing_that_rounds_its_stamps_is_not_news(ordinary_day, wire, tables, fake):
    tables["TAB0007"].updated = "2026-06-09T06:31:07Z"
    fake.listed_stamp = lambda stamp: stamp[:14] + "00:00Z"
    assert states(PxWeb2().news(asks(updated="2026-06-09T06:31:07Z")[6:7], wire)) == {}


def test_listings_come_in_pages_and_reach_back_to_the_oldest_check(ordinary_day, wire, tables, fake, checked):
    fake.largest_page = 30
    old = asks(checked=TODAY - timedelta(days=9))
    tables["TAB0100"].updated = "2026-06-01T12:00:00Z"
    assert states(PxWeb2().news(old, wire)) == {"d100": NewsState.NEW}
    assert checked.operations.count("ListAllTables") == 4


def test_what_was_checked_long_ago_or_never_is_looked_at_itself(ordinary_day, wire, tables, checked):
    tables["TAB0002"].updated = "2026-06-09T06:00:00Z"
    for checked_on in (TODAY - timedelta(days=15), None, TODAY + timedelta(days=1)):
        checked.operations.clear()
        assert states(PxWeb2().news(asks(2, checked=checked_on), wire)) == {"d2": NewsState.NEW}
        assert checked.operations == ["GetTableById", "GetTableById", "GetMetadataById"]


def test_what_was_never_fetched_is_new_without_asking(ordinary_day, wire, tables, checked):
    assert states(PxWeb2().news(asks(2, updated="", checked=None), wire)) == {"d1": NewsState.NEW, "d2": NewsState.NEW}
    assert checked.operations == []


def test_retired_and_removed_tables_are_gone(ordinary_day, wire, tables):
    tables["TAB0001"].discontinued = True
    del tables["TAB0002"]
    news = PxWeb2().news(asks(3, checked=None), wire)
    assert states(news) == {"d1": NewsState.GONE, "d2": NewsState.GONE}
    assert news["d1"].shape.discontinued


def test_a_table_that_is_listed_but_no_longer_described_is_gone(ordinary_day, wire, tables, fake, monkeypatch):
    tables["TAB0001"].updated = "2026-06-09T06:00:00Z"
    whole = fake._listing

    def then_remove(request):
        said = whole(request)
        del tables["TAB0001"]
        return said

    monkeypatch.setattr(fake, "_listing", then_remove)
    assert PxWeb2().news(asks(1), wire)["d1"].state is NewsState.GONE


def test_what_is_no_table_is_said_to_be_none(ordinary_day, local_server, wire_to):
    from replies.server import Response

    with pytest.raises(UnreadableError, match="ingen lista över tabeller"):
        PxWeb2().news(asks(1, checked=None), wire_to(local_server(lambda _request: Response.of([])).url))


def test_a_table_retired_in_silence_is_found_within_two_weeks_although_checked_daily(wire, tables, monkeypatch):
    tables["TAB0001"].discontinued = True
    tables["TAB0001"].updated = STAMP
    found = []
    for day in range(14):
        today = date(2026, 8, 1) + timedelta(days=day)
        monkeypatch.setattr(v2_news, "_today", lambda today=today: today)
        found.append(states(PxWeb2().news(asks(1, checked=today - timedelta(days=1)), wire)))
    assert found.count({"d1": NewsState.GONE}) >= 1


def test_on_no_day_are_many_looked_at(wire, tables, monkeypatch, checked):
    for day in range(3):
        today = date(2026, 8, 1) + timedelta(days=day)
        monkeypatch.setattr(v2_news, "_today", lambda today=today: today)
        checked.operations.clear()
        PxWeb2().news(asks(checked=today - timedelta(days=1)), wire)
        assert len(checked.operations) < 20


def test_of_two_queries_of_a_data_set_the_graver_answer_is_kept(ordinary_day, wire, tables):
    tables["TAB0001"].updated = "2026-06-09T06:00:00Z"
    tables["TAB0002"].discontinued = True
    tables["TAB0002"].updated = "2026-06-09T06:00:00Z"
    one, two, three = asks(3)
    for order in ((one, two, three), (three, two, one)):
        same = [replace(ask, dataset="d") for ask in order]
        assert PxWeb2().news(same, wire)["d"].state is NewsState.GONE
        assert PxWeb2().news([same[0], same[2]], wire)["d"].state is NewsState.NEW


def test_a_listing_of_a_million_pages_is_refused(ordinary_day, local_server, wire_to, reply_of):
    from replies.server import Response

    page = {"pageNumber": 1, "pageSize": 1, "totalElements": 10**6, "totalPages": 10**6}
    server = local_server(lambda _request: Response.of({"language": "sv", "tables": [], "page": page}))
    with pytest.raises(UnreadableError, match="orimligt många sidor"):
        PxWeb2().news(asks(1), wire_to(server.url))
    assert len(server.log) == 1


@pytest.mark.parametrize("said", [[], {}, {"tables": {}}, {"tables": [1], "page": {"totalPages": 1}}, {"tables": []}])
def test_what_is_no_listing_is_said_to_be_none(ordinary_day, local_server, wire_to, said):
    from replies.server import Response

    wire = wire_to(local_server(lambda _request: Response.of(said)).url)
    with pytest.raises(UnreadableError, match="ingen lista över tabeller"):
        PxWeb2().news(asks(1), wire)


def test_search(wire, tables, checked):
    tables["TAB0003"].label = "Bruttoregionprodukt (BRP) efter region och år"
    found = list(PxWeb2().find("bruttoregionprodukt", wire))
    assert [(each.table, each.first, each.last) for each in found] == [("TAB0003", "2015", "2024")]
    assert found[0].title.startswith("Bruttoregionprodukt")
    assert found[0].note == "Befolkning / Påhittat ämne"
    assert len(list(PxWeb2().find("folkmängd", wire, limit=5))) == 5


def test_signs_that_the_source_would_take_for_its_own_language_are_left_out(wire, tables, local_server, checked):
    list(PxWeb2().find('folkmängd AND "kön:(', wire))
    assert list(PxWeb2().find("  ((( ", wire)) == []
    assert list(PxWeb2().find("folkmängd", wire, limit=0)) == []
    assert checked.operations == ["ListAllTables"]
