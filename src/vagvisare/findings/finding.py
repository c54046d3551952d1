"""A finding: one sentence, in Swedish and English, with everything it was computed from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vagvisare.terms.language import Text
from vagvisare.terms.series import SeriesKey

Plain = str | int | float | bool | None | list["Plain"] | dict[str, "Plain"]
"""What JSON can hold."""


class FindingType(StrEnum):
    """The nine statement types of the region's own follow-up."""

    TREND = "TREND"
    PERSIST = "PERSIST"
    SHOCK = "SHOCK"
    REVERSAL = "REVERSAL"
    RANK = "RANK"
    LEVEL = "LEVEL"
    PACE = "PACE"
    GAP = "GAP"
    COMPOSITE = "COMPOSITE"


@dataclass(frozen=True, slots=True)
class VintageRef:
    """Which figures a finding stands on, and how we know that they were known.

    ``as_of`` is the day asked about. ``reconstructed`` is True when no vintage recorded by that day exists, so that
    what was known is inferred from the producer's usual release month.
    """

    dataset: str
    sha256: str
    recorded: date
    as_of: date
    reconstructed: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """One publishable sentence with its computation.

    ``verdict`` is one of the four verdicts' words, or a pace, gap or comparison word where the type calls for it.
    ``parameters`` are the rule's inputs (window, comparator, thresholds, price basis, definition); ``figures`` the
    numbers in the sentence by name, unrounded. ``weight`` orders findings: higher is more worth saying.
    ``why`` names the rule of choice that let the finding through.
    """

    type: FindingType
    key: SeriesKey
    verdict: str
    sentence: Text
    parameters: Mapping[str, Plain]
    figures: Mapping[str, Plain]
    vintage: VintageRef
    weight: float
    why: str
    parts: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The address of the computation: ``indicator.territory[.sex[.background]].TYPE.as-of.check``.

        The first parts say what to recompute; ``check`` is a digest of parameters, figures and data, so a finding
        recomputed from changed figures or rules gets another id and the difference is visible.
        """
        group = [] if self.key.is_total else [self.key.sex, self.key.background.replace(" ", "_").replace(".", "")]
        where = [self.key.indicator, self.key.territory, *[g for g in group if g]]
        return ".".join([*where, self.type.value, *self.parts, self.vintage.as_of.isoformat(), self.check])

    @property
    def check(self) -> str:
        """Eight hexadecimal digits over everything that went into the sentence."""
        content = [
            self.type.value,
            self.verdict,
            dict(self.parameters),
            dict(self.figures),
            self.vintage.sha256,
            self.vintage.as_of.isoformat(),
        ]
        text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
        return hashlib.sha256(text.encode()).hexdigest()[:8]
