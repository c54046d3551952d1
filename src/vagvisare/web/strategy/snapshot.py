"""Records to values: the strategy with its sealed editions and registers."""

from __future__ import annotations

from functools import lru_cache

from vagvisare.editions.document import Edition, Node
from vagvisare.editions.registers import Strategy
from vagvisare.strategy_folder.plain import edition_of, value_of
from vagvisare.terms.errors import UserError
from vagvisare.terms.language import Text
from vagvisare.web.registers import snapshot as registers
from vagvisare.web.strategy.models import Head, SealedEdition


class NothingYetError(UserError):
    """The workspace is empty: no strategy has been taken in."""

    def __init__(self) -> None:
        super().__init__(
            Text("Arbetsytan är tom.", "The workspace is empty."),
            meaning=Text("Ingen strategi har lästs in än.", "No strategy has been taken in yet."),
            remedy=Text(
                "Den som är administratör eller strateg läser in strategimappen under Utgåvor.",
                "An administrator or a strategist takes in the strategy folder under Editions.",
            ),
        )


def editions() -> tuple[Edition, ...]:
    """Return every sealed edition, in the order they were sealed; each is parsed once for as long as it is used."""
    return tuple(_parsed(row.sha256, row.text) for row in SealedEdition.objects.all())


def edition(key: str) -> Edition:
    """Return one sealed edition.

    Raises:
        UnknownError: through the view, when there is none: ``SealedEdition.DoesNotExist`` is a 404.
    """
    row = SealedEdition.objects.get(key=key)
    return _parsed(row.sha256, row.text)


def strategy(*only: str) -> Strategy:
    """Return the strategy: head, sealed editions, and the registers (``only`` those named).

    Raises:
        NothingYetError: when nothing has been taken in.
    """
    head = Head.objects.first()
    if head is None:
        raise NothingYetError
    given: dict[str, object] = {"editions": editions(), "register": registers.register(*only)}
    return value_of(Strategy, head.content, "strategy", given)


def in_force() -> Edition | None:
    """Return the edition in force, or None while there is none."""
    head = Head.objects.first()
    row = None if head is None else SealedEdition.objects.filter(key=head.content.get("current", "")).first()
    return None if row is None else _parsed(row.sha256, row.text)


def latest() -> Edition | None:
    """Return the edition sealed last, or None while there is none."""
    row = SealedEdition.objects.order_by("-position").first()
    return None if row is None else _parsed(row.sha256, row.text)


def areas(of: Edition | None) -> tuple[Node, ...]:
    """Return the priority areas of an edition, in its order."""
    return () if of is None else of.at("area")


@lru_cache(maxsize=32)
def _parsed(digest: str, text: str) -> Edition:
    del digest  # the text decides; the digest makes the key short to compare
    return edition_of(text)
