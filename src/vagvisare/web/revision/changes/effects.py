"""What did this source change? Every draft and sealed edition that names it as a reason."""

from __future__ import annotations

from dataclasses import dataclass

from vagvisare.editions.document import Edition, Node
from vagvisare.terms.language import Text
from vagvisare.web.revision.linking.desk import title_of
from vagvisare.web.revision.models import Draft, DraftNode, Reason
from vagvisare.web.strategy import snapshot


@dataclass(frozen=True, slots=True)
class Effect:
    """One change that names the source: in words, why, and the nodes with what they are called."""

    told: str
    why: str
    nodes: tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True)
class InEdition:
    """What the source changed in one sealed edition."""

    edition: Edition
    effects: tuple[Effect, ...]


@dataclass(frozen=True, slots=True)
class InDraft:
    """What the source changes in one draft that is not sealed yet."""

    draft: Draft
    effects: tuple[Effect, ...]


def in_editions(reference: str) -> tuple[InEdition, ...]:
    """Return what a source changed in the sealed editions, the newest first; a single question."""
    found = []
    for edition in reversed(snapshot.editions()):
        told = [each for each in edition.changes if reference in each.reasons]
        if told:
            effects = tuple(
                Effect(each.text, each.why, tuple((at, _called(edition.by_address.get(at), at)) for at in each.nodes))
                for each in told
            )
            found.append(InEdition(edition, effects))
    return tuple(found)


def in_drafts(reference: str) -> tuple[InDraft, ...]:
    """Return what a source changes in the open drafts, the newest first; two questions, however many there are."""
    # Which rows name it is asked here: what a list in JSON holds is not asked alike of every database.
    rows = [
        row for row in Reason.objects.filter(draft__sealed_as="").select_related("draft") if reference in row.because
    ]
    nodes = {(node.draft_id, node.address): node
             for node in DraftNode.objects.filter(address__in=[row.address for row in rows])}  # fmt: skip
    by_draft: dict[Draft, list[Effect]] = {}
    for row in sorted(rows, key=lambda row: (-row.draft_id, row.address)):
        title = _called(nodes.get((row.draft_id, row.address)), row.address)
        by_draft.setdefault(row.draft, []).append(Effect("", row.text, ((row.address, title),)))
    return tuple(InDraft(draft, tuple(effects)) for draft, effects in by_draft.items())


def _called(node: Node | DraftNode | None, address: str) -> Text:
    return Text(address, address) if node is None else title_of(node)
