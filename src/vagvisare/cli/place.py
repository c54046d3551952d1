"""Where publications may be written: never among what they are made from, never over what somebody else made."""

from __future__ import annotations

from pathlib import Path

from vagvisare.publications.edition import PARTS
from vagvisare.terms.errors import OutputError, UserError
from vagvisare.terms.language import Text

VINTAGES = "vintages"
_OURS = (".made-from", VINTAGES)
"""One of these stands in every folder we have published to."""


def place_for(out: str, folder: Path) -> Path:
    """Return the folder that ``--out`` names.

    Raises:
        UserError: when it is empty.
        OutputError: when it is, or lies in, the strategy folder; or holds folders of the same names as an edition's
            parts that we did not make, and would replace.
    """
    if not out.strip():
        raise UserError(
            Text("--out är tomt.", "--out is empty."),
            meaning=Text("Inget har skrivits.", "Nothing was written."),
            remedy=Text("Ange en mapp, till exempel --out build.", "Name a folder, for example --out build."),
        )
    place = Path(out)
    there, source = place.resolve(), folder.resolve()
    if there == source or source in there.parents:
        raise OutputError(
            Text(f"{out} ligger i strategimappen.", f"{out} lies in the strategy folder."),
            meaning=Text("Inget har skrivits.", "Nothing was written."),
            remedy=Text("Välj en mapp utanför den med --out.", "Choose a folder outside it with --out."),
        )
    foreign = [part for part in PARTS if (place / part).exists()]
    if foreign and not any((place / name).exists() for name in _OURS):
        raise OutputError(
            Text(f"{out} innehåller redan {foreign[0]}/.", f"{out} already holds {foreign[0]}/."),
            meaning=Text(
                "Det är inte skrivet av Vägvisare och har inte rörts.",
                "Vägvisare did not write it and has not touched it.",
            ),
            remedy=Text("Välj en ny eller tom mapp med --out.", "Choose a new or empty folder with --out."),
        )
    return place
