"""Trends: the request, and the two engines that answer it alike."""

from __future__ import annotations

from collections.abc import Sequence

from vagvisare.assessment import kernels, reference
from vagvisare.assessment.judgement import Trend
from vagvisare.assessment.request import TrendRequest

__all__ = ["TrendRequest", "judge_trends"]


def judge_trends(requests: Sequence[TrendRequest], *, fast: bool = True) -> list[Trend]:
    """Judge many trends at once; ``fast=False`` uses the plain reference, one at a time, with equal results."""
    return kernels.judge_all(requests) if fast else [reference.judge(request) for request in requests]
