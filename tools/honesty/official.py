"""The sections on official figures: how steady the verdicts are, and how projections have held."""

from __future__ import annotations

from honesty.results import CHANGES_GOAL, NAMES, Cell, Results, table


def resemblance(results: Results) -> list[str]:
    """Return the section on how much neighbouring years resemble each other, made up and official."""
    found = results["resemblance"]
    names = ("lowest", "lower quartile", "median", "upper quartile", "highest")
    rows = [[f"Made up, correlation {phi:g}: average", f"{mean:.2f}"] for phi, mean in found["simulated"]]
    rows += [
        [f"Official figures, kinds of measures: {name}", f"{value:.2f}"]
        for name, value in zip(names, found["lowest_quartiles_highest"], strict=True)
    ]
    return [
        "## Which correlation is ours",
        (
            "Which of the tables above is closest to the official figures depends on how much neighbouring years "
            f"resemble each other there. It is estimated for the {found['series']} bundled series with at least "
            f"{found['fewest']} figures that do not overlap, and averaged within each of {found['kinds']} kinds of "
            f"measures. The same estimate on made-up series of {found['years_simulated']} years shows how to read it."
        ),
        table(["Series", "Estimate"], rows),
        _resemblance_said(results),
    ]


def _resemblance_said(results: Results) -> str:
    found, assumed = results["resemblance"], results["constants"]["prior_rho"]
    median = found["lowest_quartiles_highest"][2]
    nearest = min(found["simulated"], key=lambda each: abs(each[1] - median))[0]
    said = (
        f"The median kind of measure is closest to made-up series with correlation {nearest:g}. A course that bends "
        "slowly also leaves neighbouring years alike, so part of the resemblance may be real change that a straight "
        "line misses."
    )
    if found["lowest_quartiles_highest"][-1] > 1:
        said += " Corrected for short series, an estimate can pass 1, which no correlation can."
    if nearest > assumed:
        said += (
            f" The {assumed:g} that the method assumes is thus on the low side for these figures, and the tables with "
            f"correlation {nearest:g} say more about them than the goal for the lower ones."
        )
    return said


def real(results: Results) -> list[str]:
    """Return the section on the bundled series walked through time."""
    walked = results["history"]
    rules = walked["rules"]
    rows = []
    for name, each in rules.items():
        of = each["pairs"]
        doubt = "" if each["error"] is None else f" ± {200 * each['error']:.1f}"
        ours = "" if name.startswith("ours") else f"{100 * each['ours_changes'] / of:.1f}"
        shares = [f"{100 * each[what] / of:.1f}" for what in ("reversals", "undone")]
        rows.append([NAMES[name], f"{of:,}", f"{100 * each['changes'] / of:.1f}{doubt}", ours, *shares])
    head = ["Rule", "Pairs", "Changed, %", "Ours on the same pairs, %", "Turned round, %", "Undone the next time, %"]
    return [
        "## The bundled official figures, walked through time",
        (
            f"{walked['series']} series of {walked['indicators']} indicators with a direction, for riket and the "
            "counties. Each is judged after each figure with the figures up to then: today's figures, later "
            "corrections included, and today's declared breaks. A pair is two consecutive figures with enough behind "
            "them to be judged both times. *Turned round* is better one time and worse the next, or the reverse. "
            "Targets are ours where one is a level; base years and classes are each body's own. Series of one kind of "
            f"measure move together, so ± counts {walked['families']} kinds of measures, not series. The more classes "
            "a rule has, the more it can change."
        ),
        table(head, rows),
        _real_said(walked),
        "Our method with the earlier verdict weighed in, by how many points it judged on:",
        _by_points(rules["ours_held"]),
    ]


def _by_points(ours: Cell) -> str:
    spans = [name.removeprefix("pairs ") for name in ours if name.startswith("pairs ")]
    rows = [
        [span, f"{ours[f'pairs {span}']:,}", f"{100 * ours[f'changes {span}'] / ours[f'pairs {span}']:.1f}"]
        for span in spans
        if ours[f"pairs {span}"]
    ]
    return table(["Points", "Pairs", "Changed, %"], rows)


def _real_said(walked: Cell) -> str:
    ours, bare, own = walked["rules"]["ours_held"], walked["rules"]["ours"], walked["rules"]["ours_held"]["own"]
    said = (
        f"Of {ours['changes']} changes of our verdicts {ours['decided']} are a direction found where none could be "
        f"told before, {ours['withdrawn']} a direction given up, and {ours['reversals']} turned right round; "
        f"{ours['undone']} were undone the next time. Without the earlier verdict there are {bare['changes']} changes, "
        f"{bare['undone']} of them undone. For the strategy's own county {own['changes']} of {own['pairs']} verdicts "
        "changed."
    )
    if ours["decided"] > ours["changes"] / 2:
        said += (
            " Most changes are thus the method making up its mind as a series grows longer, which no rule that "
            "answers *går inte att avgöra* at first can be without; they make up most of what exceeds the goal."
            if 100 * ours["changes"] / ours["pairs"] > CHANGES_GOAL
            else " Most changes are thus the method making up its mind as a series grows longer."
        )
    if ours["both_ways"]:
        said += (
            f" {ours['both_ways']} of {walked['series']} series were called better at one time and worse years later."
        )
    return said


def projections(results: Results) -> list[str]:
    """Return the section on projections held against later figures."""
    rows = [
        [
            str(each["years"]),
            f"{each['forecasts']:,}",
            f"{100 * each['coverage_80']:.1f}",
            f"{100 * each['coverage_95']:.1f}",
        ]
        for each in results["coverage"]
    ]
    head = ["Years ahead", "Projections checked", "Inside the 80 % band, %", "Inside the 95 % band, %"]
    return [
        "## How projections have held",
        (
            "Every projection that could have been made in an earlier year is held against the figure that came. "
            "Bands are drawn without the kind of measure that is checked, so no figure helps to draw the band it is "
            "tried against."
        ),
        table(head, rows or [["not measured", "", "", ""]]),
    ]
