"""The strategy folder the server was started with: its place, and the numbers half that comes from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from vagvisare.strategy_folder.folder import Folder
from vagvisare.strategy_folder.reading import read


@dataclass(frozen=True, slots=True)
class Opened:
    """A folder as it was read at the start; ``renew`` reads it again and shows the public site anew."""

    path: Path
    folder: Folder
    renew: Callable[[], None] | None = None

    def now(self) -> Folder:
        """Return the folder as it lies on the disk by now: others put files in it while people work here.

        Raises:
            FolderError: when there are mistakes in it.
        """
        return read(self.path)


_open: list[Opened] = []


def put(path: Path, folder: Folder, renew: Callable[[], None] | None = None) -> None:
    """Remember the folder that is served."""
    _open[:] = [Opened(path, folder, renew)]


def opened() -> Opened | None:
    """Return what is served, or None where the workspace runs without a folder."""
    return _open[0] if _open else None


def folder() -> Folder | None:
    """Return the folder that is served, or None."""
    return _open[0].folder if _open else None


def renew() -> None:
    """Show the public site anew after the folder has been written, where a server has said how."""
    served = opened()
    if served is not None and served.renew is not None:
        served.renew()
