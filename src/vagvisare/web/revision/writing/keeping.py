"""Keeping a wording, and telling the trail: what every verb of the draft ends with."""

from __future__ import annotations

import re
import unicodedata
import uuid
from collections.abc import Iterable, Iterator
from typing import Any

from vagvisare.terms.errors import UserError
from vagvisare.terms.language import Text
from vagvisare.web.accounts.models import Person
from vagvisare.web.audit.models import Event
from vagvisare.web.audit.trail import record
from vagvisare.web.revision.models import DraftNode, Wording
from vagvisare.web.revision.writing.tree import named

LONGEST = 100_000
"""Characters in one node; a node is a passage, not a book."""
LONGEST_NOTE = 4000
"""Characters in what is said beside the text: a reason, a rationale, how something is handled."""
DETAILS = ("number", "english", "note", "note_en")
"""What a node says beside its wording."""

_BREAK = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")

State = dict[str, Any]


def cleaned(text: str) -> str:
    """Return a text as it is kept: line feeds alone between lines, composed letters, nothing a database refuses.

    Raises:
        UserError: when it is too long for one node.
    """
    if len(text) > LONGEST:
        raise UserError(
            Text(f"Texten är längre än {LONGEST} tecken.", f"The text is longer than {LONGEST} characters."),
            meaning=Text("Den är inte sparad.", "It has not been saved."),
            remedy=Text("Dela upp den på flera delar.", "Divide it into several parts."),
        )
    return _lines(text)


def _lines(text: str) -> str:
    """Return a text without what nobody sees; a line that a word processor broke by hand is a line here, too."""
    return unicodedata.normalize("NFC", _CONTROL.sub("", _BREAK.sub("\n", text)))


def fitting(words: str) -> str:
    """Return a note, a reason or a rationale as it is kept.

    Raises:
        UserError: when it is too long for one.
    """
    kept = _lines(words).strip()
    if len(kept) > LONGEST_NOTE:
        raise UserError(
            Text(f"Texten är längre än {LONGEST_NOTE} tecken.", f"The text is longer than {LONGEST_NOTE} characters."),
            meaning=Text("Den är inte sparad.", "It has not been saved."),
            remedy=Text("Korta den.", "Shorten it."),
        )
    return kept


def write(by: Person, node: DraftNode, text: str, *, base: int = 0, merged: bool = False, ticket: str = "") -> Wording:
    """Keep a new wording as the node's newest, within the verb that holds the node."""
    node.version += 1
    node.text = text
    node.save(update_fields=["version", "text"])
    return Wording.objects.create(
        node=node,
        version=node.version,
        text=text,
        base=base or node.version - 1,
        merged=merged,
        by=by.key,
        ticket=ticket or f"{uuid.uuid4()}",
    )


def state(node: DraftNode) -> State:
    """Return what the trail remembers of a node: references to wordings, never the wordings themselves."""
    return {
        "parent": "" if node.parent is None else str(node.parent.uid),
        "position": node.position,
        "version": node.version,
        "removed": node.removed_at is not None,
    } | {name: getattr(node, name) for name in DETAILS}


def states(nodes: Iterable[DraftNode]) -> dict[str, State]:
    """Return the state of each node, by its uid."""
    return {str(node.uid): state(node) for node in nodes}


def tell(
    by: Person,
    need: str,
    act: str,
    node: DraftNode,
    before: dict[str, State],
    after: dict[str, State],
    **more: Any,
) -> Event:
    """Add the event of one act upon nodes; only what differs is told, which is also what undoing it needs.

    Told last of all within a verb: the trail is written one event at a time, and nobody may wait for a node while
    holding it.
    """
    differing = {
        uid: sorted(name for name in told if name not in before.get(uid, {}) or before[uid][name] != told[name])
        for uid, told in after.items()
    }
    differing = {uid: names for uid, names in differing.items() if names}
    return record(
        by.key,
        need,
        "node",
        str(node.uid),
        title=named(node),
        before={"nodes": dict(_told(before, differing))},
        after={"act": act, "draft": node.draft.key, "nodes": dict(_told(after, differing))} | more,
    )


def _told(known: dict[str, State], differing: dict[str, list[str]]) -> Iterator[tuple[str, State]]:
    for uid, names in differing.items():
        yield uid, {name: known[uid][name] for name in names if name in known.get(uid, {})}
