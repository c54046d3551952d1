"""The local engine: piece after piece on this machine, one a core at a time, never more in memory than those."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
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

    Raises:
        KeyboardInterrupt: when stopped with Ctrl-C, once the pieces under way are whole.
    """
    parts: list[output.Part] = []
    waiting = iter(plan.pieces)
    under_way: dict[Future[output.Part], Piece] = {}
    # Interrupted or refused, the pool waits for what has begun: each ends with a whole part, and nothing new begins.
    with _interruption() as stopped, ThreadPoolExecutor(WORKERS) as pool:
        while True:
            while not stopped.is_set() and len(under_way) < WORKERS and (piece := next(waiting, None)) is not None:
                under_way[pool.submit(_one, piece, book, out, plan.note)] = piece
            if not under_way:
                break
            for done in wait(under_way, return_when=FIRST_COMPLETED).done:
                part, piece = done.result(), under_way.pop(done)
                parts.append(part)
                progress(piece.rows, part.series)
    if stopped.is_set():
        raise KeyboardInterrupt
    return parts


@contextmanager
def _interruption() -> Iterator[threading.Event]:
    """Give an event that the first Ctrl-C sets; a second one interrupts as usual.

    An interruption between any two steps could leave Python's import lock taken, and the workers, who import the
    compiled code when they first need it, would wait for it for ever.
    """
    stopped = threading.Event()
    before = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or before is not signal.default_int_handler:
        yield stopped  # not ours to change: a server's thread, or somebody who handles it already
        return

    def stop(_signal: int, _frame: object) -> None:
        stopped.set()
        signal.signal(signal.SIGINT, before)

    signal.signal(signal.SIGINT, stop)
    try:
        yield stopped
    finally:
        signal.signal(signal.SIGINT, before)


def _one(piece: Piece, book: Book, out: Path, note: str) -> output.Part:
    made_from = digest(piece, book, NAME)
    there = output.finished(out, piece, made_from)
    if there is not None:
        return there
    series = ragged(read(piece), str(piece.path))
    return output.write(out, piece, made_from, result(series, book, threads=1, note=note))
