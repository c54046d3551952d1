"""The sheet of paper the method tests write on.

Every test in this folder is a paragraph of the manual: it gets a ``page``, judges a small table on it and asserts
what must come out. ``tools/method_pages.py`` runs the same tests and prints what the pages then hold, so that the
manual cannot say anything the tests do not check. All figures are made up for the page unless it says otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from vagvisare.assessment.definition import (
    Break,
    Collection,
    Contrast,
    Direction,
    Event,
    Group,
    Indicator,
    OrderedGroups,
    Target,
)
from vagvisare.assessment.judge import judge_all
from vagvisare.assessment.judgement import Judgement, Reason, Trend, Verdict
from vagvisare.assessment.trend import TrendRequest, judge_trends
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series, SeriesKey
from vagvisare.terms.unit import Scale

NO_WORDS = Text("", "")

REASONS = {
    Reason.SIGNIFICANT: "p below 0.05",
    Reason.INSIDE_SMALLEST_CHANGE: "the change is surely too small to matter",
    Reason.NOISE: "cannot be told from chance",
    Reason.TOO_FEW: "fewer than five points",
    Reason.NO_VARIATION: "every figure is the same",
    Reason.HELD: "the earlier verdict stands: p not above 0.20",
}


def break_at(year: int, *, cuts: bool = True) -> Break:
    return Break(Period.year(year), Text("Ny mätmetod (påhittat).", "New method (made up)."), cuts=cuts)


def said(judgement: Judgement) -> tuple[object, ...]:
    """The verdicts of a judgement, without the numbers behind them."""
    return (
        judgement.trend.verdict,
        [pace.verdict for pace in judgement.paces],
        [gap.verdict for gap in judgement.gaps],
        [(shock.period, shock.size, shock.changes_verdict) for shock in judgement.shocks],
        judgement.comparison.rank if judgement.comparison else None,
        judgement.reversal is not None,
        judgement.run,
    )


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
        earlier: Verdict | None = None,
    ) -> Trend:
        """Judge a table under ``name`` by both engines, which must agree, and keep it for the page."""
        points = {Period.parse(str(period)): value for period, value in figures.items()}
        series = Series.of(SeriesKey("made-up", "18"), points)
        request = TrendRequest(series, scale, direction, bounds, smallest_change, breaks, earlier)
        fast, plain = (judge_trends([request], fast=choice)[0] for choice in (True, False))
        assert (fast.verdict, fast.reason, fast.s, fast.exact) == (plain.verdict, plain.reason, plain.s, plain.exact)
        assert [fast.p, fast.slope, fast.change, fast.change_low, fast.change_high] == pytest.approx(
            [plain.p, plain.slope, plain.change, plain.change_low, plain.change_high], rel=1e-9, nan_ok=True
        )
        self.figures[name] = {period.label: value for period, value in series}
        self.verdicts[name] = plain
        return plain

    def judge(
        self,
        panel: Mapping[str, Mapping[int | str, float]],
        *,
        unit: str = "percent",
        direction: Direction = Direction.HIGHER,
        targets: tuple[Target, ...] = (),
        comparison: tuple[str, ...] = (),
        events: tuple[Event, ...] = (),
        smallest_change: float | None = None,
        breaks: tuple[Break, ...] = (),
        ordered: tuple[OrderedGroups, ...] = (),
        show: bool = True,
    ) -> dict[str, Judgement]:
        """Judge everything about made-up series by both engines, which must agree.

        Names are territory codes ("18"), a territory and a sex ("18 K", "18 M"), which are a contrast, or those and a
        background ("18 T short").
        """
        keys = {name: SeriesKey("made-up", *name.split()) for name in panel}
        series = {
            key: Series.of(key, {Period.parse(str(p)): v for p, v in panel[name].items()}) for name, key in keys.items()
        }
        contract = Indicator(
            key="made-up",
            dataset="made-up",
            title=NO_WORDS,
            subject=NO_WORDS,
            unit=unit,
            direction=direction,
            collection=Collection.REGISTER,
            definition=NO_WORDS,
            targets=targets,
            comparison=comparison,
            smallest_change=smallest_change,
            breaks=breaks,
            contrasts=(Contrast(Group("K", "", NO_WORDS), Group("M", "", NO_WORDS)),),
            ordered_groups=ordered,
        )
        fast, plain = (judge_all(series, {"made-up": contract}, events, fast=choice) for choice in (True, False))
        for key, judgement in plain.items():
            assert said(fast[key]) == said(judgement)
        if show:
            self.figures |= {name: {p.label: v for p, v in series[key]} for name, key in keys.items()}
        return {name: plain[key] for name, key in keys.items()}

    def number(self, name: str, value: str) -> None:
        """Keep a single number, already written out, for the page."""
        self.numbers[name] = value


@pytest.fixture
def page() -> Page:
    return Page()


@pytest.fixture
def method_break() -> Break:
    return break_at(2018)
