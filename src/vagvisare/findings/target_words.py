"""What the sentences about targets share: sizes, pairs of rates, and the words of a chance.

A chance is said in one of five words for ranges, never as a number: the calibration behind it is not that precise.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile

from vagvisare.assessment.definition import Direction, TargetKind
from vagvisare.assessment.judgement import Comparison, Level, Movement, Pace, PaceVerdict, Trend
from vagvisare.findings.grammar import Topic, again, amount
from vagvisare.findings.rates import Rate
from vagvisare.terms.language import NO_BREAK_SPACE, Language, Text, number
from vagvisare.terms.unit import Scale, UnitClass

_MOST_DECIMALS = 3
"""How many decimals more than usual a figure may have to be told from another."""

_SINGULAR = {
    "procentenheter": "procentenhet",
    "percentage points": "percentage point",
    "dagar": "dag",
    "days": "day",
    "years": "year",
    "companies": "company",
    "inhabitants": "inhabitant",
    "hectares": "hectare",
}
_CHANCES = (
    (0.10, Text("mycket liten", "very small")),
    (0.33, Text("liten", "small")),
    (0.67, Text("ungefär jämn", "about even")),
    (0.90, Text("stor", "large")),
    (1.01, Text("mycket stor", "very large")),
)
"""Each word holds from the limit before it: under one in ten, a third, two thirds, nine in ten, and above."""


def chance_word(chance: float, language: Language) -> str:
    """Return the range a chance lies in: "mycket liten", "liten", "ungefär jämn", "stor" or "mycket stor"."""
    return next(word for limit, word in _CHANCES if chance < limit).to(language)


def round_size(topic: Topic, value: float, language: Language) -> str:
    """Write how large a stated change is, without its sign: "5 000 invånare", "1 procentenhet"."""
    shown = abs(value) / topic.unit.divide
    figure = number(shown, language, 0 if shown == round(shown) else max(topic.unit.decimals, 1))
    name = topic.unit.difference.to(language)
    if figure == "1":
        name = _SINGULAR.get(name, name)
    return figure + NO_BREAK_SPACE + name if name else figure


def apart(topic: Topic, value: float, other: float, language: Language) -> tuple[str, str]:
    """Write two figures with as many decimals as it takes to see which is larger; equal figures look equal.

    The first with its unit, the second as a figure said a second time.
    """
    plain = amount(topic, value, language), again(topic, other, language)
    written = topic.unit.figure(value, language)
    if value == other or written != topic.unit.figure(other, language):
        return plain
    for more in range(1, _MOST_DECIMALS + 1):
        places = topic.unit.decimals + more
        finer = [number(each / topic.unit.divide, language, places) for each in (value, other)]
        if finer[0] != finer[1]:
            return plain[0].replace(written, finer[0], 1), plain[1].replace(written, finer[1], 1)
    return plain


@dataclass(frozen=True, slots=True)
class TwoRates:
    """Own change a year and what it would have been at another's pace, written with decimals that tell them apart."""

    own: Rate
    other: Rate

    @classmethod
    def of(cls, topic: Topic, judged: Pace, scale: Scale) -> TwoRates | None:
        """Return the two rates of a pace held against another's; None where it has none."""
        if judged.achieved is None or judged.needed is None:
            return None
        relative, size = scale is Scale.LOG, 1.0
        if relative and topic.unit.unit_class is UnitClass.DURATION and judged.level_now is not None:
            # Years of life are said in years: nobody reads them in per cent.
            relative, size = False, judged.level_now / 100
        return cls(Rate(judged.achieved * size, relative, topic.unit), Rate(judged.needed * size, relative, topic.unit))

    @property
    def decimals(self) -> int:
        """The fewest decimals that tell the two apart; what is no change at all needs none of its own."""
        told = [rate for rate in (self.own, self.other) if not rate.vanishes]
        return told[0].decimals(*told[1:]) if told else 1

    def own_words(self, language: Language) -> str:
        """Write own change with its sign and unit: "+0,4 procentenheter om året"."""
        return self.own.signed(language, self.decimals)

    def other_words(self, language: Language) -> str:
        """Write the other with its sign and no unit: "+0,2"."""
        return number(self.other.shown, language, self.decimals, signed=True)


def next_to(judged: Pace, compared: Comparison | None) -> float | None:
    """Return the figure that decides a place: where it is held the first beyond it, otherwise the one that has it."""
    if judged.verdict is not PaceVerdict.REACHED:
        return judged.beside[0][1] if judged.beside else None
    wanted = int(judged.target.value or 0)
    beyond = () if compared is None else compared.values[wanted : wanted + 1]
    return beyond[0][1] if beyond else None


def better_way(topic: Topic) -> Movement:
    """Return the good way; rising where neither is."""
    return Movement.FALLING if topic.indicator.direction is Direction.LOWER else Movement.RISING


def is_ahead(judged: Pace, level: Level) -> bool:
    """Tell whether the target names a year that the figures have not reached."""
    return judged.target.year is not None and level.period.end < judged.target.year


def keeps(kind: TargetKind) -> bool:
    """Tell whether a target is a line to keep."""
    return kind in (TargetKind.FLOOR, TargetKind.CEILING)


def is_level(kind: TargetKind) -> bool:
    """Tell whether a target is a level of its own, absolute or counted from a base year."""
    return kind in (TargetKind.ABSOLUTE, TargetKind.RELATIVE_TO_BASE, TargetKind.INCREMENT)


def unbroken(judged: Pace, trend: Trend) -> int:
    """Count the latest periods in a row on the wrong side of a line to keep."""
    broken = set(judged.broken)
    return sum(1 for _ in takewhile(broken.__contains__, reversed(trend.window.used)))


def astride(judged: Pace, level: Level) -> bool:
    """Tell whether the robust level is past a target that the latest figure is not past.

    What is "needed" then leads away from the target, and no sentence about a pace would make sense.
    """
    if judged.verdict is not PaceVerdict.UNDETERMINED or judged.needed is None or judged.target_value is None:
        return False
    return judged.needed * (judged.target_value - level.value) < 0
