"""What publications are drawn from: one outcome and the receipts of its figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from vagvisare.followups.outcome import Outcome
from vagvisare.observations.revisions import Triangle
from vagvisare.sources.contract import Receipt
from vagvisare.terms.language import Text


@dataclass(frozen=True, slots=True)
class Material:
    """An outcome with the receipts of its data sets, by data set name.

    ``notices`` is what a reader must know of the newest figures: that some wait to be looked at, that older ones were
    revised, that some are preliminary; whole sentences, by data set name. ``revisions`` is the territory's headline
    series through its vintages, by the key of the indicator, where at least two vintages answer the same question.
    ``editions`` is every edition of the strategy as the bytes of its file, by its key.
    """

    outcome: Outcome
    receipts: Mapping[str, Receipt]
    notices: Mapping[str, tuple[Text, ...]] = field(default_factory=dict)
    revisions: Mapping[str, Triangle] = field(default_factory=dict)
    editions: Mapping[str, bytes] = field(default_factory=dict)
