"""``vagvisare serve``: the public site on this machine, and the workspace where there is one."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from vagvisare.cli.arguments import (
    USUAL_HOST,
    USUAL_PORT,
    AsOf,
    Folder,
    Host,
    Port,
    StoreAddress,
    answerable,
    day,
    port_number,
)
from vagvisare.cli.language import say
from vagvisare.cli.opening import Records, settle

if TYPE_CHECKING:
    from vagvisare.flow import Recorded
    from vagvisare.publications.material import Material
    from vagvisare.web.server import Workspace

HELP = say(
    "Visa webbplatsen på den här datorn, och arbetsytan om den är öppnad.",
    "Serve the site on this machine, and the workspace where it has been opened.",
)


def command(
    folder: Folder,
    as_of: AsOf = "",
    port: Port = USUAL_PORT,
    store: StoreAddress = "",
    records: Records = "",
    host: Host = USUAL_HOST,
) -> None:
    """Run the command."""
    from vagvisare import flow

    door, known = port_number(port), day(as_of)
    read = flow.read_folder(folder)
    recorded = flow.recorded_at(folder, read, store)
    answerable(known, recorded.latest)
    settle(folder, records)
    run(recorded, flow.material(recorded, as_of=known), door, workspace_of(folder, recorded, store, known), host)


def workspace_of(folder: Path, recorded: Recorded, store: str = "", known: date | None = None) -> Workspace:
    """Return the workspace of a folder that has been read; when it is written to, the site is shown anew."""
    from vagvisare import flow
    from vagvisare.web.server import MaterialFor, Workspace

    def anew() -> tuple[object, Material, MaterialFor]:
        again = flow.recorded_at(folder, flow.read_folder(folder), store)
        return again.folder, flow.material(again, as_of=known), lambda asked: flow.material(again, as_of=asked)

    return Workspace(folder, recorded.folder, anew)


def run(
    recorded: Recorded, material: Material, port: int, workspace: Workspace | None = None, host: str = USUAL_HOST
) -> None:
    """Serve until interrupted."""
    from vagvisare import flow
    from vagvisare.web.server import serve

    def material_for(known: date) -> Material:
        return flow.material(recorded, as_of=known)

    serve(material, material_for, host=host, port=port, workspace=workspace)
