"""Records to values: a draft as the edition it would become."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from vagvisare.editions.document import Edition, Lineage, Link, Node, Source
from vagvisare.strategy_folder.plain import value_of
from vagvisare.strategy_folder.source_text import parse_source
from vagvisare.web.revision.models import Draft, DraftNode
from vagvisare.web.strategy import snapshot as strategy
from vagvisare.web.strategy.models import SealedEdition


def opened_edition(draft: Draft) -> Edition | None:
    """Return the sealed edition a draft was opened from, or None for one that began empty."""
    if not draft.opened_from:
        return None
    try:
        return strategy.edition(draft.opened_from)
    except SealedEdition.DoesNotExist:
        return None


def edition_of(draft: Draft, key: str = "") -> Edition:
    """Return a draft as an edition: nodes in the tree's order, its links and its lineage; what is removed is left out.

    A node that is worded as in the edition before keeps its source there; one that is not has its source in this
    edition. ``key`` is the edition's; the draft's own when not given.
    """
    opened = opened_edition(draft)
    rows = _in_order(draft.nodes.filter(removed_at=None))
    known = {row.address for row in rows}
    gone = set(draft.nodes.exclude(removed_at=None).values_list("address", flat=True))
    given: dict[str, object] = {
        "key": key or draft.key,
        "nodes": tuple(_node(row, opened, key or draft.key) for row in rows),
        "links": _links(draft, gone, key or draft.key),
        "lineage": _lineage(draft, known),
        "changes": (),
    }
    return value_of(Edition, draft.head, draft.key, given)


def _in_order(nodes: Iterable[DraftNode]) -> list[DraftNode]:
    below: dict[int | None, list[DraftNode]] = defaultdict(list)
    by_pk: dict[int, DraftNode] = {}
    for node in nodes:
        by_pk[node.pk] = node
        below[node.parent_id].append(node)
    for node in by_pk.values():
        if node.parent_id is not None:
            node.parent = by_pk[node.parent_id]
    order: list[DraftNode] = []
    waiting = list(reversed(below[None]))
    while waiting:
        node = waiting.pop()
        order.append(node)
        waiting.extend(reversed(below[node.pk]))
    return order


def _node(row: DraftNode, opened: Edition | None, key: str) -> Node:
    before = None if opened is None else opened.by_address.get(row.address)
    same = before is not None and before.text == row.text
    taken_in = before is None and row.source and row.version == 1
    return Node(
        address=row.address,
        level=row.level,
        text=row.text,
        source=parse_source(row.source) if row.source and (same or taken_in) else Source(key),
        parent="" if row.parent is None else row.parent.address,
        number=row.number,
        english=row.english,
        working_name=row.working_name and (same or bool(taken_in)),
        note=row.note,
        note_en=row.note_en,
    )


def _links(draft: Draft, gone: set[str], key: str) -> tuple[Link, ...]:
    return tuple(
        Link(
            kind=cell.kind,
            origin=cell.origin,
            target=cell.target,
            rationale=cell.rationale,
            source=parse_source(cell.source) if cell.source else Source(key),
            english=cell.english,
            denied=cell.answer == "no",
        )
        for cell in draft.cells.order_by("id")
        if cell.origin not in gone and cell.target not in gone
    )


def _lineage(draft: Draft, living: set[str]) -> tuple[Lineage, ...]:
    """Return recorded descents of what lives; a node that alone is left of a split has simply stayed."""
    told = [row for row in draft.descents.order_by("before", "after", "id") if row.after in living]
    from_each, to_each = defaultdict(set), defaultdict(set)
    for row in told:
        from_each[row.before].add(row.after)
        to_each[row.after].add(row.before)
    return tuple(
        Lineage(row.kind, row.before, row.after)
        for row in told
        if row.before != row.after or len(from_each[row.before]) > 1 or len(to_each[row.after]) > 1
    )
