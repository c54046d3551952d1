"""What is wrong with a folder of figures is told in a sentence, before anything is written."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from figure_store import CONTRACTS, contracts, figures, indicator, write

from vagvisare.engines.assess import assess
from vagvisare.terms.errors import FigureError, UnknownError, UserError
from vagvisare.terms.language import Language
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series, SeriesKey

INDICATORS = (indicator("a"), indicator("b"), indicator("c"))
PANEL = {
    key: Series.of(key, {Period.year(year): 40.0 + year % 7 for year in range(2010, 2026)})
    for key in (SeriesKey(name, place) for name in "abc" for place in ("00", "17", "18"))
}


@pytest.fixture
def folder(tmp_path):
    return write(tmp_path / "in", PANEL, INDICATORS)


def refused(folder, kind=FigureError):
    """Judge the folder, which is to be refused before anything is written; return the sentence in both languages."""
    out = folder.parent / "out"
    with pytest.raises(kind) as found:
        assess(folder, out)
    assert not list(out.glob("part-*"))
    swedish, english = (found.value.message(language) for language in Language)
    assert swedish != english
    assert swedish.count(".") >= 2
    return swedish, english, found.value.exit_code


def rewritten(folder, change):
    """Write the figures anew after a change to their rows."""
    rows = change(figures(PANEL))
    pq.write_table(rows, folder / "figures.parquet", row_group_size=60)


@pytest.mark.parametrize("name", ["indicator", "territory", "sex", "period", "value"])
def test_a_missing_column_is_named(folder, name):
    rewritten(folder, lambda rows: rows.drop_columns([name]))
    swedish, english, code = refused(folder)
    assert f"saknar kolumnen {name}" in swedish
    assert f"lacks the column {name}" in english
    assert code == 4


@pytest.mark.parametrize(
    ("name", "kind", "wanted"),
    [
        ("indicator", pa.int32(), "text"),
        ("territory", pa.float64(), "text"),
        ("period", pa.float64(), "hela år"),
        ("period", pa.string(), "hela år"),
        ("value", pa.string(), "tal"),
    ],
)
def test_a_column_of_the_wrong_type_is_named(folder, name, kind, wanted):
    def change(rows):
        place = rows.schema.get_field_index(name)
        return rows.set_column(place, name, pa.array([7] * len(rows)).cast(kind))

    rewritten(folder, change)
    swedish, _, code = refused(folder)
    assert f"kolumnen {name} är" in swedish
    assert f"ska vara {wanted}" in swedish
    assert code == 4


@pytest.mark.parametrize("name", ["indicator", "territory", "sex", "background", "period"])
def test_empty_keys_are_refused(folder, name):
    def change(rows):
        place = rows.schema.get_field_index(name)
        holes = [None if n == 70 else v for n, v in enumerate(rows.column(name).to_pylist())]
        return rows.set_column(place, name, pa.array(holes, rows.schema.field(name).type))

    rewritten(folder, change)
    assert f"kolumnen {name} har tomma rutor" in refused(folder)[0]


def shuffled(rows):
    return rows.take(list(reversed(range(len(rows)))))


def swapped_years(rows):
    return rows.take([1, 0, *range(2, len(rows))])


def swapped_places(rows):
    return rows.take([*range(16, 32), *range(16), *range(32, len(rows))])


def twice(rows):
    return rows.take([0, 0, *range(1, len(rows))])


def same_year_twice(rows):
    values = rows.column("period").to_pylist()
    return rows.set_column(4, "period", pa.array([values[1], *values[1:]], rows.schema.field("period").type))


@pytest.mark.parametrize("change", [shuffled, swapped_years, swapped_places, twice, same_year_twice])
def test_rows_out_of_order_or_twice_are_refused(folder, change):
    rewritten(folder, change)
    swedish, english, code = refused(folder)
    assert "i ordning" in swedish
    assert "Sort by indicator, territory, sex, background, period" in english
    assert code == 4


def test_an_indicator_in_two_files_is_refused(folder):
    pq.write_table(figures(PANEL), folder / "more.parquet")
    swedish, _, _ = refused(folder)
    assert "a finns både i" in swedish
    assert "more.parquet" in swedish


@pytest.mark.parametrize("year", [19, 20241])
def test_a_year_that_is_no_year_is_refused(folder, year):
    lone = {SeriesKey("a", "18"): (year, 1.0)}
    rows = pa.table(
        {
            "indicator": [key.indicator for key in lone],
            "territory": ["18"],
            "sex": ["T"],
            "period": pa.array([year], pa.int32()),
            "value": [1.0],
        }
    )
    pq.write_table(rows, folder / "figures.parquet")
    assert f"{year} är inget år" in refused(folder)[0]


def test_an_indicator_without_a_contract_is_unknown(folder):
    pq.write_table(contracts(INDICATORS[:2]), folder / "contracts.parquet")
    swedish, english, code = refused(folder, UnknownError)
    assert swedish.startswith("Indikatorn c har siffror men inget kontrakt.")
    assert english.startswith("The indicator c has figures but no contract.")
    assert code == 5
    pq.write_table(contracts([]), folder / "contracts.parquet")
    assert "3 indikatorer" in refused(folder, UnknownError)[0]


def test_an_empty_folder_a_missing_one_and_no_contracts_are_told_apart(tmp_path, folder):
    (folder / "figures.parquet").unlink()
    assert "har inga siffror" in refused(folder)[0]
    pq.write_table(figures({}), folder / "figures.parquet")
    assert "har inga siffror" in refused(folder)[0]
    pq.write_table(figures(PANEL), folder / "figures.parquet")
    (folder / "contracts.parquet").unlink()
    assert "har ingen contracts.parquet" in refused(folder)[0]
    assert "är ingen mapp" in refused(tmp_path / "nowhere")[0]
    assert "är ingen mapp" in refused(_file(tmp_path / "file"))[0]


def _file(path):
    path.write_text("", encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["figures.parquet", "contracts.parquet"])
@pytest.mark.parametrize("content", [b"", b"PAR1", b"territory,value\n18,3\n"])
def test_a_file_that_is_no_parquet_is_named(folder, name, content):
    (folder / name).write_bytes(content)
    swedish, _, code = refused(folder)
    assert f"{name} går inte att läsa som Parquet" in swedish
    assert code == 4


def test_a_file_damaged_inside_is_told(folder):
    path = folder / "figures.parquet"
    whole = path.read_bytes()
    path.write_bytes(whole[:4] + bytes(len(whole) // 2) + whole[4 + len(whole) // 2 :])
    assert "går inte att läsa som Parquet" in refused(folder)[0]


GOOD = {"indicator": "a", "unit_class": "share", "direction": 1}


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"unit_class": "procent"}, "a har måttslaget ”procent”"),
        ({"unit_class": None}, "a har måttslaget"),
        ({"direction": 2}, "a har riktningen 2"),
        ({"direction": None}, "a har riktningen"),
        ({"indicator": None}, "en rad saknar indikator"),
        ({"indicator": "b"}, "b står två gånger"),
        ({"low": 0.0}, "a har orimliga gränser"),
        ({"low": 5.0, "high": 5.0}, "a har orimliga gränser"),
        ({"smallest_change": -1.0}, "a har -1.0 som minsta förändring"),
        ({"target_year": 2030}, "a har ett målår men inget mål"),
    ],
)
def test_a_contract_that_cannot_be_is_refused(folder, row, told):
    others = contracts(INDICATORS[1:]).to_pylist()
    pq.write_table(pa.Table.from_pylist([GOOD | row, *others], schema=CONTRACTS), folder / "contracts.parquet")
    swedish, _, code = refused(folder)
    assert told in swedish
    assert code == 4


@pytest.mark.parametrize("name", ["indicator", "unit_class", "direction"])
def test_a_contract_column_that_is_missing_is_named(folder, name):
    pq.write_table(contracts(INDICATORS).drop_columns([name]), folder / "contracts.parquet")
    assert f"kolumnen {name} saknas" in refused(folder)[0]


def test_a_contract_column_of_the_wrong_type_is_named(folder):
    table = contracts(INDICATORS)
    for name in ("direction", "target", "breaks"):
        wrong = table.set_column(table.schema.get_field_index(name), name, pa.array(["x"] * 3))
        pq.write_table(wrong, folder / "contracts.parquet")
        assert f"kolumnen {name} har typen string" in refused(folder)[0]


def test_only_the_three_needed_contract_columns_have_to_be_there(folder, tmp_path):
    pq.write_table(contracts(INDICATORS).select(["indicator", "unit_class", "direction"]), folder / "contracts.parquet")
    assert assess(folder, tmp_path / "out").series == len(PANEL)


def test_an_engine_nobody_has_heard_of_is_refused(folder, tmp_path):
    with pytest.raises(UserError, match="dask"):
        assess(folder, tmp_path / "out", "dask")
