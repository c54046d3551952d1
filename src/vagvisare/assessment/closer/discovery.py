"""How many of many clear trends would be clear by chance, and which stand also when that is counted with.

One test in twenty is significant at 5 % although nothing has changed: a page of sixty indicators shows about three.
The procedure of Benjamini and Hochberg (1995) keeps the expected part of false ones among those left at ``q`` or
below, also when indicators move together (Benjamini and Yekutieli 2001). It is a note beside the verdicts and changes
none of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from vagvisare.assessment.judgement import Judgement, Reason
from vagvisare.assessment.verdict import SIGNIFICANT
from vagvisare.terms.series import SeriesKey

RATE = 0.05
"""The part of false ones, among those left, that is accepted on average."""


@dataclass(frozen=True, slots=True)
class Discovery:
    """The trends of one dashboard taken together.

    ``tested`` counts the trends with enough points to test, ``clear`` those significant at 5 %, ``by_chance`` how many
    of the tested would be if nothing had changed. ``stands`` and ``falls`` part the clear ones by whether they are left
    at ``rate``, clearest first.
    """

    tested: int
    clear: int
    by_chance: float
    stands: tuple[SeriesKey, ...]
    falls: tuple[SeriesKey, ...]
    rate: float = RATE


def discovery(judgements: Iterable[Judgement], q: float = RATE) -> Discovery:
    """Count the clear trends among the totals of one territory, and those that stand at the false discovery rate ``q``.

    Args:
        judgements: those of one territory; groups are passed over, as they would count the same people again.
        q: the accepted part of false ones, between 0 and 1.
    """
    if not 0 < q < 1:
        raise ValueError(f"the false discovery rate must lie between 0 and 1, not be {q}")
    tested = sorted(
        (each for each in judgements if each.key.is_total and each.trend.reason is not Reason.TOO_FEW),
        key=lambda each: (each.trend.p, each.key),
    )
    clear = [each for each in tested if each.trend.p < SIGNIFICANT and each.trend.slope != 0]
    limit = threshold([each.trend.p for each in tested], q)
    return Discovery(
        tested=len(tested),
        clear=len(clear),
        by_chance=SIGNIFICANT * len(tested),
        stands=tuple(each.key for each in clear if each.trend.p <= limit),
        falls=tuple(each.key for each in clear if each.trend.p > limit),
        rate=q,
    )


def threshold(p_values: Iterable[float], q: float) -> float:
    """Return the largest p that stands: the largest p₍ₖ₎ ≤ k·q/m, and a number below every p where none does."""
    ordered = sorted(p_values)
    m = len(ordered)
    return max((p for k, p in enumerate(ordered, start=1) if p <= k * q / m), default=-1.0)
