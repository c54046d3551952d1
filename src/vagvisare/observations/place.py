"""Where a store lies: a folder on disk, object storage, or memory. Nothing else here knows files.

A name is a relative path with ``/``. What is written under it appears whole or not at all:

* on disk it is written beside its place, flushed to the medium, and renamed;
* in object storage it is put in one piece;
* killing us at any moment leaves the old or the new, and at most a leftover whose name begins with ``LEFTOVER``.
"""

from __future__ import annotations

import os
import re
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

import pyarrow as pa

from vagvisare.terms.errors import OutputError
from vagvisare.terms.language import Text

LEFTOVER = ".recording-"
"""How names begin of what is being written; left behind only when we were killed."""


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """Something that lies in a place: its name, its size in bytes, and when it was written (seconds since 1970)."""

    name: str
    size: int
    written: float


class Place(Protocol):
    """Where a store lies."""

    def read(self, name: str) -> bytes:
        """Return what lies under a name.

        Raises:
            FileNotFoundError: when nothing does.
            OSError: when it cannot be read.
        """

    def write(self, name: str, body: bytes) -> None:
        """Put ``body`` under a name, whole or not at all.

        Raises:
            OutputError: when the place refuses: full, read-only, out of reach.
        """

    def filling(self, name: str) -> AbstractContextManager[Path]:
        """Lend a file to be filled; it takes its place under ``name`` when the block ends well.

        Raises:
            OutputError: as ``write``.
        """

    def entries(self, folder: str, *, deep: bool = False) -> Iterable[Entry]:
        """List what lies in a folder, and with ``deep`` below it; nothing where there is no such folder."""

    def names(self, folder: str) -> Iterable[str]:
        """List only the names of what lies in a folder, without the folder's: quicker than ``entries``."""

    def folders(self, folder: str = "") -> tuple[str, ...]:
        """List the names of the folders in a folder."""

    def remove(self, name: str) -> None:
        """Remove what lies under a name, if anything does."""

    def touch(self, name: str) -> bool:
        """Make what lies under a name count as written now; False when that takes writing it again."""

    def opened(self, name: str) -> Any:
        """Return something that Arrow can read the file from.

        Raises:
            FileNotFoundError: when nothing lies under the name.
        """

    def label(self, name: str = "") -> str:
        """Return what people call it: a path or an address, without anything secret."""


class Disk:
    """A folder on a local disk."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def read(self, name: str) -> bytes:
        """Return what lies under a name."""
        return (self.root / name).read_bytes()

    def write(self, name: str, body: bytes) -> None:
        """Put ``body`` under a name, whole or not at all."""
        with self.filling(name) as file:
            file.write_bytes(body)

    @contextmanager
    def filling(self, name: str) -> Iterator[Path]:
        """Lend a file beside the place, then flush it and rename it."""
        path = self.root / name
        temporary = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=LEFTOVER)
            try:
                yield Path(temporary)
                os.fsync(handle)
            finally:
                os.close(handle)
            Path(temporary).chmod(0o644)
            Path(temporary).replace(path)
            settle(path.parent)
        except BaseException as error:
            if temporary is not None:
                with suppress(OSError):
                    Path(temporary).unlink(missing_ok=True)
            if isinstance(error, OSError):
                raise refused(self.label(name), error) from error
            raise

    def entries(self, folder: str, *, deep: bool = False) -> Iterator[Entry]:
        """List what lies in a folder; what vanishes while we look is left out."""
        below: list[str] = []
        with suppress(FileNotFoundError, NotADirectoryError), os.scandir(self.root / folder) as found:
            for each in found:
                name = f"{folder}/{each.name}" if folder else each.name
                if each.is_dir(follow_symlinks=False):
                    below.append(name)
                    continue
                with suppress(FileNotFoundError):
                    told = each.stat()
                    yield Entry(name, told.st_size, told.st_mtime)
        for name in below if deep else ():
            yield from self.entries(name, deep=True)

    def names(self, folder: str) -> tuple[str, ...]:
        """List only the names."""
        try:
            with os.scandir(self.root / folder) as found:
                return tuple(each.name for each in found if not each.is_dir(follow_symlinks=False))
        except (FileNotFoundError, NotADirectoryError):
            return ()

    def folders(self, folder: str = "") -> tuple[str, ...]:
        """List the names of the folders in a folder."""
        try:
            with os.scandir(self.root / folder) as found:
                return tuple(sorted(each.name for each in found if each.is_dir()))
        except (FileNotFoundError, NotADirectoryError):
            return ()

    def remove(self, name: str) -> None:
        """Remove what lies under a name, if anything does."""
        try:
            (self.root / name).unlink(missing_ok=True)
        except OSError as error:
            raise refused(self.label(name), error) from error

    def touch(self, name: str) -> bool:
        """Make what lies under a name count as written now."""
        try:
            os.utime(self.root / name)
        except OSError:
            return False
        return True

    def opened(self, name: str) -> str:
        """Return the path."""
        path = self.root / name
        if not path.is_file():
            raise FileNotFoundError(str(path))
        return str(path)

    def label(self, name: str = "") -> str:
        """Return the path."""
        return str(self.root / name)


class Memory:
    """Nowhere: what is written is forgotten with the run."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[bytes, float]] = {}

    def read(self, name: str) -> bytes:
        """Return what lies under a name."""
        try:
            return self._kept[name][0]
        except KeyError:
            raise FileNotFoundError(name) from None

    def write(self, name: str, body: bytes) -> None:
        """Put ``body`` under a name."""
        self._kept[name] = bytes(body), time.time()

    @contextmanager
    def filling(self, name: str) -> Iterator[Path]:
        """Lend a file, then take in what was put there."""
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "whole")
            yield file
            self.write(name, file.read_bytes())

    def entries(self, folder: str, *, deep: bool = False) -> Iterator[Entry]:
        """List what lies in a folder."""
        start = f"{folder}/" if folder else ""
        for name, (body, written) in sorted(self._kept.items()):
            if name.startswith(start) and (deep or "/" not in name[len(start) :]):
                yield Entry(name, len(body), written)

    def names(self, folder: str) -> tuple[str, ...]:
        """List only the names."""
        return tuple(entry.name.rpartition("/")[2] for entry in self.entries(folder))

    def folders(self, folder: str = "") -> tuple[str, ...]:
        """List the names of the folders in a folder."""
        start = f"{folder}/" if folder else ""
        below = (name[len(start) :] for name in sorted(self._kept) if name.startswith(start))
        return tuple(dict.fromkeys(name.split("/")[0] for name in below if "/" in name))

    def remove(self, name: str) -> None:
        """Forget what lies under a name."""
        self._kept.pop(name, None)

    def touch(self, name: str) -> bool:
        """Make what lies under a name count as written now."""
        if name in self._kept:
            self._kept[name] = self._kept[name][0], time.time()
        return name in self._kept

    def opened(self, name: str) -> Any:
        """Return a reader over the bytes."""
        return pa.BufferReader(self.read(name))

    def label(self, name: str = "") -> str:
        """Say that it is memory."""
        return f"memory:/{name}"


def place(root: Path | str | None, options: Mapping[str, Any] | None = None) -> Place:
    """Return the place that a path or an address names; None is memory.

    Args:
        root: a folder, or an address that fsspec understands (``file://``, ``s3://bucket/prefix``, ``memory://``).
        options: what fsspec is told besides, such as ``endpoint_url``; its own environment settings hold too.

    Raises:
        OutputError: when nothing here can read and write at such an address.
    """
    if root is None:
        return Memory()
    if isinstance(root, Path) or "://" not in root:
        if isinstance(root, str) and _HALF_AN_ADDRESS.match(root):
            raise _half(root)
        return Disk(Path(root))
    if root.startswith("file://"):
        return Disk(Path(unquote(urlsplit(root).path)))
    from vagvisare.observations.bucket import Bucket  # noqa: PLC0415 fsspec is loaded where an address needs it

    return Bucket(root, options or {})


_HALF_AN_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+]+:(?!//)")
"""``s3:/lager``: a folder by that name is hardly what was meant. One letter is a Windows drive."""


def _half(root: str) -> OutputError:
    scheme, _, rest = root.partition(":")
    meant = f"{scheme}://{rest.lstrip('/')}"
    return OutputError(
        Text(f"”{root}” är varken en mapp eller en hel adress.", f"“{root}” is neither a folder nor a whole address."),
        meaning=Text("Inget har skrivits.", "Nothing was written."),
        remedy=Text(
            f"Menade du {meant}? En mapp vars namn innehåller kolon skrivs ./{root}.",
            f"Did you mean {meant}? A folder with a colon in its name is written ./{root}.",
        ),
    )


def refused(where: str, error: Exception) -> OutputError:
    """Say that a place would not let itself be written to."""
    reason = getattr(error, "strerror", None) or type(error).__name__
    return OutputError(
        Text(
            f"Det gick inte att skriva till lagret ({where}): {reason}.",
            f"The store could not be written to ({where}): {reason}.",
        ),
        meaning=Text(
            "Inget är halvskrivet: det som fanns i lagret före gäller.",
            "Nothing is half-written: what the store held before still stands.",
        ),
        remedy=Text(
            "Se till att det finns plats och skrivrättighet, och kör kommandot igen; det tar vid där det slutade.",
            "See to it that there is room and leave to write, and run the command again; it goes on from there.",
        ),
    )


def settle(folder: Path) -> None:
    """Flush the folder, so that a rename survives a power cut; not every system lets a folder be opened."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
