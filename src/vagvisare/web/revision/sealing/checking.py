"""What must hold before a draft is sealed, gathered for the pure checks, and what somebody has let pass."""

from __future__ import annotations

from dataclasses import dataclass, replace

from vagvisare.editions.document import Adoption, Edition
from vagvisare.editions.gates import Gate, gates
from vagvisare.proofreading.dictionary import NoDictionaryError
from vagvisare.proofreading.proof import proofread_edition
from vagvisare.web.revision.changes.comparing import Beside, of_draft
from vagvisare.web.revision.changes.telling import given, reasons_of, stated_changes
from vagvisare.web.revision.models import Clash, Comment, Draft, GateOverride
from vagvisare.web.revision.sealing.decided import Decided
from vagvisare.web.revision.writing.term_list import strategy_terms
from vagvisare.web.strategy import snapshot


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft as it would be sealed: the edition, the gates that do not hold, and the overrides by gate."""

    edition: Edition
    beside: Beside
    gates: tuple[Gate, ...]
    overrides: dict[str, GateOverride]

    def stands(self, gate: Gate) -> bool:
        """Tell whether a gate still stops the sealing."""
        return gate.blocking and not (gate.overridable and gate.key in self.overrides)

    @property
    def stopped(self) -> tuple[Gate, ...]:
        """The gates that stop the sealing."""
        return tuple(gate for gate in self.gates if self.stands(gate))


def checked(draft: Draft, decided: Decided | None = None) -> Checked:
    """Return a draft as it would be sealed with what is decided of it, and what does not hold."""
    beside = of_draft(draft, decided.key if decided else "")
    edition = replace(beside.after, changes=stated_changes(draft, beside))
    if decided is not None:
        edition = with_decision(edition, decided)
    open_comments = Comment.objects.filter(node__draft=draft, node__removed_at=None, resolved_at=None, reply_to=None)
    clashes = Clash.objects.filter(node__draft=draft, settled_at=None)
    found = gates(
        edition,
        beside.comparison,
        given(reasons_of(draft)),
        earlier=snapshot.editions(),
        clashes=clashes.values_list("node__address", flat=True),
        comments=open_comments.values_list("node__address", flat=True),
        remarks=_remarked(edition),
    )
    return Checked(edition, beside, found, {each.gate: each for each in draft.overrides.all()})


def with_decision(edition: Edition, decided: Decided) -> Edition:
    """Return an edition with title, status, day, decision and validity as decided."""
    adopted = None
    if decided.body and decided.dated and decided.reference:
        adopted = Adoption(decided.body, decided.dated, decided.reference)
    return replace(
        edition,
        title=decided.title or edition.title,
        status=decided.status or edition.status,
        dated=decided.dated or edition.dated,
        adopted=adopted,
        valid_from=decided.valid_from,
        valid_to=decided.valid_to,
    )


def _remarked(edition: Edition) -> tuple[str, ...]:
    terms = strategy_terms()
    try:
        return tuple(each.address for each in proofread_edition(edition, terms) if each.address in edition.by_address)
    except NoDictionaryError:
        return ()
