"""Held vintages: out of sight until somebody decides, and the decision is kept."""

from __future__ import annotations

from datetime import date

import pytest

from vagvisare.terms.errors import FigureError, UserError

REPORT = {"objections": [{"what": "Örebro län saknas"}]}
WHY = {"by": "Anna Ek", "why": "Källan bekräftar."}


def known(store, day=date(2026, 12, 31)):
    return [value for series in store.as_of(day, {}).panel.values() for value in series.values]


def held_after_a_good_one(store, vintage, series):
    store.publish(vintage(series(y2020=1.0)))
    store.hold(vintage(series(y2020=99.0), recorded=date(2026, 4, 1)), REPORT)
    (held,) = store.held()
    return held


def test_held_figures_are_not_known(anywhere, vintage, series):
    held = held_after_a_good_one(anywhere, vintage, series)
    assert known(anywhere) == [1.0]
    assert len(anywhere.receipts()) == 1
    assert held.report == REPORT
    assert held.receipt.recorded == date(2026, 4, 1)
    assert anywhere.held_figures(held).column("value").to_pylist() == [99.0]
    assert anywhere.held("another") == ()


def test_released_figures_are_known_from_the_day_of_the_decision(anywhere, vintage, series):
    held = held_after_a_good_one(anywhere, vintage, series)
    receipt = anywhere.release(held, **WHY, on=date(2026, 4, 5))
    assert (receipt.confirmed_by, receipt.confirmed_why) == ("Anna Ek", "Källan bekräftar.")
    assert receipt == anywhere.latest("syntetisk")
    assert known(anywhere, date(2026, 4, 4)) == [1.0]
    assert known(anywhere, date(2026, 4, 5)) == [99.0]
    assert anywhere.held() == ()
    (decision,) = anywhere.quarantine.decisions("syntetisk")
    assert (decision["outcome"], decision["by"], decision["report"]) == ("released", "Anna Ek", REPORT)


def test_discarded_figures_stay_as_a_record(anywhere, vintage, series):
    held = held_after_a_good_one(anywhere, vintage, series)
    anywhere.discard(held, by="Bo Ås", why="Fel tabell.")
    assert anywhere.held() == ()
    assert known(anywhere) == [1.0]
    (decision,) = anywhere.quarantine.decisions()
    assert (decision["outcome"], decision["why"]) == ("discarded", "Fel tabell.")
    assert decision["receipt"]["sha256"] == held.receipt.sha256


@pytest.mark.parametrize("decide", ["release", "discard"])
def test_nobody_decides_twice_or_without_name_and_reason(anywhere, vintage, series, decide):
    held = held_after_a_good_one(anywhere, vintage, series)
    for given in ({"by": " ", "why": "x"}, {"by": "x", "why": ""}):
        with pytest.raises(UserError, match="namn och skäl"):
            getattr(anywhere, decide)(held, **given)
    getattr(anywhere, decide)(held, **WHY)
    with pytest.raises(FigureError, match="redan beslutat"):
        getattr(anywhere, decide)(held, **WHY)
    assert len(anywhere.quarantine.decisions()) == 1


def test_newer_accepted_figures_are_not_undone_by_older_held_ones(anywhere, vintage, series):
    held = held_after_a_good_one(anywhere, vintage, series)
    anywhere.publish(vintage(series(y2020=2.0), recorded=date(2026, 4, 3)))
    with pytest.raises(FigureError, match="nyare godkända"):
        anywhere.release(held, **WHY, on=date(2026, 4, 5))
    assert len(anywhere.held()) == 1
    anywhere.discard(held, **WHY)


def test_the_same_figures_held_day_after_day_wait_once_with_the_latest_report(anywhere, vintage, series):
    for day in (1, 2, 3):
        anywhere.hold(vintage(series(y2020=99.0), recorded=date(2026, 4, day)), {"day": day})
    (held,) = anywhere.held("syntetisk")
    assert held.receipt.recorded == date(2026, 4, 1)
    assert held.report == {"day": 3}


def test_a_release_cut_off_after_publishing_can_be_taken_up_again(anywhere, vintage, series, monkeypatch):
    held = held_after_a_good_one(anywhere, vintage, series)

    def cut(*_args, **_kwargs):
        raise OSError("the cable was pulled")

    with monkeypatch.context() as patch:
        patch.setattr(anywhere.quarantine, "settle", cut)
        with pytest.raises(OSError, match="cable"):
            anywhere.release(held, **WHY, on=date(2026, 4, 5))
    assert anywhere.release(held, **WHY, on=date(2026, 4, 6)) == anywhere.latest("syntetisk")
    assert len(anywhere.receipts()) == 2
    assert anywhere.held() == ()


def test_a_damaged_report_is_named(tmp_path, vintage, series):
    from vagvisare.observations.store import Store

    store = Store(tmp_path)
    held_after_a_good_one(store, vintage, series)
    (report,) = tmp_path.rglob("*.report.json")
    report.write_text("[1, 2")
    with pytest.raises(FigureError, match="stoppade siffror"):
        store.held()
    assert known(store) == [1.0]
