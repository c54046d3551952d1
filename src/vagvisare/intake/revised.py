"""Were old figures rewritten on a large scale: another unit, another base year, or revised all over?"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from vagvisare.intake.case import Case
from vagvisare.intake.jumps import power_of_ten, times_as
from vagvisare.intake.objection import EXAMPLES, Gravity, Kind, Objection
from vagvisare.intake.pairing import Array, same
from vagvisare.intake.words import change, figures, number_words
from vagvisare.terms.language import Language, Text

LARGE = 0.3
"""The share of the old, settled figures that may be revised before a person must look."""

LEAST = 5
"""So many revised figures it takes at least: in a very small table every revision is a large share."""

ALL = 0.9
"""The share of the old figures that must have moved for the whole to be called shifted …"""

TIGHT = 0.25
"""… and how little, in parts of the shift, they may differ among themselves (median distance from the median)."""

_ASK = Text(
    "Läs vad källan säger om revideringen. Är den avsedd, bekräfta; gäller den en ny definition, ange ett seriebrott.",
    "Read what the source says of the revision. If it is meant, confirm; "
    "if it is a new definition, state a break in series.",
)


def rewritten(case: Case) -> Iterator[Objection]:
    """Object to old figures in another unit, shifted as a whole, or revised in more than three cases out of ten.

    Preliminary figures are meant to be revised and do not count towards the share. At most one objection is made, the
    most telling.
    """
    paired = case.paired
    both = paired.has & paired.had
    moved = np.flatnonzero(both & ~same(paired.new, paired.old))
    if not len(moved):
        return
    whole = len(moved) >= ALL * int(np.count_nonzero(both & (paired.old != 0)))
    power = _power(case, moved) if whole else None
    if power is not None:
        yield _other_unit(case, moved, power)
        return
    shift = _shift(case, moved) if whole and len(moved) >= LEAST else None
    if shift is not None:
        yield Objection.of(Kind.MASS_REVISION, Gravity.HOLD, shift, _ASK, _examples(case, moved), len(moved))
        return
    settled, rewrite = int(np.count_nonzero(both & ~paired.loose)), moved[~paired.loose[moved]]
    if len(rewrite) >= LEAST and len(rewrite) > LARGE * settled:
        yield _all_over(case, rewrite, settled)


def _power(case: Case, moved: Array) -> int | None:
    old, new = case.paired.old[moved], case.paired.new[moved]
    use = (old != 0) & (new / np.where(old == 0, 1, old) > 0)
    return power_of_ten(np.log10(new[use] / old[use])) if bool(use.any()) else None


def _other_unit(case: Case, moved: Array, power: int) -> Objection:
    times = times_as(power)
    what = Text(
        f"De gamla värdena är nu {times.sv} vad de var: källan har troligen bytt enhet.",
        f"The old figures are now {times.en} what they were: the source has probably changed unit.",
    )
    to_do = Text(
        "Se vilken enhet källan uppger och rätta scale eller unit i definitionen.",
        "See which unit the source states, and correct scale or unit in the definition.",
    )
    return Objection.of(Kind.UNIT, Gravity.HOLD, what, to_do, _examples(case, moved), len(moved))


def _shift(case: Case, moved: Array) -> Text | None:
    """Return the sentence about a common factor or a common amount, whichever fits better; None when neither does."""
    old, new = case.paired.old[moved], case.paired.new[moved]
    amount = new - old
    by_amount = _spread(amount)
    alike = (old > 0) & (new > 0)
    by_factor = _spread(np.log(new[alike] / old[alike])) if bool(alike.all()) else math.inf
    if by_factor <= min(TIGHT, by_amount):
        factor = number_words(float(np.exp(np.median(np.log(new / old)))), 3)
        return Text(
            f"Nästan alla gamla värden har multiplicerats med ungefär {factor.sv}: det liknar ett nytt basår.",
            f"Almost all old figures have been multiplied by about {factor.en}: it looks like a new base year.",
        )
    if by_amount <= TIGHT:
        middle = float(np.median(amount))
        size = case.unit.write_difference
        sv, en = (size(middle, language, signed=True).strip() for language in Language)
        return Text(
            f"Nästan alla gamla värden har flyttats lika mycket, ungefär {sv}.",
            f"Almost all old figures have moved by the same amount, about {en}.",
        )
    return None


def _spread(of: Array) -> float:
    """Return how much numbers differ among themselves in parts of their middle; infinite when the middle is nothing."""
    middle = float(np.median(of))
    return float(np.median(np.abs(of - middle)) / abs(middle)) if middle else math.inf


def _all_over(case: Case, moved: Array, settled: int) -> Objection:
    share = number_words(len(moved) / settled * 100)
    many, of = number_words(len(moved)), figures(settled)
    what = Text(
        f"{many.sv} av {of.sv} som redan fanns har reviderats ({share.sv} procent).",
        f"{many.en} of {of.en} that were there already have been revised ({share.en} per cent).",
    )
    return Objection.of(Kind.MASS_REVISION, Gravity.HOLD, what, _ASK, _examples(case, moved), len(moved))


def _examples(case: Case, moved: Array) -> list[Text]:
    """Return the largest revisions in words, the largest share of the old figure first."""
    paired = case.paired
    old, new = paired.old[moved], paired.new[moved]
    size = np.abs(new - old) / np.maximum(np.abs(old), 1e-300)
    cases = []
    for cell in moved[np.argsort(-size, kind="stable")][:EXAMPLES]:
        name, told = paired.at(int(cell)), change(case.unit, float(paired.old[cell]), float(paired.new[cell]))
        cases.append(Text(f"{name.sv}: {told.sv}", f"{name.en}: {told.en}"))
    return cases
