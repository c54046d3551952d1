"""Read a backup's parts, and see that each is what the manifest says before anything is written."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from vagvisare.terms.errors import FigureError
from vagvisare.terms.language import Text
from vagvisare.web import backup_form as form

_PIECE = 1024 * 1024
_LARGEST_MANIFEST = 16 * 1024 * 1024


def checked(file: zipfile.ZipFile) -> form.Manifest:
    """Return the manifest of a backup of which every part is there, and whole.

    Raises:
        FigureError: when anything is missing, foreign or altered.
    """
    try:
        with file.open(form.MANIFEST) as body:
            manifest = form.Manifest.read(body.read(_LARGEST_MANIFEST))
    except (KeyError, ValueError, TypeError, AttributeError, *_UNPACKING) as error:
        raise damaged(Text("förteckningen går inte att läsa", "the manifest cannot be read")) from error
    told, found = [part.name for part in manifest.parts], [name for name in file.namelist() if name != form.MANIFEST]
    if sorted(told) != sorted(found) or len(set(told)) != len(told) or not all(_is_ours(name) for name in told):
        raise damaged(Text("delarna är inte de som förteckningen nämner", "its parts are not those of the manifest"))
    for part in manifest.parts:
        _check(file, part)
    return manifest


def lines(file: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """Return the lines of a part."""
    with file.open(name) as part:
        yield from part


def damaged(why: Text) -> FigureError:
    """Say that a backup cannot be used, and why."""
    return FigureError(
        Text(f"Säkerhetskopian kan inte användas: {why.sv}.", f"The backup cannot be used: {why.en}."),
        meaning=Text("Ingenting har återställts.", "Nothing was restored."),
        remedy=Text("Använd en annan säkerhetskopia.", "Use another backup."),
    )


_UNPACKING = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
"""What the library says of a damaged or foreign archive."""


def _check(file: zipfile.ZipFile, part: form.Part) -> None:
    digest, size = hashlib.sha256(), 0
    try:
        with file.open(part.name) as body:
            while piece := body.read(_PIECE):
                digest.update(piece)
                size += len(piece)
                if size > part.size:  # a part that swells beyond its word is not read to its end
                    break
    except _UNPACKING as error:
        raise damaged(Text(f"{part.name} går inte att packa upp", f"{part.name} cannot be unpacked")) from error
    if (digest.hexdigest(), size) != (part.sha256, part.size):
        raise damaged(Text(f"{part.name} är skadad", f"{part.name} is damaged"))


def _is_ours(name: str) -> bool:
    """Tell whether a part may be there: never a path that leads out of its folder."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name:
        return False
    return name.startswith((form.RECORDS, form.FOLDER)) and len(path.parts) > 1
