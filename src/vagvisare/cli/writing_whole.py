"""Write a new file whole or not at all, and never over another."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from vagvisare.observations.place import settle
from vagvisare.terms.errors import OutputError
from vagvisare.terms.language import Text


@contextmanager
def written_whole(file: Path) -> Iterator[IO[bytes]]:
    """Give the block a file to write, readable by its owner only; it gets its name when all of it is on the disk.

    Raises:
        OutputError: when there is such a file already, or no room, or the place refuses. Nothing is left then.
    """
    if file.exists() or file.is_symlink():
        raise OutputError(
            Text(f"{file} finns redan.", f"{file} is there already."),
            meaning=Text("Den har inte rörts.", "It was not touched."),
            remedy=Text("Välj ett annat namn.", "Choose another name."),
        )
    try:
        handle, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
    except OSError as error:
        raise _refused(file, error) from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w+b") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        temporary.replace(file)
        settle(file.parent)
    except OSError as error:
        raise _refused(file, error) from error
    finally:
        with suppress(FileNotFoundError):
            temporary.unlink()


def _refused(file: Path, error: OSError) -> OutputError:
    why = error.strerror or str(error)
    return OutputError(
        Text(f"{file} kunde inte skrivas ({why}).", f"{file} could not be written ({why})."),
        meaning=Text("Inget har lämnats halvskrivet.", "Nothing was left half-written."),
        remedy=Text("Ge plats eller välj en annan plats.", "Make room, or choose another place."),
    )
