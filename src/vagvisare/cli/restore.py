"""``vagvisare restore``: bring a saved workspace back, on an empty place, whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from vagvisare.cli.language import printable, say
from vagvisare.cli.opening import Records, Strategy, settle
from vagvisare.terms.errors import FigureError
from vagvisare.terms.language import Text

HELP = say(
    "Återställ en sparad arbetsyta på en tom plats, i SQLite eller PostgreSQL.",
    "Restore a saved workspace in an empty place, in SQLite or PostgreSQL.",
)


def command(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE.zip", help=say("Säkerhetskopian.", "The backup."), show_default=False),
    ],
    folder: Strategy = None,
    records: Records = "",
) -> None:
    """Run the command."""
    settle(folder, records)
    from vagvisare.web import backup_form
    from vagvisare.web.restore import papers_place, restore

    try:
        source = file.open("rb")
    except OSError as error:
        raise FigureError(
            Text(f"{file} går inte att läsa ({error.strerror}).", f"{file} cannot be read ({error.strerror})."),
            meaning=Text("Ingenting har återställts.", "Nothing was restored."),
            remedy=Text("Ange en fil från vagvisare backup.", "Name a file made by vagvisare backup."),
        ) from error
    with source:
        manifest = restore(source)
    rows, number = sum(part.rows for part in manifest.parts), manifest.trail[0]
    typer.echo(
        say(f"Återställt: {rows} rader. Spåret håller: {number} händelser.",
            f"Restored: {rows} rows. The trail holds: {number} events.")
    )  # fmt: skip
    if any(part.name.startswith(backup_form.FOLDER) for part in manifest.parts):
        place = papers_place()
        told = say(f"Strategimappens utgåvor och kvitton ligger i {place}; mappen är orörd.",
                   f"The folder's editions and receipts are in {place}; the folder is untouched.")  # fmt: skip
        typer.echo(printable(told))
    typer.echo(
        say("Alla får logga in på nytt. Koder ur appar gäller när den gamla nyckeln records.secret ligger bredvid.",
            "Everybody signs in anew. Codes from apps hold when the old key records.secret lies beside.")
    )  # fmt: skip
