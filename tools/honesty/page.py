"""The page docs/method/honesty.md, written from docs/method/honesty.json: no number on it is typed by hand.

Nothing is measured here, so the page can be checked against the results at once.
"""

from __future__ import annotations

import json
import math
import textwrap
from pathlib import Path

from honesty import official, simulated
from honesty.goals import goals, goals_said, goals_table
from honesty.results import Results, table

ROOT = Path(__file__).resolve().parents[2]
RESULTS = ROOT / "docs" / "method" / "honesty.json"
PAGE = ROOT / "docs" / "method" / "honesty.md"
MARK = "<!-- Written by tools/honesty from honesty.json; run make honesty to measure anew. -->"
TITLE = "How often the method is wrong: measured"


def text(results: Results) -> str:
    """Return the whole page."""
    parts = [
        MARK,
        f"# {TITLE}",
        _introduction(results),
        "## The goals, and what was measured",
        goals_table(results),
        goals_said(results),
        "## What the numbers rest on",
        _settings(results),
        *simulated.false_alarms(results),
        *simulated.power(results),
        *simulated.wrong(results),
        *simulated.walks(results),
        *simulated.disturbed(results),
        *official.resemblance(results),
        *official.real(results),
        *official.projections(results),
    ]
    return "\n\n".join(_wrapped(part) for part in parts if part) + "\n"


def _wrapped(part: str) -> str:
    """Break running text into lines; headings, tables and marks stay as they are."""
    paragraphs = part.split("\n\n")
    return "\n\n".join(each if each[0] in "|#<" else textwrap.fill(each, 120) for each in paragraphs)


def fresh() -> str | None:
    """Return the page as the committed results have it; None where nothing has been measured."""
    return text(json.loads(RESULTS.read_text(encoding="utf-8"))) if RESULTS.exists() else None


def write(path: Path, content: str) -> None:
    """Write a file beside and rename it when whole."""
    beside = path.with_suffix(".part")
    beside.write_text(content, encoding="utf-8")
    beside.replace(path)


def _introduction(results: Results) -> str:
    met = [each[3] for each in goals(results)]
    kept = sum(each == "yes" for each in met)
    return f"""\
A rule that turns figures into verdicts can be wrong in three ways: it can see a change where there is none (a *false
alarm*), miss one that is there, or name the wrong direction. How often cannot be read off real figures, since nobody
knows their truth. It can be measured on made-up series whose truth is known, and so it is here, for our method and
beside it for tests and rules that others use. How steady the verdicts are, and how projections hold, is measured on the
bundled official figures. Of the {len(met)} goals below {kept} are met. Everything is published as measured.

Noise is counted in standard deviations. *Correlation* is how much a year's noise resembles that of the year before: 0
is none, {results["constants"]["prior_rho"]:g} what our method assumes until the figures say otherwise, 0.6 a great
deal more. Unless said otherwise shares are in per cent of all series, and ± is two standard errors."""


def _settings(results: Results) -> str:
    sizes, own, packages = results["sizes"], results["constants"], results["packages"]
    rows = [
        ["Series in each cell of a table", f"{sizes['fast']:,}"],
        ["… for Hamed–Rao, Yue–Wang and prewhitening", f"{sizes['packaged']:,}"],
        ["… for series followed year by year", f"{sizes['walks']:,}"],
        ["Seed of the random numbers", str(sizes["seed"])],
        ["Fewest and most points a trend is judged on", f"{own['fewest']:g} and {own['longest']:g}"],
        ["A change is claimed when p is below", f"{own['significant']:g}"],
        ["An earlier verdict stands until p exceeds", f"{own['leaves']:g}"],
        ["Exact test up to this many points", f"{own['always_exact']:g}"],
        ["Correlation assumed, and how many points that weighs", f"{own['prior_rho']:g}, {own['prior_weight']:g}"],
        *([f"Version of {name}", value] for name, value in packages.items()),
    ]
    error_of = {count: 100 * 2 * math.sqrt(0.05 * 0.95 / count) for count in (sizes["fast"], sizes["packaged"])}
    return (
        table(["What", "Value"], rows)
        + "\n\nOur method is run whole: window, scale, test, verdict. A series longer than "
        f"{own['longest']:g} years is judged on its last {own['longest']:g}. A share near 5 % is known to ± "
        f"{error_of[sizes['fast']]:.1f} points, in the tests with fewer series to ± {error_of[sizes['packaged']]:.1f}. "
        "The three packaged tests are those of pymannkendall; Yue–Wang with one lag, where it does best."
    )
