"""Print the method manual, ``docs/method``, from the tests in ``tests/method``.

Usage: ``python tools/method_pages.py`` writes the pages; with ``--check`` it writes nothing and fails when a page
is missing, stale or left over. A file is a page, its docstring the introduction; a test is a section, its docstring
the text, and what the test wrote on its ``page`` the tables. One page is not a test's: ``honesty.md`` tells what
``make honesty`` measured, and is written from the results in ``honesty.json``.
"""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import math
import sys
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
TESTS = ROOT / "tests" / "method"
PAGES = ROOT / "docs" / "method"
ORDER = (
    "scale",
    "window",
    "breaks",
    "splice",
    "slope",
    "test",
    "autocorrelation",
    "few_points",
    "verdicts",
    "hysteresis",
    "noise",
    "pace",
    "targets",
    "projection",
    "comparison",
    "own_course",
    "gaps",
    "events",
    "candidates",
    "robustness",
    "discovery",
    "defects",
    "translations",
    "disclosure",
)
MARK = "<!-- Printed by tools/method_pages.py from tests/method; edit the tests, not this page. -->"


def load(path: Path) -> ModuleType:
    """Import one file by its path."""
    spec = importlib.util.spec_from_file_location(f"method_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} cannot be imported")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def pages() -> dict[str, str]:
    """Return every page of the manual by file name."""
    conftest = load(TESTS / "conftest.py")
    found = {path.stem.removeprefix("test_method_") for path in TESTS.glob("test_*.py")}
    if found != set(ORDER):
        raise SystemExit(f"tests/method and ORDER in tools/method_pages.py differ: {sorted(found ^ set(ORDER))}")
    modules = [(name, load(TESTS / f"test_method_{name}.py")) for name in ORDER]
    out = {f"{name.replace('_', '-')}.md": page(module, conftest) for name, module in modules}
    honesty = honesty_page()
    measured = honesty.fresh()
    if measured is not None:
        out[honesty.PAGE.name] = measured
    out["README.md"] = contents(modules)
    if measured is not None:
        out["README.md"] += f"{len(modules) + 1}. [{honesty.TITLE}]({honesty.PAGE.name})\n"
    return out


def honesty_page() -> ModuleType:
    """Return the module that writes the page on how often the method is wrong."""
    if str(ROOT / "tools") not in sys.path:
        sys.path.insert(0, str(ROOT / "tools"))
    return importlib.import_module("honesty.page")


def contents(modules: list[tuple[str, ModuleType]]) -> str:
    """Return the first page: what the manual is, and its pages in order."""
    lines = [
        MARK,
        "",
        "# How the figures are judged",
        "",
        "These pages say how Vägvisare decides whether a figure improves, worsens or stands still, whether the pace",
        "is enough for a target, and how a figure stands beside others'. Every table and every result on them is",
        "computed by a test, so a page that no longer holds cannot be printed. The figures are made up to show one",
        "thing at a time, unless a page says where they come from. Territories stand by their official code: 18 is",
        "the code of Örebro län; K is women and M is men.",
        "",
        "The four verdicts are *förbättras* (improving), *försämras* (worsening), *oförändrat* (unchanged) and",
        "*går inte att avgöra* (cannot be determined).",
        "",
    ]
    lines += [
        f"{place}. [{split(module)[0]}]({name.replace('_', '-')}.md)" for place, (name, module) in enumerate(modules, 1)
    ]
    return "\n".join(lines) + "\n"


def page(module: ModuleType, conftest: ModuleType) -> str:
    """Return one page."""
    title, introduction = split(module)
    parts = [MARK, f"# {title}", introduction]
    tests = [f for name, f in vars(module).items() if name.startswith("test_") and inspect.isfunction(f)]
    parts += [section(test, conftest) for test in tests]
    return "\n\n".join(part for part in parts if part) + "\n"


def section(test: FunctionType, conftest: ModuleType) -> str:
    """Run one test on a fresh sheet and return its section."""
    sheet = conftest.Page()
    given: dict[str, Any] = {"page": sheet, "method_break": conftest.break_at(2018)}
    test(**{name: given[name] for name in inspect.signature(test).parameters})
    heading, text = split(test)
    parts = [f"## {heading}", text, figures(sheet.figures), verdicts(sheet, conftest), numbers(sheet.numbers)]
    return "\n\n".join(part for part in parts if part)


def split(thing: ModuleType | FunctionType) -> tuple[str, str]:
    """Return the first line of a docstring, and the rest."""
    first, _, rest = inspect.cleandoc(thing.__doc__ or thing.__name__).partition("\n")
    return first.rstrip("."), rest.strip()


def table(head: list[str], rows: list[list[str]], *, numeric: bool = True) -> str:
    """Return a Markdown table; numeric ones have every column after the first set to the right."""
    lines = [head, ["---", *["---:" if numeric else "---"] * (len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def figures(series: dict[str, dict[str, float]]) -> str:
    """Return the figures that went in: a row a period, a column a series."""
    if not series:
        return ""
    periods = sorted({period for points in series.values() for period in points})
    rows = [[p, *(f"{points[p]:,.10g}" if p in points else "" for points in series.values())] for p in periods]
    return table(["Period", *series], rows)


def verdicts(sheet: Any, conftest: ModuleType) -> str:
    """Return what came out: a row a series."""
    if not sheet.verdicts:
        return ""
    head = ["Result", "Points used", "Scale", "p", "Change over the window (90 % interval)", "Verdict", "Why"]
    rows = [
        [
            name,
            points(trend),
            str(trend.scale),
            "< 0.001" if trend.p < 0.001 else f"{trend.p:.3f}",
            change(trend),
            f"*{trend.verdict}*",
            conftest.REASONS[trend.reason],
        ]
        for name, trend in sheet.verdicts.items()
    ]
    return table(head, rows, numeric=False)


def points(trend: Any) -> str:
    """Return how many points were used, and which span they cover."""
    used = trend.window.used
    return f"{len(used)} ({used[0].label} to {used[-1].label})" if len(used) > 1 else f"1 ({used[0].label})"


def change(trend: Any) -> str:
    """Return the total change with its interval, in the unit of the figures."""
    if math.isnan(trend.change):
        return "–"
    return f"{signed(trend.change)} ({signed(trend.change_low)} to {signed(trend.change_high)})"


def signed(value: float) -> str:
    """Return a number to three digits with its sign; rounding noise is nought."""
    text = f"{value:+,.3g}" if abs(value) < 1000 else f"{value:+,.0f}"
    return "0" if abs(value) < 5e-10 else text.replace("-", "−")


def numbers(lines: dict[str, str]) -> str:
    """Return the single numbers of a section."""
    return table(["Number", "Value"], [[name, value] for name, value in lines.items()]) if lines else ""


def main() -> int:
    """Write the pages, or with ``--check`` say which are stale."""
    wanted = pages()
    present = {path.name: path.read_text(encoding="utf-8") for path in PAGES.glob("*.md")} if PAGES.is_dir() else {}
    stale = sorted(name for name in wanted.keys() | present.keys() if wanted.get(name) != present.get(name))
    if "--check" in sys.argv[1:]:
        for name in stale:
            print(f"docs/method/{name} is stale; run python tools/method_pages.py")
        return 1 if stale else 0
    PAGES.mkdir(parents=True, exist_ok=True)
    for name in stale:
        write(PAGES / name, wanted.get(name))
    print(f"docs/method: {len(wanted)} pages, {len(stale)} changed")
    return 0


def write(path: Path, text: str | None) -> None:
    """Write a page under another name and rename it; a page without a test goes."""
    if text is None:
        path.unlink()
        return
    beside = path.with_suffix(".part")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


if __name__ == "__main__":
    raise SystemExit(main())
