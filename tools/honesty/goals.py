"""The goals that were set beforehand, what was measured, and which are met."""

from __future__ import annotations

from honesty.results import (
    CHANGES_GOAL,
    COVERAGE_GOAL,
    DRIFT,
    FALSE_GOALS,
    WRONG_GOAL,
    Cell,
    Results,
    cells,
    error,
    lengths_of,
    table,
)


def goals(results: Results) -> list[tuple[str, str, str, str]]:
    """Return each goal: what was asked, the goal, the measured, and whether it is met."""
    found = [*(_worst_false(results, phis) for phis in ((0.0, 0.3), (0.6,)))]
    found += [_worst_walk(results, phis) for phis in ((0.0, 0.3), (0.6,))]
    found.append(_worst_wrong(results))
    ours = results["history"]["rules"]["ours_held"]
    changes, doubt = 100 * ours["changes"] / ours["pairs"], 200 * (ours["error"] or 0)
    found.append(
        (
            "Verdicts that change from one figure to the next, on the bundled real series",
            f"at most {CHANGES_GOAL:g} %",
            f"{changes:.1f} % ± {doubt:.1f}",
            _met(changes, CHANGES_GOAL, doubt),
        )
    )
    reversals = ours["reversals"]
    found.append(
        ("Verdicts turned right round from one figure to the next", "none", str(reversals), _yes(reversals == 0))
    )
    found.append(_covered(results))
    return found


def goals_table(results: Results) -> str:
    """Return the goals as a table."""
    head = ["Goal", "Asked", "Measured, worst case", "Met"]
    return table(head, [list(each) for each in goals(results)])


def _worst_false(results: Results, phis: tuple[float, ...]) -> tuple[str, str, str, str]:
    worst = max((c for c in cells(results, "ours") if c["phi"] in phis), key=lambda c: c["claims"])
    goal = FALSE_GOALS[phis[-1]]
    return (
        f"False alarms, judged for the first time ({_correlation(phis)})",
        f"at most {goal:g} %",
        f"{worst['claims']:.1f} % ± {worst['claims_error']:.1f} ({worst['n']} years)",
        _met(worst["claims"], goal, worst["claims_error"]),
    )


def _worst_walk(results: Results, phis: tuple[float, ...]) -> tuple[str, str, str, str]:
    """Return the worst year of series without drift that are followed with the earlier verdict weighed in."""
    lengths = lengths_of(results, "ours", "plain", 0.0)
    found = [
        (each["up"][i] + each["down"][i], each["series"], n)
        for each in results["records"]
        if each["what"] == "walk" and each["held"] and each["drift"] == 0 and each["phi"] in phis
        for i, n in enumerate(each["lengths"])
        if n >= lengths[0]
    ]
    count, of, years = max(found, key=lambda each: each[0] / each[1])
    goal, measured, doubt = FALSE_GOALS[phis[-1]], 100 * count / of, error(count, of)
    return (
        f"… the same, followed year by year with the earlier verdict weighed in ({_correlation(phis)})",
        f"at most {goal:g} %",
        f"{measured:.1f} % ± {doubt:.1f} ({years} years)",
        _met(measured, goal, doubt),
    )


def _correlation(phis: tuple[float, ...]) -> str:
    return f"correlation at most {phis[-1]:g}" if len(phis) > 1 else f"correlation {phis[0]:g}"


def _worst_wrong(results: Results) -> tuple[str, str, str, str]:
    worst = max(cells(results, "ours", drift=DRIFT), key=lambda c: c["wrong"])
    return (
        f"Wrong direction, when the figure drifts by {DRIFT:g} standard deviations a year",
        f"under {WRONG_GOAL:g} %",
        f"{worst['wrong']:.2f} % ± {worst['wrong_error']:.2f} ({worst['n']} years, correlation {worst['phi']:g})",
        _met(worst["wrong"], WRONG_GOAL, worst["wrong_error"]),
    )


def _covered(results: Results) -> tuple[str, str, str, str]:
    low, high = COVERAGE_GOAL
    shares = [100 * each["coverage_80"] for each in results["coverage"]]
    what, asked = "Later figures inside the 80 % band of the projection", f"{low:g} to {high:g} %"
    if not shares:
        return what, asked, "not measured", "not measured"
    measured = f"{min(shares):.1f} to {max(shares):.1f} %, {len(shares)} horizons"
    return what, asked, measured, _yes(low <= min(shares) and max(shares) <= high)


def _met(measured: float, goal: float, doubt: float) -> str:
    if measured <= goal:
        return "yes"
    near = ", within the error of the measurement" if measured - doubt <= goal else ""
    return f"**no**, by {measured - goal:.1f} points{near}"


def _yes(met: bool) -> str:
    return "yes" if met else "**no**"


def above_goal(results: Results) -> list[Cell]:
    """Return the combinations in which our false alarms exceed their goal."""
    return [each for each in cells(results, "ours") if each["claims"] > FALSE_GOALS[each["phi"]]]


def goals_said(results: Results) -> str:
    """Say in which combinations false alarms exceed their goal, and why where the method itself tells."""
    above, exact = above_goal(results), int(results["constants"]["always_exact"])
    every = len(cells(results, "ours"))
    if not above:
        return f"In none of {every} combinations of length and correlation do false alarms exceed their goal."
    which = "; ".join(f"{c['n']} years at correlation {c['phi']:g}: {c['claims']:.1f} %" for c in above)
    said = (
        f"False alarms exceed their goal in {len(above)} of {every} combinations of length and correlation ({which})."
    )
    if all(each["n"] <= exact for each in above):
        said += (
            f" With up to {exact} points the exact test is used, which takes every year as independent of the year"
            " before; there are too few points to estimate how much neighbouring years resemble each other."
        )
    return said
