"""The verdicts of an earlier edition, given openly: what was once decided should not flicker with one year's figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from vagvisare.assessment.judgement import Verdict
from vagvisare.terms.series import SeriesKey


@dataclass(frozen=True, slots=True)
class Earlier:
    """What an earlier edition said of each series, as of its day; ``sha256`` is over the file it was read from."""

    as_of: date
    verdicts: Mapping[SeriesKey, Verdict]
    sha256: str
