"""All of Sweden from Parquet to Parquet, with places and gaps: how long, and how much memory. Never fails on time.

``python tools/bench_sweden.py [--series N] [--engine local|spark]``. The figures are made up, in the shape of Kolada's
catalogue (``tools/sweden.py``), and kept under build/bench/ between runs. Bars: 60 s and 4 GiB on two cores.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import subprocess
import sys
import time
from pathlib import Path

import sweden

ROOT = Path(__file__).parents[1]
SECONDS, GIBIBYTES = 60, 4

RUN = """
import resource, sys
from pathlib import Path
from vagvisare.engines.assess import assess
done = assess(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
print(done.series, done.kept, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20)
"""


def main(series: int | None = None, engine: str = "local") -> None:
    """Measure one run in a fresh process, and one more with nothing left to do."""
    folder = figures(series)
    out = folder.with_name(folder.name + "-judged")
    shutil.rmtree(out, ignore_errors=True)
    seconds, judged, _, memory = measured(folder, out, engine)
    whole = series is None and engine == "local"
    size = sum(path.stat().st_size for path in folder.glob("*.parquet")) / 1e6
    row(
        f"all of Sweden, made-up figures: {judged:,} series, {engine}",
        f"{seconds:.1f} s",
        f"< {SECONDS} s" if whole else "",
    )
    if engine == "local":
        row("  peak memory", f"{memory:.2f} GiB", f"< {GIBIBYTES} GiB" if whole else "")
    row("  series a second, the start of Python included", f"{judged / seconds:,.0f}")
    row("  Parquet in and out", f"{size:.0f} · {_size(out):.0f} MB")
    again, _, kept, _ = measured(folder, out, engine)
    row(f"  once more, {kept:,} series already judged", f"{again:.1f} s")


def figures(series: int | None) -> Path:
    """Return a folder of made-up figures, made when there is none from this very generator."""
    folder = ROOT / "build" / "bench" / ("sweden" if series is None else f"sweden-{series}")
    mark = folder / ".generator"
    generator = hashlib.sha256(Path(sweden.__file__).read_bytes()).hexdigest()
    if not mark.exists() or mark.read_text(encoding="utf-8") != generator:
        shutil.rmtree(folder, ignore_errors=True)
        sweden.write(folder, series)
        mark.write_text(generator, encoding="utf-8")
    return folder


def measured(folder: Path, out: Path, engine: str) -> tuple[float, int, int, float]:
    """Return seconds, series, series kept, and peak memory in GiB of one run in a fresh process."""
    start = time.perf_counter()
    command = [sys.executable, "-c", RUN, str(folder), str(out), engine]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)  # noqa: S603  our own program
    seconds = time.perf_counter() - start
    if done.returncode:
        raise SystemExit(done.stderr)
    judged, kept, memory = done.stdout.split()[-3:]
    return seconds, int(judged), int(kept), float(memory)


def row(what: str, told: str, bar: str = "") -> None:
    """Print one row of the table."""
    print(f"{what:<68} {told:>14} {bar:>10}", flush=True)


def _size(out: Path) -> float:
    return sum(path.stat().st_size for path in out.rglob("*.parquet")) / 1e6


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Time the judging of all of Sweden, in made-up figures.")
    parser.add_argument("--series", type=int, help="about so many series instead of all")
    parser.add_argument("--engine", choices=("local", "spark"), default="local")
    asked = parser.parse_args()
    main(asked.series, asked.engine)
