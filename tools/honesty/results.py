"""The results as they are read from honesty.json, and the tables that the page's sections share."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

NAMES = {
    "ours": "**Our method**",
    "ours_held": "**Our method, earlier verdict weighed in**",
    "mann_kendall": "Mann–Kendall, exact",
    "hamed_rao": "Hamed–Rao",
    "yue_wang": "Yue–Wang, one lag",
    "prewhitening": "Trend-free prewhitening",
    "xmr": "XmR chart, latest point (NHS)",
    "last_change": "Sign of the latest change",
    "ends": "Growth from first to last figure",
    "five_changes": "Mean of the last five changes",
    "statcan": "Statistics Canada (Open SDG)",
    "eurostat": "Eurostat (as Eustat computes it)",
    "un": "United Nations",
    "destatis": "Destatis, weather symbols",
    "scotland": "Scotland, two points",
    "sdsn": "SDSN, arrows",
}
TESTED = ("ours", "mann_kendall", "hamed_rao", "yue_wang", "prewhitening", "xmr", "last_change", "ends", "five_changes")
KINDS = {
    "plain": "Nothing disturbs",
    "spike": "One year strays by 4 standard deviations",
    "shift": "The level steps by 2 standard deviations halfway",
    "heavy": "Heavy tails (Student’s t, 3 degrees of freedom)",
    "coarse": "Rounded to whole numbers, standard deviation 1",
    "coarser": "Rounded to whole numbers, standard deviation 0.5",
    "gaps": "A quarter of the years between are missing",
    "share": "Shares about 90 per cent, logit scale",
    "overlap": "Means over four years, published every year",
}
DRIFT = 0.2
FALSE_GOALS = {0.0: 5.0, 0.3: 5.0, 0.6: 10.0}
WRONG_GOAL = 1.0
CHANGES_GOAL = 3.0
COVERAGE_GOAL = (75.0, 85.0)

Results = dict[str, Any]
Cell = dict[str, Any]


def cells(results: Results, rule: str, kind: str = "plain", drift: float = 0.0) -> list[Cell]:
    """Return the cells of a rule in one kind of world: n, phi, and per cent rising or falling, with 2 standard errors.

    ``claims`` is the share called rising or falling, ``right`` rising, ``wrong`` falling (drifts are upwards).
    """
    out = []
    for each in results["records"]:
        if each.get("kind") == kind and each["drift"] == drift and rule in each.get("said", {}):
            up, down = each["said"][rule]
            of = each["series"]
            cell = {"n": each["n"], "phi": each["phi"], "series": of}
            for name, count in (("claims", up + down), ("right", up), ("wrong", down)):
                cell |= {name: 100 * count / of, f"{name}_error": error(count, of)}
            out.append(cell)
    return out


def error(count: int, of: int) -> float:
    """Return two standard errors of a share, in percentage points; of nought and all, what 3 / n allows."""
    share = count / of
    return 200 * math.sqrt(share * (1 - share) / of) if 0 < count < of else 300 / of


def at(found: Iterable[Cell], n: int, phi: float) -> Cell | None:
    """Return the cell of a length and a correlation; None where it was not measured."""
    return next((each for each in found if each["n"] == n and each["phi"] == phi), None)


def lengths_of(results: Results, rule: str, kind: str, drift: float) -> list[int]:
    """Return the lengths a rule was tried on, shortest first."""
    return sorted({each["n"] for each in cells(results, rule, kind, drift)})


def per_cent(value: float) -> str:
    """Write a share in per cent; almost all is not written as all."""
    return f"{value:.1f}" if value < 99.95 or value == 100 else "> 99.9"


def table(head: list[str], rows: list[list[str]]) -> str:
    """Return a Markdown table with every column after the first set to the right."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(each) + " |" for each in lines)


def by_length(results: Results, rules: Iterable[str], phi: float, drift: float, what: str) -> str:
    """Return a table with a row a rule and a column a length."""
    lengths = lengths_of(results, "ours", "plain", drift)
    rows = []
    for rule in rules:
        found = [at(cells(results, rule, drift=drift), n, phi) for n in lengths]
        if any(found):
            rows.append([NAMES[rule], *("" if each is None else per_cent(each[what]) for each in found)])
    return table(["Years of figures", *map(str, lengths)], rows)
