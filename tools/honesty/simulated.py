"""The sections on simulated series: false alarms, power, wrong direction, years of following up, and disturbances."""

from __future__ import annotations

from collections.abc import Callable

from honesty.results import (
    DRIFT,
    FALSE_GOALS,
    KINDS,
    TESTED,
    WRONG_GOAL,
    Cell,
    Results,
    at,
    by_length,
    cells,
    lengths_of,
    per_cent,
    table,
)


def false_alarms(results: Results) -> list[str]:
    """Return the section on series without drift."""
    parts = [
        "## False alarms: nothing drifts, and the rule says that something does",
        "The series waver about one level. Per cent of them that a rule calls rising or falling.",
    ]
    for phi, goal in FALSE_GOALS.items():
        parts += [f"Correlation {phi:g} (goal: at most {goal:g} %):", by_length(results, TESTED, phi, 0.0, "claims")]
    bare = max(c["claims"] for c in cells(results, "mann_kendall") if c["phi"] == 0.3)
    ours = max(c["claims"] for c in cells(results, "ours") if c["phi"] == 0.3)
    signs = min(c["claims"] for rule in ("last_change", "ends", "five_changes") for c in cells(results, rule))
    said = (
        f"At correlation 0.3 the bare test of Mann and Kendall raises up to {bare:.1f} % false alarms, ours up to "
        f"{ours:.1f} %."
    )
    if signs > 99.9:
        said += " Rules that look only at the sign of a change always see one: two figures are never quite equal."
    return [*parts, said]


def power(results: Results) -> list[str]:
    """Return the section on drifts that are seen."""
    parts = [
        "## Power: something drifts, and the rule sees it",
        f"Every series drifts upwards by {DRIFT:g} standard deviations a year. Per cent that a rule calls rising.",
    ]
    for phi in FALSE_GOALS:
        parts += [f"Correlation {phi:g}:", by_length(results, TESTED, phi, DRIFT, "right")]
    parts += [
        "Our method at slower and faster drifts (standard deviations a year; correlation 0.3):",
        _ours_by_drift(results, 0.3, "right"),
    ]
    ours, bare = (at(cells(results, rule, drift=DRIFT), 10, 0.3) for rule in ("ours", "mann_kendall"))
    price = at(cells(results, "mann_kendall"), 10, 0.3)
    if not (ours and bare and price):
        return parts
    parts.append(
        f"Few false alarms have a price. Of drifts of {DRIFT:g} a year our method sees {ours['right']:.0f} % after ten "
        f"years, the bare test {bare['right']:.0f} % with {price['claims']:.0f} % false alarms. What is not seen is "
        "answered with *går inte att avgöra* (cannot be determined), never with *oförändrat* (unchanged)."
    )
    return parts


def _ours_by_drift(results: Results, phi: float, what: str, digits: int = 1) -> str:
    drifts = sorted({each["drift"] for each in results["records"] if each.get("kind") == "plain"} - {0.0})
    lengths = lengths_of(results, "ours", "plain", DRIFT)
    rows = []
    for drift in drifts:
        found = [at(cells(results, "ours", drift=drift), n, phi) for n in lengths]
        rows.append([f"{drift:g}", *("" if each is None else f"{each[what]:.{digits}f}" for each in found)])
    return table(["Drift \\ years of figures", *map(str, lengths)], rows)


def wrong(results: Results) -> list[str]:
    """Return the section on drifts taken for their opposite."""
    parts = [
        "## Wrong direction: something rises, and the rule says that it falls",
        f"The same series as above, drift {DRIFT:g}. Per cent that a rule calls falling, correlation 0.3:",
        by_length(results, TESTED, 0.3, DRIFT, "wrong"),
        "Our method at slower and faster drifts, correlation 0.6, the hardest of the three:",
        _ours_by_drift(results, 0.6, "wrong", 2),
    ]
    slow = [c for c in cells(results, "ours", drift=0.1) if c["wrong"] > WRONG_GOAL]
    if slow:
        worst = max(slow, key=lambda c: c["wrong"])
        parts.append(
            "The slower the drift and the shorter the series, the more a verdict is a matter of luck: at a drift of "
            f"0.1 {len(slow)} of {len(cells(results, 'ours', drift=0.1))} combinations exceed {WRONG_GOAL:g} %, at "
            f"most {worst['wrong']:.1f} % ({worst['n']} years, correlation {worst['phi']:g})."
        )
    return parts


def walks(results: Results) -> list[str]:
    """Return the section on series judged year after year."""
    walks = [each for each in results["records"] if each["what"] == "walk"]
    lengths = [n for n in lengths_of(results, "ours", "plain", 0.0) if n in walks[0]["lengths"]]

    def rows(drift: float, count: Callable[[Cell, int], int]) -> list[list[str]]:
        out = []
        for each in (one for one in walks if one["drift"] == drift):
            shares = [100 * count(each, each["lengths"].index(n)) / each["series"] for n in lengths]
            how = "weighed in" if each["held"] else "not used"
            last = f"{100 * each['ever'] / each['series']:.1f}" if drift == 0 else f"{each['reversals']}"
            changes = f"{100 * each['changes'] / each['pairs']:.1f}"
            out.append([f"{each['phi']:g}, {how}", *map(per_cent, shares), changes, last])
        return out

    still = rows(0.0, lambda each, i: each["up"][i] + each["down"][i])
    moving = rows(DRIFT, lambda each, i: each["up"][i])
    shared = ["Correlation, earlier verdict", *map(str, lengths), "Changes a year"]
    years = f"{walks[0]['lengths'][0]} to {walks[0]['lengths'][-1]}"
    never = all(each["reversals"] == 0 for each in walks)
    return [
        "## The same series followed year by year",
        (
            f"The same series judged every year, from {years} years of figures: without the earlier verdict, and with "
            f"last year's verdict weighed in, so that it stands until p exceeds {results['constants']['leaves']:g}. "
            "Nothing drifts; per cent called rising or falling in each year, verdicts that change from one year to "
            "the next, and series that were called so at any time:"
        ),
        table([*shared, "Ever"], still),
        _walk_said(walks),
        (
            f"The series drift by {DRIFT:g} a year; per cent called rising in each year, and how many verdicts turn "
            "right round from one year to the next:"
        ),
        table([*shared, "Turned round"], moving),
        "No verdict turned right round from one year to the next in any of these walks." if never else "",
    ]


def _walk_said(walks: list[Cell]) -> str:
    still = {(each["phi"], each["held"]): each for each in walks if each["drift"] == 0}
    held, plain = still[0.3, True], still[0.3, False]
    a, b = (100 * (each["up"][-1] + each["down"][-1]) / each["series"] for each in (plain, held))
    ever = 100 * plain["ever"] / plain["series"]
    return (
        "Steadiness also has a price: a false alarm, once raised, stands longer. At correlation 0.3 and "
        f"{held['lengths'][-1]} years {b:.1f} % of series carry one when the earlier verdict is weighed in, {a:.1f} % "
        f"when it is not. And who looks every year sees more than who looks once: {ever:.0f} % of series without any "
        "drift were called rising or falling in at least one of the years."
    )


def disturbed(results: Results) -> list[str]:
    """Return the section on series that are not as tidy as the model."""
    kinds = [kind for kind in KINDS if cells(results, "ours", kind)]
    lengths = sorted({c["n"] for kind in kinds if kind != "plain" for c in cells(results, "ours", kind)})
    parts = [
        "## Spikes, steps, heavy tails, rounding and gaps",
        "Nothing drifts, but the figures are not as tidy as above. Per cent that our method calls rising or falling.",
    ]
    for phi, goal in FALSE_GOALS.items():
        rows: list[list[str]] = []
        for kind in kinds:
            found = [at(cells(results, "ours", kind), n, phi) for n in lengths]
            rows.append([KINDS[kind], *("" if each is None else per_cent(each["claims"]) for each in found)])
        head = ["Years of figures", *map(str, lengths)]
        parts += [f"Correlation {phi:g} (goal: at most {goal:g} %):", table(head, rows)]
    return [*parts, _disturbed_said(results, kinds)]


def _disturbed_said(results: Results, kinds: list[str]) -> str:
    exact = results["constants"]["always_exact"]
    own = [kind for kind in kinds if kind not in {"plain", "shift"}]
    found = [(kind, c) for kind in own for c in cells(results, "ours", kind)]
    above = [(kind, c) for kind, c in found if c["claims"] > FALSE_GOALS[c["phi"]]]
    longer = [(kind, c) for kind, c in above if c["n"] > exact]
    said = (
        "A step is not a drift, but the figure does stand higher afterwards, so a verdict of rising there is not "
        "plainly false; steps are looked for on their own and offered beside the verdict."
    )
    if not above:
        return f"{said} Leaving steps aside, no combination exceeds its goal."
    if not longer:
        return (
            f"{said} Leaving steps aside, {len(above)} of {len(found)} combinations exceed their goal, all of them "
            f"with at most {exact:g} points."
        )
    kind, worst = max(longer, key=lambda each: each[1]["claims"] - FALSE_GOALS[each[1]["phi"]])
    return (
        f"{said} Leaving steps aside, {len(above)} of {len(found)} combinations exceed their goal; among those with "
        f"more than {exact:g} points the furthest is “{KINDS[kind]}”, {worst['n']} years at correlation "
        f"{worst['phi']:g}: {worst['claims']:.1f} % ± {worst['claims_error']:.1f}."
    )
