"""The local engine: piece after piece on this machine, one a core at a time, never more in memory than those."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from pathlib import Path

from vagvisare.engines import output
from vagvisare.engines.contracts import Book
from vagvisare.engines.figures import ragged
from vagvisare.engines.judged import result
from vagvisare.engines.plan import Piece, Plan, digest, read

NAME = "local"
WORKERS = max(os.cpu_count() or 1, 2)
"""Pieces at a time: one reads or writes while another computes, also on a single core. Each takes some 0.3 GiB."""

Progress = Callable[[int, int], None]
"""Told, each time something is finished, how many rows and how many series it had."""


def run(plan: Plan, book: Book, out: Path, progress: Progress) -> list[output.Part]:
    """Judge every piece that is not there already, and return all parts.

    Args:
        plan: the pieces.
        book: the contracts.
        out: a folder from ``output.prepare``.
        progress: told of each finished piece.
    """
    parts: list[output.Part] = []
    waiting = iter(plan.pieces)
    under_way: dict[Future[output.Part], Piece] = {}
    # Interrupted or refused, the pool waits for what has begun: each ends with a whole part, and nothing new begins.
    with ThreadPoolExecutor(WORKERS) as pool:
        while True:
            while len(under_way) < WORKERS and (piece := next(waiting, None)) is not None:
                under_way[pool.submit(_one, piece, book, out, plan.note)] = piece
            if not under_way:
                return parts
            for done in wait(under_way, return_when=FIRST_COMPLETED).done:
                part, piece = done.result(), under_way.pop(done)
                parts.append(part)
                progress(piece.rows, part.series)


def _one(piece: Piece, book: Book, out: Path, note: str) -> output.Part:
    made_from = digest(piece, book, NAME)
    there = output.finished(out, piece, made_from)
    if there is not None:
        return there
    series = ragged(read(piece), str(piece.path))
    return output.write(out, piece, made_from, result(series, book, threads=1, note=note))
