"""What a scoped role can be given for: a node of the latest edition, an area of it, an actor of the register."""

from __future__ import annotations

from collections.abc import Iterator

from vagvisare.editions.document import Node
from vagvisare.web.accounts.scopes import Choice
from vagvisare.web.registers import snapshot as registers
from vagvisare.web.strategy import snapshot

_LONGEST = 80


def nodes() -> Iterator[Choice]:
    """Offer every node of the edition sealed last."""
    latest = snapshot.latest()
    return map(_choice, () if latest is None else latest.nodes)


def areas() -> Iterator[Choice]:
    """Offer the areas of the edition sealed last."""
    return map(_choice, snapshot.areas(snapshot.latest()))


def actors() -> Iterator[Choice]:
    """Offer the actors of the register."""
    return (Choice(actor.key, actor.name) for actor in registers.register("actors").actors)


def _choice(node: Node) -> Choice:
    return Choice(node.address, called(node.number, node.text))


def called(number: str, text: str) -> str:
    """Return what a node is called in a list to choose from."""
    title = f"{number} {' '.join(text.split())}".strip()
    return title if len(title) <= _LONGEST else f"{title[: _LONGEST - 1].rstrip()}…"
