"""Which indicators have a triangle of vintages, and what is in it. Every figure is made up."""

import runpy
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vagvisare import flow
from vagvisare.observations.revisions import triangle

MADE_UP = runpy.run_path(str(Path(__file__).parents[1] / "publications" / "fetched.py"))
Kept, dataset, figures, indicator = (MADE_UP[name] for name in ("Kept", "dataset", "figures", "indicator"))
module = sys.modules[flow.triangles.__module__]
DAYS = ("2026-12-01", "2026-12-10", "2026-12-20")


@pytest.fixture
def kept():
    kept = Kept()
    kept.publish(DAYS[0])
    kept.publish(DAYS[1], (("18", 2020, "T"), 57.0))
    kept.publish(DAYS[2], (("18", 2020, "T"), 58.0), (("18", 2019, "T"), None))
    return kept


def days(found):
    return [column.receipt.recorded.isoformat() for column in found.columns]


def test_the_territorys_own_total_through_every_vintage(kept):
    found = kept.material().revisions["share"]
    assert days(found) == list(DAYS)
    assert (found.territory, found.sex) == ("18", "T")
    row = next(n for n, period in enumerate(found.periods) if period.start == 2020)
    assert found.values[row] == (56.2, 57.0, 58.0)
    assert found.revised == {(row, 1), (row, 2)}
    assert found.vanished == {(row - 1, 2)}


def test_another_territory_has_its_own(kept):
    found = kept.material(territory="20").revisions["share"]
    assert found.territory == "20"
    assert found.revised == frozenset()


def test_an_earlier_day_knows_only_the_vintages_of_then(kept):
    assert days(kept.material("2026-12-15").revisions["share"]) == list(DAYS[:2])
    assert kept.material("2026-12-05").revisions == {}, "one vintage is no revision"
    assert kept.material("2026-11-01").revisions == {}, "nothing had been fetched"


def test_two_vintages_must_answer_the_same_question():
    kept = Kept()
    MADE_UP["other_question"](kept, DAYS[0])
    kept.publish(DAYS[1])
    assert kept.material().revisions == {}
    kept.publish(DAYS[2], (("18", 2020, "T"), 57.0))
    found = kept.material().revisions["share"]
    assert [column.another_definition for column in found.columns] == [True, False, False]
    assert {column for _, column in found.revised} == {2}, "what differs from another question is no revision"


def test_the_headline_group_stands_where_an_indicator_has_no_total():
    kept = Kept([indicator(sex="K")])
    for day, changes in ((DAYS[0], ()), (DAYS[1], ((("18", 2020, "K"), 60.0),))):
        kept.publish(day, table=figures(dict(changes), sexes="KM"))
    found = kept.material().revisions["share"]
    assert found.sex == "K"
    assert len(found.revised) == 1


def test_a_quotient_has_none_for_no_vintage_holds_it():
    kept = Kept([indicator(), indicator("ratio", dataset="share", per="people")], [dataset(), dataset("people")])
    kept.publish(DAYS[0], key="people")
    kept.publish(DAYS[0])
    kept.publish(DAYS[1], (("18", 2020, "T"), 57.0))
    assert set(kept.material().revisions) == {"share"}


def test_folders_without_revisions_read_no_more_than_names(kept, monkeypatch):
    lone = Kept()
    lone.publish(DAYS[0])

    def refuse(*_, **__):
        raise AssertionError("a triangle was read")

    monkeypatch.setattr(module, "triangle", refuse)
    assert lone.material().revisions == {}
    with pytest.raises(AssertionError, match="was read"):
        kept.material()


def test_no_more_than_so_many_days_are_read(kept, monkeypatch):
    monkeypatch.setattr(module, "MOST_DAYS", 2)
    assert days(kept.material().revisions["share"]) == list(DAYS[1:])


@settings(deadline=None, max_examples=25)
@given(st.data())
def test_a_triangle_until_a_day_is_that_of_a_store_that_knows_no_more(data):
    several = data.draw(st.lists(st.sampled_from([50.0, 51.0, 52.0, None]), min_size=2, max_size=4))
    whole, short = Kept(), Kept()
    until = date(2026, 12, data.draw(st.integers(1, len(several))))
    for n, value in enumerate(several, start=1):
        day = f"2026-12-{n:02}"
        table = figures({("18", 2020, "T"): value, ("00", 2020, "T"): 40.0 + n}, years=range(2019, 2022))
        for kept in (whole, short) if date(2026, 12, n) <= until else (whole,):
            kept.publish(day, table=table)
    found = triangle(whole.store, "share", "18", until=until)
    assert found == triangle(short.store, "share", "18")
    most = data.draw(st.integers(1, 4))
    cut = triangle(whole.store, "share", "18", until=until, most=most)
    assert days(cut) == days(found)[-most:]
    assert [values[-most:] for values in found.values if any(v is not None for v in values[-most:])] == list(cut.values)


def test_figures_typed_anew_by_hand_are_vintages_too(tmp_path):
    typed = Kept(root=tmp_path)
    for day, changes in ((DAYS[0], ()), (DAYS[1], ((("18", 2020, "T"), 57.0),))):
        typed.publish(day, *changes, source="", fetched="", query="")
    assert len(typed.material().revisions["share"].revised) == 1
