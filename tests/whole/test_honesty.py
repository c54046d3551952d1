"""How the method is measured: the worlds, the rules, the counting and the page, each against other arithmetic.

The full measurement is ``make honesty``; here it runs small, with bounds that hold by a wide margin and can still fail.
All series are made up unless the bundled figures are named.
"""

from __future__ import annotations

import copy
import importlib
import json
import math
import sys
from pathlib import Path

import numpy as np
import pymannkendall
import pytest

from vagvisare.assessment import reference
from vagvisare.assessment.closer.xmr import chart
from vagvisare.assessment.definition import Direction
from vagvisare.assessment.judgement import Movement, Verdict
from vagvisare.assessment.request import TrendRequest, points_of
from vagvisare.assessment.translations import xmr as translated_xmr
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series, SeriesKey
from vagvisare.terms.unit import Scale

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT / "tools") not in sys.path:
    sys.path.insert(0, str(ROOT / "tools"))
worlds, rules, measure, history, resemblance, page, goals, results, run = (
    importlib.import_module(f"honesty.{name}")
    for name in (
        "worlds",
        "rules",
        "measure",
        "history",
        "resemblance",
        "page",
        "goals",
        "results",
        "__main__",
    )
)
World = worlds.World
SMALL = measure.Sizes(fast=2_000, packaged=150, walks=1_000, seed=7)
WORSE = {"what": "fast", "kind": "plain", "n": 15, "phi": 0.3, "drift": 0.0}
SIGNS = {Movement.RISING: 1, Movement.FALLING: -1}


@pytest.fixture(scope="module")
def committed():
    return json.loads(page.RESULTS.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def own_county():
    return history.history(str(ROOT / "strategies" / "orebro"), only=frozenset({history.OWN}))


def rng(seed=1):
    return np.random.default_rng(seed)


# The worlds are what they say.


@pytest.mark.parametrize("phi", measure.PHIS)
@pytest.mark.parametrize("heavy", [False, True])
def test_noise_has_the_size_and_the_resemblance_it_should(phi, heavy):
    y = worlds.noise(40_000, 12, phi, rng(), heavy=heavy)
    assert y.mean() == pytest.approx(0, abs=0.02)
    assert y.std() == pytest.approx(1, abs=0.05 if heavy else 0.01)
    assert np.mean(y[:, 3:] * y[:, :-3]) == pytest.approx(phi**3, abs=0.03)
    assert np.mean(y[:, 1:] * y[:, :-1]) == pytest.approx(phi, abs=0.04 if heavy else 0.01)
    # The first year is as settled as the last.
    assert y[:, 0].std() == pytest.approx(y[:, -1].std(), abs=0.1 if heavy else 0.02)


def test_heavy_tails_stray_far_more_often():
    plain, heavy = (worlds.draw(World(10, 0.0, kind=kind), 20_000, rng()) for kind in ("plain", "heavy"))
    assert (np.abs(heavy) > 4).mean() > 20 * (np.abs(plain) > 4).mean()


def test_a_drift_is_a_drift():
    y = worlds.draw(World(9, 0.3, 0.2), 20_000, rng())
    assert np.diff(y.mean(axis=0)) == pytest.approx(np.full(8, 0.2), abs=0.03)


def test_disturbances_are_as_described():
    calm = worlds.draw(World(10, 0.0), 5_000, rng(3))
    spiked = worlds.draw(World(10, 0.0, kind="spike"), 5_000, rng(3))
    assert ((np.abs(spiked - calm) > 3.9).sum(axis=1) == 1).all()
    shifted = worlds.draw(World(10, 0.0, kind="shift"), 5_000, rng(3)) - calm
    assert (shifted[:, :5] == 0).all()
    assert np.allclose(shifted[:, 5:], worlds.SHIFT)
    for kind in ("coarse", "coarser"):
        whole = worlds.draw(World(10, 0.0, kind=kind), 500, rng(3))
        assert (whole == np.round(whole)).all()
        assert len(np.unique(whole)) < 15
    share = worlds.draw(World(10, 0.6, kind="share"), 500, rng(3))
    assert ((share > 50) & (share < 100)).all()
    assert np.median(share) == pytest.approx(worlds.SHARE, abs=1)


def test_gaps_leave_the_ends_and_take_a_quarter_between():
    y = worlds.draw(World(10, 0.3, kind="gaps"), 20_000, rng())
    assert np.isfinite(y[:, [0, -1]]).all()
    assert np.isnan(y[:, 1:-1]).mean() == pytest.approx(worlds.MISSING, abs=0.01)


def test_windows_are_means_over_years_that_overlap():
    world = World(15, 0.0, kind="overlap")
    y = worlds.draw(world, 20_000, rng())
    assert y.shape == (20_000, 15)
    assert y.std() == pytest.approx(0.5, abs=0.01)
    assert np.corrcoef(y[:, 0], y[:, 1])[0, 1] == pytest.approx(3 / 4, abs=0.02)
    assert np.corrcoef(y[:, 0], y[:, 4])[0, 1] == pytest.approx(0, abs=0.03)


# The rules are the rules.


@pytest.mark.parametrize("world", [World(7, 0.3), World(12, 0.6, 0.4), World(20, 0.0, 0.1)])
def test_ours_is_the_whole_method(world):
    y = worlds.draw(world, 150, rng(5))
    expected = [SIGNS.get(reference.judge(request(row)).movement, 0) for row in y]
    assert rules.ours(world, y).tolist() == expected
    assert any(expected) == (world.drift > 0.0) or world.n == 7


def test_ours_knows_overlap_and_gaps():
    for world in (World(20, 0.6, 0.3, "overlap"), World(20, 0.3, 0.2, "gaps")):
        y = worlds.draw(world, 60, rng(6))
        width = worlds.OVERLAP if world.kind == "overlap" else 1
        expected = [SIGNS.get(reference.judge(request(row, width)).movement, 0) for row in y]
        assert rules.ours(world, y).tolist() == expected
        assert 0 < sum(expected) < len(y)


def test_few_overlapping_windows_are_not_judged():
    rising = np.tile(np.arange(10.0), (3, 1))
    assert (rules.ours(World(10, 0.0, kind="overlap"), rising) == 0).all()


@pytest.mark.parametrize("n", [6, 9, 15])
def test_the_bare_test_agrees_with_others(n):
    y = worlds.draw(World(n, 0.3, 0.1), 200, rng(n))
    assert rules.counts(y).tolist() == [pymannkendall.original_test(row).s for row in y]
    expected = [np.sign(s) if reference.exact_p(int(s), n) < 0.05 else 0 for s in rules.counts(y)]
    assert rules.mann_kendall(World(n, 0.3), y).tolist() == expected


@pytest.mark.parametrize("n", [6, 7, 10, 25])
@pytest.mark.parametrize("drift", [0.0, 0.4])
def test_the_chart_rule_is_the_translated_one(n, drift):
    y = worlds.draw(World(n, 0.6, drift), 400, rng(n))
    expected = [translated_xmr.verdict_of(row, chart(row))[1] for row in y.tolist()]
    assert rules.xmr(World(n, 0.6), y).tolist() == expected


def test_sign_rules_look_where_they_say():
    y = np.array([[5.0, 1.0, 9.0, 2.0, 3.0, 4.0, 3.5], [1.0, 6.0, 2.0, 2.0, 2.0, 5.0, 5.5]])
    assert rules.last_change(None, y).tolist() == [-1, 1]
    assert rules.ends(None, y).tolist() == [-1, 1]
    assert rules.five_changes(None, y).tolist() == [1, -1]


def test_packaged_tests_are_asked_at_the_same_level():
    y = worlds.draw(World(10, 0.3, 0.4), 40, rng())
    expected = [pymannkendall.yue_wang_modification_test(row, lag=1) for row in y]
    assert rules.packaged("yue_wang", y).tolist() == [np.sign(each.s) if each.p < 0.05 else 0 for each in expected]
    for name in rules.PACKAGED:
        assert set(rules.packaged(name, y)) <= {-1, 0, 1}


# Small measurements: the goals with room for chance, and the committed results.


@pytest.mark.parametrize("phi", measure.PHIS)
@pytest.mark.parametrize("n", [8, 15, 25])
def test_false_alarms_stay_near_their_goal_from_eight_points(phi, n):
    (found,) = measure.run(("fast", World(n, phi), SMALL))
    up, down = found["said"]["ours"]
    goal = results.FALSE_GOALS[phi] / 100
    assert (up + down) / found["series"] <= goal + 3 * math.sqrt(goal * (1 - goal) / found["series"])
    bare = sum(found["said"]["mann_kendall"])
    assert up + down <= bare
    assert sum(found["said"]["last_change"]) == found["series"]


def test_a_small_run_agrees_with_the_committed_one(committed):
    worlds_tried = [World(6, 0.6), World(10, 0.3, 0.2), World(20, 0.6, 0.1), World(10, 0.3, 0.0, "coarser")]
    for world in worlds_tried:
        (small,) = measure.run(("fast", world, SMALL))
        large = next(each for each in committed["records"] if same_cell(each, small))
        for rule, pair in small["said"].items():
            for here, there in zip(pair, large["said"][rule], strict=True):
                share = (here + there) / (small["series"] + large["series"])
                doubt = math.sqrt(share * (1 - share) * (1 / small["series"] + 1 / large["series"]))
                assert abs(here / small["series"] - there / large["series"]) <= 4.5 * doubt + 1e-3, (world, rule)


def test_a_drift_is_seen_and_its_direction_known():
    (found,) = measure.run(("fast", World(15, 0.3, 0.4), SMALL))
    up, down = found["said"]["ours"]
    assert up > 0.85 * found["series"]
    assert down == 0
    assert found["said"]["last_change"][1] > 0.3 * found["series"]


def test_packaged_tests_are_measured_beside():
    (found,) = measure.run(("packaged", World(12, 0.6), SMALL))
    shares = {name: sum(pair) / found["series"] for name, pair in found["said"].items()}
    assert shares.keys() == rules.PACKAGED.keys()
    assert all(0.05 < share < 0.5 for share in shares.values())


def test_a_cell_is_the_same_whatever_is_measured_beside_it():
    job = ("fast", World(10, 0.3), SMALL)
    first = measure.run(job)
    measure.run(("fast", World(10, 0.6), SMALL))
    assert measure.run(job) == first
    assert measure.run(("fast", World(10, 0.3), measure.Sizes(fast=2_000, seed=8))) != first


def test_every_cell_of_the_page_is_measured_once():
    cells = [(what, world) for what, world, _ in measure.jobs(SMALL)]
    assert len(cells) == len(set(cells))
    assert {world.n for what, world in cells if what == "fast" and world.kind == "plain"} == set(measure.LENGTHS)
    assert {world.kind for _, world in cells} == worlds.KINDS.keys() == results.KINDS.keys()


def test_walks_weigh_in_the_year_before():
    y = worlds.draw(World(14, 0.6), 300, rng(4))
    bare, held = (measure.walked(World(14, 0.6), y, held=held) for held in (False, True))
    assert bare["lengths"] == held["lengths"] == list(range(5, 15))
    assert held["changes"] < bare["changes"]
    assert held["ever"] == bare["ever"]
    assert [a + b for a, b in zip(held["up"], held["down"], strict=True)] == plain_walk(y, held=True)
    assert [a + b for a, b in zip(bare["up"], bare["down"], strict=True)] == plain_walk(y, held=False)
    assert held["reversals"] == 0


# The bundled figures.


def test_the_strategys_own_figures_seldom_change_their_verdict(own_county):
    ours, simple = own_county["rules"]["ours_held"], own_county["rules"]["last_change"]
    assert own_county["series"] >= 20
    assert ours["pairs"] >= 100
    assert ours["reversals"] == 0
    assert ours["undone"] <= 0.02 * ours["pairs"]
    assert ours["changes"] <= 0.10 * ours["pairs"]
    assert ours["changes"] <= own_county["rules"]["ours"]["changes"]
    assert simple["changes"] > 3 * ours["changes"]
    for rule in own_county["rules"].values():
        assert rule["own"]["pairs"] == rule["pairs"]


def test_the_committed_walk_is_not_out_of_date(committed, own_county):
    for name, rule in own_county["rules"].items():
        then = committed["history"]["rules"][name]["own"]
        assert abs(rule["changes"] / rule["pairs"] - then["changes"] / then["pairs"]) < 0.05, (
            f"{name}: run make honesty, the bundled figures or the method have changed"
        )


def test_pairs_are_counted_by_hand():
    words = ["", "?", "+", "?", "+", "-", "-"]
    directions = {"+": 1, "-": -1}
    said = [history.Said(word, directions.get(word, 0)) if word else None for word in words]
    ours = [history.Said("?", 0)] * 6 + [history.Said("+", 1)]
    found = history._pairs(said, ours, [0, 5, 6, 7, 8, 9, 15])
    assert {name: found[name] for name in history._COUNTS} == {
        "pairs": 5,
        "changes": 4,
        "reversals": 1,
        "undone": 2,
        "decided": 2,
        "withdrawn": 1,
        "ours_changes": 1,
        "ours_reversals": 0,
    }
    assert (found["pairs 5 to 7"], found["pairs 8 to 14"], found["pairs 15 or more"]) == (2, 2, 1)
    assert history._pairs(said, ours, [0, 5, 0, 7, 8, 9, 15])["pairs"] == 3


def test_resemblance_is_the_methods_own_estimate():
    y = worlds.draw(World(15, 0.6), 30, rng(9)).tolist()
    for row in y:
        own = resemblance.estimate(range(15), row)
        expected = min(max((15 * own + 20 * 0.3) / 35, 0.0), 0.8)
        assert reference.fit(points_of(request(np.array(row)))).rho == pytest.approx(expected)


def test_resemblance_grows_with_the_correlation(committed):
    simulated = [mean for _, mean in committed["resemblance"]["simulated"]]
    assert simulated == sorted(simulated)
    assert simulated[0] == pytest.approx(0, abs=0.1)
    spread = committed["resemblance"]["lowest_quartiles_highest"]
    assert spread == sorted(spread)


def test_the_error_counts_kinds_of_measures():
    # Two families that say the same thing ten times over are as uncertain as two families once.
    assert history.clustered([[2, 10], [4, 10]]) == pytest.approx(history.clustered([[20, 100], [40, 100]]))
    assert history.clustered([[2, 10], [4, 10]]) == pytest.approx(math.sqrt(2 * (1 + 1)) / 20)
    assert history.clustered([[2, 10], [0, 0]]) is None


# The page.


def test_the_page_stands_on_todays_method(committed):
    assert committed["constants"] == run.constants(), "the method has changed since: run make honesty"


def test_the_page_is_written_from_the_committed_results(committed):
    assert page.PAGE.read_text(encoding="utf-8") == page.text(committed)
    assert json.loads(run.text_of(committed)) == committed
    assert page.RESULTS.read_text(encoding="utf-8") == run.text_of(committed)


def test_goals_are_recomputed_from_the_counts(committed):
    plain = [each for each in committed["records"] if each.get("kind") == "plain" and "ours" in each["said"]]
    worst = max(100 * sum(e["said"]["ours"]) / e["series"] for e in plain if e["drift"] == 0 and e["phi"] <= 0.3)
    wrong = max(100 * e["said"]["ours"][1] / e["series"] for e in plain if e["drift"] == 0.2)
    found = goals.goals(committed)
    assert found[0][2].startswith(f"{worst:.1f} %")
    assert (found[0][3] == "yes") == (worst <= 5)
    assert any(each[2].startswith(f"{wrong:.2f} %") for each in found)
    covered = [100 * each["coverage_80"] for each in committed["coverage"]]
    assert found[-1][2].startswith(f"{min(covered):.1f} to {max(covered):.1f} %")


def test_the_prose_follows_the_results(committed):
    said = page.text(committed)
    better = copy.deepcopy(committed)
    for each in better["records"]:
        if "ours" in each.get("said", {}) and each["drift"] == 0:
            each["said"]["ours"] = [each["series"] // 100, each["series"] // 100]
    text = page.text(better)
    assert "In none of 24 combinations" in text
    assert "no combination exceeds its goal" in text
    worse = copy.deepcopy(better)
    cell = next(each for each in worse["records"] if same_cell(each, WORSE))
    cell["said"]["ours"] = [cell["series"] // 10, 0]
    assert "in 1 of 24 combinations" in page.text(worse).replace("\n", " ")
    assert "15 years at correlation 0.3: 10.0 %" in page.text(worse).replace("\n", " ")
    assert "**no**, by 5.0 points" in page.text(worse)
    worse["coverage"], worse["history"]["rules"]["ours_held"]["reversals"] = [], 3
    assert page.text(worse).count("not measured") >= 3
    assert "3 turned right round" in page.text(worse).replace("\n", " ")
    assert said.count("\n## ") == text.count("\n## ")


def test_an_error_is_two_standard_errors():
    assert results.error(50, 1_000) == pytest.approx(200 * math.sqrt(0.05 * 0.95 / 1_000))
    assert results.error(0, 1_000) == pytest.approx(0.3)
    assert goals._met(5.2, 5, 0.3) == "**no**, by 0.2 points, within the error of the measurement"
    assert goals._met(5.0, 5, 0.3) == "yes"


def request(row, width=1, earlier=None):
    points = {Period(2000 + i, 2000 + i + width - 1): v for i, v in enumerate(row.tolist()) if math.isfinite(v)}
    series = Series.of(SeriesKey("made_up", "18"), points)
    return TrendRequest(series, Scale.LINEAR, Direction.HIGHER, earlier=earlier)


def plain_walk(y, *, held):
    claims = [0] * (y.shape[1] - 4)
    for row in y:
        earlier = None
        for n in range(5, len(row) + 1):
            verdict = reference.judge(request(row[:n], earlier=earlier if held else None)).verdict
            claims[n - 5] += verdict in {Verdict.IMPROVING, Verdict.WORSENING}
            earlier = verdict
    return claims


def same_cell(one, other):
    return all(one.get(name) == other[name] for name in ("what", "kind", "n", "phi", "drift"))
