"""The strategy folder the server was started with: its place, and the numbers half that comes from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from vagvisare.strategy_folder.folder import Folder
from vagvisare.strategy_folder.reading import read
from vagvisare.terms.errors import UserError
from vagvisare.terms.language import Text


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


class NoFolderError(UserError):
    """The workspace runs without a strategy folder."""

    def __init__(self) -> None:
        super().__init__(
            Text("Arbetsytan är startad utan strategimapp.", "The workspace was started without a strategy folder."),
            meaning=Text("Det finns ingen mapp att läsa eller skriva.", "There is no folder to read or write."),
            remedy=Text("Starta den med vagvisare serve MAPP.", "Start it with vagvisare serve FOLDER."),
        )


_open: list[Opened] = []


def put(path: Path, folder: Folder, renew: Callable[[], None] | None = None) -> None:
    """Remember the folder that is served."""
    _open[:] = [Opened(path, folder, renew)]


def opened() -> Opened | None:
    """Return what is served, or None where the workspace runs without a folder."""
    return _open[0] if _open else None


def served() -> Opened:
    """Return what is served.

    Raises:
        NoFolderError: where the workspace runs without a folder.
    """
    if not _open:
        raise NoFolderError
    return _open[0]


def folder() -> Folder | None:
    """Return the folder that is served, or None."""
    return _open[0].folder if _open else None


def afresh(folder: Folder, path: Path | None) -> Folder:
    """Return a folder as it lies at ``path`` by now, where that is the one that is served; otherwise as it is.

    For verbs, which take turns: another may have written it after it was read, and what it said before that is then
    no change that somebody has made.

    Raises:
        FolderError: when there are mistakes in it.
    """
    known = opened()
    return known.now() if known is not None and known.path == path else folder


def renew() -> None:
    """Show the public site anew after the folder has been written, where a server has said how."""
    known = opened()
    if known is not None and known.renew is not None:
        known.renew()
