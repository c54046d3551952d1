"""One call for the whole of it: read the contracts, plan, judge with the chosen engine, conclude."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from vagvisare.engines import local, output
from vagvisare.engines.contracts import Book, read_book
from vagvisare.engines.local import Progress
from vagvisare.engines.plan import Plan, make_plan
from vagvisare.terms.errors import UserError
from vagvisare.terms.language import Text

ENGINES = (local.NAME, "spark")


class Assessed(NamedTuple):
    """What a run left behind: how many series, how many of them were there before, and the remark they carry."""

    series: int
    kept: int
    note: str


def assess(
    folder: Path, out: Path, engine: str = local.NAME, progress: Callable[[int], Progress] | None = None
) -> Assessed:
    """Judge every series in a folder of Parquet files and write one row a series.

    Args:
        folder: figures and contracts, as ``layout`` has them.
        out: where to write; a run that was stopped goes on where it was.
        engine: ``local`` or ``spark``.
        progress: asked once, with the number of rows, for what to tell of each finished piece.

    Raises:
        FigureError: when figures or contracts cannot be read.
        UnknownError: when an indicator has no contract.
        OutputError: when ``out`` cannot be written to.
        UserError: when the engine asked for is not installed.
    """
    if engine not in ENGINES:
        raise UserError(
            Text(f"Det finns ingen motor som heter ”{engine}”.", f"There is no engine called “{engine}”."),
            remedy=Text(f"Välj bland: {', '.join(ENGINES)}.", f"Choose among: {', '.join(ENGINES)}."),
        )
    run = local.run if engine == local.NAME else _cluster()
    plan, book = make_plan(folder), read_book(folder)
    book.rows([name for piece in plan.pieces for name in piece.indicators])
    output.prepare(out, folder, engine, plan)
    parts = run(plan, book, out, progress(plan.rows) if progress is not None else _silent)
    kept = sum(part.series for part in parts if part.kept)
    return Assessed(output.conclude(out, engine, plan, parts), kept, plan.note)


def _cluster() -> Callable[[Plan, Book, Path, Progress], list[output.Part]]:
    """Return the engine for a cluster, which only those who ask for it load."""
    from vagvisare.engines.spark import check, run  # noqa: PLC0415

    check()
    return run


def _silent(_rows: int, _series: int) -> None:
    """Tell nobody."""
