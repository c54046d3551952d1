"""Keeping what a document brings, nodes and what stands beside them, all in one go, and taking it all back."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable
from typing import Any

from vagvisare.editions.document import Node
from vagvisare.manuscripts.proposal import Plan
from vagvisare.strategy_folder.source_text import source_text
from vagvisare.terms.errors import UserError
from vagvisare.terms.language import Text
from vagvisare.web.access.verbs import verb
from vagvisare.web.accounts.models import Person
from vagvisare.web.audit.models import Event
from vagvisare.web.audit.trail import record
from vagvisare.web.revision.models import Assignment, Clash, Comment, DraftNode, Manuscript, Wording
from vagvisare.web.revision.reading_in import entries, margins
from vagvisare.web.revision.reading_in.actions import UNCHANGED, hold, kept_event, now
from vagvisare.web.revision.reading_in.beside import beside
from vagvisare.web.revision.reading_in.deciding import NEED, STATED, reading_of
from vagvisare.web.revision.writing.keeping import cleaned, states, write
from vagvisare.web.revision.writing.tree import Tree, hold_draft, load

_LONGEST_ADDRESS = 300
_AS_LEFT = ("parent", "version", "removed", "number", "english", "note", "note_en", "working_name")
State = dict[str, Any]


class OpenQuestionsError(UserError):
    """Something must be answered before anything can be kept."""

    def __init__(self, count: int) -> None:
        super().__init__(
            Text(f"{count} {'rubrik saknar' if count == 1 else 'rubriker saknar'} namn.",
                 f"{count} {'heading lacks' if count == 1 else 'headings lack'} a name."),
            meaning=Text("Ingenting har lästs in i utkastet.", "Nothing was read into the draft."),
            remedy=Text("Svara på frågorna högst upp; ett arbetsnamn duger.",
                        "Answer the questions at the top; a working name will do."),
        )  # fmt: skip


class NothingToKeepError(UserError):
    """Nothing in the document becomes a node, and nothing is to be kept beside them."""

    def __init__(self) -> None:
        super().__init__(
            Text("Inget i dokumentet är valt att läsas in.", "Nothing in the document is chosen to be read in."),
            meaning=Text("Utkastet är som förut.", "The draft is as before."),
            remedy=Text("Välj vad som ska läsas in, rad för rad.", "Choose what is to be read in, row by row."),
        )


class BuiltUponError(UserError):
    """What was read in has been changed since."""

    def __init__(self, names: Iterable[str]) -> None:
        shown = ", ".join(f"”{name}”" for name in list(names)[:3])
        super().__init__(
            Text(f"Det inlästa har ändrats sedan dess: {shown}.", f"What was read in has been changed since: {shown}."),
            meaning=UNCHANGED,
            remedy=Text("Ångra de senare ändringarna först, eller ta bort noderna en och en.",
                        "Undo the later changes first, or remove the nodes one by one."),
        )  # fmt: skip


@verb(NEED)
def keep(by: Person, row: Manuscript) -> Event:
    """Read a document into the draft as decided, all or nothing.

    New nodes, new wordings of those it recognises, comments from its margins, and what was ticked beside the nodes:
    entries of the registers, for which the person needs leave to change those too, and stated changes.

    Raises:
        AlreadyKeptError: when it has been kept.
        OpenQuestionsError: when a lost heading has no name yet.
        UnsaidError: when something that was ticked lacks what the document does not say.
        NothingToKeepError: when nothing in it is to be kept.
    """
    held = hold(row)
    list(DraftNode.objects.select_for_update(of=("self",)).filter(draft=held.draft).order_by("pk").values("pk"))
    reading = reading_of(held)
    if reading.proposal.open:
        raise OpenQuestionsError(len(reading.proposal.open))
    planned, offered = reading.planned, beside(reading, by)
    if not planned.nodes and not offered.fresh:
        raise NothingToKeepError
    tree = load(held.draft)
    places = {str(node.uid): node.position for node in tree.by_pk.values() if node.removed_at is None}
    before, touched = _put(by, tree, planned)
    rows = {node.address: node for node in tree.by_pk.values()}
    stated = [dict(offer.content) for group in offered.groups if not group.register for offer in group.fresh]
    beside_them = {
        "stated": len(stated),
        "entries": entries.keep_entries(by, offered, held.name),
        "comments": margins.keep_remarks(by, planned.remarks, rows),
    }
    held.kept_at = now()
    held.decisions = held.decisions | ({STATED: stated} if stated else {})
    held.save(update_fields=["kept_at", "decisions"])
    told = {"act": "kept", "draft": held.draft.key, "nodes": _states(touched)} | beside_them
    was = {"nodes": before, "places": places}
    return record(by.key, NEED, "manuscript", str(held.pk), title=held.name, before=was, after=told)


def _states(nodes: Iterable[DraftNode]) -> dict[str, State]:
    """Return the state of each node by its uid: what every verb of the draft tells, and whether its name is lent."""
    every = list(nodes)
    known = states(every)
    return {str(node.uid): known[str(node.uid)] | {"working_name": node.working_name} for node in every}


def _put(by: Person, tree: Tree, planned: Plan) -> tuple[dict[str, State], list[DraftNode]]:
    """Put the planned nodes into the tree, new ones a level at a time; return what the touched ones were, and them."""
    rows = {node.address: node for node in tree.by_pk.values()}
    before: dict[str, State] = {}
    touched: list[DraftNode] = []
    waiting = [node for node in planned.nodes if node.address not in rows]
    while waiting:
        ready = [node for node in waiting if not node.parent or node.parent in rows]
        fresh = _new(by, tree, ready or waiting, rows)
        before |= {str(row.uid): {"removed": True} for row in fresh}
        touched += fresh
        waiting = [node for node in waiting if node.address not in rows]
    made = {row.pk for row in touched}
    for node in planned.nodes:
        row = rows[node.address]
        if row.pk not in made and _differs(row, node, rows):
            before |= _states([row])
            touched.append(row)
            _change(by, tree, row, node, rows.get(node.parent) or row.parent)
    _in_order(tree, [rows[node.address] for node in planned.nodes])
    return before, touched


def _differs(row: DraftNode, node: Node, rows: dict[str, DraftNode]) -> bool:
    parent = rows.get(node.parent)
    moved = parent is not None and parent.pk != row.parent_id
    named = bool(node.number and node.number != row.number) or row.working_name != node.working_name
    return row.removed_at is not None or row.text != cleaned(node.text) or moved or named


def _change(by: Person, tree: Tree, row: DraftNode, node: Node, parent: DraftNode | None) -> None:
    if row.text != cleaned(node.text):
        write(by, row, cleaned(node.text))
    row.number, row.working_name = node.number[:40] or row.number, node.working_name
    if row.removed_at is not None or (parent is not None and parent.pk != row.parent_id):
        row.removed_at = None
        above = parent if parent is None or parent.removed_at is None else None
        tree.place(row, above, len(tree.living(above)))
    row.save(update_fields=["removed_at", "parent", "number", "working_name"])


def _new(by: Person, tree: Tree, ready: list[Node], rows: dict[str, DraftNode]) -> list[DraftNode]:
    fresh = [
        DraftNode(
            draft=tree.draft, address=node.address[:_LONGEST_ADDRESS], level=node.level, parent=rows.get(node.parent),
            number=node.number[:40], text=cleaned(node.text), source=source_text(node.source),
            working_name=node.working_name, note=node.note, note_en=node.note_en,
        )
        for node in ready
    ]  # fmt: skip
    DraftNode.objects.bulk_create(fresh)
    Wording.objects.bulk_create(
        Wording(node=row, version=1, text=row.text, by=by.key, ticket=f"{uuid.uuid4()}") for row in fresh
    )
    for node, row in zip(ready, fresh, strict=True):
        rows[node.address] = tree.by_pk[row.pk] = tree.by_uid[str(row.uid)] = row
    return fresh


def _in_order(tree: Tree, told: list[DraftNode]) -> None:
    """Put siblings in the document's order; one it does not mention stays after the one it stood after."""
    order = {row.pk: number for number, row in enumerate(told)}
    for row in told:
        if row not in tree.living(row.parent):
            tree.place(row, row.parent, len(tree.living(row.parent)))
    parents = {row.parent_id: row.parent for row in told}
    for key in parents:
        at, places = -1, {}
        for sibling in tree.below[key]:
            at = order.get(sibling.pk, at)
            places[sibling.pk] = at
        tree.below[key].sort(key=lambda sibling: places[sibling.pk])
    tree.renumber(*parents.values())


@verb(NEED)
def undo_keep(by: Person, row: Manuscript) -> Event:
    """Take everything a document brought back out of the draft, as long as nothing of it has been changed since.

    Raises:
        BuiltUponError: when something of the draft has.
        EntryChangedError, InUseError: when an entry of a register has, or another names it.
        SealedDraftError: when the draft is sealed.
    """
    held = Manuscript.objects.defer("original").get(pk=row.pk)
    held.draft = hold_draft(row.draft)
    list(DraftNode.objects.select_for_update(of=("self",)).filter(draft=held.draft).order_by("pk").values("pk"))
    event = kept_event(held)
    if held.kept_at is None or event is None:
        raise BuiltUponError([held.name])
    told_before = json.loads(event.before)
    kept = json.loads(event.after)
    was, left, said = told_before["nodes"], kept["nodes"], kept["comments"]
    tree = load(held.draft)
    nodes = [tree.node(uid) for uid in left]
    before = _states(nodes)
    _refuse_built_upon(tree, nodes, before, was, left, said)
    margins.take_back_remarks(said)
    entries.take_back_entries(by, kept["entries"])
    _take_back(by, tree, nodes, was, told_before["places"])
    held.kept_at = None
    held.decisions = {name: value for name, value in held.decisions.items() if name != STATED}
    held.save(update_fields=["kept_at", "decisions"])
    told = {"act": "undone", "draft": held.draft.key, "undone": event.number, "nodes": _states(nodes)}
    return record(by.key, NEED, "manuscript", str(held.pk), title=held.name, before={"nodes": before}, after=told)


def _refuse_built_upon(
    tree: Tree, nodes: list[DraftNode], now: dict[str, Any], was: dict[str, Any], left: dict[str, Any], said: list[int]
) -> None:
    mine = {node.pk for node in nodes}
    fresh = [node for node in nodes if was[str(node.uid)] == {"removed": True}]
    spoken = _spoken_of(fresh, said)
    answered = margins.answered(said)
    changed = [
        node.text[:60]
        for node in nodes
        if any(now[str(node.uid)][name] != left[str(node.uid)][name] for name in _AS_LEFT) or node.pk in spoken
    ]
    changed += [each.text[:60] for node in fresh for each in tree.living(node) if each.pk not in mine]
    changed += [tree.by_pk[pk].text[:60] for pk in answered - spoken]
    if changed:
        raise BuiltUponError(changed)


def _spoken_of(nodes: list[DraftNode], said: list[int]) -> set[int]:
    """Return the nodes that somebody has commented on, been given to write, or met a clash in.

    What the document itself ``said`` is not counted.
    """
    found: set[int] = set()
    for told in (Comment.objects.exclude(pk__in=said), Assignment.objects, Clash.objects):
        found |= set(told.filter(node__in=nodes).values_list("node", flat=True))
    return found


def _take_back(by: Person, tree: Tree, nodes: list[DraftNode], was: dict[str, State], places: dict[str, int]) -> None:
    parents: dict[int | None, DraftNode | None] = {}
    for node in reversed(nodes):
        earlier = was[str(node.uid)]
        parents[node.parent_id] = node.parent
        if "version" in earlier and earlier["version"] != node.version:
            write(by, node, node.wordings.get(version=earlier["version"]).text)
        for name in ("number", "working_name"):
            setattr(node, name, earlier.get(name, getattr(node, name)))
        if earlier["removed"]:
            tree.lift(node)
            node.removed_at = now()
        elif (above := earlier["parent"]) != ("" if node.parent is None else str(node.parent.uid)):
            home = tree.node(above) if above else None
            tree.place(node, home, 0)
            parents[node.parent_id] = home
    DraftNode.objects.bulk_update(nodes, ["removed_at", "parent", "number", "working_name"])
    for key in parents:
        tree.below[key].sort(key=lambda sibling: places.get(str(sibling.uid), sibling.position))
    tree.renumber(*parents.values())
