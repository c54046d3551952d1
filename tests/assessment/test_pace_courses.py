"""Targets set by others' courses: nearer to riket, at least as fast. All figures are made up."""

from __future__ import annotations

import itertools
import math
import statistics

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from target_panels import judged, one, target, years

from vagvisare.assessment.definition import Direction, TargetKind
from vagvisare.assessment.judgement import PaceVerdict

NEARER, AS_FAST = target(TargetKind.CONVERGES), target(TargetKind.AS_FAST)
LOWER = Direction.LOWER
ON_PACE, TOO_SLOW, UNDETERMINED = PaceVerdict.ON_PACE, PaceVerdict.TOO_SLOW, PaceVerdict.UNDETERMINED
RIGHT_WAY, WRONG_WAY, REACHED = PaceVerdict.RIGHT_WAY, PaceVerdict.WRONG_WAY, PaceVerdict.REACHED


def unrest(count, size=0.05):
    """Small swings without a direction."""
    return [size * (1, -1, 0.5, -0.5, 0)[k % 5] for k in range(count)]


class TestNearer:
    RIKET = years([70.0] * 12)

    def test_a_distance_that_shrinks(self):
        figures = {"18": years([60 + 0.5 * k for k in range(12)]), "00": self.RIKET}
        found = one(figures, NEARER)
        # From 10 behind to 4.5 behind, half a point a year.
        assert found.verdict is RIGHT_WAY
        assert (found.first_distance, found.distance) == (-10.0, -4.5)
        assert found.course.slope == pytest.approx(-0.5)
        assert found.beside == (("00", 70.0),)

    def test_a_distance_that_grows(self):
        figures = {"18": years([65 - 0.5 * k for k in range(12)]), "00": self.RIKET}
        assert one(figures, NEARER).verdict is WRONG_WAY
        # The other way round the same figures are ahead of riket, and there is nothing to come nearer to.
        assert one(figures, NEARER, direction=LOWER).verdict is REACHED

    def test_riket_may_be_the_one_that_comes_nearer(self):
        figures = {"18": years([60.0] * 12), "00": years([70 - 0.5 * k for k in range(12)])}
        assert one(figures, NEARER).verdict is RIGHT_WAY

    def test_a_distance_that_stands_still(self):
        own = [60 + 0.5 * k + u for k, u in zip(range(12), unrest(12), strict=True)]
        figures = {"18": years(own), "00": years([65 + 0.5 * k for k in range(12)])}
        assert one(figures, NEARER, smallest_change=1.0).verdict is PaceVerdict.NOT_REACHED

    def test_already_better_than_riket_is_reached(self):
        figures = {"18": years([75 + 0.5 * k for k in range(12)]), "00": self.RIKET}
        found = one(figures, NEARER)
        assert (found.verdict, found.distance) == (REACHED, 10.5)

    def test_one_lucky_year_ahead_is_not_ahead(self):
        own = [60.0 + k / 3 for k in range(11)] + [70.5]
        found = one({"18": years(own), "00": self.RIKET}, NEARER)
        assert found.distance > 0
        assert found.verdict is UNDETERMINED

    def test_having_changed_places_says_nothing(self):
        own = [74.0 - 0.5 * k for k in range(12)]
        found = one({"18": years(own), "00": self.RIKET}, NEARER)
        assert found.distance < 0 < found.first_distance
        assert found.verdict is UNDETERMINED
        # Barely ahead at first and then far behind: the distance grows, and yet no single word tells the whole.
        found = one({"18": years([70.2 - 0.5 * k for k in range(12)]), "00": self.RIKET}, NEARER)
        assert found.course.slope > 0
        assert found.verdict is UNDETERMINED

    def test_level_with_riket_all_along(self):
        assert one({"18": self.RIKET, "00": self.RIKET}, NEARER).verdict is REACHED

    def test_without_riket_nothing_is_said(self):
        found = one({"18": self.RIKET}, NEARER)
        assert (found.verdict, found.lacking, found.distance) == (UNDETERMINED, ("00",), None)
        assert one({"00": self.RIKET}, NEARER, at="00").verdict is UNDETERMINED

    def test_few_points_have_a_distance_only(self):
        found = one({"18": years([60, 61, 62]), "00": years([70, 70, 70])}, NEARER)
        assert (found.verdict, found.distance) == (UNDETERMINED, -8.0)

    def test_only_shared_periods_count(self):
        figures = {"18": years([60 + 0.5 * k for k in range(12)]), "00": years([70.0] * 11)}
        found = one(figures, NEARER)
        assert (found.verdict, found.distance, found.level_now) == (RIGHT_WAY, -5.0, 65.0)


class TestAsFast:
    def test_clearly_faster_and_clearly_slower(self):
        fast = [100 * 1.03**k * (1 + u / 10) for k, u in zip(range(14), unrest(14), strict=True)]
        slow = [5000 * 1.01**k * (1 + u / 10) for k, u in zip(range(14), unrest(14)[::-1], strict=True)]
        figures = {"18": years(fast), "00": years(slow)}
        found = one(figures, AS_FAST, unit="companies")
        assert found.verdict is ON_PACE
        assert (found.achieved, found.needed) == (pytest.approx(3, abs=0.1), pytest.approx(1, abs=0.1))
        found = one({"18": years(slow), "00": years(fast)}, AS_FAST, unit="companies")
        assert found.verdict is TOO_SLOW
        assert found.beside == (("00", pytest.approx(3, abs=0.1)),)
        assert found.ratio == pytest.approx(1 / 3, abs=0.05)

    def test_a_difference_inside_the_noise_decides_nothing(self):
        swings = [0, 2, -1, 3, -2, 1, -3, 2, 0, -1, 2, -2]
        own = [60 + 0.45 * k + s for k, s in enumerate(swings)]
        nation = [60 + 0.5 * k + s for k, s in enumerate(swings[::-1])]
        assert one({"18": years(own), "00": years(nation)}, AS_FAST).verdict is UNDETERMINED

    def test_the_very_same_course_is_in_pace(self):
        course = years([60 + 0.5 * k for k in range(12)])
        assert one({"18": course, "00": course}, AS_FAST, unit="number").verdict is ON_PACE

    def test_getting_worse_is_the_wrong_way_even_where_riket_gets_worse_faster(self):
        figures = {"18": years([80 - 0.5 * k for k in range(12)]), "00": years([80 - 2.0 * k for k in range(12)])}
        assert one(figures, AS_FAST).verdict is WRONG_WAY
        assert one(figures, AS_FAST, direction=LOWER).verdict is TOO_SLOW

    OWN = (0, 0.4, -0.3, 0.1, -0.5, 0.2, 0.3, -0.1, 0, 0.2, -0.2, 0.1)
    NATION = (0.2, 0, -0.2, 0.4, 0.1, -0.4, 0, 0.3, -0.3, 0, 0.1, 0)

    def test_rates_are_the_medians_of_all_pairs(self):
        own = [60 + 0.6 * k + s for k, s in enumerate(self.OWN)]
        nation = [50 + 0.3 * k + s for k, s in enumerate(self.NATION)]
        found = one({"18": years(own), "00": years(nation)}, AS_FAST, unit="number")
        theil_sen = [
            statistics.median((y[j] - y[i]) / (j - i) for i, j in itertools.combinations(range(12), 2))
            for y in (own, nation)
        ]
        assert (found.achieved, found.needed) == pytest.approx(theil_sen)

    def test_the_interval_is_that_of_two_independent_slopes(self):
        # Standard errors (high − low)/3.92 of each, squares added; the verdicts follow from d ± 1.96 of their root.
        said = []
        for step in range(-40, 41):
            own = [60 + (1 + step / 100) * k + s for k, s in enumerate(self.OWN)]
            nation = [50 + 1.0 * k + s for k, s in enumerate(self.NATION)]
            found = one({"18": years(own), "00": years(nation)}, AS_FAST, unit="number")
            theirs = one({"18": years(nation)}, target(TargetKind.DIRECTION), unit="number")
            widths = [p.achieved_high - p.achieved_low for p in (found, theirs)]
            margin = math.sqrt(sum((width / 2) ** 2 for width in widths))
            difference = found.achieved - theirs.achieved
            assert found.difference == pytest.approx((difference, difference - margin, difference + margin), abs=1e-9)
            decided = ON_PACE if difference > 0 else TOO_SLOW
            assert found.verdict is (decided if abs(difference) >= margin else UNDETERMINED), step
            said.append(found.verdict)
        assert [verdict for verdict, _ in itertools.groupby(said)] == [TOO_SLOW, UNDETERMINED, ON_PACE]

    def test_only_shared_years_are_compared(self):
        # Riket rose quickly long ago; over the years both have, it stands still.
        nation = {year: 40.0 + 3 * (year - 2000) for year in range(2000, 2010)} | dict.fromkeys(range(2010, 2022), 70.0)
        found = one({"18": years([60 + 0.3 * k for k in range(12)]), "00": nation}, AS_FAST)
        assert found.verdict is ON_PACE
        assert found.course.window.used[0].start == 2010

    def test_every_peer_must_be_followed(self):
        aim = target(TargetKind.AS_FAST, peers=("19", "17"))
        figures = {
            "18": years([60 + 0.5 * k for k in range(12)]),
            "19": years([60 + 0.1 * k for k in range(12)]),
            "17": years([60 + 1.0 * k for k in range(12)]),
        }
        found = one(figures, aim)
        assert (found.verdict, [code for code, _ in found.beside]) == (TOO_SLOW, ["17", "19"])
        del figures["17"]
        found = one(figures, aim)
        assert (found.verdict, found.lacking) == (UNDETERMINED, ("17",))
        figures["17"] = figures["19"]
        assert one(figures, aim).verdict is ON_PACE

    def test_one_who_is_faster_beyond_doubt_settles_it_though_another_is_missing(self):
        aim = target(TargetKind.AS_FAST, peers=("19", "17"))
        figures = {"18": years([60 + 0.1 * k for k in range(12)]), "19": years([60 + k for k in range(12)])}
        assert one(figures, aim).verdict is TOO_SLOW

    def test_few_points_and_missing_riket(self):
        found = one({"18": years([60, 61, 62]), "00": years([70, 70, 70])}, AS_FAST)
        assert (found.verdict, found.needed) == (UNDETERMINED, None)
        assert math.isnan(found.course.slope)
        assert one({"18": years(range(60, 72))}, AS_FAST).lacking == ("00",)

    def test_counts_with_a_nought_cannot_be_compared_in_per_cent(self):
        figures = {"18": years([0, *range(5, 16)]), "00": years(range(500, 512))}
        assert one(figures, AS_FAST, unit="companies").verdict is UNDETERMINED


steps = st.lists(st.integers(-30, 30), min_size=10, max_size=10)


@given(steps, steps, st.booleans())
@settings(max_examples=60, deadline=None)
def test_share_and_complement_have_one_course(own, nation, higher):
    figures = {"18": years(40 + s / 2 for s in own), "00": years(50 + s / 3 for s in nation)}
    rest = {code: {year: 100 - value for year, value in points.items()} for code, points in figures.items()}
    ways = (Direction.HIGHER, Direction.LOWER) if higher else (Direction.LOWER, Direction.HIGHER)
    here = judged(figures, NEARER, AS_FAST, direction=ways[0])
    there = judged(rest, NEARER, AS_FAST, direction=ways[1])
    assert [pace.verdict for pace in here] == [pace.verdict for pace in there]
    assert here[1].needed == pytest.approx(-there[1].needed, abs=1e-9)
    assert here[1].achieved == pytest.approx(-there[1].achieved, abs=1e-9)


@given(steps, steps, st.sampled_from([0.001, 0.37, 1000.0]), st.sampled_from([Direction.HIGHER, Direction.LOWER]))
@settings(max_examples=60, deadline=None)
def test_the_unit_says_nothing_of_a_course(own, nation, factor, direction):
    panels = [
        {"18": years(size * (40 + s) for s in own), "00": years(size * (50 + s) for s in nation)}
        for size in (1.0, factor)
    ]
    # Distances are differences of scaled figures: where they are all but nought, their ties are the computer's.
    assume(all(abs(a - b - 10) > 1 for a, b in zip(own, nation, strict=True)))
    here, there = (judged(p, NEARER, AS_FAST, unit="tonnes_co2e_per_person", direction=direction) for p in panels)
    assert [pace.verdict for pace in here] == [pace.verdict for pace in there]
    assert here[1].achieved == pytest.approx(there[1].achieved, rel=1e-6, abs=1e-9)


def test_both_engines_agree():
    figures = {"18": years([60 + 0.5 * k for k in range(12)]), "00": years([70.0] * 12)}
    fast, plain = (judged(figures, NEARER, AS_FAST, fast=choice) for choice in (True, False))
    assert [pace.verdict for pace in fast] == [pace.verdict for pace in plain]
    assert fast[1].needed == pytest.approx(plain[1].needed)
