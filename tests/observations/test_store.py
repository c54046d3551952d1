"""Vintages: immutable, dated, reconstructed where they must be, and never half-written."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vagvisare.observations.store import Store
from vagvisare.observations.vintage import receipt_from, receipt_text, to_arrow
from vagvisare.sources.contract import Cell, Receipt, Table
from vagvisare.terms.errors import FigureError
from vagvisare.terms.language import Language
from vagvisare.terms.period import Period
from vagvisare.terms.series import SeriesKey


def receipt(dataset="syntetisk", recorded=date(2024, 3, 1), content="a"):
    return Receipt(
        dataset=dataset,
        title="Syntetisk serie",
        producer="Ingen (syntetisk)",
        source_id="syntetisk",
        licence="CC0",
        unit="percent",
        recorded=recorded,
        read_from="test",
        typical_release="next year, February",
        rows=3,
        sha256=hashlib.sha256(content.encode()).hexdigest(),
    )


def table(values, **about):
    cells = tuple(Cell("18", Period.parse(period), "T", "", value) for period, value in values.items())
    return Table(receipt(content=repr(values), **about), cells)


def february_after(period):
    return date(period.end + 1, 3, 1)


THREE = {"2020": 1.0, "2021": 2.0, "2022": 3.0}


@pytest.fixture(params=["memory", "disk"])
def store(request, tmp_path):
    return Store(tmp_path / "vintages" if request.param == "disk" else None)


def values(snapshot, dataset="syntetisk"):
    series = snapshot.panel.get(SeriesKey(dataset, "18"))
    return {} if series is None else {str(p): v for p, v in series}


def test_what_was_recorded_is_known_exactly_from_that_day_on(store):
    store.record(table(THREE))
    snapshot = store.as_of(date(2024, 3, 1), {})
    assert values(snapshot) == THREE
    assert not snapshot.chosen["syntetisk"].reconstructed


def test_before_the_first_vintage_the_release_rule_decides_and_says_so(store):
    store.record(table(THREE))
    snapshot = store.as_of(date(2022, 6, 17), {"syntetisk": february_after})
    assert values(snapshot) == {"2020": 1.0, "2021": 2.0}
    assert snapshot.chosen["syntetisk"].reconstructed


def test_a_figure_is_known_on_the_first_day_of_its_rule_and_not_the_day_before(store):
    store.record(table(THREE))
    rules = {"syntetisk": february_after}
    assert "2021" not in values(store.as_of(date(2022, 2, 28), rules))
    assert "2021" in values(store.as_of(date(2022, 3, 1), rules))


def test_without_a_rule_nothing_is_taken_as_known_before_the_first_vintage(store):
    store.record(table(THREE))
    snapshot = store.as_of(date(2023, 1, 1), {"syntetisk": None})
    assert values(snapshot) == {}
    assert snapshot.chosen["syntetisk"].unknowable
    assert snapshot.chosen["syntetisk"].reconstructed


def test_a_revision_is_a_new_vintage_and_the_old_one_still_answers_for_its_day(store):
    store.record(table(THREE))
    store.record(table({**THREE, "2022": 9.0}, recorded=date(2025, 1, 1)))
    assert values(store.as_of(date(2024, 12, 31), {}))["2022"] == 3.0
    assert values(store.as_of(date(2025, 1, 1), {}))["2022"] == 9.0
    assert len(store.receipts()) == 2


def test_the_same_figures_are_kept_once(store):
    assert store.record(table(THREE))
    assert not store.record(table(THREE))
    assert len(store.receipts()) == 1


def test_a_vintage_never_changes_on_its_day(store):
    store.record(table(THREE))
    with pytest.raises(FigureError, match="2024-03-01"):
        store.record(table({**THREE, "2022": 4.0}))
    assert values(store.as_of(date(2024, 3, 1), {}))["2022"] == 3.0


def test_several_data_sets_are_answered_at_once(store):
    store.record(table(THREE))
    store.record(table({"2019-2022": 5.0}, dataset="annan", recorded=date(2023, 1, 1)))
    snapshot = store.as_of(date(2023, 6, 1), {"syntetisk": february_after, "annan": february_after})
    assert values(snapshot, "annan") == {"2019-2022": 5.0}
    assert snapshot.chosen["syntetisk"].reconstructed
    assert not snapshot.chosen["annan"].reconstructed


def test_an_empty_store_knows_nothing(store):
    snapshot = store.as_of(date(2024, 1, 1), {})
    assert snapshot.panel == {}
    assert snapshot.chosen == {}


def test_a_vintage_without_its_receipt_is_not_seen(tmp_path):
    store = Store(tmp_path)
    store.record(table(THREE))
    next(tmp_path.rglob("*.receipt.json")).unlink()
    assert store.receipts() == ()
    assert store.record(table(THREE))
    assert values(store.as_of(date(2024, 3, 1), {})) == THREE


def test_an_interrupted_recording_leaves_nothing_in_view(tmp_path, monkeypatch):
    store = Store(tmp_path)

    def full(*_args, **_kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("vagvisare.observations.store.receipt_text", full)
    with pytest.raises(OSError, match="No space"):
        store.record(table(THREE))
    assert store.receipts() == ()
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []


def test_a_second_store_on_the_same_folder_reads_what_the_first_wrote(tmp_path):
    Store(tmp_path).record(table(THREE))
    assert values(Store(tmp_path).as_of(date(2030, 1, 1), {})) == THREE


def test_a_receipt_survives_being_written_down():
    kept = replace(receipt(), note="Åäö, ”citat” och rad\nbrytning")
    assert receipt_from(receipt_text(kept)) == kept


def test_the_order_of_cells_does_not_matter(store):
    backwards = table(THREE)
    store.record(Table(backwards.receipt, backwards.cells[::-1]))
    series = store.as_of(date(2024, 3, 1), {}).panel[SeriesKey("syntetisk", "18")]
    assert [str(p) for p in series.periods] == ["2020", "2021", "2022"]


@settings(max_examples=25, deadline=None)
@given(
    st.dictionaries(st.integers(1990, 2023), st.floats(-1e9, 1e9, allow_nan=False), min_size=1, max_size=12),
    st.dates(date(1990, 1, 1), date(2030, 1, 1)),
)
def test_nobody_knows_a_figure_before_its_release(points, day):
    store = Store()
    store.record(table({str(year): value for year, value in points.items()}))
    snapshot = store.as_of(day, {"syntetisk": february_after})
    known = values(snapshot)
    for year, value in points.items():
        released = day >= date(2024, 3, 1) or february_after(Period.year(year)) <= day
        assert (known.get(str(year)) == value) is released


def test_arrow_keeps_every_cell_with_its_identity():
    made = to_arrow(table(THREE))
    assert made.num_rows == 3
    assert set(made.column("dataset").to_pylist()) == {"syntetisk"}
    assert made.column("value").to_pylist() == [1.0, 2.0, 3.0]


def test_two_contents_of_one_day_are_refused_in_both_languages(store):
    store.record(table(THREE))
    with pytest.raises(FigureError) as caught:
        store.record(table({"2020": 9.0}))
    assert "har redan andra siffror inlästa 2024-03-01" in caught.value.message(Language.SV)
    assert "already has other figures recorded 2024-03-01" in caught.value.message(Language.EN)
    assert values(store.as_of(date(2024, 3, 1), {})) == THREE


@pytest.mark.parametrize("ending", ["*.parquet", "*.receipt.json"])
def test_a_damaged_vintage_is_named_with_the_way_out(tmp_path, ending):
    Store(tmp_path).record(table(THREE))
    (damaged,) = tmp_path.rglob(ending)
    damaged.write_bytes(b"{\x00 half a file")
    with pytest.raises(FigureError) as caught:
        Store(tmp_path).as_of(date(2024, 3, 1), {})
    assert str(damaged) in str(caught.value)
    assert f"Ta bort mappen {damaged.parent}" in str(caught.value)


def test_vintages_removed_behind_our_back_are_missed_not_taken_for_unknown(tmp_path):
    store = Store(tmp_path / "vintages")
    store.record(table(THREE))
    store.record(table(THREE))
    shutil.rmtree(tmp_path / "vintages")
    with pytest.raises(FigureError, match="har tagits bort"):
        store.as_of(date(2024, 3, 1), {})
