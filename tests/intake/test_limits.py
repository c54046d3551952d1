import pytest
from made_up_deliveries import CALM, cut, dataset, grid, judged, kinds, table, together

from vagvisare.sources.contract import Shape
from vagvisare.sources.query import Expectation, Query


def test_shares_stay_between_nought_and_a_hundred():
    odd = together(grid(CALM), table([{"territory": "20", "start": 2020, "value": 819.0}]))
    told = judged(odd)
    assert kinds(told) == [("limit", "hold")]
    assert (
        told[0].what.sv
        == "1\u00a0värde kan inte vara riktiga: enheten tillåter 0,0\u00a0procent till 100,0\u00a0procent."
    )
    assert told[0].examples.sv == "Dalarnas län 2020: 819,0\u00a0procent."
    assert told[0].examples.en == "Dalarna County 2020: 819.0\u00a0per cent."


@pytest.mark.parametrize("unit", ["persons", "years", "per_100", "hectares"])
def test_what_is_counted_is_never_negative(unit):
    assert ("limit", "hold") in kinds(judged(grid({"18": (5.0, -1.0)}), of=dataset(unit)))


@pytest.mark.parametrize("unit", ["million_sek", "number"])
def test_money_and_signed_quantities_may_be_negative(unit):
    assert judged(grid({"18": (5.0, -1.0)}), of=dataset(unit)) == ()


def test_a_share_may_be_growth_where_the_data_set_says_so():
    growth = grid({"18": (1.0, -3.0, 2.0)})
    assert kinds(judged(growth)) == [("limit", "hold")]
    assert judged(growth, of=dataset(expects=Expectation(low=-20.0))) == ()


def test_only_new_and_changed_figures_are_judged():
    odd = together(grid(cut(CALM, 5)), table([{"territory": "20", "start": 2019, "value": 119.0}]))
    later = together(grid(CALM), table([{"territory": "20", "start": y, "value": 119.0} for y in (2019,)]))
    assert ("limit", "hold") not in kinds(judged(later, odd))
    assert ("limit", "hold") in kinds(judged(odd, grid(cut(CALM, 4))))


def test_the_plausible_range_is_the_data_sets_own():
    expects = Expectation(low=50.0, high=61.0)
    told = judged(grid(CALM), of=dataset(expects=expects))
    assert kinds(told) == [("range", "hold")]
    assert told[0].count == 2
    assert "ligger utanför det rimliga: 50,0\u00a0procent till 61,0\u00a0procent" in told[0].what.sv
    assert "lie outside what is plausible: 50.0\u00a0per cent to 61.0\u00a0per cent" in told[0].what.en


def test_a_range_may_have_one_end():
    told = judged(grid(CALM), of=dataset(expects=Expectation(high=61.0)))
    assert "högst 61,0\u00a0procent" in told[0].what.sv
    told = judged(grid(CALM), of=dataset(expects=Expectation(low=56.0)))
    assert "minst 56,0\u00a0procent" in told[0].what.sv


def test_parts_of_one_are_not_per_cent():
    parts = {territory: [value / 100 for value in series] for territory, series in CALM.items()}
    told = judged(grid(parts))
    assert kinds(told) == [("unit", "hold")]
    assert "scale = 100" in told[0].to_do.sv
    assert judged(grid(parts), of=dataset(expects=Expectation(high=1.0))) == ()
    assert judged(grid(parts), of=dataset("number")) == ()


def test_parts_of_one_after_per_cent_are_another_unit():
    parts = {territory: [value / 100 for value in series] for territory, series in CALM.items()}
    assert kinds(judged(grid(parts), grid(CALM))) == [("unit", "hold")]


def test_a_source_that_counts_thousands_is_asked_about_once():
    shape = Shape("TAB1", "Tabell", unit="Tusental personer")
    people = grid({"18": (300.0, 301.0), "17": (280.0, 281.0)})
    told = judged(people, of=dataset("persons"), shape=shape)
    assert kinds(told) == [("unit", "note")]
    assert judged(people, people, of=dataset("persons"), shape=shape) == ()
    assert judged(people, of=dataset("persons", queries=(Query("TAB1", scale=1000.0),)), shape=shape) == ()
    assert judged(people, of=dataset("thousand_sek"), shape=Shape("T", "T", unit="tusen kronor")) == ()
    assert judged(people, of=dataset("persons"), shape=Shape("T", "T", unit="antal")) == ()


CERTAIN = {"territory": "20", "start": 2020, "value": 40.0, "low": 38.0, "high": 42.0, "n": 900.0}


@pytest.mark.parametrize(
    ("change", "count"),
    [
        ({"low": 41.5}, 1),
        ({"high": 38.5}, 1),
        ({"low": 45.0, "high": 35.0}, 1),
        ({"n": 0.0}, 1),
        ({"n": -3.0, "value": None}, 1),
        ({"se": -0.1}, 1),
        ({"count": -1.0}, 1),
        ({}, 0),
        ({"low": 40.05}, 0),
        ({"n": 0.0, "value": None}, 0),
    ],
)
def test_what_is_said_of_certainty_must_be_possible(change, count):
    decimals = table([{"territory": "19", "start": 2020, "value": 40.1}])
    told = judged(together(grid(CALM), decimals, table([{**CERTAIN, **change}])))
    assert [objection.count for objection in told if objection.kind == "interval"] == ([count] if count else [])


def test_an_interval_accepted_once_is_not_told_again():
    odd = {**CERTAIN, "low": 41.5}
    before = together(grid(cut(CALM, 5)), table([{**odd, "start": 2019}]))
    after = together(grid(CALM), table([{**odd, "start": 2019}, {**CERTAIN}]))
    assert kinds(judged(after, before)) == []
    worse = together(grid(CALM), table([{**odd, "start": 2019, "low": 41.7}, {**CERTAIN}]))
    assert kinds(judged(worse, before)) == [("interval", "hold")]
