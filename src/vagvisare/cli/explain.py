"""``vagvisare explain``: recompute one finding and show every step."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from vagvisare.cli.arguments import EarlierFile, Lang, StoreAddress, answerable, spoken_language, territory
from vagvisare.cli.language import say

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
    earlier: EarlierFile = None,
    lang: Lang = "",
    store: StoreAddress = "",
) -> None:
    """Run the command."""
    from vagvisare import api, flow
    from vagvisare.strategy_folder.bundled import bundled_folder

    language = spoken_language(lang)
    territory("".join(finding_id.split(".")[1:2]))
    place = folder or bundled_folder()
    recorded = flow.recorded_at(place, flow.read_folder(place), store)
    answerable(None, recorded.latest)
    typer.echo(api.explain(recorded, finding_id, language=language, earlier=earlier))
