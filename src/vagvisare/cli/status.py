"""``vagvisare status``: every data set at a glance: how new it is, what is next, what needs a person."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from vagvisare.cli.arguments import Folder, StoreAddress
from vagvisare.cli.language import json_text, language, printable, say

HELP = say(
    "Visa läget för varje datamängd: senaste period, hämtning, nästa publicering och öppna frågor.",
    "Show where each data set stands: latest period, fetch, next release and open questions.",
)


def command(
    folder: Folder,
    as_json: Annotated[bool, typer.Option("--json", help=say("Som JSON.", "As JSON."))] = False,
    store: StoreAddress = "",
) -> None:
    """Run the command."""
    from vagvisare import flow
    from vagvisare.intake import status, status_table

    read = flow.read_folder(folder)
    recorded = flow.recorded_at(folder, read, store)
    rows = status.status(read.datasets, read.indicators, recorded.store, datetime.now(tz=UTC).date())
    if as_json:
        typer.echo(json_text(status.as_json(rows)))
    else:
        typer.echo(printable(status_table.as_table(rows, language())))
