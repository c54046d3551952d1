"""Measure everything anew, write docs/method/honesty.json, print the page, and say which goals are met.

``python -m honesty [FOLDER]`` with ``tools`` on the path (``make honesty``). Some minutes, two processes; the same
code, figures and packages give the same file to the last byte.
"""

from __future__ import annotations

import json
import multiprocessing
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from importlib.metadata import version
from pathlib import Path
from typing import Any

from honesty import page
from honesty.history import coverage, history
from honesty.measure import Record, Sizes, jobs, run
from honesty.resemblance import resemblance
from vagvisare.assessment import reference
from vagvisare.assessment.verdict import FEWEST, LEAVES, SIGNIFICANT
from vagvisare.assessment.window import LONGEST

ROOT = Path(__file__).resolve().parents[2]
PROCESSES = 2


def constants() -> dict[str, float]:
    """Return the constants of the method that what is measured rests on."""
    return {
        "fewest": FEWEST,
        "longest": LONGEST,
        "significant": SIGNIFICANT,
        "leaves": LEAVES,
        "always_exact": reference.ALWAYS_EXACT,
        "prior_rho": reference.PRIOR_RHO,
        "prior_weight": reference.PRIOR_WEIGHT,
        "highest_rho": reference.HIGHEST_RHO,
    }


def measured(folder: str, sizes: Sizes, processes: int = PROCESSES) -> dict[str, Any]:
    """Measure everything; the order of the records does not depend on which process was done first."""
    records: list[Record] = []
    start = time.perf_counter()
    cells = list(jobs(sizes))
    with ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("spawn")) as pool:
        for done, found in enumerate(pool.map(run, cells), 1):
            records += found
            if done % 20 == 0 or done == len(cells):
                spent = time.perf_counter() - start
                print(f"{done} of {len(cells)} cells, {spent:.0f} s", file=sys.stderr, flush=True)
    return {
        "sizes": {"fast": sizes.fast, "packaged": sizes.packaged, "walks": sizes.walks, "seed": sizes.seed},
        "constants": constants(),
        "packages": {name: version(name) for name in ("numpy", "pymannkendall")},
        "history": history(folder),
        "resemblance": resemblance(folder, sizes),
        "coverage": coverage(folder),
        "records": records,
    }


def text_of(results: dict[str, Any]) -> str:
    """Return the results as JSON with a line a record, so that a later run can be compared line by line."""
    head = {name: value for name, value in results.items() if name != "records"}
    lines = ",\n".join(f"  {json.dumps(each, ensure_ascii=False)}" for each in results["records"])
    opening = json.dumps(head, ensure_ascii=False, indent=1)
    return f'{opening[:-2]},\n "records": [\n{lines}\n ]\n}}\n'


def main() -> int:
    """Measure, write, and print the goals."""
    folder = sys.argv[1] if len(sys.argv) > 1 else str(ROOT / "strategies" / "orebro")
    results = measured(folder, Sizes())
    page.write(page.RESULTS, text_of(results))
    page.write(page.PAGE, page.text(results))
    print(page.goals_table(results))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
