"""The main changes as the edition will tell them: computed, worded by a person where one has, each with its reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from vagvisare.editions.comparison import KeyChange
from vagvisare.editions.document import Source, StatedChange
from vagvisare.web.revision.changes.comparing import Beside
from vagvisare.web.revision.models import ChangeNote, Draft, Reason


@dataclass(frozen=True, slots=True)
class Telling:
    """One computed change with a person's own wording of it, and the reasons given for the nodes it is about."""

    change: KeyChange
    note: ChangeNote | None
    reasons: tuple[Reason, ...]

    @property
    def left_out(self) -> bool:
        """Whether somebody has chosen not to tell it."""
        return self.note is not None and self.note.left_out

    @property
    def sv(self) -> str:
        """The Swedish wording."""
        return (self.note.sv if self.note else "") or self.change.wording.sv

    @property
    def en(self) -> str:
        """The English wording."""
        return (self.note.en if self.note else "") or self.change.wording.en

    def stated(self, key: str) -> StatedChange:
        """Return it as the edition ``key`` states it."""
        because = dict.fromkeys(each for reason in self.reasons for each in reason.because)
        why = dict.fromkeys(reason.text.strip() for reason in self.reasons if reason.text.strip())
        return StatedChange(
            self.change.area,
            self.sv,
            Source(key),
            english=self.en,
            kind=self.change.kind.value,
            nodes=self.change.nodes,
            reasons=tuple(because),
            why=" ".join(why),
        )


def tellings(draft: Draft, beside: Beside) -> tuple[Telling, ...]:
    """Return every computed change of a draft, those left out included, in two questions."""
    notes = {note.key: note for note in draft.change_notes.all()}
    reasons = reasons_of(draft)
    return tuple(
        Telling(change, notes.get(change.key), tuple(_at(reasons, change.nodes))) for change in beside.key_changes
    )


def reasons_of(draft: Draft) -> dict[str, Reason]:
    """Return the reasons of a draft by address."""
    return {reason.address: reason for reason in draft.reasons.all()}


def given(reasons: Mapping[str, Reason]) -> frozenset[str]:
    """Return the addresses that have a reason in words or by something named."""
    return frozenset(address for address, reason in reasons.items() if reason.text.strip() or reason.because)


def stated_changes(draft: Draft, beside: Beside) -> tuple[StatedChange, ...]:
    """Return what the sealed edition tells of its changes, with every reason that was given.

    A reason for a node that no told change is about is told by itself, so that none is lost.
    """
    told = [each for each in tellings(draft, beside) if not each.left_out]
    key = beside.after.key
    found = [each.stated(key) for each in told]
    covered = {address for each in found for address in each.nodes}
    changed = {change.address for change in beside.comparison.changed} if beside.comparison else set()
    for address, reason in reasons_of(draft).items():
        if address in changed - covered and (reason.text.strip() or reason.because):
            found.append(_alone(beside, address, reason))
    return tuple(found)


def _alone(beside: Beside, address: str, reason: Reason) -> StatedChange:
    node = beside.after.by_address.get(address) or (beside.before.by_address.get(address) if beside.before else None)
    text = reason.text.strip() or (node.text if node else address)
    return StatedChange(
        "", text, Source(beside.after.key), kind="reason", nodes=(address,), reasons=tuple(reason.because),
        why=reason.text.strip(),
    )  # fmt: skip


def _at(reasons: Mapping[str, Reason], addresses: Iterable[str]) -> Iterable[Reason]:
    return (reasons[address] for address in addresses if address in reasons)
