"""What is said beside the newest figures: that some wait, that older ones were revised, that some are preliminary."""

import math
import runpy
import sys
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vagvisare import flow
from vagvisare.flow import Recorded
from vagvisare.intake.report import State
from vagvisare.observations.revisions import compare, revised
from vagvisare.sources.contract import FIGURES
from vagvisare.sources.query import Expectation
from vagvisare.terms.language import Text

TESTS = Path(__file__).parents[1]
MADE_UP = runpy.run_path(str(TESTS / "publications" / "fetched.py"))
PROTECTED = runpy.run_path(str(TESTS / "whole" / "protection" / "protected_folder.py"))
Kept, dataset, figures, indicator = (MADE_UP[name] for name in ("Kept", "dataset", "figures", "indicator"))


@pytest.fixture
def kept():
    return Kept()


def said(kept, day="", key="share"):
    return [notice.sv for notice in kept.material(day).notices.get(key, ())]


def told_of(material, key="share"):
    return material.notices[key]


def test_figures_that_came_with_the_folder_have_nothing_said_of_them():
    folder = flow.read_folder(TESTS.parent / "strategies" / "orebro")
    material = flow.material(folder, history=False)
    assert (material.notices, material.revisions, material.outcome.preliminary) == ({}, {}, ())


def test_the_first_fetch_has_nothing_to_be_compared_with(kept, monkeypatch):
    def refuse(*_):
        raise AssertionError("two tables were compared")

    kept.publish("2026-12-01")
    monkeypatch.setattr(sys.modules[flow.notices.__module__], "revised", refuse)
    assert said(kept) == []
    kept.publish("2026-12-10", (("18", 2020, "T"), 60.0))
    with pytest.raises(AssertionError, match="were compared"):
        said(kept)


def test_figures_that_wait_are_told_with_what_stopped_them(kept):
    kept.publish("2026-12-01")
    kept.hold("2026-12-05")
    (notice,) = told_of(kept.material())
    assert notice == Text(
        "Nya siffror kom den 5 december 2026 men väntar på granskning. Siffrorna är tusen gånger större än förut. "
        "Till dess gäller siffrorna från den 1 december 2026.",
        "New figures came on 5 December 2026 but wait to be looked at. The figures are a thousand times larger than "
        "before. Until then the figures from 1 December 2026 stand.",
    )


def test_only_the_newest_of_those_that_wait_is_told(kept):
    kept.publish("2026-12-01")
    kept.hold("2026-12-05")
    kept.hold("2026-12-09", (("18", 2020, "T"), 99.0))
    (notice,) = said(kept)
    assert notice.startswith("Nya siffror kom den 9 december 2026")


def test_what_came_later_is_not_told_of_an_earlier_day():
    kept = Kept([indicator(), indicator("other")], [dataset(), dataset("other")])
    kept.publish("2026-12-01")
    kept.hold("2026-12-05")
    kept.publish("2026-12-08", key="other")
    assert said(kept, "2026-12-04") == []
    assert len(said(kept, "2026-12-05")) == 1
    assert len(said(kept)) == 1


@pytest.mark.parametrize("decided", ["release", "discard"])
def test_what_somebody_has_decided_on_waits_no_more(kept, decided):
    kept.publish("2026-12-01")
    kept.hold("2026-12-05", (("18", 2020, "T"), 99.0))
    (held,) = kept.store.held("share")
    more = {"on": held.receipt.recorded} if decided == "release" else {}
    getattr(kept.store, decided)(held, by="Eva", why="Det stämmer", **more)
    assert not any("väntar" in notice for notice in said(kept))


def test_a_first_delivery_that_waits_is_told_where_there_are_no_figures_yet():
    kept = Kept([indicator(), indicator("other")], [dataset(), dataset("other")])
    kept.publish("2026-12-01", key="other")
    kept.hold("2026-12-05")
    assert told_of(kept.material()) == (
        Text(
            "De första siffrorna kom den 5 december 2026 men väntar på granskning. "
            "Siffrorna är tusen gånger större än förut.",
            "The first figures came on 5 December 2026 but wait to be looked at. "
            "The figures are a thousand times larger than before.",
        ),
    )


@pytest.mark.parametrize("report", [{}, {"objections": []}, {"objections": [{"kind": "nonsense"}]}])
def test_a_report_that_does_not_say_why_takes_nothing_from_the_rest(kept, report):
    kept.publish("2026-12-01")
    vintage = MADE_UP["Vintage"](kept.receipt("2026-12-05"), figures())
    kept.store.hold(vintage, report)
    (notice,) = said(kept)
    assert notice == (
        "Nya siffror kom den 5 december 2026 men väntar på granskning. "
        "Till dess gäller siffrorna från den 1 december 2026."
    )


def test_a_revision_is_told_with_its_number_and_its_largest_change(kept):
    kept.publish("2026-12-01")
    kept.publish("2026-12-10", (("18", 2020, "K"), 57.9), (("20", 2019, "T"), 61.9))
    (notice,) = told_of(kept.material())
    assert notice == Text(
        "Källan har ändrat 2\u00a0värden sedan den 1 december 2026. "
        "Störst ändring: Örebro län, kvinnor 2020, från 56,3 till 57,9\u00a0procent.",
        "The source has changed 2\u00a0figures since 1 December 2026. "
        "The largest change: Örebro County, women 2020, from 56.3 to 57.9\u00a0per cent.",
    )
    assert said(kept, "2026-12-09") == [], "it had not come yet"
    assert said(kept, "2026-11-30") == [], "nothing had been fetched yet"


FIGURE = st.one_of(
    st.none(), st.sampled_from([0.0, -0.0, 1.0, 1.0 + 1e-12, 1.0 + 1e-8, -5.0, 1e12, 1e12 + 1, math.nan])
)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(FIGURE, FIGURE), min_size=1, max_size=8), st.integers(0, 3))
def test_the_quick_way_finds_what_the_whole_comparison_calls_revised(pairs, gone):
    years = range(2000, 2000 + len(pairs))
    before, after = (
        figures(
            {("18", year, "T"): pair[side] for year, pair in zip(years, pairs, strict=True)}, years=years, sexes="T"
        )
        for side in (0, 1)
    )
    after = after.slice(gone)
    told = compare(before, after).revised.to_pylist()
    found = revised(before, after).to_pylist()
    assert [{k: repr(v) for k, v in row.items()} for row in found] == [
        {k: repr(v) for k, v in row.items()} for row in told
    ]


def test_new_periods_are_no_revision(kept):
    kept.publish("2026-12-01", table=figures(years=range(2012, 2025)))
    kept.publish("2026-12-10")
    assert said(kept) == []


@pytest.mark.parametrize("other", [{"query": "q0"}, {"source_id": "prov:annan"}])
def test_another_question_is_another_measure_and_no_revision(kept, other):
    kept.publish("2026-12-01", **other)
    kept.publish("2026-12-10", (("18", 2020, "T"), 99.0))
    assert said(kept) == []


def test_of_several_vintages_on_a_day_only_earlier_days_are_compared_with(kept):
    kept.publish("2026-12-01")
    kept.publish("2026-12-10", (("18", 2020, "T"), 70.0))
    kept.publish("2026-12-10", (("18", 2020, "T"), 60.0), fetched="2026-12-10T09:00:00+00:00")
    (notice,) = said(kept)
    assert "sedan den 1 december 2026" in notice
    assert notice.endswith("från 56,2 till 60,0\u00a0procent.")


def test_preliminary_periods_are_named(kept):
    kept.publish("2026-12-01", table=figures(last="P"))
    material = kept.material()
    assert told_of(material) == (
        Text(
            "Siffror för 2025 är preliminära och kan ändras av källan.",
            "Figures for 2025 are preliminary and may be changed by the source.",
        ),
    )
    assert list(material.outcome.preliminary) == sorted(material.outcome.preliminary)
    kept.publish("2026-12-10")
    assert said(kept) == [], "now they are final"
    assert len(said(kept, "2026-12-05")) == 1


def test_all_three_stand_in_the_order_of_their_weight(kept):
    kept.publish("2026-12-01", table=figures(last="P"))
    kept.publish("2026-12-10", table=figures({("18", 2020, "T"): 58.0}, last="P"))
    kept.hold("2026-12-11")
    openings = [notice.split(" ")[0] for notice in said(kept)]
    assert openings == ["Nya", "Källan", "Siffror"]


def arrow(cells):
    rows = [
        dict.fromkeys(FIGURES.names)
        | {"territory": t, "start": y, "end": y, "sex": s, "background": b, "value": float(n), "status": ""}
        for (t, y, s, b), n in cells.items()
    ]
    return pa.Table.from_pylist(rows, schema=FIGURES)


def test_of_protected_counts_no_figure_and_no_raw_checksum_is_told():
    kept = Kept([indicator("people", "persons", protect=5)], [dataset("people", "persons")])
    before, after = PROTECTED["counts"](), PROTECTED["counts"](changed=1)
    more = {"replies": ("a" * 64,), "shape": "b" * 64, "calls": "c" * 64}
    kept.publish("2026-12-01", key="people", table=arrow(before), **more)
    kept.publish("2026-12-10", key="people", table=arrow(after), **more)
    kept.hold("2026-12-12", key="people", table=arrow(before), said=Text("3 blev 4.", "3 became 4."))
    material = kept.material()
    waiting, revised = told_of(material, "people")
    for language in ("sv", "en"):
        assert "4." not in getattr(waiting, language)
        assert getattr(revised, language).endswith("1 december 2026." if language == "sv" else "1 December 2026.")
    assert material.revisions == {}
    receipt = material.receipts["people"]
    assert (receipt.replies, receipt.shape, receipt.calls) == ((), "", "")


def test_a_fetch_from_a_source_is_told_on_the_way_through(world):
    """The real client, checks and quarantine, and then the sentences."""
    world.fetch()
    world.later()
    world.revise("0018", 2020, 55.9)
    assert world.fetch()["share"].state is State.REVISED
    world.later()
    world.datasets = [replace(world.datasets[0], expects=Expectation(low=0.0, high=90.0))]
    world.revise("0018", 2021, 95.9)
    assert world.fetch()["share"].state is State.HELD
    folder = replace(Kept().folder, datasets=tuple(world.datasets))
    notices = told_of(flow.material(Recorded(folder, world.store), history=False))
    assert [notice.sv.split(".")[0] for notice in notices] == [
        "Nya siffror kom den 3 december 2026 men väntar på granskning",
        "Källan har ändrat 1\u00a0värde sedan den 1 december 2026",
    ]
    assert "Till dess gäller siffrorna från den 2 december 2026." in notices[0].sv
    assert "90" in notices[0].sv
