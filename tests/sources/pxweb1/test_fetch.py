"""What comes out of a PxWeb 1 table: figures by code, whatever the server calls them and however it answers."""

import pytest

from replies.pxweb1 import HEALTH, POPULATION, YIELDS
from vagvisare.sources.contract import FIGURES, Ask
from vagvisare.sources.errors import GoneError, RefusedError
from vagvisare.sources.pxweb.v1 import PxWeb1
from vagvisare.sources.query import Dimension, Query, Role

SHARES = Dimension(
    "Andel och konfidensintervall", Role.MEASURE, values=("01", "02", "03", "04"), ours=("value", "low", "high", "n")
)
SEX = Dimension("Kön", Role.SEX, values=("00", "01", "02"), ours=("T", "M", "K"))
TRUST = Query(HEALTH, (Dimension("Region", Role.TERRITORY), SHARES, SEX, Dimension("År", Role.PERIOD)))
PEOPLE = Query(
    POPULATION,
    (
        Dimension("Region", Role.TERRITORY, values=("@nation", "18")),
        Dimension("Alder", Role.BACKGROUND, values=("0", "1")),
        Dimension("ContentsCode", Role.FIXED, values=("BE0101N1",)),
        Dimension("Tid", Role.PERIOD, values=("TOP(3)",)),
    ),
)


def fetched(query, wire):
    return PxWeb1().fetch(Ask("d", query), wire)


def points(table):
    return {(r["territory"], r["start"], r["end"], r["sex"], r["background"]): r for r in table.to_pylist()}


def test_a_surveys_interval_and_answers_become_columns_of_the_same_figure(fake, wire_to):
    delivery = fetched(TRUST, wire_to(fake))
    assert delivery.figures.schema == FIGURES
    found = points(delivery.figures)
    assert len(found) == 6 * 3 * 7
    for sex, code in (("T", "00"), ("M", "01"), ("K", "02")):
        cell = {"Region": "18", "Kön": code, "År": "2021-2024"}
        of = {c: fake.tables[HEALTH].figure(cell | {"Andel och konfidensintervall": c}) for c in SHARES.values}
        row = found["18", 2021, 2024, sex, ""]
        assert (row["value"], row["low"], row["high"], row["n"]) == (of["01"], of["02"], of["03"], of["04"])
        assert row["low"] < row["value"] < row["high"]
        assert (row["se"], row["count"], row["status"]) == (None, None, "")


def test_windows_of_years_keep_their_overlaps_and_their_gaps(fake, wire_to):
    found = points(fetched(TRUST, wire_to(fake)).figures)
    windows = sorted({key[1:3] for key in found})
    assert windows == [(2004, 2007), (2010, 2013), (2015, 2018), (2017, 2020), (2018, 2021), (2019, 2022), (2021, 2024)]


def test_a_symbol_is_a_cell_without_a_figure(fake, wire_to):
    found = points(fetched(TRUST, wire_to(fake)).figures)
    assert (found["09", 2004, 2007, "T", ""]["value"], found["09", 2004, 2007, "T", ""]["status"]) == (None, "M")
    assert found["09", 2021, 2024, "T", ""]["value"] is not None
    assert (found["23", 2021, 2024, "K", ""]["value"], found["23", 2021, 2024, "K", ""]["status"]) == (None, "M")


@pytest.mark.parametrize("form", ["json-stat2", "json-stat", "json"])
@pytest.mark.parametrize("query", [TRUST, PEOPLE], ids=["survey", "counts"])
def test_every_form_of_answer_says_the_same(fake, wire_to, form, query):
    whole = fetched(query, wire_to(fake)).figures
    fake.forms = (form,)
    again = fetched(query, wire_to(fake)).figures
    order = [(name, "ascending") for name in ("territory", "start", "end", "sex", "background")]
    assert again.sort_by(order).to_pylist() == whole.sort_by(order).to_pylist()
    assert fake.asked[-1]["response"]["format"] == form


def test_the_form_is_found_once_and_not_asked_for_again(fake, wire_to):
    fake.forms, fake.max_cells = ("json",), 100
    fetched(TRUST, wire_to(fake))
    tried = [asked["response"]["format"] for asked in fake.asked]
    assert tried[:3] == ["json-stat2", "json-stat", "json"]
    assert set(tried[2:]) == {"json"}
    assert len(tried) > 5


def test_a_variable_that_is_not_named_is_left_out_where_the_table_allows_it(fake, wire_to):
    found = points(fetched(PEOPLE, wire_to(fake)).figures)
    assert {part["code"] for part in fake.asked[0]["query"]} == {"Region", "Alder", "ContentsCode", "Tid"}
    assert sorted({key[1] for key in found}) == [2023, 2024, 2025]
    cell = {"Region": "18", "Alder": "1", "ContentsCode": "BE0101N1", "Tid": "2025"}
    both = sum(fake.tables[POPULATION].figure(cell | {"Kon": sex}) for sex in "12")
    assert found["18", 2025, 2025, "T", "1"]["value"] == both


def test_a_grouping_is_asked_for_by_the_servers_own_name(fake, wire_to):
    groups = Dimension("Alder", Role.BACKGROUND, values=("0-4", "5-9"), codelist="agg_5år")
    query = Query(POPULATION, (PEOPLE.dimensions[0], groups, *PEOPLE.dimensions[2:]))
    found = points(fetched(query, wire_to(fake)).figures)
    assert {key[4] for key in found} == {"0-4", "5-9"}
    assert {p["selection"]["filter"] for p in fake.asked[0]["query"] if p["code"] == "Alder"} == {"agg:5år"}


@pytest.mark.parametrize(
    "path",
    [YIELDS, "/Jordbruksverkets%20statistikdatabas/Sk%C3%B6rdar 50%20%25/JO0601J01.px"],
    ids=["plain", "encoded"],
)
def test_paths_with_spaces_and_swedish_letters_are_encoded_once(fake, wire_to, path):
    wire = wire_to(fake)
    query = Query(path, PEOPLE.dimensions)
    assert fetched(query, wire).figures.num_rows == 2 * 2 * 3
    posted = next(request.target for request in wire.server.log if request.method == "POST")
    assert posted == "/api/v1/sv/Jordbruksverkets%20statistikdatabas/Sk%C3%B6rdar%2050%20%25/JO0601J01.px"


@pytest.mark.parametrize("path", ["", "/", "a/../b", "a%2F..%2Fb", ".."])
def test_a_path_that_leads_out_of_the_database_is_never_asked_for(fake, wire_to, path):
    wire = wire_to(fake)
    with pytest.raises(RefusedError, match="leder ingenstans"):
        fetched(Query(path, PEOPLE.dimensions), wire)
    assert wire.server.log == []


def test_the_shape_has_codes_labels_and_the_folders_stamp(fake, wire_to):
    wire = wire_to(fake)
    shape = PxWeb1().shape(HEALTH, wire)
    assert (shape.table, shape.updated) == (HEALTH, "2026-03-01T08:00:00")
    assert [axis.code for axis in shape.axes] == ["Region", "Andel och konfidensintervall", "Kön", "År"]
    assert ("18", "18 Örebro län") in shape.axes[0].categories
    delivery = fetched(TRUST, wire)
    assert delivery.shape == shape
    assert set(delivery.replies) <= set(wire.seen)
    assert delivery.replies


def test_where_the_folder_has_no_stamp_the_datas_own_is_taken(fake, wire_to):
    fake.tables[HEALTH].updated = ""
    assert fetched(TRUST, wire_to(fake)).shape.updated == "2026-03-01T07:00:00Z"
    fake.lists_folders = False
    assert fetched(TRUST, wire_to(fake)).shape.updated == "2026-03-01T07:00:00Z"


def test_a_retired_table_is_gone_and_a_folder_is_no_table(fake, wire_to):
    with pytest.raises(RefusedError, match="mapp med"):
        fetched(Query("ssd/BE/BE0101/BE0101A", PEOPLE.dimensions), wire_to(fake))
    fake.retire(POPULATION)
    with pytest.raises(GoneError):
        fetched(PEOPLE, wire_to(fake))
    with pytest.raises(GoneError):
        PxWeb1().shape(POPULATION, wire_to(fake))


def test_a_code_that_the_source_has_changed_is_named_and_nothing_is_fetched(fake, wire_to):
    fake.rename_code(HEALTH, "Kön", "00", "1+2")
    with pytest.raises(RefusedError, match=r"”Kön” har inte 00\. .*1\+2 \(Totalt\), 01 \(Män\)"):
        fetched(TRUST, wire_to(fake))
    assert fake.asked == []


def test_revised_figures_are_fetched_as_they_stand(fake, wire_to):
    before = points(fetched(TRUST, wire_to(fake)).figures)["18", 2021, 2024, "T", ""]
    fake.revise(HEALTH, lambda _, old: old if isinstance(old, str) else old + 0.5, "2026-05-01T08:00:00")
    delivery = fetched(TRUST, wire_to(fake))
    after = points(delivery.figures)["18", 2021, 2024, "T", ""]
    assert after["value"] == before["value"] + 0.5
    assert delivery.shape.updated == "2026-05-01T08:00:00"


def test_figures_are_scaled_where_the_query_says_so(fake, wire_to):
    from dataclasses import replace

    once = points(fetched(PEOPLE, wire_to(fake)).figures)
    thousands = points(fetched(replace(PEOPLE, scale=1000.0), wire_to(fake)).figures)
    assert {key: row["value"] * 1000 for key, row in once.items()} == {k: r["value"] for k, r in thousands.items()}
