"""Differences that stand beside each other in a sentence, written so that none vanishes and no two look alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vagvisare.findings.grammar import Topic
from vagvisare.terms.language import NO_BREAK_SPACE, Language, Text, number

_PER_CENT = Text("procent", "per cent")
_A_YEAR = Text("om året", "a year")


@dataclass(frozen=True, slots=True)
class Differences:
    """Differences of one kind: per cent where ``relative``, otherwise in the unit of differences; all in the unit.

    ``yearly`` adds "om året". More decimals than usual are taken while one vanishes or two that differ
    look alike, up to ``finest``;
    ``decimals`` fixes how many.
    """

    topic: Topic
    values: tuple[float, ...]
    relative: bool = False
    yearly: bool = False
    finest: int = 3
    decimals: int | None = None

    def written(self, language: Language, *, signed: bool = True, last: int = 1) -> list[str]:
        """Return each number in order; the ``last`` ones with their unit."""
        shown = [abs(value) if not signed else value for value in self.shown]
        decimals = self._decimals(shown)
        texts = [number(value, language, decimals, signed=signed) for value in shown]
        unit = self._unit(language)
        bare = len(texts) - last
        return [text if place < bare else text + unit for place, text in enumerate(texts)]

    @property
    def shown(self) -> list[float]:
        """The numbers as read: divided as the unit is, unless they are per cent."""
        divide = 1.0 if self.relative else self.topic.unit.divide
        return [value / divide for value in self.values]

    def _decimals(self, shown: Sequence[float]) -> int:
        if self.decimals is not None:
            return self.decimals
        usual = self.topic.unit.decimals if not (self.relative or self.yearly) else 1
        for decimals in range(usual, self.finest):
            rounded = {round(value, decimals) for value in shown}
            if len(rounded) == len(set(shown)) and all(round(value, decimals) or not value for value in shown):
                return decimals
        return max(usual, self.finest)

    def _unit(self, language: Language) -> str:
        name = _PER_CENT if self.relative else self.topic.unit.difference
        words = NO_BREAK_SPACE + name.to(language) if name.sv else ""
        return f"{words} {_A_YEAR.to(language)}" if self.yearly else words
