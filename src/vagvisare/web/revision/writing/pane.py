"""One node with everything around it: words, who wrote them, what is said, who is to write, and why it changed."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from vagvisare.editions.comparison import Piece
from vagvisare.editions.document import Node
from vagvisare.editions.merge import merge
from vagvisare.editions.wording import words as differences
from vagvisare.proofreading import words
from vagvisare.terms.language import Text
from vagvisare.web.access.rules import may
from vagvisare.web.accounts.models import Person
from vagvisare.web.audit.models import Event
from vagvisare.web.audit.trail import name_of
from vagvisare.web.revision.models import Assignment, Clash, Comment, Draft, DraftNode, Reason, Wording
from vagvisare.web.revision.snapshot import opened_edition
from vagvisare.web.revision.writing.keeping import State, state
from vagvisare.web.revision.writing.levels import Levels, level_name
from vagvisare.web.revision.writing.outline import is_changed
from vagvisare.web.revision.writing.tree import named, path_of
from vagvisare.web.revision.writing.undoing import as_left

LATEST = 5
"""So many of the latest wordings are named beside a node; all stand in its history."""


@dataclass(frozen=True, slots=True)
class Thread:
    """Something said, and the answers to it."""

    first: Comment
    replies: tuple[Comment, ...]


@dataclass(frozen=True, slots=True)
class Followed:
    """A node that was merged into this one, by whom and when; its comments and assignments came along."""

    event: int
    who: str
    at: Any
    title: str
    comments: int
    assignments: int


@dataclass(frozen=True, slots=True)
class Pane:
    """A node as a reader meets it. ``before`` is how it stood in the edition the draft was opened from."""

    node: DraftNode
    uid: str
    level_name: Text
    words: int
    path: tuple[DraftNode, ...]
    before: Node | None
    opened_from: str
    changed: bool
    english_is_older: bool
    wordings: tuple[Wording, ...]
    written_by: str
    threads: tuple[Thread, ...]
    open_comments: int
    assignments: tuple[Assignment, ...]
    clashes: tuple[Clash, ...]
    reason: Reason | None
    origins: tuple[str, ...]
    followed: tuple[Followed, ...]
    may_write: bool
    may_shape: bool
    may_comment: bool
    may_assign: bool


def pane(draft: Draft, node: DraftNode, reader: Person, known: Levels) -> Pane:
    """Return a node's pane; the number of questions is the same however much has been said and written."""
    opened = opened_edition(draft)
    before = None if opened is None else opened.by_address.get(node.address)
    path = path_of(node)
    open_here = not draft.sealed_as and node.removed_at is None
    wordings = tuple(node.wordings.order_by("-version").defer("text")[:LATEST])
    threads = _threads(node)
    return Pane(
        node=node,
        uid=str(node.uid),
        level_name=level_name(known, node.level),
        words=words.count(node.text),
        path=_above(node),
        before=before,
        opened_from=draft.opened_from,
        changed=is_changed(node, opened),
        english_is_older=_english_is_older(node, before),
        wordings=wordings,
        written_by=name_of(wordings[0].by) if wordings else "",
        threads=threads,
        open_comments=sum(1 for thread in threads if thread.first.resolved_at is None),
        assignments=tuple(node.assignments.select_related("person")),
        clashes=tuple(node.clashes.filter(settled_at=None).select_related("by")),
        reason=Reason.objects.filter(draft=draft, address=node.address).first(),
        origins=tuple(draft.descents.filter(after=node.address).order_by("id").values_list("before", flat=True)),
        followed=_followed(node),
        may_write=open_here and may(reader, "draft.write", path),
        may_shape=not draft.sealed_as and may(reader, "draft.structure", path),
        may_comment=open_here and may(reader, "draft.comment", path),
        may_assign=open_here and may(reader, "draft.assign", path),
    )


def _above(node: DraftNode) -> tuple[DraftNode, ...]:
    steps: list[DraftNode] = []
    at = node.parent
    while at is not None and at not in steps:
        steps.insert(0, at)
        at = at.parent
    return tuple(steps)


def _english_is_older(node: DraftNode, before: Node | None) -> bool:
    return bool(before and node.english and node.english == before.english and node.text != before.text)


def _threads(node: DraftNode) -> tuple[Thread, ...]:
    said = list(node.comments.select_related("author"))
    answers: dict[int, list[Comment]] = defaultdict(list)
    for comment in said:
        if comment.reply_to_id is not None:
            answers[comment.reply_to_id].append(comment)
    return tuple(Thread(first, tuple(answers[first.pk])) for first in said if first.reply_to_id is None)


def _followed(node: DraftNode) -> tuple[Followed, ...]:
    """Return what was merged into a node and has not been taken apart again."""
    told = [(event, json.loads(event.after)) for event in Event.objects.filter(
        kind="node", key=str(node.uid), verb="draft.structure", after__contains="away").order_by("number")]  # fmt: skip
    apart = {after.get("undone") for _, after in told if after.get("act") == "undone" and after.get("apart")}
    return tuple(
        Followed(
            event.number,
            name_of(event.who),
            event.at,
            str(after.get("away_title", "")),
            len((after.get("moved") or {}).get("comments", [])),
            len((after.get("moved") or {}).get("assignments", [])),
        )
        for event, after in told
        if after.get("act") == "merged-nodes" and event.number not in apart
    )


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a node's history: what was done, by whom, and what that made of the words; ``clash`` is a number."""

    event: Event
    who: str
    act: Text
    version: int | None
    text: str
    pieces: tuple[Piece, ...]
    undoable: bool
    clash: int | None


PAGE = 40
"""So many steps of a history on a page."""

ACTS = {
    "saved": Text("skrev", "wrote"),
    "merged": Text("skrev, sammanfogat med andras ord", "wrote, merged with the words of others"),
    "clash": Text("skrev samma ord som någon annan: krock", "wrote the same words as somebody else: clash"),
    "settled": Text("löste en krock", "settled a clash"),
    "back": Text("tog tillbaka en äldre lydelse", "brought an older wording back"),
    "details": Text("ändrade nummer, engelska eller anmärkning", "changed number, English or note"),
    "added": Text("lade till delen", "added the part"),
    "moved": Text("flyttade delen", "moved the part"),
    "removed": Text("tog bort delen", "removed the part"),
    "restored": Text("tog tillbaka delen", "restored the part"),
    "split": Text("delade delen", "split the part"),
    "merged-nodes": Text("slog ihop delen med en annan", "merged the part with another"),
    "undone": Text("ångrade något", "undid something"),
}
"""What a history says of each act."""


def history(node: DraftNode, start: int = 0) -> tuple[tuple[Step, ...], bool]:
    """Return a page of what has been done to a node, newest first, and whether there is more."""
    told = list(Event.objects.filter(kind="node", key=str(node.uid)).order_by("-number")[start : start + PAGE + 1])
    read = [(event, json.loads(event.before or "{}"), json.loads(event.after or "{}")) for event in told[:PAGE]]
    uid = str(node.uid)
    versions = [(_version(before, uid), _version(after, uid)) for _, before, after in read]
    wanted = {version for pair in versions for version in pair if version}
    texts = dict(node.wordings.filter(version__in=wanted).values_list("version", "text"))
    stands = state(node)
    steps = [
        Step(
            event=event,
            who=name_of(event.who),
            act=ACTS.get(str(after.get("act")), Text("ändrade delen", "changed the part")),
            version=now or None,
            text=texts.get(now, ""),
            pieces=differences(texts.get(was, ""), texts[now]) if now in texts else (),
            undoable=bool(after.get("nodes")) and _as_it_was_left(node, stands, before, after, texts),
            clash=after.get("clash"),
        )
        for (event, before, after), (was, now) in zip(read, versions, strict=True)
    ]
    return tuple(steps), len(told) > PAGE


def _as_it_was_left(node: DraftNode, stands: State, before: State, after: State, texts: dict[int, str]) -> bool:
    """Tell whether undoing an event can work, as far as the node itself shows: nothing newer stands in the way."""
    uid = str(node.uid)
    was, left = before.get("nodes", {}).get(uid, {}), after["nodes"].get(uid, {})
    if not as_left(stands, left, was):
        return False
    if "version" not in was or "version" not in left or left["version"] == node.version:
        return True
    return merge(texts[left["version"]], node.text, texts[was["version"]]).clean


def _version(state: dict[str, Any], uid: str) -> int:
    return int(state.get("nodes", {}).get(uid, {}).get("version", 0))


def clash_sides(clash: Clash) -> dict[str, Any]:
    """Return the two wordings of a clash, each marked against the ground both stand on, and what the node says now."""
    texts = dict(Wording.objects.filter(node=clash.node_id, version__in=[clash.base, clash.theirs])
                 .values_list("version", "text"))  # fmt: skip
    base = texts.get(clash.base, "")
    return {
        "base": base,
        "now_pieces": differences(base, clash.node.text),
        "mine_pieces": differences(base, clash.mine),
        "mine": clash.mine,
        "now": clash.node.text,
        "title": named(clash.node),
    }
