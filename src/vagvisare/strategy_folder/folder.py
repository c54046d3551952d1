"""The whole of a strategy folder as one value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from vagvisare.assessment.definition import Event, Indicator
from vagvisare.assessment.outlook.conformal import Calibration
from vagvisare.editions.registers import Strategy
from vagvisare.followups.document import FollowUp
from vagvisare.sources.contract import Table
from vagvisare.sources.query import Dataset, Settings


@dataclass(frozen=True, slots=True)
class Folder:
    """A strategy folder, read whole: the strategy, its indicators, declared events, follow-ups and figures.

    ``calibration`` is how far projections have missed, where that has been measured. ``datasets`` are the data sets
    that can be fetched from official sources; ``sources`` what the folder changes about a source, by its name;
    ``store`` where vintages are kept when not beside the folder's files (an address such as ``s3://bucket/orebro``).
    """

    strategy: Strategy
    indicators: tuple[Indicator, ...]
    events: tuple[Event, ...]
    follow_ups: tuple[FollowUp, ...]
    figures: tuple[Table, ...]
    calibration: Calibration | None = None
    datasets: tuple[Dataset, ...] = ()
    sources: Mapping[str, Settings] = field(default_factory=dict)
    store: str = ""
