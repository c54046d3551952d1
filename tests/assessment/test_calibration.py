"""How far projections have missed: no peeking, families that weigh alike, bands drawn without what they are tested on.

All figures are made up, but for the last tests, which read the measure that comes with the bundled folder.
"""

from __future__ import annotations

import itertools
import random
import tomllib
from dataclasses import replace
from pathlib import Path

import projection_world as world
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vagvisare.assessment.definition import Break, Sibling
from vagvisare.assessment.judge import trend_request
from vagvisare.assessment.outlook.calibration import LONGEST, calibrate, families, misses
from vagvisare.assessment.outlook.conformal import ALL, PROBABILITIES, Used
from vagvisare.assessment.outlook.pooling import LEANS, ORIGINS, Miss, Pool, pooled
from vagvisare.assessment.outlook.projection import chance, project, scaled_distance
from vagvisare.assessment.trend import judge_trends
from vagvisare.terms.errors import FigureError
from vagvisare.terms.language import Language
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series, SeriesKey

BUNDLED = Path(__file__).parents[2] / "strategies" / "orebro" / "calibration.toml"


def walk(seed, years=20, step=1.0):
    """A share that wanders: made up, the same for the same seed."""
    wander = random.Random(seed)
    value, out = wander.uniform(35, 65), []
    for _ in range(years):
        value = min(max(value + wander.gauss(0, step), 5), 95)
        out.append(round(value, 2))
    return out


def panel_of(wanted):
    """Series by (indicator, territory)."""
    keys = {SeriesKey(indicator, territory): values for (indicator, territory), values in wanted.items()}
    return {key: world.series_of(values, key=key) for key, values in keys.items()}


def wandering(count=7, counties=2, years=16, unit="percent"):
    contracts = [world.contract(unit, key=f"m{number}") for number in range(count)]
    panel = panel_of({(f"m{n}", f"{10 + c}"): walk(f"{n}-{c}", years) for n in range(count) for c in range(counties)})
    return panel, contracts


def miss(family, size, years=1, origin=2000, unit_class="share", territory="18"):
    return Miss(family, unit_class, SeriesKey(family, territory), origin, years, size)


def test_every_origin_and_horizon_is_tried_once():
    panel, contracts = wandering(count=1, counties=1, years=9)
    found = misses(panel, contracts)
    # Origins with 5, 6, 7 and 8 points have 4, 3, 2 and 1 later figures.
    assert sorted((each.origin, each.years) for each in found) == [
        (2014 + k, ahead) for k in range(4) for ahead in range(1, 5 - k)
    ]


def test_a_miss_is_the_distance_from_what_the_figures_up_to_then_said():
    panel, contracts = wandering(count=1, counties=1, years=12)
    (series,) = panel.values()
    part = Series(series.key, series.periods[:8], series.values[:8])
    (trend,) = judge_trends([trend_request(part, contracts[0])], fast=False)
    expected = abs(scaled_distance(project(part, trend, contracts[0]), series.values[10], 3))
    (found,) = [each for each in misses(panel, contracts) if (each.origin, each.years) == (2017, 3)]
    assert found.size == pytest.approx(expected)


@settings(max_examples=15, deadline=None)
@given(st.integers(6, 14), st.floats(10, 90))
def test_nothing_later_than_the_outcome_matters(known, other):
    panel, contracts = wandering(count=1, counties=1, years=16)
    (key,) = panel
    values = list(panel[key].values)
    changed = {key: world.series_of([*values[:known], *[other] * (16 - known)], key=key)}
    last = 2009 + known

    def up_to(found):
        return [each for each in found if each.origin + each.years <= last]

    assert up_to(misses(changed, contracts)) == up_to(misses(panel, contracts))


def test_a_new_method_is_no_outcome():
    panel, contracts = wandering(count=1, counties=1, years=14)
    broken = [replace(contracts[0], breaks=(Break(Period.year(2018), world.NOTHING),))]
    spans = {(each.origin, each.origin + each.years) for each in misses(panel, broken)}
    assert spans
    assert not [span for span in spans if span[0] < 2018 <= span[1]]
    drawn = [replace(contracts[0], breaks=(Break(Period.year(2018), world.NOTHING, cuts=False),))]
    assert misses(panel, drawn) == misses(panel, contracts)


def test_groups_and_unknown_indicators_are_passed_over():
    panel, contracts = wandering(count=2, counties=1)
    group = SeriesKey("m0", "10", "K")
    more = {**panel, group: world.series_of(walk("k"), key=group)}
    assert misses(more, contracts) == misses(panel, contracts)
    assert misses(panel, contracts[:1]) == [each for each in misses(panel, contracts) if each.key.indicator == "m0"]


def test_indicators_of_one_thing_are_one_family():
    contracts = [
        world.contract(key="a", dataset="x"),
        world.contract(key="b", dataset="y", siblings=(Sibling(world.NOTHING, key="d"),)),
        world.contract(key="c", dataset="x"),
        world.contract(key="d", dataset="z", siblings=(Sibling(world.NOTHING, key="c"),)),
        world.contract(key="e", dataset="e", siblings=(Sibling(world.NOTHING, reference="elsewhere"),)),
    ]
    found = families(contracts)
    assert found["a"] == found["b"] == found["c"] == found["d"] != found["e"]
    assert families(contracts[::-1]) == found


def test_a_family_weighs_as_much_with_one_county_as_with_twenty_one():
    few = [miss(f"f{n}", n + place / 10, origin=2000 + place) for n in range(6) for place in range(5)]
    many = [
        replace(each, key=SeriesKey(each.family, str(county)))
        for each in few
        for county in range(21 if each.family == "f5" else 1)
    ]
    assert [h.misses for h in pooled(many, 1)[0].horizons] == [h.misses for h in pooled(few, 1)[0].horizons]
    assert pooled(many, 1)[0].horizons[0].forecasts == len(few) + 20 * 5


def test_a_family_forecast_from_too_few_years_is_tested_but_draws_no_band():
    sure = [miss(f"f{n}", 1.0, origin=2000 + place) for n in range(6) for place in range(ORIGINS)]
    wild = [miss("wild", 50.0, origin=2000 + place, territory=str(c)) for place in range(ORIGINS - 1) for c in range(9)]
    (whole, _) = pooled([*sure, *wild], 1)
    assert set(whole.horizons[0].misses) == {1.0}
    assert whole.horizons[0].families == 7
    assert whole.horizons[0].coverage_80 == pytest.approx(18 / 36)
    assert whole.horizons[0].lowest_80 == 0


@st.composite
def heaps(draw):
    """Misses of some families in two classes of units, up to three years ahead."""
    out = []
    for family in range(draw(st.integers(5, 9))):
        unit_class = draw(st.sampled_from(["share", "count"]))
        for years in (1, 2, 3):
            for place in range(draw(st.integers(0, 5))):
                size = draw(st.floats(0, 20).map(lambda v: round(v, 3)))
                out.append(miss(f"f{family}", size, years, 2000 + place, unit_class))
    return out


def plain_quantile(found, unit_class, probability, without):
    """The band of the method page, by the plainest possible arithmetic: mixed weights, then add up from below."""

    def weights(pool):
        origins = {f: {each.origin for each in pool if each.family == f} for f in {each.family for each in pool}}
        kept = [each for each in pool if len(origins[each.family]) >= ORIGINS and each.family != without]
        names = {each.family for each in kept}
        return [(each, 1 / len(names) / sum(o.family == each.family for o in kept)) for each in kept], len(names)

    every, _ = weights(found)
    own, names = weights([each for each in found if each.unit_class == unit_class])
    lent = LEANS / (names + LEANS)
    heap = sorted([(e.size, w * lent) for e, w in every] + [(e.size, w * (1 - lent)) for e, w in own])
    total = 0.0
    for size, weight in heap:
        total += weight
        if total >= probability - 1e-9:
            return size
    return heap[-1][0]


@settings(max_examples=60, deadline=None)
@given(heaps())
def test_bands_and_coverage_equal_the_plainest_arithmetic(heap):
    classes = pooled(heap, 3)
    for each in classes:
        for level, stated in ((0.80, "coverage_80"), (0.95, "coverage_95")):
            for horizon in each.horizons:
                if horizon.checked != each.unit_class:
                    continue
                drawn, inside, tested = 0.0, 0, 0
                for years in range(1, horizon.years + 1):
                    found = [m for m in heap if m.years == years]
                    drawn = max(drawn, plain_quantile(found, each.unit_class, level, ""))
                for family in {m.family for m in heap}:
                    band = max(
                        plain_quantile([m for m in heap if m.years == years], each.unit_class, level, family)
                        for years in range(1, horizon.years + 1)
                    )
                    mine = [
                        m
                        for m in heap
                        if m.family == family and m.years == horizon.years and each.unit_class in (ALL, m.unit_class)
                    ]
                    tested += len(mine)
                    inside += sum(m.size <= band for m in mine)
                assert horizon.forecasts == tested
                assert getattr(horizon, stated) == pytest.approx(inside / tested, abs=1e-4)
                assert horizon.half_width(level) == pytest.approx(drawn, abs=1e-4)


def test_farther_ahead_is_never_surer():
    heap = [miss(f"f{n}", 10.0 / years + n, years, 2000 + o) for n in range(6) for years in (1, 2, 3) for o in range(4)]
    horizons = pooled(heap, 3)[0].horizons
    for near, far in itertools.pairwise(horizons):
        assert all(a <= b for a, b in zip(near.misses, far.misses, strict=True))


def test_a_class_leans_less_on_others_the_more_families_it_has():
    heap = [
        miss(f"{name}{n}", size, 1, 2000 + o, name)
        for name, size, many in (("share", 1.0, 10), ("money", 9.0, 1))
        for n in range(many)
        for o in range(3)
    ]
    by_name = {each.unit_class: each.horizons[0] for each in pooled(heap, 1)}
    assert by_name["share"].borrowed == pytest.approx(5 / 15, abs=1e-4)
    assert by_name["money"].borrowed == pytest.approx(5 / 6, abs=1e-4)
    assert by_name["money"].coverage_80 == 0  # drawn from shares alone when money itself is left out
    assert Pool(()).borrowed("share") == 1


def test_a_class_without_outcomes_so_far_ahead_says_that_others_were_tested():
    heap = [miss(f"f{n}", 1.0, years, 2000 + o) for n in range(6) for years in (1, 2) for o in range(3)]
    heap += [miss("m", 2.0, 1, 2000 + o, "money") for o in range(3)]
    money = next(each for each in pooled(heap, 2) if each.unit_class == "money")
    assert [each.checked for each in money.horizons] == ["money", ALL]


def test_horizons_end_where_too_few_families_are_left():
    heap = [miss(f"f{n}", 1.0, years, 2000 + o) for n in range(5) for years in (1, 2, 4) for o in range(3)]
    heap = [each for each in heap if each.years < 4 or each.family != "f0"]
    assert [len(each.horizons) for each in pooled(heap, LONGEST)] == [2, 2]
    assert pooled(heap[:3], LONGEST) == ()


def test_wandering_figures_fall_inside_as_often_as_the_bands_say():
    # Thirty made-up measures of four counties each; the same steps everywhere, so one band fits all.
    panel, contracts = wandering(count=30, counties=4, years=18)
    made = calibrate(panel, contracts, (), world.DAY)
    for years in range(1, 6):
        forecasts, narrow, wide = made.overall(years)
        assert forecasts > 1000
        assert 0.75 <= narrow <= 0.85
        assert 0.92 <= wide <= 0.98


def test_a_stated_chance_comes_true_as_often_as_it_says():
    # Calibrated on thirty made-up measures, tried on thirty others that have seen none of it.
    panel, contracts = wandering(count=30, counties=2, years=14)
    made = calibrate(panel, contracts, (), world.DAY)
    told: dict[int, list[bool]] = {}
    for number in range(300):
        values = walk(f"fresh {number}", 14)
        projection, _ = world.carried(values[:10], calibration=made)
        for step in (-4.0, -2.0, -1.0, 0.0, 1.0, 2.0, 4.0):
            stated = chance(projection, made, values[9] + step, 1, 2021)
            told.setdefault(min(int(stated * 4), 3), []).append(values[11] >= values[9] + step)
    for quarter, came in told.items():
        assert quarter / 4 - 0.06 <= sum(came) / len(came) <= (quarter + 1) / 4 + 0.06


def test_the_same_figures_give_the_same_calibration_in_any_order():
    panel, contracts = wandering()
    used = [Used("b", "2"), Used("a", "1")]
    one = calibrate(panel, contracts, used, world.DAY)
    turned = calibrate(dict(reversed(panel.items())), contracts, used[::-1], world.DAY)
    assert turned == one
    assert [each.dataset for each in one.used] == ["a", "b"]


def test_progress_is_told():
    told = []
    panel, contracts = wandering()
    calibrate(panel, contracts, (), world.DAY, lambda done, of: told.append((done, of)))
    assert told == [(number, 7) for number in range(1, 8)]


def test_too_few_measures_are_refused_in_both_languages():
    panel, contracts = wandering(count=4)
    with pytest.raises(FigureError) as refused:
        calibrate(panel, contracts, (), world.DAY)
    assert "4 sorters mått" in refused.value.message(Language.SV)
    assert "at least 5 are needed" in refused.value.message(Language.EN)


def test_a_class_never_measured_leans_on_all_together():
    known = world.calibration()
    assert known.of("share").unit_class == ALL
    assert known.of("share").at(0) is None
    assert known.of("share").at(7) is None
    assert known.overall(1) == (0, 0.0, 0.0)


@pytest.fixture(scope="module")
def bundled():
    return tomllib.loads(BUNDLED.read_text(encoding="utf-8"))["class"]


def test_on_the_bundled_figures_80_bands_cover_75_to_85_per_cent(bundled):
    for place in range(len(bundled[0]["horizon"])):
        own = [each["horizon"][place] for each in bundled[1:]]
        own = [each for each, one in zip(own, bundled[1:], strict=True) if each["checked"] == one["unit_class"]]
        forecasts = sum(each["forecasts"] for each in own)
        assert 0.75 <= sum(each["forecasts"] * each["coverage_80"] for each in own) / forecasts <= 0.85
        assert sum(each["forecasts"] * each["coverage_95"] for each in own) / forecasts >= 0.93


def test_on_the_bundled_figures_every_class_says_what_it_leans_on(bundled):
    assert bundled[0]["unit_class"] == ALL
    assert {len(each["horizon"]) for each in bundled} == {LONGEST}
    for each in bundled:
        for horizon in each["horizon"]:
            assert len(horizon["misses"]) == len(PROBABILITIES)
            assert horizon["borrowed"] < 1 or horizon["families"] <= 2
