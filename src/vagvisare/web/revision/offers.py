"""What a scoped role can be given for in the drafts, beside what is sealed: a part that is new there."""

from __future__ import annotations

from collections.abc import Iterator

from vagvisare.web.accounts.scopes import Choice
from vagvisare.web.revision.models import DraftNode
from vagvisare.web.strategy.offers import called


def nodes() -> Iterator[Choice]:
    """Offer every node of the drafts that are written in."""
    return _offered()


def areas() -> Iterator[Choice]:
    """Offer their areas."""
    return _offered(level="area")


def _offered(**more: str) -> Iterator[Choice]:
    written = DraftNode.objects.filter(draft__sealed_as="", removed_at=None, **more)
    for address, number, text in written.values_list("address", "number", "text"):
        yield Choice(address, called(number, text))
