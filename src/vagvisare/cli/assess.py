"""``vagvisare assess``: judge every series of a folder of Parquet files, however many there are."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from time import monotonic
from typing import Annotated

import typer

from vagvisare.cli.arguments import choice
from vagvisare.cli.language import language, printable, say
from vagvisare.terms.errors import UserError
from vagvisare.terms.language import Text, number

HELP = say(
    "Bedöm varje serie i en mapp med Parquet-filer: en rad per serie, med plats, avstånd till riket och könsskillnad.",
    "Judge every series of a folder of Parquet files: a row a series, with rank, distance to Sweden, and gender gap.",
)
STEPS = 10
"""How many times a run without a terminal says how far it has come."""


class Engine(StrEnum):
    """What does the computing."""

    LOCAL = "local"
    SPARK = "spark"


def command(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="PARQUET_DIR",
            help=say("Siffror och contracts.parquet.", "Figures and contracts.parquet."),
            show_default=False,
        ),
    ],
    out: Annotated[
        str, typer.Option("--out", metavar="DIR", help=say("Skriv hit.", "Write here."), show_default=False)
    ],
    engine: Annotated[
        str,
        typer.Option(
            "--engine",
            metavar="local|spark",
            help=say("Den här datorn, eller ett Spark-kluster.", "This machine, or a Spark cluster."),
        ),
    ] = "local",
) -> None:
    """Run the command."""
    from vagvisare.engines.assess import assess

    with_engine = choice("--engine", engine, Engine)
    if not out.strip():
        raise UserError(
            Text("--out är tomt.", "--out is empty."),
            meaning=Text("Inget har skrivits.", "Nothing was written."),
            remedy=Text("Ange en mapp, till exempel --out build.", "Name a folder, for example --out build."),
        )
    shown: list[_Told] = []

    def progress(rows: int) -> _Told:
        shown.append(_Bar(rows) if sys.stderr.isatty() else _Lines(rows))
        return shown[0]

    start = monotonic()
    try:
        done = assess(folder, Path(out), with_engine, progress)
    except KeyboardInterrupt:
        _close(shown)
        kept = say(
            f"Det som är klart står kvar i {out}; samma kommando fortsätter där det var.",
            f"What is finished remains in {out}; the same command goes on where it was.",
        )
        nothing = say("Inget har skrivits.", "Nothing was written.")
        typer.echo(f"\n{say('Avbrutet.', 'Interrupted.')} {kept if shown else nothing}", err=True)
        raise
    finally:
        _close(shown)
    counted, seconds = number(done.series, language()), number(monotonic() - start, language(), 1)
    typer.echo(
        say(
            f"{counted} serier bedömda på {seconds} sekunder, skrivna till {out}.",
            f"{counted} series judged in {seconds} seconds, written to {out}.",
        )
    )
    if done.kept:
        before = number(done.kept, language())
        typer.echo(say(f"{before} av dem var redan bedömda.", f"{before} of them had been judged before."))
    if done.note:
        note = printable(" ".join(done.note.split()))
        typer.echo(say(f"Siffrorna har en anmärkning: {note}", f"The figures carry a remark: {note}"))


class _Told:
    """Somebody who is told of each finished piece, and at last that no more will come."""

    def __init__(self, rows: int) -> None:
        self.rows, self.done, self.series = rows, 0, 0

    def __call__(self, rows: int, series: int) -> None:
        """Count a finished piece and show it."""
        self.done += rows
        self.series += series
        self.show()

    def show(self) -> None:
        """Show how far it has come."""

    def close(self) -> None:
        """Leave the terminal as it was."""


class _Lines(_Told):
    """A line at each tenth, for logs."""

    def __init__(self, rows: int) -> None:
        super().__init__(rows)
        self.said = 0

    def show(self) -> None:
        """Print a line when another tenth is done."""
        step = self.done * STEPS // max(self.rows, 1)
        if step > self.said:
            self.said = step
            counted = number(self.series, language())
            typer.echo(
                say(
                    f"{step * 100 // STEPS} procent, {counted} serier",
                    f"{step * 100 // STEPS} per cent, {counted} series",
                ),
                err=True,
            )


class _Bar(_Told):
    """A bar on the terminal."""

    def __init__(self, rows: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

        super().__init__(rows)
        self.bar = Progress(
            TextColumn(say("Bedömer", "Judging")),
            BarColumn(),
            TaskProgressColumn(),
            TextColumn("{task.description}"),
            TimeRemainingColumn(),
            console=Console(stderr=True),
        )
        self.task = self.bar.add_task("", total=rows)
        self.bar.start()

    def show(self) -> None:
        """Move the bar."""
        counted = number(self.series, language())
        self.bar.update(self.task, completed=self.done, description=say(f"{counted} serier", f"{counted} series"))

    def close(self) -> None:
        """Stop drawing."""
        self.bar.stop()


def _close(shown: list[_Told]) -> None:
    for each in shown:
        each.close()
