"""Opening a draft: from a sealed edition, or empty."""

from __future__ import annotations

import uuid

from vagvisare.editions.document import Edition, Link
from vagvisare.strategy_folder.names import is_key
from vagvisare.strategy_folder.plain import plain_of
from vagvisare.strategy_folder.source_text import source_text
from vagvisare.terms.errors import UserError
from vagvisare.terms.language import Text
from vagvisare.web.access.verbs import verb
from vagvisare.web.accounts.models import Person
from vagvisare.web.audit.trail import record
from vagvisare.web.revision.models import Cell, Draft, DraftNode, Wording
from vagvisare.web.revision.writing.tree import hold_draft
from vagvisare.web.strategy import snapshot
from vagvisare.web.strategy.models import SealedEdition

BESIDE = frozenset({"key", "nodes", "changes", "links", "lineage", "adopted", "valid_from", "valid_to", "dated"})
"""What a draft does not take over in its head: what has rows of its own, and what was decided of the edition before."""
EARLIER_ONLY = ("note", "note_en", "english")
"""Said of the earlier edition as a text; a new one starts without."""

LONGEST_KEY = 90
"""Characters of a draft's key: the next draft's has a number after it, and there is room for a hundred."""
RESERVED = frozenset({"las-in", "skriv-ut", "jamfor", "utgavor", "verkan", "current", "index"})
"""Keys that are addresses already."""


class OpeningError(UserError):
    """The draft cannot be opened as asked; ``field`` is what is wrong of what was asked."""

    def __init__(self, what: Text, remedy: Text, field: str) -> None:
        self.field = field
        super().__init__(what, meaning=Text("Inget utkast har öppnats.", "No draft was opened."), remedy=remedy)


@verb("draft.open")
def open_draft(by: Person, key: str, title: str, origin: str = "") -> Draft:
    """Open a draft under a key that becomes the edition's, from the sealed edition ``origin`` or empty.

    Everything the edition says comes along with its addresses; so do the links stated beside it in the register.

    Raises:
        OpeningError: when the key cannot be one or is taken, when there is no title, or no such sealed edition.
    """
    key, title = key.strip().lower(), " ".join(title.split())
    _check(key, title)
    edition = _sealed(origin) if origin else None
    head = {"title": title, "status": "draft", "source": key, "partial": False}
    links: tuple[Link, ...] = ()
    if edition is not None:
        kept = {name: text for name, text in plain_of(edition, BESIDE).items() if name not in EARLIER_ONLY}
        head = kept | head | {"follows": edition.key}
        links = snapshot.strategy("links").links_of(edition)
    draft = Draft.objects.create(key=key, title=title, opened_from=origin, opened_by=by.key, head=head)
    if edition is not None:
        keep_nodes(draft, edition, by.key)
        keep_links(draft, links, by.key)
    told = {"from": origin, "nodes": 0 if edition is None else len(edition.nodes), "links": len(links)}
    record(by.key, "draft.open", "draft", key, title=title, after=told)
    return draft


@verb("draft.open")
def retitle(by: Person, draft: Draft, title: str, english: str = "") -> Draft:
    """Give a draft another title, and its English; what it is called in addresses stays.

    Raises:
        OpeningError: when there is no title.
        SealedDraftError: when the draft is sealed.
    """
    held, title = hold_draft(draft), " ".join(title.split())
    _check(held.key, title, new=False)
    before = {"title": held.title, "english": held.head.get("english", "")}
    after = {"title": title, "english": " ".join(english.split())}
    if before != after:
        held.title, held.head = title, held.head | after
        held.save(update_fields=["title", "head"])
        record(by.key, "draft.open", "draft", held.key, title=title, before=before, after=after)
    return held


def may_be_named(key: str) -> bool:
    """Tell whether a draft, and the edition it becomes, may have a key."""
    return is_key(key) and len(key) <= LONGEST_KEY and key not in RESERVED


def _check(key: str, title: str, *, new: bool = True) -> None:
    if new and not may_be_named(key):
        raise OpeningError(
            Text(f"”{key}” kan inte vara en utgåvas nyckel.", f"“{key}” cannot be an edition's key."),
            Text("Använd a–z, siffror och bindestreck, till exempel 2026-remiss.",
                 "Use a–z, digits and hyphens, such as 2026-remiss."),
            "key",
        )  # fmt: skip
    if not title:
        raise OpeningError(
            Text("Utkastet saknar titel.", "The draft has no title."),
            Text("Skriv vad det ska heta.", "Write what it is to be called."),
            "title",
        )
    if new and (Draft.objects.filter(key=key).exists() or SealedEdition.objects.filter(key=key).exists()):
        raise OpeningError(
            Text(f"Nyckeln {key} är redan tagen.", f"The key {key} is taken already."),
            Text("Välj en annan, till exempel med årtal.", "Choose another, with a year for instance."),
            "key",
        )


def _sealed(key: str) -> Edition:
    try:
        return snapshot.edition(key)
    except SealedEdition.DoesNotExist:
        raise OpeningError(
            Text(f"Det finns ingen förseglad utgåva {key}.", f"There is no sealed edition {key}."),
            Text("Välj en i listan.", "Choose one from the list."),
            "from",
        ) from None


def keep_nodes(draft: Draft, edition: Edition, by: str) -> list[DraftNode]:
    """Make a draft's nodes of an edition's, a level of the tree at a time, each with its first wording."""
    made: dict[str, DraftNode] = {}
    places: dict[str, int] = {}
    waiting = list(edition.nodes)
    while waiting:
        ready = [node for node in waiting if node.parent in made or node.parent not in edition.by_address]
        if not ready:  # a circle; what is sealed has none, and a file that has is refused when it is read
            break
        rows = []
        for node in ready:
            places[node.parent] = places.get(node.parent, -1) + 1
            rows.append(
                DraftNode(
                    draft=draft, address=node.address, level=node.level, parent=made.get(node.parent),
                    position=places[node.parent], number=node.number, text=node.text, english=node.english,
                    source=source_text(node.source), working_name=node.working_name, note=node.note,
                    note_en=node.note_en,
                )
            )  # fmt: skip
        DraftNode.objects.bulk_create(rows)
        made |= {row.address: row for row in rows}
        taken = {node.address for node in ready}
        waiting = [node for node in waiting if node.address not in taken]
    first = [Wording(node=row, version=1, text=row.text, by=by, ticket=f"{uuid.uuid4()}") for row in made.values()]
    Wording.objects.bulk_create(first)
    return list(made.values())


def keep_links(draft: Draft, links: tuple[Link, ...], by: str) -> None:
    """Make a draft's cells of an edition's links; one stated twice is kept as it stands first."""
    cells: dict[tuple[str, str, str], Cell] = {}
    for link in links:
        answer = "no" if link.denied else "yes"
        cell = Cell(
            draft=draft, kind=link.kind, origin=link.origin, target=link.target, answer=answer,
            rationale=link.rationale, english=link.english, source=source_text(link.source), by=by,
        )  # fmt: skip
        cells.setdefault((link.kind, link.origin, link.target), cell)
    Cell.objects.bulk_create(cells.values())
