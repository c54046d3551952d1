"""The sheet of paper the method tests write on.

Every test in this folder is a paragraph of the manual: it gets a ``page``, judges a small table on it and asserts
what must come out. ``tools/method_pages.py`` runs the same tests and prints what the pages then hold, so that the
manual cannot say anything the tests do not check. All figures are made up for the page unless it says otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from vagvisare.assessment.definition import Break, Direction
from vagvisare.assessment.judgement import Reason, Trend
from vagvisare.assessment.trend import TrendRequest, judge_trends
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series, SeriesKey
from vagvisare.terms.unit import Scale

REASONS = {
    Reason.SIGNIFICANT: "p below 0.05",
    Reason.INSIDE_SMALLEST_CHANGE: "the change is surely too small to matter",
    Reason.NOISE: "cannot be told from chance",
    Reason.TOO_FEW: "fewer than five points",
    Reason.NO_VARIATION: "every figure is the same",
}


def break_at(year: int, *, cuts: bool = True) -> Break:
    return Break(Period.year(year), Text("Ny mätmetod (påhittat).", "New method (made up)."), cuts=cuts)


@dataclass
class Page:
    """What one test has written: tables of figures, verdicts, and single numbers."""

    figures: dict[str, dict[str, float]] = field(default_factory=dict)
    verdicts: dict[str, Trend] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)

    def trend(
        self,
        name: str,
        figures: Mapping[int | str, float],
        *,
        scale: Scale = Scale.LOGIT,
        direction: Direction = Direction.HIGHER,
        smallest_change: float | None = None,
        breaks: tuple[Break, ...] = (),
        bounds: tuple[float, float] | None = None,
    ) -> Trend:
        """Judge a table under ``name`` by both engines, which must agree, and keep it for the page."""
        points = {Period.parse(str(period)): value for period, value in figures.items()}
        series = Series.of(SeriesKey("made-up", "18"), points)
        request = TrendRequest(series, scale, direction, bounds, smallest_change, breaks)
        fast, plain = (judge_trends([request], fast=choice)[0] for choice in (True, False))
        assert (fast.verdict, fast.reason, fast.s, fast.exact) == (plain.verdict, plain.reason, plain.s, plain.exact)
        assert [fast.p, fast.slope, fast.change, fast.change_low, fast.change_high] == pytest.approx(
            [plain.p, plain.slope, plain.change, plain.change_low, plain.change_high], rel=1e-9, nan_ok=True
        )
        self.figures[name] = {period.label: value for period, value in series}
        self.verdicts[name] = plain
        return plain

    def number(self, name: str, value: str) -> None:
        """Keep a single number, already written out, for the page."""
        self.numbers[name] = value


@pytest.fixture
def page() -> Page:
    return Page()


@pytest.fixture
def method_break() -> Break:
    return break_at(2018)
