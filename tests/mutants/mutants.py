"""Hand-made mistakes in the assessment, each of which the method tests must notice.

A mutant is a plausible slip: a trap of the published rules, a formula term forgotten, a rule of the method turned
round. Where both engines hold the same term the slip is made in both, so that their disagreement is not what
gives it away. To add one, append it; the text to replace must occur exactly once in its file.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Mutant:
    """One slip: its name, what it would mean for a reader, and the edits (file, old, new) that make it."""

    name: str
    meaning: str
    edits: tuple[tuple[str, str, str], ...]


MUTANTS = (
    Mutant(
        "share-on-plain-scale",
        "a share near its limit is judged like one in the middle",
        (("scale.py", "return math.log((value - low) / (high - value))", "return value - low"),),
    ),
    Mutant(
        "zero-hack",
        "a count of nought is given the logarithm of 0.001, and that number decides the verdict",
        (
            ("scale.py", "return scale if all(value > 0 for value in values) else Scale.LINEAR", "return scale"),
            ("scale.py", "return math.log(value)", "return math.log(max(value, 0.001))"),
        ),
    ),
    Mutant(
        "rounding-noise-is-change",
        "0.1 + 0.2 is higher than 0.3",
        (("scale.py", "TOLERANCE = 1e-12", "TOLERANCE = 0.0"),),
    ),
    Mutant(
        "break-ignored",
        "a change of method is read as a change in the world",
        (("window.py", "if cut is None or p.start >= cut.at.start", "if cut is None or p is not None"),),
    ),
    Mutant(
        "break-cuts-by-end",
        "a window that began before the break is counted as measured by the new method",
        (("window.py", "p.start >= cut.at.start", "p.end >= cut.at.start"),),
    ),
    Mutant(
        "overlapping-windows-kept",
        "the same answers are counted as several independent points",
        (("effective.py", "if n < 2 or not overlapping(periods):", "if n:"),),
    ),
    Mutant(
        "rows-for-years",
        "a gap of four years counts as one step",
        (
            (
                "window.py",
                "period.middle - window.used[0].middle for period in window.used",
                "float(place) for place, _ in enumerate(window.used)",
            ),
        ),
    ),
    Mutant(
        "four-points-are-enough",
        "a trend is claimed from four points",
        (("verdict.py", "FEWEST = 5", "FEWEST = 4"),),
    ),
    Mutant(
        "no-exact-test",
        "five and six points are judged by the normal distribution",
        (("reference.py", "ALWAYS_EXACT = 6", "ALWAYS_EXACT = 4"),),
    ),
    Mutant(
        "no-autocorrelation",
        "a run of good years is taken for a trend",
        (
            (
                "reference.py",
                "return 1 + 2 * sum((1 - k / n) * rho**k for k in range(1, n))",
                "return 1.0 + 0 * n * rho",
            ),
            ("kernels/numpy_path.py", "1 + 2 * ((1 - k / n) * rho[:, None] ** k).sum(axis=1)", "1 + 0 * rho * k[0]"),
        ),
    ),
    Mutant(
        "unshrunk-autocorrelation",
        "a short series is believed about its own autocorrelation",
        (("reference.py", "PRIOR_WEIGHT = 20", "PRIOR_WEIGHT = 0"),),
    ),
    Mutant(
        "ties-forgotten",
        "the variance of S is that of figures without equals",
        (
            ("reference.py", "(n * (n - 1) * (2 * n + 5) - tied) / 18", "(n * (n - 1) * (2 * n + 5) - 0 * tied) / 18"),
            (
                "kernels/numpy_path.py",
                "(n * (n - 1) * (2 * n + 5) - tied) / 18",
                "(n * (n - 1) * (2 * n + 5) - 0 * tied) / 18",
            ),
        ),
    ),
    Mutant(
        "mean-of-slopes",
        "one odd year turns the slope",
        (
            ("reference.py", "slope = median(slopes)", "slope = sum(slopes) / len(slopes)"),
            ("kernels/numpy_path.py", "slope = _median(slopes)", "slope = slopes.mean(axis=1)"),
        ),
    ),
    Mutant(
        "one-in-ten",
        "chance may look like a change once in ten",
        (("verdict.py", "SIGNIFICANT = 0.05", "SIGNIFICANT = 0.10"),),
    ),
    Mutant(
        "higher-is-always-better",
        "rising unemployment is an improvement",
        (("verdict.py", "rising == (direction is Direction.HIGHER)", "rising"),),
    ),
    Mutant(
        "rise-without-size",
        "a rise is claimed although the typical change is nought",
        (("verdict.py", "if fit.p < SIGNIFICANT and fit.slope != 0:", "if fit.p < SIGNIFICANT:"),),
    ),
    Mutant(
        "silence-is-stillness",
        "what cannot be told from chance is called unchanged",
        (("verdict.py", "return Movement.UNKNOWN, Reason.NOISE", "return Movement.STILL, Reason.NOISE"),),
    ),
    Mutant(
        "only-the-middle-must-be-small",
        "unchanged is claimed although the interval reaches far",
        (
            (
                "verdict.py",
                "-limit <= change_90[0] and change_90[1] <= limit",
                "abs(sum(change_90)) / 2 <= limit",
            ),
        ),
    ),
    Mutant(
        "per-cent-read-as-units",
        "two per cent of a population is read as two persons",
        (("verdict.py", "request.smallest_change / 100 * abs(start)", "request.smallest_change + 0 * start"),),
    ),
    Mutant(
        "flat-is-worse",
        "a figure that stands still deteriorates",
        (("verdict.py", "return Movement.STILL, Reason.NO_VARIATION", "return Movement.FALLING, Reason.NO_VARIATION"),),
    ),
    Mutant(
        "last-figure-is-the-level",
        "one lucky year reaches the target",
        (("targets/level.py", "level = known(trend.level_end, series.values[-1])", "level = series.values[-1]"),),
    ),
    Mutant(
        "any-doubt-is-too-slow",
        "a pace that may be enough is called too slow",
        (("targets/level.py", "low, high = rates.ratio_interval", "low = high = rates.ratio_interval[0]"),),
    ),
    Mutant(
        "any-hope-is-in-pace",
        "a pace that may be too slow is called enough",
        (("targets/level.py", "low, high = rates.ratio_interval", "low = high = rates.ratio_interval[1]"),),
    ),
    Mutant(
        "shared-place-is-lowest",
        "a county that shares the last place is called the lowest",
        (
            (
                "comparison.py",
                "worst=rank == len(values) and tied == 1",
                "worst=rank is not None and rank + tied > len(values)",
            ),
        ),
    ),
    Mutant(
        "rank-among-few",
        "a county is ranked although most counties have no figure",
        (("comparison.py", "ENOUGH_COUNTIES = 15", "ENOUGH_COUNTIES = 1"),),
    ),
    Mutant(
        "highest-is-best",
        "the highest unemployment comes first",
        (("comparison.py", "return -1 if direction is Direction.LOWER else 1", "return 1"),),
    ),
    Mutant(
        "changed-places-unseen",
        "groups that changed places are said to have drawn apart or together",
        (("gaps/gap.py", "crosses = min(inside, default=0.0) < 0 < max(inside, default=0.0)", "crosses = False"),),
    ),
    Mutant(
        "levelling-down-unseen",
        "a gap that shrinks because those ahead get worse is good news",
        (
            (
                "gaps/gap.py",
                "down = verdict is GapVerdict.SHRINKING and ahead",
                "down = verdict is GapVerdict.WIDENING and ahead",
            ),
        ),
    ),
    Mutant(
        "the-first-named-is-ahead",
        "who was ahead is not asked when a gap shrinks",
        (("gaps/gap.py", "return ways.pop() if len(ways) == 1 else 0", "return 1"),),
    ),
    Mutant(
        "ratio-of-shares",
        "a share and its opposite get different relative gaps",
        (("gaps/gap.py", "/ (b - low) * ((high - b) / (high - a)))", "/ (b - low))"),),
    ),
    Mutant(
        "groups-at-the-end-of-their-part",
        "each group of an order stands at the upper end of its part of the population",
        (("gaps/ordered.py", "b = [upper - share / 2 for", "b = [upper - 0 * share for"),),
    ),
    Mutant(
        "exceptions-counted",
        "the municipalities that went the wrong way are counted as those that went the good way",
        (("gaps/spread.py", "if way != good)", "if way == good)"),),
    ),
    Mutant(
        "the-same-choice-twice",
        "a choice that changes nothing counts as one that the verdict holds under",
        (("closer/robustness.py", "or trend.window.used in seen", ""),),
    ),
    Mutant(
        "no-false-discoveries",
        "every clear trend stands, however many were tested",
        (("closer/discovery.py", "if p <= k * q / m)", "if p <= q + 0 * k / m)"),),
    ),
    Mutant(
        "event-years-kept",
        "the verdict without the pandemic is given with it",
        (
            (
                "shock.py",
                "frozenset(period for period in series.periods if not event.touches(period))",
                "frozenset(series.periods)",
            ),
        ),
    ),
    Mutant(
        "trust-the-lean",
        "a lean that chance may have made is called the wrong way",
        (
            (
                "targets/level.py",
                "if trend.movement is away:",
                "if trend.slope * aim.sense < 0:",
            ),
        ),
    ),
    Mutant(
        "gap-in-per-cent-of-itself",
        "a gap that stands still in percentage points cannot be told to stand still",
        (
            (
                "gaps/gap.py",
                "return TrendRequest(_sizes(difference), Scale.LINEAR, Direction.LOWER",
                "return TrendRequest(_sizes(difference), Scale.LOG, Direction.LOWER",
            ),
        ),
    ),
    Mutant(
        "turned-long-before",
        "a figure that had turned years before is put down to the pandemic",
        (("shock.py", "return begun and large and", "return large and"),),
    ),
    Mutant(
        "every-stray-is-news",
        "a stray of one standard deviation is called a deviation",
        (("shock.py", "WORTH_SAYING = 2.0", "WORTH_SAYING = 1.0"),),
    ),
    Mutant(
        "the-line-is-certain",
        "the uncertainty of the line carried forward is forgotten",
        (("path.py", "math.sqrt(1 + 1 / n + (time - mean) ** 2 / about)", "1.0 + 0 * mean * about * n"),),
    ),
    Mutant(
        "rounded-figures-are-exact",
        "figures printed as 96, 96, 96 make one step a catastrophe",
        (
            (
                "path.py",
                "floor = max(step, 1e-9 * max(1.0, abs(level)))",
                "floor = 0 * step + 1e-9 * max(1.0, abs(level))",
            ),
        ),
    ),
    Mutant(
        "latest-votes-on-itself",
        "the figure that breaks the trend helps to decide what the trend was",
        (
            (
                "judge.py",
                "part = earlier_part(whole.panel[key], whole.trends[key])",
                "part = whole.panel[key] if earlier_part(whole.panel[key], whole.trends[key]) else None",
            ),
        ),
    ),
    Mutant(
        "new-source-turns-the-tide",
        "a change of source is told as a reversal",
        (
            (
                "shock.py",
                "if any(previous.start < each.at.start <= latest.start for each in indicator.breaks):",
                "if any(previous.start < each.at.start <= latest.start and each.cuts for each in indicator.breaks):",
            ),
        ),
    ),
    Mutant(
        "run-across-a-break",
        "a change of method is counted as one more year in a row",
        (
            (
                "shock.py",
                "comparable = [period for period in series.periods if stretch_of(period, breaks) == stretch]",
                "comparable = list(series.periods)",
            ),
        ),
    ),
    Mutant(
        "riket-of-other-years",
        "a county is said to move as riket does, although their figures end years apart",
        (("comparison.py", "nation.window.used[-1] != period", "not nation.window.used[-1]"),),
    ),
    Mutant(
        "mean-level",
        "one odd year moves the level that the pace is counted from",
        (
            (
                "reference.py",
                "intercept = median(y - slope * t for t, y in zip(points.times, points.y, strict=True))",
                "intercept = sum(y - slope * t for t, y in zip(points.times, points.y, strict=True)) / n",
            ),
            (
                "kernels/numpy_path.py",
                "intercept = _median(np.sort(y - line, axis=1))",
                "intercept = (y - line).mean(axis=1)",
            ),
        ),
    ),
    Mutant(
        "stillness-at-ninety-five",
        "figures that hardly move are denied the word unchanged",
        (("verdict.py", "for slope in fit.slope_90)", "for slope in fit.slope_95)"),),
    ),
    Mutant(
        "half-the-chance",
        "only one side of chance is counted",
        (
            ("reference.py", "return math.erfc(z / math.sqrt(2))", "return math.erfc(z / math.sqrt(2)) / 2"),
            (
                "kernels/numpy_path.py",
                "[math.erfc(value / math.sqrt(2)) for",
                "[math.erfc(value / math.sqrt(2)) / 2 for",
            ),
        ),
    ),
    Mutant(
        "no-continuity",
        "S is taken for a smooth number",
        (
            ("reference.py", "z = (abs(s) - 1) / spread", "z = abs(s) / spread"),
            ("kernels/numpy_path.py", "np.maximum(np.abs(s) - 1, 0)", "np.abs(s)"),
        ),
    ),
    Mutant(
        "biased-autocorrelation",
        "short series are believed to have less memory than they have",
        (
            (
                "reference.py",
                "own = (n * r1 + 2) / (n - 4) if n > 6 else PRIOR_RHO",
                "own = r1 if n > 6 else PRIOR_RHO",
            ),
            ("kernels/numpy_path.py", "own = (n * r1 + 2) / (n - 4) if n > 6", "own = r1 if n > 6"),
        ),
    ),
    Mutant(
        "base-is-today",
        "sixty per cent less than the base year becomes today's figure less sixty per cent of the base",
        (
            (
                "targets/level.py",
                "value = base + abs(base) * target.value / 100",
                "value = series.values[-1] + abs(base) * target.value / 100",
            ),
        ),
    ),
    Mutant(
        "all-the-years-are-left",
        "the years since the first figure are counted as years still to come",
        (
            (
                "targets/level.py",
                "return target.year - trend.window.used[-1].middle",
                "return target.year - trend.window.used[0].middle",
            ),
        ),
    ),
    Mutant(
        "equal-is-better",
        "a county level with another is said to be ahead of it",
        (("targets/relative.py", "direction * (latest - value) > 0", "direction * (latest - value) >= 0"),),
    ),
    Mutant(
        "one-of-four-will-do",
        "a target to be ahead of four counties is reached when ahead of one",
        (
            (
                "targets/relative.py",
                "reached = PaceVerdict.REACHED if len(beaten) == len(peers) else",
                "reached = PaceVerdict.REACHED if beaten else",
            ),
        ),
    ),
    Mutant(
        "worth-what-they-number",
        "fifteen windows that share years are said to be worth fifteen measurements",
        (("effective.py", "return len(periods) ** 2 / math.fsum(", "return len(periods) + 0 * math.fsum("),),
    ),
    Mutant(
        "earlier-verdict-for-ever",
        "what was once said is never taken back",
        (("verdict.py", "fit.p <= LEAVES and", "fit.p <= 1 and"),),
    ),
    Mutant(
        "earlier-verdict-ignored",
        "a verdict flickers with p around 0.05",
        (("verdict.py", "LEAVES = 0.20", "LEAVES = 0.05"),),
    ),
    Mutant(
        "earlier-verdict-whatever-the-figures-lean-to",
        "an earlier verdict keeps the figures' opposite course alive under its own name",
        (("verdict.py", "if verdict_of(movement, request.direction) is request.earlier:", "if movement:"),),
    ),
)
