"""Print ``docs/reference/live-definitions.md`` from the bundled strategy's ``indicators.toml`` and the reasons below.

Usage: ``python tools/live_definitions.py`` writes the page; with ``--check`` it writes nothing and fails when the page
is missing or stale, or when a data set of the folder has neither a live definition nor a reason for having none.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from vagvisare.sources.query import Dataset, Role, Standing
from vagvisare.strategy_folder import Folder, read

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "strategies" / "orebro"
PAGE = ROOT / "docs" / "reference" / "live-definitions.md"
MARK = "<!-- Printed by tools/live_definitions.py from strategies/orebro; edit those, not this page. -->"

LEFT_OUT = {
    "children_economic_vulnerability": "Kolada N02904 is no longer in the catalogue (March 2026). What replaced it, "
    "N66077, is another definition and is here as `children_low_economic_standard` and `low_economic_standard_by_age`.",
    "emissions_production": "SCB publishes these emissions by group of industries (v1 `UtslappLan`, v2 TAB4357); "
    "the figures here are the sum of two groups, and a definition does not add.",
    "employment_by_residence_time": "The table (v1 `IntGr1LanKonUtb`, v2 TAB389) ended with 2021. Its successor rests "
    "on another register and definition and is here as `employed_by_residence_time`.",
    "higher_education_16_74": "TAB3981 counts people by level of education; the share is a quotient of sums, which a "
    "definition does not compute. Kolada has no key figure for these ages and this level.",
    "house_prices": "The figures here look like means of twelve months. Kolada N07915 and SCB TAB1169 are means of the "
    "year's sales: a near definition, not the same.",
    "new_companies_to_2010": "A closed series, by the method that ended in 2010.",
    "rd_expenditure": "Kolada N85085–N85087 give SEK per inhabitant, the figures here million SEK. The published "
    "measure is here as `rd_per_person`.",
    "turnout_by_birth": "No table and codes have been read (SCB, ME0105), and the figures here cover few places. "
    "Kolada N05403 is turnout of everybody.",
}
"""Data sets that come with the folder and have no live definition, with the reason."""

AGREEMENT = {
    "crime_exposure": "same survey and measure, read from Kolada instead of from Brå; margins added",
    "dependency_ratio": "same measure, read from Kolada and multiplied by 100",
    "ghg_emissions": "same measure; those here mix two submissions, those fetched come from one",
    "new_companies": "same measure, from 2010; Kolada instead of Tillväxtanalys",
    "population": "same measure; Kolada instead of SCB",
    "post_secondary_25_64": "same measure, computed here from TAB5956, by Kolada from the same register",
    "sickness_absence": "same measure; Kolada instead of Försäkringskassan",
    "low_economic_standard": "same table; which ages it covers is to be read",
}
"""Where "same table" or "same key figure" does not say enough."""

WITHOUT = (
    ("Share of knowledge-intensive companies", "no table has been read; SCB's business register by industry"),
    ("Young people's faith in the future, health, safety and trust", "the survey Liv & hälsa ung is no open interface"),
    ("Company establishments", "the source of the finding does not say what counts as one"),
    ("Output of land-based industries", "regional accounts of agriculture; no table has been read"),
    ("Productivity", "`grp_per_employed` is in current prices; a fixed-price measure needs a deflator"),
    ("Energy efficiency", "energy use over gross regional product in fixed prices, for the same reason"),
)
"""Findings of June 2022 that still have no definition of what they speak of."""

STANDINGS = {
    Standing.TO_VERIFY: "to verify live",
    Standing.DOCUMENTATION: "verified against documentation",
    Standing.LIVE: "verified live",
}
SEXES = {"T": "both together", "K": "women", "M": "men"}


def problems(folder: Folder) -> list[str]:
    """Return data sets with neither definition nor reason or with both, and reasons about what is not there."""
    defined, bundled = {each.key for each in folder.datasets}, {table.receipt.dataset for table in folder.figures}
    used = {name for each in folder.indicators for name in (each.dataset, each.per) if name}
    found = [
        f"{key} has no live definition and no reason" for key in sorted((bundled | used) - defined - set(LEFT_OUT))
    ]
    found += [f"{key} has both a live definition and a reason for none" for key in sorted(defined & set(LEFT_OUT))]
    named = set(LEFT_OUT) | set(AGREEMENT)
    return found + [f"{key} is spoken of but is not in the folder" for key in sorted(named - defined - bundled)]


def page(folder: Folder) -> str:
    """Return the page as text."""
    return "\n".join(_lines(folder)) + "\n"


def _lines(folder: Folder) -> Iterator[str]:
    bundled = {table.receipt.dataset for table in folder.figures}
    counts = {each: sum(data.standing is each for data in folder.datasets) for each in Standing}
    replaced = [data for data in folder.datasets if data.key in bundled]
    more = [data for data in folder.datasets if data.key not in bundled]
    yield from (MARK, "", "# Live definitions of the bundled strategy", "")
    yield (
        f"`strategies/orebro` defines {len(folder.datasets)} data sets that `vagvisare fetch` can ask official sources "
        f"for: {len(replaced)} of the {len(bundled)} whose figures come with the folder, and {len(more)} more. The "
        "figures that come with the folder stay in use until something has been fetched."
    )
    yield ""
    yield (
        f"{counts[Standing.DOCUMENTATION]} are verified against documentation (id, title and breakdown were read in "
        f"the source's own catalogue), {counts[Standing.TO_VERIFY]} are to be verified live and "
        f"{counts[Standing.LIVE]} have been. To verify one, fetch it (`vagvisare fetch strategies/orebro --only KEY`), "
        'read its notes beside the answer, and change its `standing` to `"live"` in `indicators.toml`. How a '
        "definition is written stands in [The strategy folder](folder.md#data-sets-that-are-fetched)."
    )
    yield from ("", "## Data sets that come with the folder", "")
    yield from _table(replaced, bundled)
    yield from ("", "## Data sets that have no figures yet", "")
    yield from _table(more, bundled)
    yield from ("", "## Without a live definition", "", "| Data set | Why |", "|---|---|")
    yield from (f"| `{key}` | {LEFT_OUT[key]} |" for key in sorted(LEFT_OUT))
    yield from ("", "## Findings of June 2022 that nothing here measures", "", "| Finding | Why |", "|---|---|")
    yield from (f"| {finding} | {why} |" for finding, why in WITHOUT)


def _table(datasets: list[Dataset], bundled: set[str]) -> Iterator[str]:
    same = bool(datasets) and datasets[0].key in bundled
    asked = " Same as the figures here? |" if same else ""
    yield f"| Data set | Source and id |{asked} Breakdowns | Standing | To verify |"
    yield "|---|---|---|---|---|---|" if same else "|---|---|---|---|---|"
    for data in datasets:
        agreement = f" {AGREEMENT.get(data.key, _agreement(data))} |" if same else ""
        notes = " ".join(note.en.replace("|", "\\|") for note in data.notes) or "–"
        rest = f"{_breakdowns(data)} | {STANDINGS[data.standing]} | {notes}"
        yield f"| `{data.key}` | {_source(data)} |{agreement} {rest} |"


def _agreement(data: Dataset) -> str:
    return "same key figure" if data.source == "kolada" else "same table"


def _source(data: Dataset) -> str:
    tables = ", ".join(f"`{name}`" for query in data.queries for name in query.table.split(","))
    return f"{data.source}: {tables}"


def _breakdowns(data: Dataset) -> str:
    words = {"@nation": "Sweden", "@counties": "counties", "@municipalities:18": "the 12 municipalities"}
    said: dict[str, None] = {}
    for query in data.queries:
        for dimension in query.by_role(Role.TERRITORY):
            said.update(dict.fromkeys(words.get(value, value) for value in dimension.values))
        sexes = [SEXES[code] for each in query.by_role(Role.SEX) for code in (each.ours or each.values)]
        if sexes != [SEXES["T"]]:
            said.update(dict.fromkeys(sexes))
        for dimension in query.by_role(Role.BACKGROUND):
            groups = [name for name in (dimension.ours or dimension.values) if name]
            said[f"{len(groups)} groups ({', '.join(groups)})"] = None
        if any({"low", "margin"} & set(each.ours) for each in query.by_role(Role.MEASURE)):
            said["intervals"] = None
    return "; ".join(said)


def main() -> int:
    """Write the page, or with ``--check`` say what is stale or missing."""
    folder = read(FOLDER)
    wrong = problems(folder)
    text = page(folder)
    if "--check" in sys.argv[1:]:
        if not PAGE.exists() or PAGE.read_text(encoding="utf-8") != text:
            wrong.append(f"{PAGE.relative_to(ROOT)} is stale: run python tools/live_definitions.py")
    else:
        PAGE.write_text(text, encoding="utf-8")
    for each in wrong:
        print(each, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
