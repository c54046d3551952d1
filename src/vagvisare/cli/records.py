"""``vagvisare records``: whether the records are there and up to date, and bringing them up to date."""

from __future__ import annotations

import typer

from vagvisare.cli import help as help_words
from vagvisare.cli.language import printable, say
from vagvisare.cli.opening import Records, Strategy, settle

NAME = "records"
HELP = say("Sköt arbetsytans databas: visa läget, uppgradera.", "Tend the workspace's database: state, upgrade.")
STATE_HELP = say("Visa om databasen finns och passar programmet.", "Show whether the database is there and fits.")
UPGRADE_HELP = say(
    "Gör databasen om den saknas, eller uppgradera den. SQLite kopieras först.",
    "Make the database where there is none, or upgrade it. SQLite is copied first.",
)

app = typer.Typer(cls=help_words.Group, no_args_is_help=True)


@app.command("state", cls=help_words.Command, help=STATE_HELP)
def state(folder: Strategy = None, records: Records = "") -> None:
    """Run the command."""
    settle(folder, records)
    from vagvisare.web import upkeep

    words = {
        upkeep.State.ABSENT: say("Databasen finns inte än.", "There is no database yet."),
        upkeep.State.CURRENT: say("Databasen passar programmet.", "The database fits the program."),
        upkeep.State.BEHIND: say(
            "Databasen är äldre än programmet. Kör vagvisare records upgrade.",
            "The database is older than the program. Run vagvisare records upgrade.",
        ),
        upkeep.State.AHEAD: say(
            "Databasen är nyare än programmet. Uppdatera Vägvisare.",
            "The database is newer than the program. Update Vägvisare.",
        ),
    }
    typer.echo(words[upkeep.state()])


@app.command("upgrade", cls=help_words.Command, help=UPGRADE_HELP)
def upgrade(folder: Strategy = None, records: Records = "") -> None:
    """Run the command."""
    settle(folder, records)
    from vagvisare.web import upkeep

    done = upkeep.prepare()
    if done.copy is not None:
        typer.echo(printable(say(f"Kopia från innan: {done.copy}", f"Copy from before: {done.copy}")))
    if not done.applied:
        typer.echo(say("Databasen passade redan programmet.", "The database fitted the program already."))
        return
    count = len(done.applied)
    typer.echo(say(f"Databasen är uppgraderad ({count} steg).", f"The database is upgraded ({count} steps)."))
