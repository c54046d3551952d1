"""``vagvisare explain``: recompute one finding and show every step."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from vagvisare.cli.arguments import Lang
from vagvisare.cli.language import say
from vagvisare.terms.language import Language

HELP = say("Räkna om ett fynd och visa stegen.", "Recompute a finding and show its steps.")


def command(
    finding_id: Annotated[str, typer.Argument(metavar="ID", help=say("Fyndets id.", "The finding's id."))],
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FOLDER]",
            help=say("Strategimappen; annars den medföljande.", "The strategy folder; else the bundled one."),
        ),
    ] = None,
    lang: Lang = Language.SV,
) -> None:
    """Run the command."""
    from vagvisare import api
    from vagvisare.strategy_folder.bundled import bundled_folder

    read = api.read_folder(folder or bundled_folder())
    typer.echo(api.explain(read, finding_id, language=lang))
