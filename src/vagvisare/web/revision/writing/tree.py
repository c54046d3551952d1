"""The draft's tree: who lies under whom, how a change is locked, and how places are numbered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from vagvisare.terms.errors import UserError
from vagvisare.terms.language import Text
from vagvisare.web.access.rules import may
from vagvisare.web.access.verbs import RefusedError
from vagvisare.web.accounts.models import Person
from vagvisare.web.revision.models import Draft, DraftNode

ANCESTORS = "parent__parent__parent__parent__parent"
"""Read along with a node, so that its path costs no further question (a deeper one is read as it comes)."""


class SealedDraftError(UserError):
    """The draft has been sealed; nothing in it changes any more."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(
            Text(f"Utkastet {draft.title} är förseglat.", f"The draft {draft.title} is sealed."),
            meaning=Text("Det förseglade ändras aldrig.", "What is sealed never changes."),
            remedy=Text(
                "Skriv i nästa utkast, eller rätta med ett erratum.", "Write in the next draft, or issue an erratum."
            ),
        )


class RemovedNodeError(UserError):
    """The node has been removed."""

    def __init__(self, node: DraftNode) -> None:
        title = named(node)
        super().__init__(
            Text(f"{title} är borttagen.", f"{title} has been removed."),
            meaning=Text("Den går inte att ändra så länge.", "It cannot be changed for the time being."),
            remedy=Text("Ta tillbaka den först.", "Restore it first."),
        )


def named(node: DraftNode) -> str:
    """Return what people call a node: its number and the beginning of its text, or its address."""
    first = next((line.strip() for line in node.text.splitlines() if line.strip()), "")
    short = first if len(first) <= 60 else first[:59].rstrip() + "…"
    return f"{node.number} ”{short}”".strip() if short else node.address


def path_of(node: DraftNode | None) -> str:
    """Return the addresses from a node to its root, joined by blanks: the scope of what is done there."""
    steps: list[str] = []
    while node is not None and node.address not in steps:
        steps.append(node.address)
        node = node.parent
    return " ".join(steps)


def must(by: Person, need: str, at: DraftNode | None) -> None:
    """Refuse what a person may not do at a second place (the verb itself has asked about the first).

    Raises:
        RefusedError: when they may not.
    """
    if not may(by, need, path_of(at)):
        raise RefusedError(need)


def hold(node: DraftNode) -> DraftNode:
    """Lock one node for a change of its own words, and return it as it is now.

    The seal holds every node (``hold_everything``); a save that waited for it finds the draft sealed.

    Raises:
        SealedDraftError: when the draft is sealed.
        RemovedNodeError: when the node has been removed.
    """
    held = DraftNode.objects.select_for_update(of=("self",), no_key=True).select_related("parent").get(pk=node.pk)
    # Asked for after the node is ours, so that a seal we waited for is seen.
    held.draft = Draft.objects.get(pk=held.draft_id)
    if held.draft.sealed_as:
        raise SealedDraftError(held.draft)
    if held.removed_at is not None:
        raise RemovedNodeError(held)
    return held


def hold_draft(draft: Draft) -> Draft:
    """Lock a draft for a change of its tree: those happen one at a time, so that no circle can arise.

    Raises:
        SealedDraftError: when the draft is sealed.
    """
    held = Draft.objects.select_for_update(no_key=True).get(pk=draft.pk)
    if held.sealed_as:
        raise SealedDraftError(held)
    return held


def hold_everything(draft: Draft) -> Draft:
    """Lock a draft and every node of it, so that no word can be saved beside a seal.

    Raises:
        SealedDraftError: when the draft is sealed already.
    """
    held = hold_draft(draft)
    list(DraftNode.objects.select_for_update(no_key=True).filter(draft=held).order_by("pk").values_list("pk"))
    return held


@dataclass(slots=True)
class Tree:
    """Every node of a draft, the removed among them, by what one asks for."""

    draft: Draft
    by_pk: dict[int, DraftNode]
    by_uid: dict[str, DraftNode]
    below: dict[int | None, list[DraftNode]] = field(default_factory=dict)

    def living(self, parent: DraftNode | None) -> list[DraftNode]:
        """Return what lies directly under a node (None: the roots), in order, without the removed."""
        return self.below.get(None if parent is None else parent.pk, [])

    def node(self, uid: object) -> DraftNode:
        """Return the node of a uid.

        Raises:
            DraftNode.DoesNotExist: when it is no node of this draft.
        """
        found = self.by_uid.get(str(uid))
        if found is None:
            raise DraftNode.DoesNotExist(str(uid))
        return found

    def walk(self, under: DraftNode | None = None, depth: int = 0) -> Iterator[tuple[DraftNode, int]]:
        """Yield living nodes with their depth, each before what lies under it."""
        waiting = [(node, depth) for node in reversed(self.living(under))]
        while waiting:
            node, depth = waiting.pop()
            yield node, depth
            waiting += [(child, depth + 1) for child in reversed(self.living(node))]

    def is_under(self, node: DraftNode, above: DraftNode) -> bool:
        """Tell whether a node is ``above`` or lies somewhere under it."""
        at: DraftNode | None = node
        while at is not None and at.pk != above.pk:
            at = at.parent
        return at is not None

    def place(self, node: DraftNode, parent: DraftNode | None, index: int) -> None:
        """Put a node at an index under a parent, in memory; ``renumber`` then writes what changed."""
        self.lift(node)
        row = self.below.setdefault(None if parent is None else parent.pk, [])
        row.insert(max(0, min(index, len(row))), node)
        node.parent = parent

    def lift(self, node: DraftNode) -> None:
        """Take a node out from among its siblings, in memory."""
        row = self.below.get(node.parent_id, [])
        if node in row:
            row.remove(node)

    def renumber(self, *parents: DraftNode | None) -> list[DraftNode]:
        """Number what lies under each parent 0, 1, 2 … and write those whose number is another."""
        changed = []
        for parent in {None if parent is None else parent.pk: parent for parent in parents}.values():
            for position, node in enumerate(self.living(parent)):
                if node.position != position:
                    node.position = position
                    changed.append(node)
        DraftNode.objects.bulk_update(changed, ["position"])
        return changed


def load(draft: Draft) -> Tree:
    """Read a draft's whole tree with one question."""
    nodes = list(DraftNode.objects.filter(draft=draft))
    by_pk = {node.pk: node for node in nodes}
    tree = Tree(draft, by_pk, {str(node.uid): node for node in nodes}, defaultdict(list))
    for node in nodes:
        node.draft = draft
        if node.parent_id is not None:
            node.parent = by_pk[node.parent_id]
        if node.removed_at is None:
            tree.below[node.parent_id].append(node)
    return tree
