"""The optional columns that say how certain a figure is: low, high, se, n and count."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from vagvisare.terms.language import Text
from vagvisare.terms.sampling import COLUMNS, Sampling

Say = Callable[[Text, Text], None]
"""Takes what is wrong, and what to do about it."""

_LEAVE_EMPTY = Text("Lämna fältet tomt om uppgiften saknas.", "Leave the field empty if it is not known.")
_SWAP = Text("Skriv den lägre siffran i low och den högre i high.", "Write the lower in low and the higher in high.")
_BOTH = Text("Fyll i den andra gränsen, eller lämna båda tomma.", "Fill in the other limit, or leave both empty.")
_SAME_UNIT = Text(
    "Kontrollera att low, value och high är i samma enhet.", "Check that low, value and high are in the same unit."
)
_COUNTED = Text(
    "n är hur många som svarat eller räknats, count hur många av dem.",
    "n is how many answered or were counted, count how many of them.",
)


def sampling_of(
    row: Sequence[str],
    places: Mapping[str, int],
    value: float,
    read: Callable[[str], float | None],
    say: Say,
) -> Sampling | None:
    """Read the columns of one row; None when they are all empty, or something in them is wrong.

    Args:
        row: the row's texts.
        places: position of each of the columns that the table has.
        value: the figure itself.
        read: reads a number, None for an empty or missing one; raises ValueError for what is none.
        say: called once for each mistake.
    """
    found: dict[str, float] = {}
    for name, place in places.items():
        try:
            number = read(row[place])
        except ValueError:
            wrong = Text(
                f"”{row[place]}” i kolumnen {name} är inget tal.", f"“{row[place]}” in the column {name} is no number."
            )
            say(wrong, _LEAVE_EMPTY)
            return None
        if number is not None:
            found[name] = number
    sampling = Sampling(**found)
    wrong_and_remedy = _wrong(sampling, value) if sampling else None
    if wrong_and_remedy is not None:
        say(*wrong_and_remedy)
        return None
    return sampling or None


def _wrong(said: Sampling, value: float) -> tuple[Text, Text] | None:
    """Return the first thing that cannot be true of a figure's certainty, with its remedy."""
    for name, number in zip(COLUMNS[2:], said.fields()[2:], strict=True):
        if number is not None and (number < 0 or (name == "n" and number == 0)):
            below = Text(f"{name} är {number:g}.", f"{name} is {number:g}.")
            least = Text("Skriv ett tal större än noll", "Write a number above nought")
            return below, Text(f"{least.sv}, eller lämna fältet tomt.", f"{least.en}, or leave the field empty.")
    if (said.low is None) is not (said.high is None):
        alone = "low" if said.high is None else "high"
        return Text(f"{alone} står utan den andra gränsen.", f"{alone} stands without the other limit."), _BOTH
    if said.low is not None and said.high is not None:
        span = f"{said.low:g}–{said.high:g}"
        if said.low > said.high:
            return Text(f"low är högre än high ({span}).", f"low is higher than high ({span})."), _SWAP
        if not said.low <= value <= said.high:
            outside = Text(
                f"Värdet {value:g} ligger utanför sitt eget intervall {span}.",
                f"The value {value:g} lies outside its own interval {span}.",
            )
            return outside, _SAME_UNIT
    if said.n is not None and said.count is not None and said.count > said.n:
        more = Text(
            f"count är {said.count:g}, men n är bara {said.n:g}.", f"count is {said.count:g}, but n is only {said.n:g}."
        )
        return more, _COUNTED
    return None
