"""The timeline drawn: a line for each step, an open bar for the plan and a filled one for the outcome."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup, escape

from vagvisare.editions.registers import DateClaim, Occasion
from vagvisare.editions.timeline import ACTUAL, Window, window
from vagvisare.terms.language import Language, Text

WIDTH, ROW, TOP, LABEL = 1040, 26, 30, 360
SHORTEST = 7
"""Units of the shortest bar: a single day must be seen."""


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    last: date

    def x(self, at: date) -> float:
        """Return where a day stands, within the picture."""
        share = (at - self.first).days / max((self.last - self.first).days, 1)
        return round(LABEL + min(max(share, 0), 1) * (WIDTH - LABEL - 10), 1)


def picture(occasions: Sequence[Occasion], first: int, last: int, language: Language) -> Markup:
    """Return an SVG of the steps that touch the years from ``first`` to ``last``; empty when none does.

    The table beside it says the same; the picture is for the eye only and is hidden from screen readers.
    """
    scale = _Scale(date(first, 1, 1), date(last, 12, 31))
    rows = [(occasion, bars) for occasion in occasions if (bars := _bars(occasion, scale))]
    if not rows:
        return Markup()
    rows.sort(key=lambda row: min(w.first for _, w in row[1]))
    height = TOP + ROW * len(rows) + 6
    parts = [Markup('<svg class="timeline-picture" viewBox="0 0 {} {}" aria-hidden="true">').format(WIDTH, height)]
    parts += _grid(scale, height)
    for number, (occasion, bars) in enumerate(rows):
        parts += _row(occasion, bars, TOP + ROW * number, scale, language)
    return Markup("").join([*parts, Markup("</svg>")])


def _bars(occasion: Occasion, scale: _Scale) -> list[tuple[DateClaim, Window]]:
    found = []
    for claim in occasion.claims:
        start, end = window(claim.start), window(claim.end or claim.start)
        if start and end and start.first <= scale.last and end.last >= scale.first:
            found.append((claim, Window(start.first, end.last)))
    return found


def _grid(scale: _Scale, height: int) -> list[Markup]:
    years = scale.last.year - scale.first.year + 1
    # Quarters where there is room for them, otherwise years, otherwise every fifth year.
    months = (1, 4, 7, 10) if years <= 3 else (1,)
    step = 1 if years <= 12 else 5
    parts = []
    for year in range(scale.first.year, scale.last.year + 1):
        if (year - scale.first.year) % step:
            continue
        for month in months:
            x = scale.x(date(year, month, 1))
            kind = "year" if month == 1 else "quarter"
            parts.append(
                Markup('<line class="{}" x1="{}" x2="{}" y1="{}" y2="{}"/>').format(kind, x, x, TOP - 8, height - 4)
            )
        x = scale.x(date(year, 1, 1))
        parts.append(Markup('<text class="when" x="{}" y="{}">{}</text>').format(x, TOP - 14, year))
    return parts


def _row(
    occasion: Occasion, bars: list[tuple[DateClaim, Window]], y: int, scale: _Scale, language: Language
) -> list[Markup]:
    words = occasion.english if language is Language.EN and occasion.english else occasion.what
    short = words if len(words) <= 50 else f"{words[:49].rstrip()}…"
    parts = [Markup('<text class="step" x="0" y="{}">{}</text>').format(y + 17, short)]
    planned = [bar for bar in bars if bar[0].kind != ACTUAL]
    for number, (claim, days) in enumerate([*planned, *(bar for bar in bars if bar[0].kind == ACTUAL)]):
        left, right = scale.x(days.first), scale.x(days.last)
        actual = claim.kind == ACTUAL
        # Two plans that contradict each other lie one above the other, so that both are seen.
        top, tall = (y + 13, 8) if actual else (y + 3 + 5 * min(number, 1), 7)
        kind = Text("utfall", "outcome") if actual else Text("plan", "plan")
        title = f"{words}: {kind.to(language)} {claim.start}{f'–{claim.end}' if claim.end else ''}"
        parts.append(
            Markup('<rect class="{}" x="{}" y="{}" width="{}" height="{}"><title>{}</title></rect>').format(
                "actual" if actual else "planned", left, top, max(round(right - left, 1), SHORTEST), tall, escape(title)
            )
        )
    return parts
