"""What a scoped role can be given for. The rooms that know areas and actors offer their choices from above."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from vagvisare.terms.errors import UserError
from vagvisare.terms.language import Text
from vagvisare.web.access.rules import ROLE_NAMES, SCOPED, Role

WORDS = {
    Role.WRITER: Text("för delen (nodens adress)", "for the part (address of the node)"),
    Role.PROCESS_LEADER: Text("för området (adress)", "for the area (address)"),
    Role.PARTNER: Text("för organisationen", "for the organisation"),
}
_NUMBER = re.compile(r"[0-9.]+ ")


class NothingSuchError(UserError):
    """A role was to be given for something that there is not: whoever had it could do nothing with it."""

    def __init__(self, role: Role, said: str) -> None:
        name = ROLE_NAMES[role]
        super().__init__(
            Text(f"Rollen {name.sv} går inte att ge för ”{said}”: det finns inte, eller flera heter så.",
                 f"The role {name.en} cannot be given for “{said}”: there is none, or several are called that."),
            meaning=Text("Ingenting har ändrats.", "Nothing was changed."),
            remedy=Text("Välj bland förslagen i fältet, eller lämna det tomt för allt.",
                        "Choose among the suggestions in the field, or leave it empty for everything."),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """Something a role can be given for: the key that is kept, and what people call it."""

    key: str
    title: str


Source = Callable[[], Iterable[Choice]]
_offered: dict[Role, list[Source]] = {}


def offer(role: Role, choices: Source) -> None:
    """Let a room above tell what ``role`` can be given for; asked anew for each page, those told first stand first."""
    _offered.setdefault(role, []).append(choices)


def choices() -> dict[Role, tuple[Choice, ...]]:
    """Return what each scoped role can be given for; nothing where nobody has told, and any text is then taken."""
    return {role: _choices(role) for role in WORDS}


def meant(role: Role, said: str) -> str:
    """Return the key of what a role is to be given for, said by its key or by what it is called.

    Raises:
        NothingSuchError: when it is none of the choices, or may be several.
    """
    offered = _choices(role) if said and role in SCOPED else ()
    if not offered or any(choice.key == said for choice in offered):
        return said
    called = {choice.key for choice in offered if said.casefold() in _names(choice)}
    if len(called) != 1:
        raise NothingSuchError(role, said)
    return called.pop()


def _choices(role: Role) -> tuple[Choice, ...]:
    known: dict[str, Choice] = {}
    for source in _offered.get(role, ()):
        for choice in source():
            known.setdefault(choice.key, choice)
    return tuple(known.values())


def _names(choice: Choice) -> set[str]:
    whole = choice.title.casefold()
    return {whole, _NUMBER.sub("", whole, count=1)}
