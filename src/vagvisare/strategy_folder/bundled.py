"""Where the strategy that comes with the product lies."""

from __future__ import annotations

from pathlib import Path

from vagvisare.terms.errors import UserError
from vagvisare.terms.language import Text


def bundled_folder() -> Path:
    """Return the bundled strategy folder: beside the installed package, else in the repository.

    Raises:
        UserError: when neither is there.
    """
    package = Path(__file__).resolve().parents[1]
    for place in (package / "bundled" / "orebro", package.parents[1] / "strategies" / "orebro"):
        if (place / "strategy.toml").is_file():
            return place
    raise UserError(
        Text("Den medföljande strategimappen saknas.", "The bundled strategy folder is missing."),
        meaning=Text("Installationen är inte hel.", "The installation is not complete."),
        remedy=Text(
            "Installera om Vägvisare, eller kör från en fullständig kopia av källkoden.",
            "Install Vägvisare again, or run from a complete copy of the source code.",
        ),
    )
