"""A draft beside the edition it opened from, and two sealed editions beside each other, as values."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from vagvisare.editions.changes import key_changes
from vagvisare.editions.comparison import Comparison, KeyChange
from vagvisare.editions.diff import compare
from vagvisare.editions.document import Edition
from vagvisare.editions.registers import Strategy
from vagvisare.web.revision import snapshot as drafts
from vagvisare.web.revision.models import Draft
from vagvisare.web.strategy import snapshot as sealed


@dataclass(frozen=True)
class Beside:
    """A later edition (a draft's own, or a sealed one), the earlier one it is held against, and the strategy's words.

    ``comparison`` is None where there is no earlier edition.
    """

    strategy: Strategy
    before: Edition | None
    after: Edition

    @cached_property
    def comparison(self) -> Comparison | None:
        """Everything that differs."""
        if self.before is None:
            return None
        return compare(
            self.before, self.after, self.strategy.links_beside(self.before), self.strategy.links_beside(self.after)
        )

    @cached_property
    def key_changes(self) -> tuple[KeyChange, ...]:
        """The changes worth telling."""
        if self.comparison is None:
            return ()
        return key_changes(self.comparison, self.strategy.levels, self.strategy.register.themes)


def of_draft(draft: Draft, key: str = "") -> Beside:
    """Return a draft beside the edition it opened from, as sealed under ``key`` (its own when empty)."""
    strategy = sealed.strategy("themes", "links")
    return Beside(strategy, drafts.opened_edition(draft), drafts.edition_of(draft, key))


def of_sealed(before: str, after: str) -> Beside:
    """Return two sealed editions beside each other.

    Raises:
        SealedEdition.DoesNotExist: when one of them is not here.
    """
    return Beside(sealed.strategy("themes", "links"), sealed.edition(before), sealed.edition(after))
