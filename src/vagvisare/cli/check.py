"""``vagvisare check``: read a strategy folder and name every mistake in it."""

from __future__ import annotations

import typer

from vagvisare.cli.arguments import Folder
from vagvisare.cli.language import say

HELP = say("Kontrollera en strategimapp; alla fel på en gång.", "Check a strategy folder; every mistake at once.")


def command(folder: Folder) -> None:
    """Run the command."""
    from vagvisare import flow

    read = flow.read_folder(folder)
    edition = read.strategy.edition
    cells = sum(len(table.cells) for table in read.figures)
    typer.echo(
        say(
            f"Inga fel. {len(edition.nodes)} noder i {edition.title}, {len(read.indicators)} indikatorer, "
            f"{len(read.figures)} datamängder med {cells} siffror, {len(read.follow_ups)} uppföljningar.",
            f"No mistakes. {len(edition.nodes)} nodes in {edition.title}, {len(read.indicators)} indicators, "
            f"{len(read.figures)} data sets with {cells} figures, {len(read.follow_ups)} follow-ups.",
        )
    )
