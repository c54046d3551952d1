"""Published methods held to their published formulas, written out here a second time, through the command itself.

Nothing below calls a translation. Every rule is reckoned from its publication in plain arithmetic, on made-up series
and on the cases the publications themselves work through, and must agree with ``vagvisare judge --method`` to the last
digit that matters.
"""

from __future__ import annotations

import json
import random

import pytest

from vagvisare import cli

COLUMNS = ("series", "period", "value", "direction", "target", "target_year", "base_year", "limit")
FIRST = ["series", "method", "status", "value", "score", "reason"]
WORDS = {
    "statcan": "target_achieved substantial_progress moderate_progress limited_progress deterioration not_available",
    "eurostat": "significant_progress moderate_progress no_progress moderate_deterioration significant_deterioration "
    "target_achieved not_available",
    "un": "on_track fair_progress stagnation_or_regression not_available",
    "destatis": "sun sun_cloud cloud storm not_available",
    "sdsn": "on_track moderately_improving stagnating decreasing not_available",
}
"""The status words of each method; what cannot be judged is ``not_available`` everywhere."""

MINUS_INFINITY = float("-inf")


@pytest.fixture
def judge(monkeypatch, capsys, tmp_path):
    """Judge a table written by hand, through the command; the answers by series."""

    def ask(table, method):
        place = tmp_path / "cases.csv"
        place.write_bytes(table if isinstance(table, bytes) else table.encode())
        monkeypatch.setattr("sys.argv", ["vagvisare", "judge", str(place), "--method", method, "--format", "json"])
        monkeypatch.setenv("VAGVISARE_LANG", "en")
        code = 0
        try:
            cli.main()
        except SystemExit as leaving:
            code = leaving.code or 0
        said = capsys.readouterr()
        assert code == 0, said.err
        found = json.loads(said.out)
        for each in found:
            assert list(each)[:6] == FIRST
            assert each["method"] == method
        return {each["series"]: each for each in found}

    return ask


def made_up(name, rng):
    """Return one made-up case: values, direction and what is known, edges far oftener than chance would give."""
    start = rng.choice([2005, 2010, 2013, 2014, 2015, 2015, 2015, 2016, 2018])
    years = sorted(rng.sample(range(start, start + 14), rng.randint(1, 10)))
    style = rng.choice(["positive"] * 6 + ["negative", "crossing", "zero base", "flat"])
    level = rng.choice([0.01, 3.0, 60.0, 98.0, 5000.0])
    values = [round(level * rng.uniform(0.6, 1.4), 4) for _ in years]
    if style == "negative":
        values = [-value for value in values]
    elif style == "crossing":
        values = [value * rng.choice([-1, 1]) for value in values]
    elif style == "zero base":
        values[0] = 0.0
    elif style == "flat":
        values = [values[0]] * len(values)
    direction = rng.choice([1, -1])
    near = rng.choice(values)
    target = rng.choice([None, None, 0.0, near, near * 1.1, near * 0.7, level * 2, -level, values[-1], values[0]])
    limit = rng.choice([None, None, None, level, level / 2, level * 1.05, 100.0, values[0], values[0] / 2])
    target_year = rng.choice([None, 2030, 2030, 2040])
    base = rng.choice([None, None, 2015, years[0], years[0] + 1, years[-1]])
    return {
        "series": name,
        "points": dict(zip(years, values, strict=True)),
        "direction": direction,
        "target": target,
        "target_year": target_year,
        "base_year": base,
        "limit": limit if limit is None or limit > 0 else None,
    }


def table_of(cases):
    """Write made-up cases as a table."""
    lines = [",".join(COLUMNS)]
    for case in cases:
        for year, value in case["points"].items():
            facts = [case[name] for name in COLUMNS[3:]]
            lines.append(",".join("" if each is None else str(each) for each in [case["series"], year, value, *facts]))
    return "\n".join(lines) + "\n"


def growth(later, first, years):
    """Compound growth a year."""
    return (later / first) ** (1 / years) - 1


def coefficient(base, limit):
    """Reduce what is asked near a natural limit."""
    if limit is None:
        return 1.0
    base, limit = abs(base), abs(limit)
    if base >= 2 * limit:
        return 1.0
    return 1 - (base / limit) ** 4.44 if base <= limit else 1 - ((2 * limit - base) / limit) ** 4.44


def by_growth(case, nearest):
    """Return (met, value, coefficient) as Statistics Canada and Eustat reckon; value None where there is none."""
    points, d, target = case["points"], case["direction"], case["target"]
    target = 0.001 if target == 0 else target
    wanted, last = case["base_year"] or 2015, max(points)
    met = target is not None and d * (points[last] - target) >= 0
    after = [year for year in points if year >= wanted]
    if nearest:
        first = min(points, key=lambda year: (abs(year - wanted), -year))
    elif after:
        first = min(after)
    else:
        return met, None, 1.0
    base = points[first]
    c = coefficient(base, case["limit"]) if case["target"] is None else 1.0
    sign = -1 if base < 0 else 1
    base = 0.001 if base == 0 else base
    if first == last or base * points[last] < 0:
        return met, None, c
    achieved = sign * d * growth(points[last], base, last - first)
    if target is None:
        return met, achieved, c
    by = case["target_year"] or 2030
    if target * base < 0 or by <= first:
        return met, None, c
    needed = abs(growth(target, base, by - first))
    if needed == 0:
        return met, None if achieved == 0 else (MINUS_INFINITY if achieved < 0 else -MINUS_INFINITY), c
    return met, achieved / needed, c


def statcan(case):
    met, v, c = by_growth(case, nearest=False)
    if met:
        return "target_achieved", v, 5
    if v is None:
        return "not_available", None, None
    if case["target"] is not None:
        cuts = (0.95, 0.60, 0.0)
        score = min(7.1429 * v - 4.2857, 5) if v >= 0.6 else max(4.1667 * v - 2.5, -5)
    else:
        cuts = (0.015 * c, 0.005 * c, 0.0)
        if v < 0:
            score = max(125 * v - 2.5, -5)
        elif c == 0:
            score = 5
        elif v >= cuts[0]:
            score = min(500 * v / c - 5, 5)
        else:
            score = 250 * v / c - 1.25 if v >= cuts[1] else 500 * v / c - 2.5
    words = ("substantial_progress", "moderate_progress", "limited_progress", "deterioration")
    return words[sum(v < cut for cut in cuts)], v, score


def at_its_limit(case):
    """Eustat scores a figure that is its own natural limit highest, unless it had to look backwards for a base year."""
    points, wanted = case["points"], case["base_year"] or 2015
    nearest = min(points, key=lambda year: (abs(year - wanted), -year))
    forward = [year for year in points if year >= wanted]
    return points[max(points)] == case["limit"] and bool(forward) and nearest == min(forward)


def eurostat(case):
    met, v, c = by_growth(case, nearest=True)
    if met:
        return "target_achieved", v, 5
    if case["target"] is None and at_its_limit(case):
        return "significant_progress", v, 5
    if v is None:
        return "not_available", None, None
    if case["target"] is not None:
        parts = ((v > 1.3, 5), (v >= 0.6, 5 / 0.7 * (v - 0.6)), (v > -0.6, 5 / 1.2 * (v + 0.6) - 5), (True, -5))
        score = next(points for holds, points in parts if holds)
        words = ("significant_progress", "moderate_progress", "moderate_deterioration", "significant_deterioration")
        return words[sum(v < cut for cut in (0.95, 0.60, 0.0))], v, score
    upward = 5 if c == 0 else min(250 * v / c, 5)
    score = upward if v >= 0 else max(250 * v, -5)
    cuts = (0.01 * c, 0.001 * c, -0.001, -0.01)
    words = (
        "significant_progress",
        "moderate_progress",
        "no_progress",
        "moderate_deterioration",
        "significant_deterioration",
    )
    return words[sum(v < cut for cut in cuts)], v, score


def destatis(case):
    points, d, target = case["points"], case["direction"], case["target"]
    years = sorted(points)[-6:]
    last = years[-1]
    within = [year for year in years if year >= last - 5]
    used = within if len(within) >= 4 else years[-4:]
    if len(used) < 4:
        return "not_available"
    x, a = points[last], (points[last] - points[used[0]]) / (last - used[0])
    latest = points[last] - points[years[-2]]
    if target is None:
        return {(True, True): "sun", (True, False): "sun_cloud", (False, True): "cloud", (False, False): "storm"}[
            d * a > 0, d * latest > 0
        ]
    met = d * (x - target) >= 0
    if met or case["target_year"] is None:
        if met:
            return "sun" if d * a >= 0 else "sun_cloud"
        return "cloud" if d * a >= 0 else "storm"
    if d * a <= 0:
        return "storm"
    left = d * (target - (x + a * (case["target_year"] - last)))
    share = left / abs(target - x)
    if share < 0.05:
        return "sun"
    return "sun_cloud" if share <= 0.20 else "cloud"


@pytest.mark.parametrize("method", ["statcan", "eurostat"])
def test_growth_methods_to_the_last_digit_on_two_thousand_cases(judge, method):
    rng = random.Random(20 + len(method))
    cases = [made_up(f"s{number}", rng) for number in range(2000)]
    answers = judge(table_of(cases), method)
    seen = set()
    for case in cases:
        status, value, score = {"statcan": statcan, "eurostat": eurostat}[method](case)
        found = answers[case["series"]]
        if not value_clear_of_cuts(value, case):
            continue
        assert found["status"] == status, (case, found, value)
        finite = value is not None and abs(value) != -MINUS_INFINITY
        assert found["value"] == (pytest.approx(value, rel=1e-9, abs=1e-12) if finite else None), (case, found)
        assert found["score"] == (None if score is None else pytest.approx(score, rel=1e-9, abs=1e-9)), (case, found)
        seen.add(status)
    assert seen == set(WORDS[method].split())


def value_clear_of_cuts(value, case):
    """Tell whether a value is far enough from every threshold that no rounding of a float decides."""
    if value is None or case["target"] is not None:
        return value is None or all(abs(value - cut) > 1e-12 for cut in (0.95, 0.6, 1.3, -0.6))
    return True


def test_weather_symbols_on_two_thousand_cases(judge):
    rng = random.Random(7)
    cases = [made_up(f"s{number}", rng) for number in range(2000)]
    answers = judge(table_of(cases), "destatis")
    for case in cases:
        if case["target_year"] is not None and case["target_year"] <= max(case["points"]):
            continue
        assert answers[case["series"]]["status"] == destatis(case), (case, answers[case["series"]])
    assert {each["status"] for each in answers.values()} == set(WORDS["destatis"].split())


def un(case):
    """Return (status, value) of the progress chart, None where a special case of the note decides."""
    points, d, target = dict(case["points"]), case["direction"], case["target"]
    by = case["target_year"] or 2030
    if target is not None and case["target_year"] is not None and min(points) <= by:
        points = {year: value for year, value in points.items() if year <= by}
    wanted, last = case["base_year"] or 2015, max(points)
    earlier = [year for year in sorted(points) if year < last]
    first = next((year for year in earlier if year >= wanted), earlier[-1] if earlier else None)
    x, base = points[last], points.get(first)
    met = target is not None and d * (x - target) >= 0
    share = all(0 <= value <= 100 for value in points.values())
    met = met or (target in (0, 100) and share and abs(x - target) <= 1)
    if base is None or base == 0 or base * x < 0 or (base < 0 and target is None):
        return ("on_track" if met else "not_available"), None
    g = growth(x, base, last - first)
    if target is None:
        v, cuts = d * g, (0.02, 0.005)
    elif target == base:
        return ("on_track" if met else "stagnation_or_regression"), None
    elif g == -1 and by == last:
        return None
    else:
        v, cuts = (x * (1 + g) ** (by - last) - base) / (target - base), (0.95, 0.10)
    if met:
        return "on_track", v
    return ("on_track", "fair_progress", "stagnation_or_regression")[sum(v < cut for cut in cuts)], v


def sdsn(case):
    points, d, target = case["points"], case["direction"], case["target"]
    if target is None:
        return "not_available", None
    wanted, last, by = case["base_year"] or 2015, max(points), case["target_year"] or 2030
    met = d * (points[last] - target) >= 0
    after = [year for year in points if year >= wanted]
    if not after or min(after) == last:
        return ("on_track" if met else "not_available"), None
    first = min(after)
    achieved = (points[last] - points[first]) / (last - first)
    needed = abs(target - points[first]) / (by - first)
    if needed == 0:
        return ("on_track" if met else "decreasing"), None
    ratio = d * achieved / needed
    words = ("on_track", "moderately_improving", "stagnating", "decreasing")
    return "on_track" if met else words[sum(ratio < cut for cut in (1, 0.5, 0))], ratio


@pytest.mark.parametrize("method", ["un", "sdsn"])
def test_rules_without_a_score_on_two_thousand_cases(judge, method):
    rng = random.Random(31)
    cases = [made_up(f"s{number}", rng) for number in range(2000)]
    answers = judge(table_of(cases), method)
    for case in cases:
        told = {"un": un, "sdsn": sdsn}[method](case)
        if told is None:
            continue
        status, value = told
        found = answers[case["series"]]
        assert (found["status"], found["score"]) == (status, None), (case, found, value)
        assert found["value"] == (None if value is None else pytest.approx(value, rel=1e-9, abs=1e-12)), (case, found)
    assert {each["status"] for each in answers.values()} == set(WORDS[method].split())


HEAD = ",".join(COLUMNS) + "\n"
ROSTOCK = (257.93, 252.8, 253.78, 243.34, 249.22, 244.56, 241.05, 241.0, 231.41, 238.07, 252.54)
"""Premature deaths of women per 100 000, the German indicator 3.1.a, 2011 to 2021."""


@pytest.mark.parametrize(("until", "symbol"), [(2018, "cloud"), (2019, "sun_cloud"), (2020, "cloud"), (2021, "storm")])
def test_the_official_german_symbols_of_four_editions(judge, until, symbol):
    rows = "".join(f"3-1-a,{2011 + i},{value},-1,200,2030,,\n" for i, value in enumerate(ROSTOCK) if 2011 + i <= until)
    assert judge(HEAD + rows, "destatis")["3-1-a"]["status"] == symbol


def test_published_worked_cases(judge):
    poverty = HEAD + "1-2-1,2015,14.5,-1,7.25,2030,,\n1-2-1,2023,10.2,-1,7.25,2030,,\n"
    children = HEAD + "1-3-1,2015,90.0,1,,,,100\n1-3-1,2021,93.2,1,,,,100\n"
    deaths = HEAD + "3-6-1,2015,3.5,-1,1.75,2030,,\n3-6-1,2024,2.8,-1,1.75,2030,,\n"
    canada, limited, europe = judge(poverty, "statcan"), judge(children, "statcan"), judge(deaths, "eurostat")
    assert (canada["1-2-1"]["value"], canada["1-2-1"]["score"]) == pytest.approx((0.95259, 2.51856), abs=6e-6)
    assert limited["1-3-1"]["status"] == "substantial_progress"
    assert limited["1-3-1"]["score"] == pytest.approx(2.81539, abs=6e-6)
    assert (europe["3-6-1"]["status"], europe["3-6-1"]["value"]) == (
        "moderate_deterioration",
        pytest.approx(0.54229, abs=6e-6),
    )
    assert europe["3-6-1"]["score"] == pytest.approx(-0.24046, abs=6e-6)
    united = judge(poverty, "un")["1-2-1"]
    assert (united["status"], united["value"]) == ("on_track", pytest.approx(0.9658, abs=6e-5))


@pytest.mark.parametrize(
    ("rate", "canada", "europe"),
    [
        (0.0151, "substantial_progress", "significant_progress"),
        (0.0149, "moderate_progress", "significant_progress"),
        (0.0051, "moderate_progress", "moderate_progress"),
        (0.0049, "limited_progress", "moderate_progress"),
        (0.00101, "limited_progress", "moderate_progress"),
        (0.00099, "limited_progress", "no_progress"),
        (0.0, "limited_progress", "no_progress"),
        (-0.00099, "deterioration", "no_progress"),
        (-0.00101, "deterioration", "moderate_deterioration"),
        (-0.0099, "deterioration", "moderate_deterioration"),
        (-0.0101, "deterioration", "significant_deterioration"),
    ],
)
@pytest.mark.parametrize("way", [1, -1])
def test_each_side_of_each_threshold_without_a_target(judge, rate, canada, europe, way):
    table = HEAD + f"a,2015,100,{way},,,,\na,2016,{100 * (1 + way * rate)},{way},,,,\n"
    assert judge(table, "statcan")["a"]["status"] == canada
    assert judge(table, "eurostat")["a"]["status"] == europe


@pytest.mark.parametrize(("base", "factor"), [(200, 1), (250, 1), (100, 0), (150, 1 - 0.5**4.44), (50, 1 - 0.5**4.44)])
def test_what_a_natural_limit_leaves_of_the_scores(judge, base, factor):
    later = base * 0.999
    table = HEAD + f"a,2015,{base},-1,,,,100\na,2016,{later},-1,,,,100\n"
    found = judge(table, "eurostat")["a"]
    assert found["score"] == pytest.approx(5 if factor == 0 else min(250 * 0.001 / factor, 5))


def test_a_ratio_exactly_at_its_thresholds_counts_as_over(judge):
    # From 1, doubling by the year after next takes √2 a year: a growth of 0.95 of that stands exactly at the threshold.
    table = HEAD + "a,2015,1,1,4,2017,,\na,2016,2,1,4,2017,,\n"
    assert judge(table, "statcan")["a"]["value"] == 1.0
    assert judge(table, "eurostat")["a"]["status"] == "significant_progress"


@pytest.mark.parametrize(
    ("target", "by", "symbol"),
    [
        (200, 2025, "sun"),
        (205, 2025, "sun"),
        (206, 2025, "sun_cloud"),
        (500, 2039, "sun_cloud"),  # exactly 5 per cent missed
        (225, 2025, "sun_cloud"),  # exactly 20 per cent missed
        (226, 2025, "cloud"),
        (100, 2025, "sun"),  # met, and not going back
    ],
)
@pytest.mark.parametrize("way", [1, -1])
def test_how_much_of_the_way_is_missed_decides_the_symbol(judge, target, by, symbol, way):
    """Six points from 0 to 100 in equal steps; the mirror image must get the same symbol."""
    rows = "".join(f"a,{2015 + i},{way * i * 20},{way},{way * target},{by},,\n" for i in range(6))
    assert judge(HEAD + rows, "destatis")["a"]["status"] == symbol
    away = "".join(f"a,{2015 + i},{-way * i * 20},{way},{way * target},{by},,\n" for i in range(6))
    assert judge(HEAD + away, "destatis")["a"]["status"] == "storm"


def test_tables_as_people_make_them(judge):
    plain = judge(HEAD + "a,2015,90.5,1,,,,100\na,2021,93.25,1,,,,100\n", "statcan")
    shuffled = "value;note;period;limit;series;direction\n93,25;x;2021;100;a;higher\n90,5;y;2015;100;a;higher\n"
    marked = b"\xef\xbb\xbf" + (HEAD + "a,2015,90.5,1,,,,100\r\na,2021,93.25,1,,,,100\r\n").encode()
    floats = HEAD + "a,2015,90.5,1.0,,,2015.0,100.0\na,2021,93.25,1.0,,,2015.0,100.0\n"
    for table in (shuffled, marked, floats):
        assert judge(table, "statcan") == plain


def test_a_mistyped_column_is_still_told_from_a_column_of_the_tables_own(judge):
    with pytest.raises(AssertionError, match=r"Unknown column “taget”.*target"):
        judge("series,period,value,taget,note\na,2015,1,2,x\n", "statcan")
    with pytest.raises(AssertionError, match="columns"):
        judge("series,note,period,value\na,x,2015,1,5\n", "statcan")


def test_marks_for_what_is_missing(judge):
    table = HEAD + "a,2015,14.5,-1,..,-,.,\na,2020,..,-1,,,,\na,2023,10.2,-1,,,,\n"
    assert judge(table, "statcan")["a"]["value"] == pytest.approx(1 - (10.2 / 14.5) ** (1 / 8))


def test_years_written_as_numbers_by_a_spreadsheet(judge):
    table = HEAD + "a,2015,14.5,-1,7.25,2030.0,,\na,2023,10.2,-1,7.25,2030.0,,\n"
    assert judge(table, "statcan")["a"]["status"] == "substantial_progress"


@pytest.mark.parametrize("method", ["statcan", "eurostat", "un", "destatis", "sdsn", "xmr", "kolada", "scotland"])
def test_six_thousand_series_at_once(judge, method):
    rows = "".join(
        f"s{i},{year},{10 + i % 7 + year - 2015},1,,,,\n" for i in range(6000) for year in (2015, 2016, 2017, 2018)
    )
    assert len(judge(HEAD + rows, method)) == 6000
