"""What a scoped role can be given for. The rooms that know areas and actors offer their choices from above."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from vagvisare.terms.language import Text
from vagvisare.web.access.rules import Role

WORDS = {
    Role.WRITER: Text("för delen (nodens adress)", "for the part (address of the node)"),
    Role.PROCESS_LEADER: Text("för området (adress)", "for the area (address)"),
    Role.PARTNER: Text("för organisationen", "for the organisation"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """Something a role can be given for: the key that is kept, and what people call it."""

    key: str
    title: str


_offered: dict[Role, Callable[[], Iterable[Choice]]] = {}


def offer(role: Role, choices: Callable[[], Iterable[Choice]]) -> None:
    """Let a room above tell what ``role`` can be given for; asked anew for each page."""
    _offered[role] = choices


def choices() -> dict[Role, tuple[Choice, ...]]:
    """Return what each scoped role can be given for; nothing where nobody has told, and any text is then taken."""
    return {role: tuple(_offered[role]()) if role in _offered else () for role in WORDS}
