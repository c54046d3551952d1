"""``vagvisare user``: let in the first person, and help those who are shut out, from the machine itself.

Whoever can run this can read the records; it asks for no role, and the trail says that it was done here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlsplit

import typer

from vagvisare.cli import help as help_words
from vagvisare.cli.language import language, printable, say
from vagvisare.cli.opening import Records, Strategy, opened, raise_unless_current, settle
from vagvisare.terms.errors import UserError
from vagvisare.terms.language import Text

if TYPE_CHECKING:
    from vagvisare.web.accounts.links import Link

NAME = "user"
HELP = say("Sköt personer i arbetsytan: släpp in, lista, stäng av.", "Tend the people of the workspace.")
ADD_HELP = say(
    "Bjud in någon och skriv ut en engångslänk. Gör databasen om den saknas.",
    "Invite somebody and print a one-time link. Makes the records where there are none.",
)
LIST_HELP = say("Visa alla personer och öppna inbjudningar.", "Show all people and open invitations.")
SUSPEND_HELP = say("Stäng av en person.", "Suspend a person.")
LINK_HELP = say(
    "Skriv ut en engångslänk för att välja nytt lösenord.", "Print a one-time link for choosing a new password."
)
SYSTEM = "system"
"""What the trail calls whoever stands at the machine."""

app = typer.Typer(cls=help_words.Group, help=HELP, no_args_is_help=True, add_completion=False)

Address = Annotated[
    str, typer.Argument(metavar="ADDRESS", help=say("Personens e-postadress.", "The person's e-mail address."))
]
Site = Annotated[
    str,
    typer.Option("--site", metavar="URL", help=say("Webbplatsens adress i länken.", "The site's address in the link.")),
]
USUAL_SITE = "http://127.0.0.1:8000"


@app.command("add", cls=help_words.Command, help=ADD_HELP)
def add(
    email: Address,
    name: Annotated[
        str, typer.Option("--name", help=say("Personens namn.", "The person's name."), show_default=False)
    ] = "",
    role: Annotated[
        list[str] | None,
        typer.Option(
            "--role",
            metavar="ROLE[:SCOPE]",
            help=say(
                "Roll, flera gånger för flera; läsare om inget anges. writer:omrade/klimat ger den för en del.",
                "Role, repeated for several; reader when left out. writer:omrade/klimat gives it for a part.",
            ),
            show_default=False,
        ),
    ] = None,
    site: Site = USUAL_SITE,
    folder: Strategy = None,
    records: Records = "",
) -> None:
    """Run the command."""
    base = _site(site)
    address = _address(email)
    settle(folder, records)
    from vagvisare.web import upkeep
    from vagvisare.web.accounts import actions

    called = actions.named(name or address.partition("@")[0].replace(".", " ").title())
    given = [actions.role_of(kind, scope) for kind, _, scope in (part.partition(":") for part in role or ["reader"])]
    found = upkeep.state()
    if found is upkeep.State.ABSENT:
        upkeep.prepare()
        place = upkeep.embedded() or "DATABASE_URL"
        typer.echo(printable(say(f"Databasen är skapad: {place}", f"The records are made: {place}")))
    else:
        raise_unless_current(found)
    made = actions.invited(SYSTEM, address, called, given)
    _print(made, base)


@app.command("list", cls=help_words.Command, help=LIST_HELP)
def listed(folder: Strategy = None, records: Records = "") -> None:
    """Run the command."""
    opened(folder, records)
    from vagvisare.web.access.rules import ROLE_NAMES, grants_of
    from vagvisare.web.accounts import queries

    def roles(pairs: list[tuple[str, str]]) -> str:
        return ", ".join(f"{_role(ROLE_NAMES, role)}{f' ({scope})' if scope else ''}" for role, scope in pairs) or "–"

    known = list(queries.people(queries.Sought()))
    for one in known:
        state = "" if one.is_active else say("  [avstängd]", "  [suspended]")
        typer.echo(printable(f"{one.name}  <{one.email}>  {roles(list(grants_of(one)))}{state}"))
    for asked in queries.open_invitations():
        waits = say("inbjuden", "invited")
        typer.echo(printable(f"{asked.name}  <{asked.email}>  {roles(asked.roles)}  [{waits}]"))
    if not known:
        typer.echo(say("Ingen har en plats i arbetsytan än.", "Nobody has a place in the workspace yet."))


@app.command("suspend", cls=help_words.Command, help=SUSPEND_HELP)
def suspend(
    email: Address,
    reason: Annotated[
        str, typer.Option("--reason", help=say("Skälet, för spåret.", "The reason, for the trail."), show_default=False)
    ] = "",
    folder: Strategy = None,
    records: Records = "",
) -> None:
    """Run the command."""
    opened(folder, records)
    from vagvisare.web.accounts import actions, queries

    person = queries.by_address(email)
    actions.suspended(SYSTEM, person, reason)
    typer.echo(printable(say(f"{person.name} är avstängd.", f"{person.name} is suspended.")))


@app.command("link", cls=help_words.Command, help=LINK_HELP)
def link(
    email: Address,
    unlock: Annotated[
        bool,
        typer.Option(
            "--without-second-factor",
            help=say("Ta också bort en förlorad andra faktor.", "Also take away a lost second factor."),
        ),
    ] = False,
    site: Site = USUAL_SITE,
    folder: Strategy = None,
    records: Records = "",
) -> None:
    """Run the command."""
    base = _site(site)
    opened(folder, records)
    from vagvisare.web.accounts import actions, queries

    person = queries.by_address(email)
    if unlock:
        actions.unlocked(SYSTEM, person)
    made = actions.linked_for_password(SYSTEM, person)
    _print(made, base)


def _print(made: Link, base: str) -> None:
    day = f"{made.invitation.expires.astimezone():%Y-%m-%d %H:%M}"
    typer.echo(
        printable(
            say(
                f"Engångslänk för {made.invitation.name}, gäller till {day}:",
                f"One-time link for {made.invitation.name}, holds until {day}:",
            )
        )
    )
    typer.echo(f"{base}{made.path}")


def _role(names: Mapping[Any, Text], role: str) -> str:
    return names[role].to(language()) if role in names else role


def _address(text: str) -> str:
    name, at, place = text.strip().partition("@")
    if name and at and "." in place and " " not in text.strip():
        return text.strip()
    raise UserError(
        Text(f"”{text}” är ingen e-postadress.", f"“{text}” is no e-mail address."),
        meaning=Text("Ingenting har skapats.", "Nothing was created."),
        remedy=Text("Skriv adressen som namn@organisation.se.", "Write it as name@organisation.se."),
    )


def _site(text: str) -> str:
    parts = urlsplit(text.strip())
    if parts.scheme in {"http", "https"} and parts.netloc and not parts.query:
        return text.strip().rstrip("/")
    raise UserError(
        Text(f"--site kan inte vara ”{text}”.", f"--site cannot be “{text}”."),
        meaning=Text("Ingenting har skapats.", "Nothing was created."),
        remedy=Text("Skriv webbplatsens adress, till exempel https://rus.exempel.se.",
                    "Write the site's address, such as https://rus.example.org."),
    )  # fmt: skip
