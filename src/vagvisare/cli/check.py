"""``vagvisare check``: read a strategy folder and name every mistake in it."""

from __future__ import annotations

from collections.abc import Sequence

import typer

from vagvisare.cli.arguments import Folder
from vagvisare.cli.language import say

HELP = say("Kontrollera en strategimapp; alla fel på en gång.", "Check a strategy folder; every mistake at once.")
_NAMED = 3
"""How many data sets are named before the rest are counted."""


def command(folder: Folder) -> None:
    """Run the command."""
    from vagvisare import flow, strategy_folder

    read = flow.read_folder(folder)
    edition = read.strategy.edition
    cells, said = sum(len(table.cells) for table in read.figures), len(read.follow_ups)
    typer.echo(
        say(
            f"Inga fel. {len(edition.nodes)} noder i {edition.title}, {len(read.indicators)} indikatorer, "
            f"{len(read.figures)} datamängder med {cells} siffror, "
            f"{said} {'uppföljning' if said == 1 else 'uppföljningar'}.",
            f"No mistakes. {len(edition.nodes)} nodes in {edition.title}, {len(read.indicators)} indicators, "
            f"{len(read.figures)} data sets with {cells} figures, {said} {'follow-up' if said == 1 else 'follow-ups'}.",
        )
    )
    changed = strategy_folder.outdated(read)
    if changed:
        typer.echo(_stale(changed))


def _stale(changed: Sequence[str]) -> str:
    """Say that projections are calibrated on other figures than the folder now has; it is no mistake."""
    named = ", ".join(changed[:_NAMED])
    more = len(changed) - _NAMED
    tail = say(f" och {more} till", f" and {more} more") if more > 0 else ""
    return say(
        f"Prognosernas träffsäkerhet är mätt på äldre siffror: {named}{tail} har ändrats sedan dess. "
        "Mät om med vagvisare calibrate MAPP.",
        f"How well projections hold was measured on older figures: {named}{tail} changed since. "
        "Measure again with vagvisare calibrate FOLDER.",
    )
