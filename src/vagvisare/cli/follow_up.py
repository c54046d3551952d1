"""``vagvisare follow-up``: judge the figures, print the findings, write the publications."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vagvisare.cli.arguments import AsOf, Folder, Format, Lang, day, territory
from vagvisare.cli.language import say
from vagvisare.terms.language import Language

if TYPE_CHECKING:
    from vagvisare.publications.material import Material

HELP = say(
    "Följ upp strategin: bedöm siffrorna, visa fynden och skriv webbplats, bildspel och data.",
    "Follow up the strategy: judge the figures, show the findings, and write site, deck and data.",
)


def command(
    folder: Folder,
    as_of: AsOf = "",
    lang: Lang = Language.SV,
    form: Annotated[
        Format, typer.Option("--format", help=say("Tabell, JSON eller Markdown.", "Table, JSON or Markdown."))
    ] = Format.TABLE,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help=say("Skriv publikationerna hit.", "Write publications here.")),
    ] = None,
    place: Annotated[
        str,
        typer.Option("--territory", metavar="CODE", help=say("Ett annat län eller en kommun.", "Another territory.")),
    ] = "",
    serve: Annotated[
        bool, typer.Option("--serve", help=say("Visa webbplatsen efteråt.", "Serve the site afterwards."))
    ] = False,
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Port.")] = 8000,
) -> None:
    """Run the command."""
    from vagvisare import flow
    from vagvisare.cli import show
    from vagvisare.observations.store import Store

    read = flow.read_folder(folder)
    recorded = flow.record(read, Store(out / "vintages") if out is not None else None)
    pages = out is not None or serve
    material = flow.material(recorded, as_of=day(as_of), territory=territory(place), history=pages)
    sys.stdout.write(show.printed(material, form, lang))
    if out is not None:
        _publish(material, out)
    if serve:
        from vagvisare.cli.serve import run

        run(recorded, material, port)


def _publish(material: Material, out: Path) -> None:
    from vagvisare import flow

    written = flow.publish(material, out)
    if written:
        typer.echo(
            say(f"\nSkrivet till {out}: webbplats, bildspel, data.", f"\nWritten to {out}: site, deck, data."), err=True
        )
    else:
        typer.echo(
            say(f"\n{out} är redan aktuell; inget skrevs om.", f"\n{out} is up to date; nothing rewritten."), err=True
        )
