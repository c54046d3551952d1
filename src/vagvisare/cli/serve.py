"""``vagvisare serve``: the public site on this machine."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from vagvisare.cli.arguments import AsOf, Folder, day
from vagvisare.cli.language import say

if TYPE_CHECKING:
    from vagvisare.flow import Recorded
    from vagvisare.publications.material import Material

HELP = say("Visa webbplatsen på den här datorn.", "Serve the site on this machine.")


def command(
    folder: Folder,
    as_of: AsOf = "",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Port.")] = 8000,
) -> None:
    """Run the command."""
    from vagvisare import flow

    recorded = flow.record(flow.read_folder(folder))
    run(recorded, flow.material(recorded, as_of=day(as_of)), port)


def run(recorded: Recorded, material: Material, port: int) -> None:
    """Serve until interrupted."""
    from vagvisare import flow
    from vagvisare.web import serve

    def material_for(known: date) -> Material:
        return flow.material(recorded, as_of=known)

    serve(material, material_for, port=port)
