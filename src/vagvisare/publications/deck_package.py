"""Make a saved presentation the same bytes every time: fixed clock in every archive, also in those inside it."""

from __future__ import annotations

import io
import os
import re
import tempfile
import zipfile
from datetime import date
from pathlib import Path

from vagvisare.terms.errors import OutputError
from vagvisare.terms.language import Text

_CLOCK = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_ARCHIVE_START = (1980, 1, 1, 0, 0, 0)
"""The first moment a ZIP archive can name."""


def settle(content: bytes, day: date) -> bytes:
    """Return the archive with every timestamp replaced: files by 1980-01-01, document clocks by ``day``."""
    result = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _ARCHIVE_START)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            target.writestr(entry, _settled_part(name, source.read(name), day))
    return result.getvalue()


def replace_file(path: Path, content: bytes) -> None:
    """Write ``content`` to ``path`` by way of a temporary name.

    Raises:
        OutputError: when the place refuses.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except OSError as error:
        raise OutputError(
            Text(
                f"Bildspelet kunde inte skrivas till {path}: {error.strerror or error}.",
                f"The slides could not be written to {path}: {error.strerror or error}.",
            ),
            meaning=Text("Inget har ändrats.", "Nothing was changed."),
            remedy=Text(
                "Stäng filen om den är öppen, eller välj en annan plats.",
                "Close the file if it is open, or choose another place.",
            ),
        ) from error


def _settled_part(name: str, content: bytes, day: date) -> bytes:
    if name.endswith(".xlsx"):
        return settle(content, day)
    if name.endswith("docProps/core.xml"):
        return _CLOCK.sub(rb"\g<1>" + f"{day.isoformat()}T00:00:00Z".encode(), content)
    return content
