"""What producers say of certainty, from the table through the store to the indicator: synthetic figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pyarrow.parquet as pq
import pytest

from vagvisare.assessment.definition import Break, Collection, Direction, Indicator
from vagvisare.assessment.measure import measure_samples
from vagvisare.observations.store import Store
from vagvisare.observations.vintage import to_arrow
from vagvisare.sources.contract import Cell, Receipt, Table
from vagvisare.strategy_folder.figures import figure_bytes, parse_figures, seal
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period
from vagvisare.terms.sampling import COLUMNS, Sampling
from vagvisare.terms.series import SeriesKey

GIVEN = Sampling(low=61.0, high=64.5)
ASKED = Sampling(n=412, count=255)
KEY = SeriesKey("survey", "18")
WORDS = Text("Syntetisk", "Synthetic")


def cell(year, value, sampling=None, sex="T", territory="18"):
    return Cell(territory, Period.year(year), sex, "", value, sampling)


def table(*cells, dataset="survey", recorded=date(2024, 3, 1)):
    told = Receipt(dataset, "Syntetisk", "Ingen", "syntetisk", "CC0", "percent", recorded, "test", "", 0, "")
    return seal(Table(told, cells))


CELLS = (cell(2020, 61.0), cell(2021, 62.0, GIVEN), cell(2022, 62.5, ASKED))


@pytest.fixture(params=["memory", "disk"])
def store(request, tmp_path):
    return Store(tmp_path / "vintages" if request.param == "disk" else None)


def test_what_is_said_of_certainty_comes_back_from_the_store(store):
    store.record(table(*CELLS))
    snapshot = store.as_of(date(2024, 3, 1), {})
    assert snapshot.samples == {KEY: {Period.year(2021): GIVEN, Period.year(2022): ASKED}}
    assert snapshot.panel[KEY].values == (61.0, 62.0, 62.5)


def test_a_table_that_says_nothing_gives_nothing(store):
    store.record(table(cell(2020, 61.0)))
    assert store.as_of(date(2024, 3, 1), {}).samples == {}


def test_what_was_not_released_yet_is_not_said_either(store):
    store.record(table(*CELLS))
    snapshot = store.as_of(date(2022, 6, 1), {"survey": lambda period: date(period.end + 1, 3, 1)})
    assert snapshot.samples == {KEY: {Period.year(2021): GIVEN}}
    assert len(snapshot.panel[KEY]) == 2


def test_a_vintage_from_before_these_columns_still_reads(tmp_path):
    store = Store(tmp_path)
    plain = table(cell(2020, 61.0), cell(2021, 62.0))
    store.record(plain)
    (path,) = tmp_path.glob("survey/*.parquet")
    pq.write_table(to_arrow(plain).drop_columns(list(COLUMNS)), path, compression="zstd")
    snapshot = Store(tmp_path).as_of(date(2024, 3, 1), {})
    assert snapshot.panel[KEY].values == (61.0, 62.0)
    assert snapshot.samples == {}
    newer = table(*CELLS, dataset="other")
    store.record(newer)
    assert set(store.as_of(date(2024, 3, 1), {}).samples) == {replace(KEY, indicator="other")}


def test_the_file_of_a_table_that_says_nothing_is_as_before():
    assert figure_bytes(CELLS[:1]) == b"territory,period,sex,background,value\n18,2020,T,,61\n"


def test_only_columns_that_some_figure_has_are_written_and_they_read_back():
    written = figure_bytes(CELLS).decode()
    assert written.splitlines() == [
        "territory,period,sex,background,value,low,high,n,count",
        "18,2020,T,,61,,,,",
        "18,2021,T,,62,61,64.5,,",
        "18,2022,T,,62.5,,,412,255",
    ]
    assert parse_figures(written, "survey.csv") == (CELLS, [])


def test_the_digest_changes_with_what_is_said_of_certainty():
    assert table(*CELLS).receipt.sha256 != table(*(replace(each, sampling=None) for each in CELLS)).receipt.sha256


def indicator(**more):
    return Indicator("share", "survey", WORDS, WORDS, "percent", Direction.HIGHER, Collection.SURVEY, WORDS, **more)


def test_samples_follow_their_figures_to_the_indicator():
    raw = {KEY: {Period.year(2022): ASKED}, replace(KEY, sex="K"): {Period.year(2021): GIVEN}}
    measured = measure_samples(raw, [indicator()])
    assert measured == {SeriesKey("share", "18", key.sex): said for key, said in raw.items()}
    headline = measure_samples(raw, [indicator(sex="K")])
    assert headline[SeriesKey("share", "18")] == headline[SeriesKey("share", "18", "K")] == raw[replace(KEY, sex="K")]


def test_nothing_is_said_of_a_quotient_and_an_older_method_stands_beside():
    old = Break(Period.year(2015), WORDS, sibling="older")
    raw = {KEY: {Period.year(2022): ASKED}, SeriesKey("older", "18"): {Period.year(2012): GIVEN}}
    assert measure_samples(raw, [indicator(per="people")]) == {}
    assert set(measure_samples(raw, [indicator(breaks=(old,))])) == {SeriesKey("older", "18"), SeriesKey("share", "18")}
