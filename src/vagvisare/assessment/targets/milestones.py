"""Milestones (delmål): levels to pass on the way, each judged as a target of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from vagvisare.assessment.definition import Target
from vagvisare.assessment.judgement import Pace
from vagvisare.terms.period import Period


def stages(target: Target) -> Iterator[Target]:
    """Yield each milestone as a target in the same terms (same kind and base year), in order of year."""
    for milestone in sorted(target.milestones, key=lambda each: each.year):
        yield replace(target, value=milestone.value, year=milestone.year, milestones=())


def next_due(judged: Pace, latest: Period) -> Pace | None:
    """Return the first milestone whose year the figures, of which ``latest`` is the last, have not reached."""
    return next((each for each in judged.milestones if (each.target.year or 0) > latest.end), None)
