"""One page at a time, and the cycle collector at rest meanwhile.

A page is ten thousand small dictionaries for a few milliseconds. Making that many sets off the collector over and over,
and it then looks through everything else in memory too: measured, that took longer than the reading. None of what is
made refers back to itself, so it is freed without the collector as soon as it is let go. Only one thread can read at a
time anyway; letting it finish keeps a page in the processor's memory from when it is made until it is let go.
"""

from __future__ import annotations

import gc
import threading


class Rest:
    """A ``with`` block for one thread at a time; not to be entered again from inside it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._was_on = False

    def __enter__(self) -> None:
        self._lock.acquire()
        self._was_on = gc.isenabled()
        gc.disable()

    def __exit__(self, *_: object) -> None:
        if self._was_on:
            gc.enable()
        self._lock.release()


READING = Rest()
"""The one of this process: the collector is the process's too."""
