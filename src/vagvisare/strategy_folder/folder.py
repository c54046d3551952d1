"""The whole of a strategy folder as one value."""

from __future__ import annotations

from dataclasses import dataclass

from vagvisare.assessment.definition import Event, Indicator
from vagvisare.assessment.outlook.conformal import Calibration
from vagvisare.editions.registers import Strategy
from vagvisare.followups.document import FollowUp
from vagvisare.sources.contract import Table


@dataclass(frozen=True, slots=True)
class Folder:
    """A strategy folder, read whole: the strategy, its indicators, declared events, follow-ups and figures.

    ``calibration`` is how far projections have missed, where that has been measured.
    """

    strategy: Strategy
    indicators: tuple[Indicator, ...]
    events: tuple[Event, ...]
    follow_ups: tuple[FollowUp, ...]
    figures: tuple[Table, ...]
    calibration: Calibration | None = None
