"""What a person has decided about a document, in and out of the records, and the proposal that follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from vagvisare.editions.document import Edition, LevelName
from vagvisare.manuscripts.manuscript import Manuscript as Read
from vagvisare.manuscripts.plain import from_plain
from vagvisare.manuscripts.planning import NEW, plan
from vagvisare.manuscripts.proposal import Becomes, Decision, Plan, Proposal
from vagvisare.manuscripts.proposing import propose
from vagvisare.strategy_folder.plain import value_of
from vagvisare.web.revision.models import Manuscript
from vagvisare.web.revision.snapshot import edition_of
from vagvisare.web.strategy import snapshot
from vagvisare.web.strategy.models import Head

NEED = "draft.import"
SEEN = "seen"
"""Under this name lie the keys of the questions that have been ticked off; no piece is called so."""
BESIDE = "beside"
"""Under this name lies what was chosen of what the document brings beside nodes."""
STATED = "stated"
"""Under this name lie the stated changes that were kept, in their plain form."""
_NO_PIECES = frozenset({SEEN, BESIDE, STATED})
_TEXTS = ("level", "text", "parent", "address")


@dataclass(frozen=True)
class Reading:
    """A document with everything known of it: as read, the strategy's levels, what was there before, the proposal."""

    row: Manuscript
    read: Read
    levels: tuple[LevelName, ...]
    known: tuple[Edition, ...]
    decisions: dict[str, Decision]
    seen: frozenset[str]
    proposal: Proposal

    @cached_property
    def planned(self) -> Plan:
        """What would be kept now."""
        return plan(self.proposal, self.read.name, self.levels, self.known)

    def without(self, key: str) -> Proposal:
        """Return the proposal as it would be without what was decided of one piece."""
        rest = {name: decision for name, decision in self.decisions.items() if name != key}
        return propose(self.read, self.levels, self.known, rest)


def reading_of(row: Manuscript) -> Reading:
    """Return a document with its proposal, which takes the same few questions however long it is."""
    levels, known, read = levels_known(), _before(row), from_plain(row.found)
    decisions = {key: decision_of(plain) for key, plain in row.decisions.items() if key not in _NO_PIECES}
    seen = frozenset(row.decisions.get(SEEN, ()))
    return Reading(row, read, levels, known, decisions, seen, propose(read, levels, known, decisions))


def levels_known() -> tuple[LevelName, ...]:
    """Return the strategy's levels in order; none before a strategy has been taken in."""
    head = Head.objects.first()
    told = [] if head is None else head.content.get("level", [])
    return tuple(value_of(LevelName, plain, "level") for plain in told)


def _before(row: Manuscript) -> tuple[Edition, ...]:
    """Return the draft as it stands, then the sealed editions, the newest first."""
    return (edition_of(row.draft), *reversed(snapshot.editions()))


def decision_of(plain: Mapping[str, Any]) -> Decision:
    """Return a decision from what the records hold of it."""
    told = {name: str(plain[name]) for name in _TEXTS if name in plain}
    becomes = Becomes(plain["becomes"]) if plain.get("becomes") in set(Becomes) else None
    working = bool(plain["working_name"]) if "working_name" in plain else None
    return Decision(becomes=becomes, working_name=working, untracked=bool(plain.get("untracked")), **told)


def chosen(reading: Reading, key: str, form: Mapping[str, str]) -> dict[str, Any]:
    """Return what a form decides of a piece: only what differs from what is proposed anyway.

    What is proposed may still move with what is decided elsewhere; what a person has chosen stays.
    """
    item = reading.without(key).by_key.get(key)
    if item is None:
        return {}
    made: dict[str, Any] = {}
    becomes, level = form.get("becomes", ""), form.get("level", "")
    if becomes in set(Becomes) and becomes != item.becomes.value:
        made["becomes"] = becomes
    if level in {each.key for each in reading.levels} and level != item.level and becomes == Becomes.NODE.value:
        made |= {"level": level, "becomes": Becomes.NODE.value}
    text = form.get("text", "").replace("\r\n", "\n").strip()
    if text and text != item.text:
        made["text"] = text
    if (parent := form.get("parent", item.parent)) != item.parent and parent in {"", *reading.proposal.by_key}:
        made["parent"] = parent
    addresses = {address for edition in reading.known for address in edition.by_address}
    if (address := form.get("address", "")) and address in addresses | {NEW} and address != _proposed(item.match):
        made["address"] = address
    if "working" in form and (form.get("working_name") == "1") != item.working_name:
        made["working_name"] = form.get("working_name") == "1"
    if form.get("untracked") == "1":
        made["untracked"] = True
    return made


def _proposed(match: Any) -> str:
    return match.address if match else NEW
