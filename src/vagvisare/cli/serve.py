"""``vagvisare serve``: the public site on this machine."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from vagvisare.cli.arguments import USUAL_PORT, AsOf, Folder, Port, StoreAddress, answerable, day, port_number
from vagvisare.cli.language import say

if TYPE_CHECKING:
    from vagvisare.flow import Recorded
    from vagvisare.publications.material import Material

HELP = say("Visa webbplatsen på den här datorn.", "Serve the site on this machine.")


def command(
    folder: Folder,
    as_of: AsOf = "",
    port: Port = USUAL_PORT,
    store: StoreAddress = "",
) -> None:
    """Run the command."""
    from vagvisare import flow

    door, known = port_number(port), day(as_of)
    read = flow.read_folder(folder)
    recorded = flow.recorded_at(folder, read, store)
    answerable(known, recorded.latest)
    run(recorded, flow.material(recorded, as_of=known), door)


def run(recorded: Recorded, material: Material, port: int) -> None:
    """Serve until interrupted."""
    from vagvisare import flow
    from vagvisare.web import serve

    def material_for(known: date) -> Material:
        return flow.material(recorded, as_of=known)

    serve(material, material_for, port=port)
