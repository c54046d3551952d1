"""The shape of the draft: new nodes, moving, removing and bringing back."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

from vagvisare.terms.errors import UserError
from vagvisare.terms.language import Text
from vagvisare.web.access.verbs import verb
from vagvisare.web.accounts.models import Person
from vagvisare.web.audit.models import Event
from vagvisare.web.revision.models import Draft, DraftNode, Wording
from vagvisare.web.revision.writing.addresses import address_for
from vagvisare.web.revision.writing.keeping import cleaned, state, states, tell
from vagvisare.web.revision.writing.levels import levels
from vagvisare.web.revision.writing.tree import RemovedNodeError, Tree, hold, hold_draft, load, must, named, path_of

NEED = "draft.structure"
STEPS = ("up", "down", "in", "out")
UNCHANGED = Text("Ingenting har ändrats.", "Nothing was changed.")


class ShapeError(UserError):
    """The tree cannot be changed as asked; it stays as it was."""

    def __init__(self, what: Text, remedy: Text) -> None:
        super().__init__(what, meaning=UNCHANGED, remedy=remedy)


def _scope(node: DraftNode, *_: object, **__: object) -> str:
    return path_of(node)


def _scope_of_parent(draft: Draft, parent: DraftNode | None, *_: object, **__: object) -> str:
    del draft
    return path_of(parent)


def opened_tree(draft: Draft, *rewritten: DraftNode) -> Tree:
    """Lock a draft and read its tree, for a change of shape; nodes whose words will change are locked, too.

    Raises:
        SealedDraftError: when the draft is sealed.
        RemovedNodeError: when one of those to be rewritten has been removed.
    """
    held = hold_draft(draft)
    for node in sorted(rewritten, key=lambda each: each.pk):
        hold(node)
    return load(held)


def living(tree: Tree, node: DraftNode) -> DraftNode:
    """Return the node as the tree has it.

    Raises:
        RemovedNodeError: when it has been removed.
    """
    found = tree.node(node.uid)
    if found.removed_at is not None:
        raise RemovedNodeError(found)
    return found


@verb(NEED, scope=_scope_of_parent)
def add_node(by: Person, draft: Draft, parent: DraftNode | None, level: str, text: str, *,
             after: DraftNode | None = None, source: str = "") -> tuple[DraftNode, Event]:  # fmt: skip
    """Add a node under a parent, after one of its children (or last), with an address made from its first words.

    Raises:
        ShapeError: when there are no words to make an address of, or the strategy has no such level.
    """
    tree = opened_tree(draft)
    above = None if parent is None else living(tree, parent)
    node = made(by, tree, above, level, cleaned(text).strip(), source=source)
    siblings = tree.living(above)
    at = siblings.index(tree.node(after.uid)) + 1 if after and tree.node(after.uid) in siblings else len(siblings)
    tree.place(node, above, at)
    tree.renumber(above)
    uid = str(node.uid)
    event = tell(by, NEED, "added", node, {uid: {"removed": True}}, {uid: state(node)})
    return node, event


def made(by: Person, tree: Tree, parent: DraftNode | None, level: str, text: str, *, source: str = "") -> DraftNode:
    """Make a node with its first wording and put it into the tree's memory; the caller gives it its place.

    Raises:
        ShapeError: when there are no words to make an address of, or the strategy has no such level.
    """
    _check_level(tree, level)
    if not any(c.isalnum() for c in text):
        raise ShapeError(
            Text("En ny del behöver några ord.", "A new part needs some words."),
            Text("Skriv rubriken eller första meningen; adressen görs av den.",
                 "Write the heading or first sentence; the address is made from it."),
        )  # fmt: skip
    node = DraftNode.objects.create(
        draft=tree.draft, address=address_for(tree, level, parent, text), level=level, parent=parent,
        position=len(tree.living(parent)), text=text, source=source,
    )  # fmt: skip
    Wording.objects.create(node=node, version=1, text=text, by=by.key, ticket=f"{uuid.uuid4()}")
    tree.by_pk[node.pk] = tree.by_uid[str(node.uid)] = node
    return node


def _check_level(tree: Tree, level: str) -> None:
    known = set(levels()) | {node.level for node in tree.by_pk.values()}
    if not level or len(level) > 60 or (known and level not in known):
        raise ShapeError(
            Text("Strategin har ingen sådan nivå.", "The strategy has no such level."),
            Text("Välj en av strategins nivåer.", "Choose one of the strategy's levels."),
        )


@verb(NEED, scope=_scope)
def move(by: Person, node: DraftNode, parent: DraftNode | None, before: DraftNode | None = None) -> Event | None:
    """Move a node, with all that lies under it, to under ``parent`` (None: a root), before a sibling or last.

    Returns the event, or None when it stands there already.

    Raises:
        ShapeError: when it would come to lie under itself.
        RefusedError: when the person may not change the place it is moved to.
    """
    must(by, NEED, parent)
    tree = opened_tree(node.draft)
    moving = living(tree, node)
    above = None if parent is None else living(tree, parent)
    if above is not None and tree.is_under(above, moving):
        raise ShapeError(
            Text(f"{named(moving)} kan inte ligga under sig själv.", f"{named(moving)} cannot lie under itself."),
            Text("Välj en annan plats.", "Choose another place."),
        )
    siblings = [each for each in tree.living(above) if each.pk != moving.pk]
    ahead = None if before is None else tree.node(before.uid)
    return _moved(by, tree, moving, above, siblings.index(ahead) if ahead in siblings else len(siblings))


@verb(NEED, scope=_scope)
def step(by: Person, node: DraftNode, how: str) -> Event | None:
    """Move a node one step: "up" or "down" among its siblings, "in" under the one above it, "out" after its parent.

    Returns the event, or None where there is nowhere to go.

    Raises:
        RefusedError: when the person may not change the place it is moved to.
    """
    tree = opened_tree(node.draft)
    moving = living(tree, node)
    siblings = tree.living(moving.parent)
    at = siblings.index(moving)
    if how in ("up", "down"):
        to = at + (-1 if how == "up" else 1)
        return _moved(by, tree, moving, moving.parent, to) if 0 <= to < len(siblings) else None
    if how == "in" and at > 0:
        above = siblings[at - 1]
        return _moved(by, tree, moving, above, len(tree.living(above)))
    if how == "out" and moving.parent is not None:
        outer = moving.parent.parent
        must(by, NEED, outer)
        return _moved(by, tree, moving, outer, tree.living(outer).index(moving.parent) + 1)
    return None


def _moved(by: Person, tree: Tree, node: DraftNode, parent: DraftNode | None, index: int) -> Event | None:
    before, origin = states([node]), node.parent
    tree.place(node, parent, index)
    tree.renumber(origin, parent)
    after = states([node])
    if before == after:
        return None
    node.save(update_fields=["parent", "position"])
    return tell(by, NEED, "moved", node, before, after)


@verb(NEED, scope=_scope)
def remove(by: Person, node: DraftNode) -> Event:
    """Remove a node. It can come back; its wordings, comments and reasons stay.

    Raises:
        ShapeError: when something lies under it that has not been moved first.
    """
    tree = opened_tree(node.draft)
    leaving = living(tree, node)
    below = len(tree.living(leaving))
    if below:
        raise ShapeError(
            Text(f"Under {named(leaving)} ligger {below} {'del' if below == 1 else 'delar'}.",
                 f"{below} {'part lies' if below == 1 else 'parts lie'} under {named(leaving)}."),
            Text("Flytta eller ta bort det som ligger under först.", "Move or remove what lies under it first."),
        )  # fmt: skip
    before = states([leaving])
    take_out(tree, leaving)
    return tell(by, NEED, "removed", leaving, before, states([leaving]))


def take_out(tree: Tree, node: DraftNode) -> None:
    """Take a node out of the tree, within the verb that holds it."""
    tree.lift(node)
    node.removed_at = datetime.now(UTC)
    node.save(update_fields=["removed_at"])
    tree.renumber(node.parent)


def put_back(tree: Tree, node: DraftNode, parent: DraftNode | None, index: int) -> None:
    """Put a removed node back at a place, within the verb that holds it."""
    origin = node.parent
    node.removed_at = None
    tree.place(node, parent, index)
    tree.renumber(origin, parent)
    node.save(update_fields=["removed_at", "parent", "position"])


@verb(NEED, scope=_scope)
def restore(by: Person, node: DraftNode) -> Event | None:
    """Bring a removed node back to where it was, or under the nearest of its ancestors that is left.

    Returns the event, or None when it has not been removed.
    """
    tree = opened_tree(node.draft)
    back = tree.node(node.uid)
    if back.removed_at is None:
        return None
    before, parent = states([back]), back.parent
    while parent is not None and parent.removed_at is not None:
        parent = parent.parent
    put_back(tree, back, parent, back.position if parent is back.parent else len(tree.living(parent)))
    return tell(by, NEED, "restored", back, before, states([back]))
