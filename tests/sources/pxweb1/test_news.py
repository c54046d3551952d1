"""What is new in a PxWeb 1 database, asked folder by folder; and its search."""

import pytest

from replies.pxweb1 import HEALTH, POPULATION, YIELDS
from replies.server import Response, Script
from vagvisare.sources.contract import Ask, NewsState
from vagvisare.sources.errors import UnreachableError
from vagvisare.sources.pxweb.v1 import PxWeb1
from vagvisare.sources.query import Query

STAMP = "2026-03-01T08:00:00"


def states(asks, wire):
    return {key: news.state for key, news in PxWeb1().news(asks, wire).items()}


def ask(path, updated=STAMP, key="d"):
    return Ask(key, Query(path), updated)


def test_the_same_stamp_is_nothing_new_and_another_is(fake, wire_to):
    assert states([ask(HEALTH)], wire_to(fake)) == {"d": NewsState.SAME}
    fake.revise(HEALTH, lambda _, old: old, "2026-04-01T08:00:00")
    assert states([ask(HEALTH)], wire_to(fake)) == {"d": NewsState.NEW}
    assert states([ask(HEALTH, "")], wire_to(fake)) == {"d": NewsState.NEW}


def test_many_asks_of_one_folder_are_one_call(fake, wire_to):
    folder, _, name = POPULATION.rpartition("/")
    for number in range(40):
        fake.tables[f"{folder}/{name}{number}"] = fake.tables[POPULATION]
    asks = [ask(f"{folder}/{name}{number}", key=f"d{number}") for number in range(40)]
    wire = wire_to(fake)
    assert set(states([*asks, ask(HEALTH)], wire).values()) == {NewsState.SAME}
    assert len(wire.server.log) == 2


def test_a_table_its_folder_no_longer_has_is_gone(fake, wire_to):
    folder = POPULATION.rpartition("/")[0]
    fake.tables[f"{folder}/BefolkningNy2"] = fake.tables[POPULATION]
    fake.retire(POPULATION)
    assert states([ask(POPULATION)], wire_to(fake)) == {"d": NewsState.GONE}


def test_a_table_that_answers_without_being_listed_is_not_called_gone(fake, wire_to):
    listing = f"/api/v1/sv/{HEALTH.rpartition('/')[0]}"
    hidden = Script(fake, {listing: {0: Response.of([{"id": "annan.px", "type": "t", "text": "", "updated": STAMP}])}})
    assert states([ask(HEALTH)], wire_to(hidden)) == {"d": NewsState.UNKNOWN}


@pytest.mark.parametrize(
    ("status", "listed", "state"), [(400, True, "gone"), (403, True, "unknown"), (400, False, "unknown")]
)
def test_only_a_clear_answer_makes_a_table_gone(fake, wire_to, status, listed, state):
    fake.lists_folders = listed
    folder = HEALTH.rpartition("/")[0]
    fake.tables[f"{folder}/annan.px"] = fake.tables.pop(HEALTH)
    refusing = Script(fake, {f"/api/v1/sv/{HEALTH}": {0: Response(status)}})
    assert states([ask(HEALTH)], wire_to(refusing)) == {"d": NewsState(state)}


@pytest.mark.parametrize(
    "said", [{}, [], [1, None], [{"id": 5}], [{"type": "t", "id": "hlv1socxreg.px"}], [{"type": "t", "id": ["x"]}]]
)
def test_a_folder_that_tells_no_stamp_leaves_it_unknown(fake, wire_to, said):
    listing = f"/api/v1/sv/{HEALTH.rpartition('/')[0]}"
    assert states([ask(HEALTH)], wire_to(Script(fake, {listing: {0: Response.of(said)}}))) == {"d": NewsState.UNKNOWN}


def test_a_server_that_lists_no_folders_leaves_it_unknown(fake, wire_to):
    fake.lists_folders = False
    assert states([ask(HEALTH), ask(YIELDS, key="e")], wire_to(fake)) == dict.fromkeys("de", NewsState.UNKNOWN)


def test_of_two_asks_of_a_data_set_the_more_alarming_answer_stands(fake, wire_to):
    fake.revise(HEALTH, lambda _, old: old, "2026-04-01T08:00:00")
    wire = wire_to(fake)
    assert states([ask(HEALTH), ask(YIELDS)], wire) == {"d": NewsState.NEW}
    assert states([ask(YIELDS), ask(HEALTH)], wire) == {"d": NewsState.NEW}
    fake.retire(YIELDS)
    assert states([ask(YIELDS), ask(HEALTH)], wire) == {"d": NewsState.GONE}
    assert states([ask(HEALTH), ask(YIELDS)], wire) == {"d": NewsState.GONE}


def test_no_connection_is_an_error_and_no_news(fake, wire_to):
    with pytest.raises(UnreachableError):
        states([ask(HEALTH)], wire_to(Script(fake, {"*": {0: Response(hang_up=True)}})))


def test_what_a_fetch_stamped_is_nothing_new_the_next_day(fake, wire_to):
    from vagvisare.sources.query import Dimension, Role

    wire = wire_to(fake)
    regions = Dimension("Region", Role.TERRITORY, values=("18",))
    measure = Dimension("Andel och konfidensintervall", Role.FIXED, values=("01",))
    query = Query(HEALTH, (regions, measure, Dimension("Kön", values=("00",)), Dimension("År", Role.PERIOD)))
    delivery = PxWeb1().fetch(Ask("d", query), wire)
    assert states([Ask("d", query, delivery.shape.updated)], wire) == {"d": NewsState.SAME}


def test_a_search_finds_tables_by_the_path_that_fetches_them(fake, wire_to):
    wire = wire_to(fake)
    found = PxWeb1().find("tillit region", wire)
    assert found[0].table == HEALTH
    assert {hit.table for hit in found} == {HEALTH, POPULATION, YIELDS}
    assert found[0].title.startswith("Bristande tillit")
    assert found[0].note == "2026-03-01"
    assert PxWeb1().find("tillit region", wire, limit=1) == found[:1]
    assert PxWeb1().shape(found[0].table, wire).title == found[0].title
    assert PxWeb1().find("ingenting", wire) == []


def test_a_server_without_search_finds_nothing(fake, wire_to):
    fake.searches = False
    assert PxWeb1().find("tillit", wire_to(fake)) == []


@pytest.mark.parametrize("said", [{}, 5, [5], [{"id": 7}], [{"title": "x"}], [{"id": "x", "score": "hög", "path": 3}]])
def test_a_search_that_answers_oddly_breaks_nothing(fake, wire_to, said):
    handler = lambda request: Response.of(said) if "query" in request.query else fake(request)  # noqa: E731
    assert len(PxWeb1().find("tillit", wire_to(handler))) <= 3


def test_in_a_database_of_its_own_the_search_is_made_there(fake, wire_to):
    wire = wire_to(fake, base="/api/v1/sv/ssd")
    assert [hit.table for hit in PxWeb1().find("folkmängden", wire)] == [POPULATION.removeprefix("ssd/")]
