"""A store in object storage, through fsspec: S3 and its kin, or anything else that fsspec can read and write."""

from __future__ import annotations

import re
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa
from fsspec.core import url_to_fs  # type: ignore[import-untyped]

from vagvisare.observations.place import Entry, refused
from vagvisare.terms.errors import OutputError
from vagvisare.terms.language import Text

_T = TypeVar("_T")
_SECRET = re.compile(r"(?<=://)[^/@]*@")


class Bucket:
    """Objects below an address; one put writes one whole object.

    Args:
        url: the address, such as ``s3://bucket/prefix``.
        options: what the file system is told besides.

    Raises:
        OutputError: when fsspec knows no such kind of address, or lacks the library for it.
    """

    def __init__(self, url: str, options: Mapping[str, Any]) -> None:
        self._called = _SECRET.sub("", url.split("?", maxsplit=1)[0]).rstrip("/")
        try:
            # A remembered listing would hide what another process has published.
            self._files, base = url_to_fs(url, use_listings_cache=False, **options)
        except (ImportError, ValueError) as error:
            raise _unknown(self._called, error) from error
        except Exception as error:  # some storages are called as soon as they are named
            raise _silent(self._called, error) from error
        self._base = base.rstrip("/")

    def read(self, name: str) -> bytes:
        """Return what lies under a name."""
        return self._asked(name, lambda: bytes(self._files.cat_file(self._path(name))))

    def write(self, name: str, body: bytes) -> None:
        """Put ``body`` under a name."""
        self._told(name, lambda: self._files.pipe_file(self._path(name), body))

    @contextmanager
    def filling(self, name: str) -> Iterator[Path]:
        """Lend a local file, then put it in one piece."""
        with tempfile.TemporaryDirectory(prefix="vagvisare-") as folder:
            file = Path(folder, "whole")
            try:
                yield file
            except OSError as error:
                raise refused(str(file), error) from error
            self._told(name, lambda: self._files.put_file(str(file), self._path(name)))

    def entries(self, folder: str, *, deep: bool = False) -> Iterator[Entry]:
        """List what lies in a folder."""

        def listed() -> list[dict[str, Any]]:
            if deep:
                return list(self._files.find(self._path(folder), detail=True).values())
            return [each for each in self._files.ls(self._path(folder), detail=True) if each["type"] == "file"]

        for each in self._listed(folder, listed):
            name = self._name(each["name"])
            if name:
                yield Entry(name, int(each.get("size") or 0), _moment(each))

    def names(self, folder: str) -> tuple[str, ...]:
        """List only the names."""
        return tuple(entry.name.rpartition("/")[2] for entry in self.entries(folder))

    def folders(self, folder: str = "") -> tuple[str, ...]:
        """List the names of the folders in a folder."""

        def listed() -> list[dict[str, Any]]:
            found = self._files.ls(self._path(folder), detail=True)
            return [each for each in found if each["type"] == "directory"]

        return tuple(sorted(each["name"].rstrip("/").rsplit("/", 1)[-1] for each in self._listed(folder, listed)))

    def remove(self, name: str) -> None:
        """Remove what lies under a name, if anything does."""

        def removed() -> None:
            try:
                self._files.rm_file(self._path(name))
            except FileNotFoundError:
                return

        self._told(name, removed)

    def touch(self, name: str) -> bool:
        """Objects are written anew to count as new."""
        del name
        return False

    def opened(self, name: str) -> pa.BufferReader:
        """Return a reader over the whole object: one call, and a cut connection is told as such."""
        return pa.BufferReader(self.read(name))

    def label(self, name: str = "") -> str:
        """Return the address, without what may be secret in it."""
        return f"{self._called}/{name}".rstrip("/")

    def _path(self, name: str) -> str:
        return f"{self._base}/{name}".rstrip("/")

    def _name(self, path: str) -> str:
        # Some file systems give a leading slash back, others take it away.
        return path.strip("/").removeprefix(self._base.strip("/")).strip("/")

    def _listed(self, folder: str, listing: Callable[[], list[dict[str, Any]]]) -> list[dict[str, Any]]:
        try:
            return self._asked(folder, listing)
        except (FileNotFoundError, NotADirectoryError):
            return []

    def _asked(self, name: str, ask: Callable[[], _T]) -> _T:
        """Ask, and say it in a sentence when the storage cannot be reached or will not let us in."""
        try:
            return ask()
        except (FileNotFoundError, NotADirectoryError):
            raise
        except Exception as error:  # every storage has a family of errors of its own
            raise _silent(self.label(name), error) from error

    def _told(self, name: str, tell: Callable[[], object]) -> None:
        try:
            tell()
        except Exception as error:  # as above
            raise refused(self.label(name), error) from error


def _moment(entry: Mapping[str, Any]) -> float:
    """Return when an object was written; now where the storage does not say, so that it never counts as old."""
    for key in ("LastModified", "last_modified", "created", "mtime"):
        said = entry.get(key)
        if isinstance(said, datetime):
            return said.timestamp()
        if isinstance(said, int | float):
            return float(said)
    return time.time()


def _silent(where: str, error: Exception) -> OutputError:
    reason = type(error).__name__
    return OutputError(
        Text(f"Lagret {where} gick inte att nå ({reason}).", f"The store {where} could not be reached ({reason})."),
        meaning=Text("Inget i det har ändrats.", "Nothing in it has changed."),
        remedy=Text(
            "Kontrollera adress, nätverk och behörighet, och kör kommandot igen.",
            "Check address, network and permissions, and run the command again.",
        ),
    )


def _unknown(where: str, error: Exception) -> OutputError:
    lacking = isinstance(error, ImportError)
    return OutputError(
        Text(f"Lagret {where} går inte att öppna.", f"The store {where} cannot be opened."),
        meaning=Text(
            "Det som behövs för sådana adresser är inte installerat." if lacking else "Adressens början är okänd.",
            "What such addresses need is not installed." if lacking else "The beginning of the address is unknown.",
        ),
        remedy=Text(
            "För s3://: installera vagvisare[s3]. Annars: ange en mapp.",
            "For s3://: install vagvisare[s3]. Otherwise: name a folder.",
        ),
    )
