"""``vagvisare new``: a strategy folder for another county, with the bundled figures."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from vagvisare.cli.arguments import territory
from vagvisare.cli.language import say

HELP = say(
    "Skapa en strategimapp för ett annat län, med de medföljande siffrorna.",
    "Create a strategy folder for another county, with the bundled figures.",
)


def command(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help=say("Mappen som ska skapas.", "The folder to create."))
    ],
    place: Annotated[
        str, typer.Option("--territory", metavar="CODE", help=say("Länskod, t.ex. 20.", "County code, e.g. 20."))
    ],
) -> None:
    """Run the command."""
    from vagvisare.strategy_folder.bundled import bundled_folder
    from vagvisare.strategy_folder.scaffold import scaffold

    scaffold(folder, territory(place), bundled_folder())
    typer.echo(
        say(
            f"{folder} är skapad. Skriv in er strategi i {folder}/editions och följ upp: vagvisare follow-up {folder}",
            f"{folder} is created. Write your strategy in {folder}/editions and run: vagvisare follow-up {folder}",
        )
    )
