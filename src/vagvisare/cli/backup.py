"""``vagvisare backup``: save the workspace's records in one file, while others go on working."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from vagvisare.cli.language import printable, say
from vagvisare.cli.opening import Records, Strategy, opened
from vagvisare.cli.writing_whole import written_whole

HELP = say(
    "Spara arbetsytan i en fil: databasen, förseglade utgåvor och kvitton. Hemligheten följer inte med.",
    "Save the workspace in one file: the database, sealed editions and receipts. The secret does not come along.",
)

KEY_APART = say(
    "Nyckeln records.secret är inte med: spara den för sig, annars måste alla göra om sin andra faktor.",
    "The key records.secret is not in it: keep it elsewhere, or everybody must add their second factor anew.",
)


def command(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE.zip", help=say("Filen som skrivs.", "The file to write."), show_default=False),
    ],
    folder: Strategy = None,
    records: Records = "",
) -> None:
    """Run the command."""
    strategy = opened(folder, records)
    from vagvisare.web.backup import back_up

    with written_whole(file) as out:
        manifest = back_up(out, () if strategy is None else papers(strategy))
    rows, number = sum(part.rows for part in manifest.parts), manifest.trail[0]
    typer.echo(
        printable(say(f"Sparat i {file}: {rows} rader, {number} händelser i spåret.",
                      f"Saved in {file}: {rows} rows, {number} events of the trail."))
    )  # fmt: skip
    typer.echo(KEY_APART)
    typer.echo(
        say("Förvara filen lika säkert som databasen: den rymmer allt i den.",
            "Keep the file as safe as the database: it holds all that is in it.")
    )  # fmt: skip


def papers(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Return the sealed editions of a strategy folder and the receipts of its figures, as they lie."""
    for pattern in ("editions/*.md", "figures/*.receipt.toml"):
        for found in sorted(folder.glob(pattern)):
            yield found.relative_to(folder).as_posix(), found.read_bytes()
    from vagvisare import flow

    store = flow.kept_store(folder, flow.read_folder(folder))
    if store is None:
        return
    for entry in store.place.entries("", deep=True):
        if entry.name.endswith(".receipt.json"):
            yield f"vintages/{entry.name}", store.place.read(entry.name)
