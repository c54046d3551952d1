"""Fetched vintages: published, told apart by what they hold, and asked as of any day, wherever the store lies."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pyarrow.parquet as pq
import pytest

from vagvisare.observations.store import Store
from vagvisare.observations.vintage import Vintage, checksum
from vagvisare.sources.contract import Cell, Table
from vagvisare.terms.errors import FigureError
from vagvisare.terms.period import Period
from vagvisare.terms.series import SeriesKey

KEY = SeriesKey("syntetisk", "18")


def values(store, day, dataset="syntetisk"):
    found = store.as_of(day, {}).panel.get(SeriesKey(dataset, "18"))
    return {} if found is None else {p.start: v for p, v in found}


def test_what_is_published_is_read_back(anywhere, vintage, figures):
    given = figures(
        ("18", (2019, 2022), "K", "utrikes", 1.5, "P"), ("1880", 2020, "T", "", None, "Q"), ("00", 2020, "M")
    )
    made = vintage(given, replies=("a" * 64,), query="q", updated="2026-02-27")
    assert anywhere.publish(made)
    assert anywhere.receipts() == (made.receipt,)
    assert anywhere.latest("syntetisk") == made.receipt
    assert sorted(map(repr, anywhere.figures(made.receipt).to_pylist())) == sorted(map(repr, given.to_pylist()))
    assert anywhere.figures(made.receipt).schema == given.schema
    assert checksum(anywhere.figures(made.receipt)) == made.receipt.sha256


def test_figures_equal_to_the_latest_are_not_kept_again(anywhere, vintage, series):
    assert anywhere.publish(vintage(series(y2020=1.0)))
    assert not anywhere.publish(vintage(series(y2020=1.0), recorded=date(2026, 4, 1)))
    assert len(anywhere.receipts("syntetisk")) == 1


def test_there_and_back_again_is_three_vintages(anywhere, vintage, series):
    for month, value in ((1, 1.0), (2, 2.0), (3, 1.0)):
        assert anywhere.publish(vintage(series(y2020=value), recorded=date(2026, month, 1)))
    assert [values(anywhere, date(2026, month, 15))[2020] for month in (1, 2, 3)] == [1.0, 2.0, 1.0]


def test_of_several_on_one_day_the_one_fetched_last_holds(anywhere, vintage, series):
    day = date(2026, 3, 1)
    for hour, value in (("06", 1.0), ("14", 3.0), ("09", 2.0)):
        anywhere.publish(vintage(series(y2020=value), fetched=f"2026-03-01T{hour}:00:00+00:00"))
    assert len(anywhere.receipts()) == 3
    assert values(anywhere, day)[2020] == 3.0
    assert anywhere.latest("syntetisk").fetched.startswith("2026-03-01T14")
    before = anywhere.as_of(date(2020, 1, 1), {"syntetisk": lambda period: date(period.end, 1, 1)})
    assert before.chosen["syntetisk"].reconstructed
    assert before.panel[KEY].values == (3.0,)


def test_back_again_the_same_day_is_one_file_that_holds_again(anywhere, vintage, series):
    for hour, value in (("06", 1.0), ("09", 2.0), ("14", 1.0)):
        assert anywhere.publish(vintage(series(y2020=value), fetched=f"2026-03-01T{hour}:00:00+00:00"))
    assert len(anywhere.receipts()) == 2
    assert values(anywhere, date(2026, 3, 1))[2020] == 1.0


def test_a_fetched_vintage_goes_before_a_typed_one_of_the_day_and_does_not_stop_it(anywhere, vintage, series):
    made = vintage(series(y2020=2.0))
    typed = Table(
        replace(made.receipt, fetched="", sha256="0" * 64, rows=1), (Cell("18", Period.year(2020), "T", "", 9.0),)
    )
    assert anywhere.publish(made)
    assert anywhere.record(typed)
    assert values(anywhere, date(2026, 3, 1))[2020] == 2.0
    other = replace(typed.receipt, sha256="1" * 64)
    with pytest.raises(FigureError, match="har redan andra siffror"):
        anywhere.record(replace(typed, receipt=other))
    with pytest.raises(FigureError, match="har redan andra siffror"):
        anywhere.publish(Vintage(other, series(y2020=5.0)))


def test_a_cell_without_a_figure_is_kept_but_not_known(anywhere, vintage, figures):
    anywhere.publish(vintage(figures(("18", 2020, "T", "", 1.0), ("18", 2021, "T", "", None, "Q"))))
    assert values(anywhere, date(2026, 3, 1)) == {2020: 1.0}


def test_provisional_figures_are_pointed_out(anywhere, vintage, figures):
    rows = (("18", 2020, "T", "", 1.0), ("18", 2021, "T", "", 2.0, "P"), ("18", 2022, "T", "", None, "P"))
    anywhere.publish(vintage(figures(*rows)))
    known = anywhere.as_of(date(2026, 3, 1), {})
    assert known.preliminary == {(KEY, Period.year(2021))}
    assert known.panel[KEY].values == (1.0, 2.0)
    early = anywhere.as_of(date(2021, 6, 1), {"syntetisk": lambda period: date(period.end + 1, 1, 1)})
    assert early.preliminary == frozenset()


def test_only_the_data_sets_asked_for_are_answered(anywhere, vintage, series):
    for name in ("a", "b", "c"):
        anywhere.publish(vintage(series(y2020=1.0), dataset=name))
    known = anywhere.as_of(date(2026, 3, 1), {}, ("c", "a", "unheard of"))
    assert set(known.chosen) == {"a", "c"}
    assert {key.indicator for key in known.panel} == {"a", "c"}
    assert set(anywhere.chosen(date(2026, 3, 1), {})) == {"a", "b", "c"}


def test_only_the_vintages_that_answer_are_read(tmp_path, vintage, series, monkeypatch):
    store = Store(tmp_path)
    for day in range(1, 21):
        store.publish(vintage(series(y2020=float(day)), recorded=date(2026, 1, day)))
    opened, read = [], []
    fresh = Store(tmp_path)
    monkeypatch.setattr(fresh.place, "opened", lambda name, _o=fresh.place.opened: opened.append(name) or _o(name))
    monkeypatch.setattr(fresh.place, "read", lambda name, _r=fresh.place.read: read.append(name) or _r(name))
    assert values(fresh, date(2026, 1, 7)) == {2020: 7.0}
    assert len(opened) == len(read) == 1


def test_a_receipt_that_is_not_true_of_its_figures_is_refused(anywhere, vintage, series):
    made = vintage(series(y2020=1.0))
    with pytest.raises(ValueError, match="checksum"):
        anywhere.publish(Vintage(made.receipt, series(y2020=2.0)))
    blank = replace(made.receipt, sha256="", rows=99)
    assert anywhere.publish(Vintage(blank, made.figures))
    assert anywhere.receipts() == (made.receipt,)


@pytest.mark.parametrize("name", ["", "..", "../up", "a/b", "_held", ".hidden", "a\\b", "a\nb"])
def test_a_data_set_cannot_be_called_what_leads_elsewhere(anywhere, vintage, series, name):
    made = vintage(series(y2020=1.0), dataset=name)
    for keep in (anywhere.publish, lambda v: anywhere.hold(v, {})):
        with pytest.raises(FigureError) as caught:
            keep(made)
        assert "datamängd" in str(caught.value)
    assert anywhere.receipts() == ()


def test_an_old_vintage_has_no_status_and_one_damaged_among_many_is_not_to_be_thrown_away_with_the_rest(
    tmp_path, vintage, series
):
    store = Store(tmp_path)
    old, new = vintage(series(y2020=1.0)), vintage(series(y2020=2.0), recorded=date(2026, 4, 1))
    store.publish(old)
    store.publish(new)
    path = tmp_path / "syntetisk" / f"2026-03-01-{old.receipt.sha256[:12]}.parquet"
    pq.write_table(pq.read_table(path).drop_columns(["status"]), path)
    assert store.figures(old.receipt).column("status").to_pylist() == [""]
    assert values(store, date(2026, 3, 1)) == {2020: 1.0}
    path.write_bytes(b"half a file")
    with pytest.raises(FigureError) as caught:
        store.as_of(date(2026, 3, 1), {})
    assert "de andra årgångarna är orörda" in str(caught.value)
    assert values(store, date(2026, 4, 1)) == {2020: 2.0}


def test_a_store_of_nothing_knows_nothing(anywhere):
    assert anywhere.receipts() == ()
    assert anywhere.latest("syntetisk") is None
    assert anywhere.held() == ()
    assert anywhere.as_of(date(2026, 1, 1), {}).panel == {}
