"""``vagvisare demo``: follow up a strategy, and show site and workspace with a made-up person who may do everything."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path
from typing import Annotated

import typer

from vagvisare.cli.arguments import USUAL_PORT, Folder, Format, Port, port_number
from vagvisare.cli.language import language, printable, say

HELP = say(
    "Följ upp strategin och visa webbplats och arbetsyta med en påhittad administratör.",
    "Follow up the strategy, and show site and workspace with a made-up administrator.",
)
WORKSPACE = "workspace"
"""The folder in ``--out`` where a copy of the strategy is worked on; the strategy's own folder is left alone."""
_COPIED_FROM = ".copied-from"
_NOT_COPIED = ("vintages", "records", "__pycache__")


def command(
    folder: Folder,
    out: Annotated[
        str,
        typer.Option("--out", metavar="DIR", help=say("Skriv allt hit.", "Write everything here."), show_default=False),
    ],
    serve: Annotated[
        bool, typer.Option("--serve", help=say("Visa webbplatsen efteråt.", "Serve the site afterwards."))
    ] = False,
    port: Port = USUAL_PORT,
) -> None:
    """Run the command."""
    from vagvisare import flow
    from vagvisare.cli import show
    from vagvisare.cli.follow_up import print_findings, publish
    from vagvisare.cli.place import VINTAGES, place_for

    door, into = port_number(port), place_for(out, folder)
    kept = flow.kept_store(folder, flow.read_folder(folder))
    copy = copied(folder, into / WORKSPACE)
    read = flow.read_folder(copy)
    store = str((into / VINTAGES).absolute()) if kept is None else str(flow.store_address(folder, read))
    recorded = flow.recorded_at(copy, read, store if kept is not None else "", into / VINTAGES)
    material = flow.material(recorded)
    print_findings(show.printed(material, Format.TABLE, language()), go_on=True)
    publish(material, into)
    _furnish(copy, door)
    if serve:
        from vagvisare.cli.serve import run, workspace_of

        run(recorded, material, door, workspace_of(copy, recorded, store))


def copied(folder: Path, copy: Path) -> Path:
    """Copy a strategy folder, without figures fetched and records; a copy that is up to date is left as it is."""
    found = sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and not set(_NOT_COPIED) & set(path.relative_to(folder).parts)
    )
    digest = hashlib.sha256()
    for path in found:
        digest.update(f"{path.relative_to(folder).as_posix()}\0".encode() + path.read_bytes() + b"\0")
    mark = copy / _COPIED_FROM
    if mark.is_file() and mark.read_text(encoding="ascii") == digest.hexdigest():
        return copy
    for path in found:
        into = copy / path.relative_to(folder)
        into.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, into)
    mark.write_text(digest.hexdigest(), encoding="ascii")
    return copy


def _furnish(copy: Path, port: int) -> None:
    from vagvisare.cli.opening import settle
    from vagvisare.web.records import BESIDE, RECORDS

    # A demonstration has records of its own, wherever others are said to be.
    os.environ["VAGVISARE_DEMONSTRATION"] = "1"
    settle(copy, str(copy / BESIDE / RECORDS))
    from vagvisare import flow
    from vagvisare.web.demonstration import furnish

    made = furnish(flow.read_folder(copy))
    typer.echo(
        printable(say(
            f"\nDemonstration. Arbetsytan: http://127.0.0.1:{port}/arbete/\n"
            f"  Logga in som den påhittade administratören {made.address}\n  Lösenord: {made.password}\n",
            f"\nDemonstration. The workspace: http://127.0.0.1:{port}/arbete/\n"
            f"  Sign in as the made-up administrator {made.address}\n  Password: {made.password}\n",
        )),
        err=True,
    )  # fmt: skip
