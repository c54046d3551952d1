"""Everything about every series at once. All figures here are made up."""

from __future__ import annotations

import dataclasses

from hypothesis import given, settings
from hypothesis import strategies as st

from vagvisare.assessment.definition import (
    Collection,
    Contrast,
    Direction,
    Event,
    Group,
    Indicator,
    Target,
    TargetKind,
)
from vagvisare.assessment.judge import judge_all
from vagvisare.assessment.judgement import Movement, PaceVerdict, Verdict
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period
from vagvisare.terms.series import NATION, Series, SeriesKey
from vagvisare.terms.territory import COUNTIES

NOTHING = Text("", "")
WOMEN, MEN = Group("K", "", NOTHING), Group("M", "", NOTHING)
PANDEMIC = Event("pandemic", 2020, 2021, NOTHING)


def indicator(key="jobs", direction=Direction.HIGHER, unit="percent", **more):
    fields = {
        "dataset": key,
        "title": NOTHING,
        "subject": NOTHING,
        "collection": Collection.REGISTER,
        "definition": NOTHING,
        "contrasts": (Contrast(WOMEN, MEN),),
        "comparison": ("19", "07"),
        "targets": (Target(TargetKind.DIRECTION, "", "made up"),),
    }
    return Indicator(key=key, unit=unit, direction=direction, **(fields | more))


def series(key, values, start=2010):
    return Series.of(key, {Period.year(start + step): float(v) for step, v in enumerate(values)})


def country(height=0.0, sexes=("T", "K", "M"), key="jobs"):
    """Riket and every county, slowly rising with county-dependent noise."""
    made = {}
    for n, territory in enumerate((NATION, *COUNTIES)):
        for m, sex in enumerate(sexes):
            place = SeriesKey(key, territory, sex)
            values = [50 + height + n + 2 * m + 0.5 * y + ((n * 7 + y * 5 + m) % 4) for y in range(13)]
            made[place] = series(place, values)
    return made


def test_every_known_series_is_judged_in_the_panels_order():
    panel = country()
    found = judge_all(panel, {"jobs": indicator()}, (PANDEMIC,))
    assert list(found) == list(panel)
    assert all(judgement.key == key for key, judgement in found.items())


def test_unknown_indicators_and_empty_series_are_passed_over():
    stranger, empty = SeriesKey("other", "18"), SeriesKey("jobs", "18")
    panel = {stranger: series(stranger, [1, 2]), empty: Series(empty, (), ())}
    assert judge_all(panel, {"jobs": indicator()}) == {}
    assert judge_all({}, {}) == {}


def test_totals_carry_everything_and_groups_only_their_share():
    found = judge_all(country(), {"jobs": indicator()}, (PANDEMIC,))
    total, women = found[SeriesKey("jobs", "18")], found[SeriesKey("jobs", "18", "K")]
    assert total.gaps
    assert total.paces
    assert total.comparison.rank is not None
    assert (women.gaps, women.paces, women.shocks, women.reversal, women.spread) == ((), (), (), None, None)
    assert women.comparison.rank is not None
    assert women.trend.window.n == 13


def test_the_level_is_the_latest_figure():
    key = SeriesKey("jobs", "18")
    level = judge_all({key: series(key, [5, 7])}, {"jobs": indicator()})[key].level
    assert (level.period, level.value) == (Period.year(2011), 7.0)


def test_rikets_movement_stands_beside_the_countys():
    panel = country()
    nation = SeriesKey("jobs", NATION)
    panel[nation] = series(nation, range(80, 67, -1))
    found = judge_all(panel, {"jobs": indicator()})
    assert found[SeriesKey("jobs", "18")].comparison.nation_movement is Movement.FALLING
    del panel[nation]
    assert judge_all(panel, {"jobs": indicator()})[SeriesKey("jobs", "18")].comparison.nation_movement is None


def test_peers_of_a_target_are_taken_from_the_same_period():
    aim = Target(TargetKind.ABOVE_PEERS, "", "made up", peers=("19", "07"))
    panel = country(sexes=("T",))
    orebro = SeriesKey("jobs", "18")
    panel[orebro] = series(orebro, [99] * 13)
    (pace,) = judge_all(panel, {"jobs": indicator(targets=(aim,))})[orebro].paces
    assert (pace.verdict, pace.beaten) == (PaceVerdict.REACHED, ("19", "07"))
    panel[orebro] = series(orebro, [99] * 14)
    (pace,) = judge_all(panel, {"jobs": indicator(targets=(aim,))})[orebro].paces
    assert pace.verdict is PaceVerdict.UNDETERMINED


def test_a_gap_target_reads_the_judged_gap():
    aim = Target(TargetKind.GAP_SHRINKS, "", "made up", groups=("K/", "M/"))
    keys = [SeriesKey("jobs", "18", sex) for sex in ("T", "K", "M")]
    rows = ([75] * 10, range(60, 70), [80] * 10)
    panel = {key: series(key, values) for key, values in zip(keys, rows, strict=True)}
    (pace,) = judge_all(panel, {"jobs": indicator(targets=(aim,))})[keys[0]].paces
    assert pace.verdict is PaceVerdict.RIGHT_WAY


def test_78_to_80_employed_is_22_to_20_not_employed():
    key = SeriesKey("jobs", "18")
    employed = [78, 78.3, 78.6, 79, 79.5, 80]
    one = judge_all({key: series(key, employed)}, {"jobs": indicator()})[key]
    other = judge_all({key: series(key, [100 - v for v in employed])}, {"jobs": indicator(direction=Direction.LOWER)})[
        key
    ]
    assert one.trend.verdict is other.trend.verdict is Verdict.IMPROVING
    assert one.paces[0].verdict is other.paces[0].verdict


def plain(judgement):
    """A judgement as text with numbers rounded, so that two engines can be compared."""

    def rounded(value):
        if isinstance(value, float):
            return f"{value:.7g}" if abs(value) > 1e-9 else "0"
        if isinstance(value, dict):
            return {k: rounded(v) for k, v in value.items()}
        if isinstance(value, list | tuple):
            return [rounded(v) for v in value]
        return value

    return rounded(dataclasses.asdict(judgement))


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.lists(st.integers(30, 70), min_size=12, max_size=12), min_size=3, max_size=3),
    st.sampled_from(["percent", "companies", "number"]),
)
def test_the_fast_and_the_plain_engine_judge_alike(rows, unit):
    keys = [SeriesKey("jobs", "18", sex) for sex in ("T", "K", "M")]
    panel = {key: series(key, values) for key, values in zip(keys, rows, strict=True)}
    contracts = {"jobs": indicator(unit=unit)}
    fast = judge_all(panel, contracts, (PANDEMIC,))
    slow = judge_all(panel, contracts, (PANDEMIC,), fast=False)
    assert {k: plain(v) for k, v in fast.items()} == {k: plain(v) for k, v in slow.items()}


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(30, 70), min_size=6, max_size=15))
def test_the_other_direction_mirrors_every_word(values):
    key = SeriesKey("jobs", "18")
    panel = {key: series(key, values)}
    up = judge_all(panel, {"jobs": indicator()}, (PANDEMIC,))[key]
    down = judge_all(panel, {"jobs": indicator(direction=Direction.LOWER)}, (PANDEMIC,))[key]
    mirrored = {Verdict.IMPROVING: Verdict.WORSENING, Verdict.WORSENING: Verdict.IMPROVING}
    assert down.trend.verdict is mirrored.get(up.trend.verdict, up.trend.verdict)
    assert [(s.deviation, s.changes_verdict) for s in up.shocks] == [
        (s.deviation, s.changes_verdict) for s in down.shocks
    ]
    assert (up.reversal, up.run) == (down.reversal, down.run)
