"""Every series at once: trends and whole judgements of ragged arrays, equal to ``reference`` to nine digits.

``trend`` computes the numbers of trends, ``judge`` the whole judgement that needs no other series; ``judge_all``
answers the requests of a follow-up. docs/reference/kernels.md tells the shapes, the layout and the measured speed.
"""

from __future__ import annotations

from vagvisare.assessment.kernels.judgements import judge
from vagvisare.assessment.kernels.objects import fit_block, judge_all
from vagvisare.assessment.kernels.shapes import (
    MOVEMENTS,
    NONE,
    PACES,
    REASONS,
    SCALES,
    SIZES,
    VERDICTS,
    Contracts,
    Engine,
    Judgements,
    Trends,
)
from vagvisare.assessment.kernels.trends import trend

__all__ = [
    "MOVEMENTS",
    "NONE",
    "PACES",
    "REASONS",
    "SCALES",
    "SIZES",
    "VERDICTS",
    "Contracts",
    "Engine",
    "Judgements",
    "Trends",
    "fit_block",
    "judge",
    "judge_all",
    "trend",
]
