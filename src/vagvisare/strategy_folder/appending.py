"""Adding to a strategy folder's indicators.toml without touching a byte of what stands there.

What is written goes to the end of the file, in one step: whoever reads the folder, or kills us, meets the old file or
the new one. What the folder would become is read and checked whole before anything is written.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from vagvisare.assessment.definition import Indicator
from vagvisare.sources.query import Dataset
from vagvisare.strategy_folder import names
from vagvisare.strategy_folder.codec import encode
from vagvisare.strategy_folder.reading import read
from vagvisare.strategy_folder.toml_text import Plain, toml_text
from vagvisare.terms.errors import FolderError, OutputError
from vagvisare.terms.language import Text

PATIENCE = 20.0
"""Seconds to wait for somebody else who is writing."""

_PARTS = ("*.toml", f"{names.EDITIONS}/*", f"{names.FOLLOW_UPS}/*", f"{names.FIGURES}/*")


def text_of(indicator: Indicator, dataset: Dataset) -> str:
    """Return an indicator and its data set as they are written in indicators.toml."""
    told: Mapping[str, Plain] = {"indicator": [encode(indicator)], "dataset": [encode(dataset)]}
    return toml_text(told)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Let nobody else add to the folder for the length of a block.

    Raises:
        OutputError: when somebody else does not let go, or the folder cannot be opened.
    """
    if os.name == "nt":
        # No locks on folders there: two at once are found out by comparing bytes.
        yield
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise _refused(folder, error) from error
    try:
        _lock(folder, handle)
        yield
    finally:
        os.close(handle)


def _lock(folder: Path, handle: int) -> None:
    import fcntl  # noqa: PLC0415 not there on every system

    until = time.monotonic() + PATIENCE
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                raise _busy(folder) from None
            time.sleep(0.05)
        except OSError:
            return  # some network disks know no locks; the bytes are compared all the same
        else:
            return


def append(folder: Path, added: str) -> int:
    """Write ``added`` at the end of indicators.toml, and return the line it begins on. The caller holds ``alone``.

    Raises:
        FolderError: when the folder would not be whole with it; nothing is written.
        OutputError: when the disk refuses, or somebody else wrote meanwhile; the file is as it was.
    """
    before = _bytes(folder)
    gap = b"" if not before else b"\n" if before.endswith(b"\n") else b"\n\n"
    after = before + gap + added.encode()
    _checked(folder, after)
    _replace(folder, before, after)
    return (before + gap).count(b"\n") + 1


def exchange(folder: Path, old: str, new: str) -> bool:
    """Put ``new`` where ``old`` was appended; False when somebody has changed it since. The caller holds ``alone``.

    Raises:
        FolderError, OutputError: as ``append``.
    """
    before = _bytes(folder)
    if old.encode() not in before:
        return False
    head, _, tail = before.rpartition(old.encode())
    after = head + new.encode() + tail
    _checked(folder, after)
    _replace(folder, before, after)
    return True


def _file(folder: Path) -> Path:
    return (folder / names.INDICATORS).resolve()


def _bytes(folder: Path) -> bytes:
    try:
        return _file(folder).read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise _refused(folder, error) from error


def _checked(folder: Path, after: bytes) -> None:
    """Read what the folder would become, in a copy of its text; figures lie beside as links where that is possible."""
    with tempfile.TemporaryDirectory(prefix="vagvisare-") as place:
        copy = Path(place)
        try:
            for pattern in _PARTS:
                for found in folder.glob(pattern):
                    if found.is_file() and found.name != names.INDICATORS:
                        _copied(found, copy / found.relative_to(folder))
            (copy / names.INDICATORS).write_bytes(after)
        except OSError as error:
            raise _refused(folder, error) from error
        try:
            read(copy)
        except FolderError as error:
            raise FolderError(str(folder), error.mistakes) from None


def _copied(file: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(file.resolve(), to)
    except OSError:
        shutil.copyfile(file, to)


def _replace(folder: Path, before: bytes, after: bytes) -> None:
    final = _file(folder)
    beside = final.with_name(f".{final.name}.{os.getpid()}.part")
    try:
        with beside.open("wb") as stream:
            stream.write(after)
            stream.flush()
            os.fsync(stream.fileno())
        if final.exists():
            shutil.copymode(final, beside)
        if _bytes(folder) != before:
            raise _meanwhile(folder)
        beside.replace(final)
    except OSError as error:
        raise _refused(folder, error) from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def _refused(folder: Path, error: OSError) -> OutputError:
    why = error.strerror or error
    return OutputError(
        Text(
            f"{folder / names.INDICATORS} kan inte skrivas ({why}).",
            f"{folder / names.INDICATORS} cannot be written ({why}).",
        ),
        meaning=Text("Filen är som den var.", "The file is as it was."),
        remedy=Text(
            "Kontrollera att du får skriva i mappen och att det finns plats.",
            "Check that you may write in the folder and that there is room.",
        ),
    )


def _busy(folder: Path) -> OutputError:
    return OutputError(
        Text(f"Någon annan skriver i {folder} just nu.", f"Somebody else is writing in {folder} just now."),
        meaning=Text("Filen är som den var.", "The file is as it was."),
        remedy=Text("Kör samma kommando igen om en stund.", "Run the same command again in a while."),
    )


def _meanwhile(folder: Path) -> OutputError:
    return OutputError(
        Text(
            f"{folder / names.INDICATORS} ändrades av någon annan under tiden.",
            f"{folder / names.INDICATORS} was changed by somebody else meanwhile.",
        ),
        meaning=Text("Ingenting har skrivits över.", "Nothing was overwritten."),
        remedy=Text("Kör samma kommando igen.", "Run the same command again."),
    )
