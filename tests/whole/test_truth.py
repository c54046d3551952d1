"""The outcome recomputed from the bundled files by other means: nothing of the assessment is used on this side.

Figures are read with ``csv``, contracts with ``tomllib``; the arithmetic is written anew from docs/method with plain
NumPy, the exact test by listing every order of the ranks. Numbers are derived here, never typed.
"""

from __future__ import annotations

import csv
import math
import tomllib
from itertools import combinations, pairwise, permutations
from pathlib import Path

import numpy as np
import pytest

from vagvisare import flow
from vagvisare.terms.series import SeriesKey

FOLDER = Path(__file__).parents[2] / "strategies" / "orebro"
CONTRACTS = {
    each["key"]: each for each in tomllib.loads((FOLDER / "indicators.toml").read_text(encoding="utf-8"))["indicator"]
}
SCALES = {"percent": "logit", "number": "linear"}
LONGEST, LONGEST_OVERLAPPING, FEWEST = 15, 25, 5

SERIES = [
    ("ghg_emissions", "18"),
    ("ghg_emissions", "00"),
    ("upper_secondary_eligibility", "18"),
    ("children_economic_vulnerability", "18"),
    ("children_low_economic_standard", "18"),
    ("daily_smoking", "18"),
    ("low_trust", "18"),
    ("fear_of_going_out", "18"),
    ("employment_rate_20_64", "20"),
    ("sickness_absence", "01"),
    ("matched_employment", "25"),
    ("life_expectancy", "25"),
    ("grp_current_prices", "18"),
    ("rd_university", "18"),
    ("new_companies", "06"),
    ("house_prices", "18"),
]


def figures(indicator):
    """Read an indicator's figures straight from its file, by territory: {(start, end): value}."""
    contract = CONTRACTS[indicator]
    wanted = (contract.get("sex", "T"), contract.get("background", ""))
    found = {}
    with (FOLDER / "figures" / f"{contract['dataset']}.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if (row["sex"], row["background"]) == wanted and row["value"]:
                ends = [int(part) for part in row["period"].split("-")]
                found.setdefault(row["territory"], {})[ends[0], ends[-1]] = float(row["value"])
    return found


def window(indicator, periods):
    """Choose the points: since the last cutting break, at most fifteen, or twenty-five that overlap."""
    cuts = [int(b["at"][:4]) for b in CONTRACTS[indicator].get("break", ()) if b.get("cuts", True)]
    start = max((cut for cut in cuts if cut <= periods[-1][0]), default=0)
    kept = [period for period in sorted(periods) if period[0] >= start]
    return kept[-(LONGEST_OVERLAPPING if overlap(kept) else LONGEST) :]


def overlap(periods):
    return any(later[0] <= earlier[1] for earlier, later in pairwise(periods))


def known_factor(periods):
    """Return the count's variance for means over shared years, each year 0.3 like the next, over that of fresh ones.

    Built from the covariance of all years by a matrix of means, unlike the product's pair by pair.
    """
    years = np.arange(periods[0][0], periods[-1][1] + 1)
    means = np.array([[(a <= year <= b) / (b - a + 1) for year in years] for a, b in periods])
    covariance = means @ (0.3 ** np.abs(np.subtract.outer(years, years))) @ means.T
    sd = np.sqrt(np.diag(covariance))
    correlation = covariance / np.outer(sd, sd)
    n = len(periods)
    i, j = np.triu_indices(n, 1)
    steps = np.zeros((len(i), n))
    steps[np.arange(len(i)), j], steps[np.arange(len(i)), i] = 1, -1
    between = steps @ correlation @ steps.T
    sizes = np.sqrt(np.diag(between))
    signs = (2 / np.pi) * np.arcsin(np.clip(between / np.outer(sizes, sizes), -1, 1))
    return float(signs.sum()) / (n * (n - 1) * (2 * n + 5) / 18)


def model(values, scale):
    values = np.asarray(values, dtype=float)
    if scale == "logit":
        return np.log(values / (100 - values))
    return np.log(values) if scale == "log" else values


def unit(y, scale):
    if scale == "logit":
        return 100 / (1 + np.exp(-y))
    return np.exp(y) if scale == "log" else y


def exact_probability(s, values):
    """List every order of the figures and count those as far from nought as ours."""
    orders = np.array(list(permutations(values)))
    i, j = np.triu_indices(len(values), 1)
    scores = np.abs(np.sign(orders[:, j] - orders[:, i]).sum(axis=1))
    return float((scores >= abs(s)).mean())


def recomputed(indicator, own):
    """Return window, slope a year, S, variance, rho, f, z, p and the robust level at the end."""
    used = window(indicator, sorted(own))
    values = np.array([own[period] for period in used])
    scale = SCALES.get(CONTRACTS[indicator]["unit"], "log")
    t = np.array([(a + b) / 2 for a, b in used])
    y, n = model(values, scale), len(used)
    pairs = list(combinations(range(n), 2))
    slope = float(np.median([(y[j] - y[i]) / (t[j] - t[i]) for i, j in pairs]))
    intercept = float(np.median(y - slope * t))
    s = int(sum(np.sign(values[j] - values[i]) for i, j in pairs))
    ties = np.unique(values, return_counts=True)[1]
    variance = (n * (n - 1) * (2 * n + 5) - (ties * (ties - 1) * (2 * ties + 5)).sum()) / 18
    e = y - intercept - slope * t
    e = e - e.mean()
    r1 = float((e[:-1] * e[1:]).sum() / (e**2).sum())
    own_rho = (n * r1 + 2) / (n - 4) if n > 6 else 0.3
    rho = float(np.clip((n * own_rho + 20 * 0.3) / (n + 20), 0, 0.8))
    f = 1 + 2 * sum((1 - k / n) * rho**k for k in range(1, n))
    if overlap(used):
        rho, f = 0.3, known_factor(used)
    z = (s - np.sign(s)) / math.sqrt(variance * f)
    p = exact_probability(s, values) if n <= 6 and not overlap(used) else math.erfc(abs(z) / math.sqrt(2))
    level = float(unit(intercept + slope * t[-1], scale))
    change = level - float(unit(intercept + slope * t[0], scale))
    return {
        "used": used, "slope": slope, "s": s, "rho": rho, "f": f, "p": p, "level": level, "change": change,
        "scale": scale,
    }  # fmt: skip


@pytest.fixture(scope="module")
def judged():
    return flow.follow_up(flow.read_folder(FOLDER), history=False).judgements


@pytest.mark.parametrize(("indicator", "territory"), SERIES)
def test_the_trend_is_what_the_figures_give(judged, indicator, territory):
    ours = judged[SeriesKey(indicator, territory)]
    mine = recomputed(indicator, figures(indicator)[territory])
    assert [(p.start, p.end) for p in ours.trend.window.used] == mine["used"]
    assert ours.trend.scale.value == mine["scale"]
    for name, theirs in (
        ("slope", ours.trend.slope),
        ("rho", ours.trend.rho),
        ("f", ours.trend.inflation),
        ("p", ours.trend.p),
        ("level", ours.trend.level_end),
        ("change", ours.trend.change),
    ):
        assert theirs == pytest.approx(mine[name], rel=1e-9, abs=1e-12), name
    assert ours.trend.s == mine["s"]


@pytest.mark.parametrize(("indicator", "territory"), SERIES)
def test_the_verdict_follows_from_p_and_direction(judged, indicator, territory):
    ours = judged[SeriesKey(indicator, territory)].trend
    mine = recomputed(indicator, figures(indicator)[territory])
    good = {"higher": 1, "lower": -1, "neutral": 0, "none": 0}[CONTRACTS[indicator]["direction"]]
    if mine["p"] < 0.05:
        assert ours.movement.value == ("ökar" if mine["s"] > 0 else "minskar")
        way = good * np.sign(mine["s"])
        assert ours.verdict.value == {1: "förbättras", -1: "försämras", 0: "går inte att avgöra"}[way]
    else:
        assert ours.movement.value in {"oförändrat", "går inte att avgöra"}


@pytest.mark.parametrize(("indicator", "territory"), SERIES)
def test_rank_and_distance_to_the_nation_are_counted(judged, indicator, territory):
    ours = judged[SeriesKey(indicator, territory)].comparison
    all_figures = figures(indicator)
    last = max(all_figures[territory])
    value = all_figures[territory][last]
    counties = [own[last] for code, own in all_figures.items() if len(code) == 2 and code != "00" and last in own]
    nation = all_figures.get("00", {}).get(last)
    assert ours.nation == nation
    if territory == "00":
        assert ours.rank is None
        return
    lower_first = CONTRACTS[indicator]["direction"] == "lower"
    ahead = sum(other < value if lower_first else other > value for other in counties)
    assert (ours.rank, ours.of) == (
        (ahead + 1, len(counties)) if len(counties) >= FEWEST * 3 else (None, len(counties))
    )


def test_the_climate_target_is_forty_per_cent_of_2005_and_the_pace_is_geometric(judged):
    own = figures("ghg_emissions")["18"]
    mine = recomputed("ghg_emissions", own)
    aim = 0.4 * own[2005, 2005]
    needed = ((aim / mine["level"]) ** (1 / (2030 - max(own)[1])) - 1) * 100
    pace = judged[SeriesKey("ghg_emissions", "18")].paces[0]
    assert pace.target_value == pytest.approx(aim)
    assert pace.needed == pytest.approx(needed)
    assert pace.achieved == pytest.approx((math.exp(mine["slope"]) - 1) * 100)
    assert pace.ratio == pytest.approx(mine["slope"] / (math.log(aim / mine["level"]) / (2030 - max(own)[1])))


def test_new_companies_are_divided_by_that_years_population_and_held_against_the_named_counties(judged):
    made, people = figures("new_companies"), figures("population")
    contract = CONTRACTS["new_companies_per_1000"]
    target = next(each for each in contract["target"] if each["kind"] == "above_peers")
    rate = {c: 1000 * own[2021, 2021] / people[c][2021, 2021] for c, own in made.items() if c in people}
    ours = judged[SeriesKey("new_companies_per_1000", "18")]
    assert ours.level.value == pytest.approx(rate["18"])
    pace = next(each for each in ours.paces if each.target.kind.value == "above_peers")
    assert set(pace.beaten) == {c for c in target["peers"] if rate["18"] > rate[c]}
    assert (pace.verdict.value == "målet är nått") == all(rate["18"] > rate[c] for c in target["peers"])
