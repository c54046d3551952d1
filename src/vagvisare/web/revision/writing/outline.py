"""The outline: every node of a draft as a flat list of rows, in the same few questions however many there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from vagvisare.editions.document import Edition
from vagvisare.proofreading import words
from vagvisare.terms.language import Text
from vagvisare.web.access.rules import may
from vagvisare.web.accounts.models import Person
from vagvisare.web.revision.models import Assignment, Clash, Comment, Draft, DraftNode
from vagvisare.web.revision.snapshot import opened_edition
from vagvisare.web.revision.writing.levels import Levels, level_name, levels
from vagvisare.web.revision.writing.tree import Tree, load


@dataclass(frozen=True, slots=True)
class Row:
    """One node in the outline.

    ``parent`` is a uid, empty for a root. ``changed`` says that it is new, or that words, place or level differ from
    the edition the draft was opened from. ``clash`` is the number of an unsettled clash, None for none.
    ``assignees`` and ``due`` tell of what is not done yet; ``mine`` that the reader is one of them.
    """

    uid: str
    address: str
    parent: str
    level: str
    level_name: Text
    number: str
    text: str
    depth: int
    position: int
    siblings: int
    children: int
    words: int
    open_comments: int
    assignees: tuple[str, ...]
    mine: bool
    due: date | None
    clash: int | None
    changed: bool
    new: bool
    may_write: bool
    may_shape: bool


@dataclass(frozen=True, slots=True)
class Outline:
    """The rows, the nodes that have been removed, and the strategy's own names of its levels."""

    rows: tuple[Row, ...]
    removed: tuple[DraftNode, ...]
    levels: Levels

    @property
    def words(self) -> int:
        """How many words the whole draft has."""
        return sum(row.words for row in self.rows)


def outline(draft: Draft, reader: Person) -> Outline:
    """Return a draft's outline as one reader meets it, with six questions."""
    tree, opened, named = load(draft), opened_edition(draft), levels()
    comments = dict(
        Comment.objects.filter(node__draft=draft, reply_to=None, resolved_at=None)
        .order_by()
        .values_list("node")
        .annotate(Count("pk"))
    )
    clashes = dict(Clash.objects.filter(node__draft=draft, settled_at=None).order_by("-id").values_list("node", "pk"))
    tasks = _tasks(draft)
    may_write, may_shape = _allowed(reader, "draft.write", draft), _allowed(reader, "draft.structure", draft)
    paths: dict[int, str] = {}
    rows = []
    for node, depth in tree.walk():
        paths[node.pk] = f"{node.address} {paths[node.parent_id]}" if node.parent_id else node.address
        given = tasks.get(node.pk, [])
        days = [each.due for each in given if each.due]
        rows.append(
            Row(
                uid=str(node.uid), address=node.address, parent=str(node.parent.uid) if node.parent else "",
                level=node.level, level_name=level_name(named, node.level), number=node.number, text=node.text,
                depth=depth, position=node.position, siblings=len(tree.living(node.parent)),
                children=len(tree.living(node)), words=words.count(node.text),
                open_comments=comments.get(node.pk, 0), assignees=tuple(str(each.person) for each in given),
                mine=any(each.person_id == reader.pk for each in given), due=min(days, default=None),
                clash=clashes.get(node.pk), changed=is_changed(node, opened), new=is_new(node, opened),
                may_write=may_write(paths[node.pk]), may_shape=may_shape(paths[node.pk]),
            )
        )  # fmt: skip
    return Outline(tuple(rows), _removed(tree), named)


def _allowed(reader: Person, need: str, draft: Draft) -> Callable[[str], bool]:
    """Return what tells whether a reader may do something at a path; only a scoped role has to be asked row by row."""
    if draft.sealed_as or not may(reader, need):
        return lambda _: False
    if may(reader, need, ""):  # within nothing in particular: by a role given for everything
        return lambda _: True
    return lambda path: may(reader, need, path)


def is_new(node: DraftNode, opened: Edition | None) -> bool:
    """Tell whether a node is not in the edition the draft was opened from."""
    return opened is not None and node.address not in opened.by_address


def is_changed(node: DraftNode, opened: Edition | None) -> bool:
    """Tell whether a node's words, place or level are other than in the edition the draft was opened from."""
    if opened is None:
        return False
    before = opened.by_address.get(node.address)
    if before is None:
        return True
    parent = "" if node.parent is None else node.parent.address
    return (before.text, before.parent, before.level) != (node.text, parent, node.level)


def _tasks(draft: Draft) -> dict[int, list[Assignment]]:
    found: dict[int, list[Assignment]] = defaultdict(list)
    for given in Assignment.objects.filter(node__draft=draft, done_at=None).select_related("person"):
        found[given.node_id].append(given)
    return found


def _removed(tree: Tree) -> tuple[DraftNode, ...]:
    gone = [node for node in tree.by_pk.values() if node.removed_at is not None]
    return tuple(sorted(gone, key=lambda node: node.removed_at, reverse=True))  # type: ignore[arg-type, return-value]
