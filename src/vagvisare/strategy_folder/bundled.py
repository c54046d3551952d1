"""Where the strategy that comes with the product lies."""

from __future__ import annotations

from pathlib import Path

from vagvisare.terms.errors import UserError


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
        "Den medföljande strategimappen saknas.",
        meaning="Installationen är inte hel.",
        remedy="Installera om Vägvisare, eller kör från en fullständig kopia av källkoden.",
    )
