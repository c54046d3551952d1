"""One published edition of a follow-up: site, deck and data in one folder, whole or not at all."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from pathlib import Path

from vagvisare.publications import html, opendata, pptx
from vagvisare.publications.material import Material
from vagvisare.terms.errors import OutputError
from vagvisare.terms.language import Language, Text

PARTS = ("site", "deck", "data")
"""What an edition consists of: the public site, the council's slides, and the open data."""

_MADE_FROM = ".made-from"


def write(material: Material, out: Path) -> bool:
    """Write the edition to ``out``; return False when what is there was made from the very same material and code.

    The parts are written beside ``out`` and renamed into place when all are whole.

    Raises:
        OutputError: when ``out`` is a file, or cannot be written to.
    """
    if out.exists() and not out.is_dir():
        raise OutputError(
            Text(f"{out} är en fil, inte en mapp.", f"{out} is a file, not a folder."),
            remedy=Text("Välj en annan mapp med --out.", "Choose another folder with --out."),
        )
    made_from = fingerprint(material)
    if all((out / part).is_dir() for part in PARTS) and _read(out / _MADE_FROM) == made_from:
        return False
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".writing-", dir=out) as temporary:
            _write_parts(material, Path(temporary))
            (out / _MADE_FROM).unlink(missing_ok=True)
            _swap(Path(temporary), out)
            note = Path(temporary, _MADE_FROM)
            note.write_text(made_from, encoding="utf-8")
            note.replace(out / _MADE_FROM)
    except (OSError, OutputError) as error:
        reason = getattr(error if isinstance(error, OSError) else error.__cause__, "strerror", None) or str(error)
        raise OutputError(
            Text(f"Det gick inte att skriva till {out}: {reason}.", f"Cannot write to {out}: {reason}."),
            meaning=Text("Den tidigare utgåvan är orörd.", "The earlier edition is untouched."),
            remedy=Text("Ge plats eller rättighet och försök igen.", "Make room or give permission, and try again."),
        ) from error
    return True


def fingerprint(material: Material) -> str:
    """Return a digest of the material and of the code that draws from it."""
    digest = hashlib.sha256(repr(material).encode())
    package = Path(__file__).parents[1]
    for path in sorted(p for p in package.rglob("*") if p.suffix in {".py", ".html", ".css", ".js", ".po", ".svg"}):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _write_parts(material: Material, into: Path) -> None:
    html.write_site(material, into / "site")
    opendata.write(material, into / "data")
    shutil.copytree(into / "data", into / "site" / "data")
    (into / "deck").mkdir()
    for language in Language:
        name = deck_name(material, language)
        pptx.write_deck(material, into / "deck" / name, language=language)
        shutil.copyfile(into / "deck" / name, into / "site" / html.DECK_FILE[language])


def deck_name(material: Material, language: Language) -> str:
    """Return the file name of the slides in one language."""
    return f"{material.outcome.strategy.key}-{material.outcome.as_of.isoformat()}-{language.value}.pptx"


def _swap(temporary: Path, out: Path) -> None:
    """Put the new parts where the old ones stand; the old ones go with the temporary folder."""
    for part in PARTS:
        if (out / part).exists():
            os.rename(out / part, temporary / f"old-{part}")  # noqa: PTH104 refuses to cross file systems, on purpose
        os.rename(temporary / part, out / part)  # noqa: PTH104 the same


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return ""
