"""What publications are drawn from: one outcome and the receipts of its figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from vagvisare.followups.outcome import Outcome
from vagvisare.sources.contract import Receipt


@dataclass(frozen=True, slots=True)
class Material:
    """An outcome with the receipts of its data sets, by data set name."""

    outcome: Outcome
    receipts: Mapping[str, Receipt]
