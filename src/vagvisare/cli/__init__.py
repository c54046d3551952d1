"""The command ``vagvisare``: one small module a command, all of them over ``flow``.

Exit codes: 0 done · 1 our fault · 2 the request cannot be met · 3 mistakes in the folder · 4 figures cannot be read ·
5 nothing by that name · 6 a place or port refused · 130 interrupted. Each is told in docs/reference/exit-codes.md.
"""

from __future__ import annotations

import sys

import typer

from vagvisare.cli.language import language, say
from vagvisare.terms.errors import VagvisareError
from vagvisare.terms.language import Text

app = typer.Typer(
    name="vagvisare",
    help=say(
        "Från officiell statistik till bedömda, spårbara fynd om en regional utvecklingsstrategi.",
        "From official figures to judged, traceable findings about a regional development strategy.",
    ),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _register() -> None:
    from vagvisare.cli import check, explain, follow_up, judge, new, serve

    app.command("follow-up", help=follow_up.HELP)(follow_up.command)
    app.command("explain", help=explain.HELP)(explain.command)
    app.command("judge", help=judge.HELP)(judge.command)
    app.command("check", help=check.HELP)(check.command)
    app.command("new", help=new.HELP)(new.command)
    app.command("serve", help=serve.HELP)(serve.command)


_register()


def main() -> None:
    """Run the command; a user's error is a sentence and an exit code, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        app()
    except VagvisareError as error:
        typer.echo(error.message(language()), err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        reason = error.strerror or str(error)
        text = Text(
            f"Datorn sade nej{where}: {reason}. Inget har lämnats halvskrivet. Rätta till det och försök igen.",
            f"The machine refused{where}: {reason}. Nothing was left half-written. Mend it and try again.",
        )
        typer.echo(text.to(language()), err=True)
        sys.exit(6)
