"""Undoing what the trail tells of: the node goes back to what it was, unless others have gone on from there."""

from __future__ import annotations

import json
from typing import Any

from vagvisare.editions.merge import merge
from vagvisare.terms.errors import UserError
from vagvisare.terms.language import Text
from vagvisare.web.access.verbs import verb
from vagvisare.web.accounts.models import Person
from vagvisare.web.audit.models import Event
from vagvisare.web.revision.models import Draft, DraftNode, Reason
from vagvisare.web.revision.writing import lineage
from vagvisare.web.revision.writing.keeping import DETAILS, State, states, tell, write
from vagvisare.web.revision.writing.shaping import opened_tree, put_back, take_out
from vagvisare.web.revision.writing.tree import Tree, must, path_of

WRITING, SHAPE = "draft.write", "draft.structure"


class TooLateError(UserError):
    """What is to be undone has been built upon since."""

    def __init__(self) -> None:
        super().__init__(
            Text("Det går inte att ångra: det har ändrats igen sedan dess.",
                 "That cannot be undone: it has been changed again since."),
            meaning=Text("Ingenting har ändrats.", "Nothing was changed."),
            remedy=Text("Ångra det senare först, eller välj en äldre lydelse i historiken.",
                        "Undo the later change first, or choose an older wording in the history."),
        )  # fmt: skip


def undo(by: Person, draft: Draft, number: int) -> Event:
    """Undo an event of a draft's nodes.

    Raises:
        Event.DoesNotExist: when there is none of that number in this draft.
        TooLateError: when others have gone on from there.
        RefusedError: when the person may not do what is to be undone.
    """
    event = Event.objects.get(number=number, kind="node", verb__in=(WRITING, SHAPE))
    after = json.loads(event.after or "{}")
    if after.get("draft") != draft.key or not after.get("nodes"):
        raise Event.DoesNotExist
    node = DraftNode.objects.get(draft=draft, uid=event.key)
    return (undo_writing if event.verb == WRITING else undo_shape)(by, node, event)


def _scope(node: DraftNode, *_: object, **__: object) -> str:
    return path_of(node)


@verb(WRITING, scope=_scope)
def undo_writing(by: Person, node: DraftNode, event: Event) -> Event:
    """Undo a save or a change of details."""
    return _undone(by, node, event, WRITING)


@verb(SHAPE, scope=_scope)
def undo_shape(by: Person, node: DraftNode, event: Event) -> Event:
    """Undo a new node, a move, a removal, a split or a merger."""
    return _undone(by, node, event, SHAPE)


def _undone(by: Person, node: DraftNode, event: Event, need: str) -> Event:
    told, was = json.loads(event.after), json.loads(event.before)["nodes"]
    now: dict[str, State] = told["nodes"]
    if event.verb != need or told["draft"] != node.draft.key:
        raise Event.DoesNotExist
    mine = list(DraftNode.objects.filter(draft=node.draft, uid__in=now))
    for each in mine:
        must(by, need, each)
    tree = opened_tree(node.draft, *(each for each in mine if each.removed_at is None and _worded(was, now, each)))
    touched = [tree.node(uid) for uid in now]
    before = states(touched)
    if not all(as_left(before[uid], left, was.get(uid, {})) for uid, left in now.items()):
        raise TooLateError
    more = _extras(tree, told)
    _put(by, tree, was, now)
    return tell(by, need, "undone", tree.node(node.uid), before, states(touched), undone=event.number, **more)


def _worded(was: dict[str, State], now: dict[str, State], node: DraftNode) -> bool:
    uid = str(node.uid)
    return "version" in was.get(uid, {}) and "version" in now[uid]


def as_left(state: State, left: State, was: State) -> bool:
    """Tell whether a node is as the act left it. Places are renumbered by others; a wording may be merged later on.

    A node that somebody has removed since has no place to go back to: undoing a move would bring it back.
    """
    if state["removed"] and "removed" not in left and ("parent" in left or "position" in left):
        return False
    for name, value in left.items():
        if name == "position" or (name == "version" and name in was):
            continue
        if state[name] != value:
            return False
    return True


def _put(by: Person, tree: Tree, was: dict[str, State], now: dict[str, State]) -> None:
    for uid, earlier in was.items():
        node = tree.node(uid)
        if "version" in earlier:
            _reword(by, node, earlier["version"], now[uid]["version"])
        details = [name for name in DETAILS if name in earlier]
        for name in details:
            setattr(node, name, earlier[name])
        if details:
            node.save(update_fields=details)
    returning = [uid for uid in was if was[uid].get("removed") is False]
    moving = [uid for uid in was if uid not in returning and ("parent" in was[uid] or "position" in was[uid])]
    # From the first place to the last, so that each index means what it meant.
    for uid in returning + sorted(moving, key=lambda each: was[each].get("position", tree.node(each).position)):
        _replace(tree, tree.node(uid), was[uid])
    for uid, earlier in was.items():
        if earlier.get("removed") is True:
            _take(tree, tree.node(uid))


def _reword(by: Person, node: DraftNode, to: int, left: int) -> None:
    """Give a node an earlier wording back; what others wrote since is merged in, or the undoing is refused."""
    wanted = node.wordings.get(version=to).text
    if node.version == left:
        write(by, node, wanted)
        return
    tried = merge(node.wordings.get(version=left).text, node.text, wanted)
    if not tried.clean:
        raise TooLateError
    write(by, node, tried.text, base=left, merged=True)


def _replace(tree: Tree, node: DraftNode, earlier: dict[str, Any]) -> None:
    parent = node.parent
    if "parent" in earlier:
        parent = tree.node(earlier["parent"]) if earlier["parent"] else None
    if parent is not None and (parent.removed_at is not None or tree.is_under(parent, node)):
        raise TooLateError
    put_back(tree, node, parent, earlier.get("position", node.position))


def _take(tree: Tree, node: DraftNode) -> None:
    if tree.living(node):
        raise TooLateError
    take_out(tree, node)


def _extras(tree: Tree, told: dict[str, Any]) -> dict[str, Any]:
    """Turn round what a split or a merger did beside the nodes; return what undoing this in its turn needs."""
    apart = bool(told.get("apart"))
    kept_back = {name: told[name] for name in ("descents", "moved", "kept", "away", "reason") if told.get(name)}
    (lineage.remember if apart else lineage.forget)(tree.draft, told.get("descents") or [])
    if told.get("away"):
        kept, away = tree.node(told["kept"]), tree.node(told["away"])
        origin, to = (away, kept) if apart else (kept, away)
        lineage.carry(told.get("moved") or {}, origin, to)
        if told.get("reason"):
            _reason_back(tree, kept.address, *_turned(told["reason"], apart))
    return kept_back | {"apart": not apart} if kept_back else {}


def _turned(reason: dict[str, Any], apart: bool) -> tuple[dict[str, Any], dict[str, Any]]:
    return (reason["before"], reason["after"]) if apart else (reason["after"], reason["before"])


def _reason_back(tree: Tree, address: str, stands: dict[str, Any], wanted: dict[str, Any]) -> None:
    """Give a reason its other wording, unless somebody has written in it since."""
    row = Reason.objects.filter(draft=tree.draft, address=address).first()
    if row is not None and row.text == stands["text"]:
        row.text, row.because = wanted["text"], wanted["because"]
        row.save()
