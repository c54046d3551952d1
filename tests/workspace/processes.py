"""Processes of our own, copied from one that has read the program already, so that none waits for that again.

A copy has its own environment, settings, working folder, output and records, and may be killed. What is not tried
so, that the program reads all it needs by itself, is tried where the command is started anew: ``Place.anew``,
``test_serving.py`` and ``workspace/whole``. Ask from one thread at a time. Loaded by path from the tests.
"""

import functools
import multiprocessing
import os
import subprocess
import tempfile
from multiprocessing import forkserver
from pathlib import Path

import pytest

BECOME = "import prepared; prepared.become(**told)"


@functools.cache
def _copied():
    """Return what makes copies; the first who asks waits until the program has been read."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("DATABASE_URL", raising=False)
        patch.setenv("VAGVISARE_RECORDS", os.devnull)
        patch.setenv("OPENBLAS_NUM_THREADS", "1")  # a process with threads is not to be copied
        patch.setenv("PYTHONPATH", os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")]))
        making = multiprocessing.get_context("forkserver")
        making.set_forkserver_preload(["prepared"])
        forkserver.ensure_running()
    return making


class Process:
    """A program running: ``words`` are as Python's own: a script, ``-m`` or ``-c``, and what the program is told."""

    def __init__(self, words, env, cwd=None):
        self._place = tempfile.TemporaryDirectory()
        places = self._places = [Path(self._place.name, name) for name in ("out", "err")]
        self._words = [*map(str, words)]
        told = {"words": self._words, "env": dict(env), "cwd": str(cwd or Path.cwd()), "places": places}
        self._running = _copied().Process(target=exec, args=(BECOME, {"told": told}), daemon=True)
        self._running.start()

    @property
    def returncode(self):
        return self._running.exitcode

    def kill(self):
        """End it as a power cut would: kill -9."""
        self._running.kill()

    def wait(self, timeout=None):
        self._running.join(timeout)
        if self.returncode is None:
            self.kill()
            raise TimeoutError(*self.said())
        return self.returncode

    def done(self, timeout=120):
        """Wait until it has ended; return its code and what it said, as ``subprocess.run`` does."""
        code = self.wait(timeout)
        return subprocess.CompletedProcess(self._words, code, *self.said())

    def said(self):
        """Return what it has printed, and what it has said on the side."""
        return tuple(place.read_text(encoding="utf-8") if place.exists() else "" for place in self._places)
