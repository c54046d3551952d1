"""What two texts have in common, word for word: the ground that differences and merging stand on.

Words are matched first by those that occur once in each text, then, in what lies between them, by the shortest edit.
Where even that would take too many steps the stretch counts as rewritten, so the time is bounded for any texts.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

MOST_STEPS = 240
"""Words that may differ in a stretch without landmarks before it counts as rewritten: work grows with its square."""

_LETTER = r"[^\W_\u0300-\u036f]|[\u0300-\u036f]"
_TOKEN = re.compile(
    r"(?:[^\W\d_]{1,3}\.){2,}"  # t.ex. and bl.a. are one word each
    rf"|(?:{_LETTER})+(?:(?:[-\u2010\u2011:'’\u00ad]|(?<=\d)[.,\u00a0\u202f](?=\d))(?:{_LETTER})+)*-?"
    r"|\s+|.",
    re.DOTALL,
)


class Hunk(NamedTuple):
    """A stretch that differs: tokens ``first`` to ``last`` of the one text, the ``after`` ones of the other."""

    first: int
    last: int
    first_after: int
    last_after: int


class _Area(NamedTuple):
    """Where in both sequences we are looking: from and to in the one, from and to in the other."""

    a: int
    a_end: int
    b: int
    b_end: int


def tokens(text: str) -> list[str]:
    """Cut a text into words, runs of space and single marks; joined they are the text, exactly."""
    return _TOKEN.findall(text)


def is_word(token: str) -> bool:
    """Tell whether a token is a word or a number, not a space or a mark."""
    return token[0].isalnum()


def hunks(before: Sequence[str], after: Sequence[str]) -> list[Hunk]:
    """Return the stretches of tokens in which two texts differ, in order, never two side by side.

    Words and marks decide what belongs together; spaces follow the words they stand beside.
    """
    solid = [[at for at, token in enumerate(side) if not token.isspace()] for side in (before, after)]
    pairs = _matches([before[at] for at in solid[0]], [after[at] for at in solid[1]])
    found: list[Hunk] = []
    here, there = 0, 0
    ends = [*((solid[0][i], solid[1][j]) for i, j in pairs), (len(before), len(after))]
    for end, end_after in ends:
        first, last, first_after, last_after = here, end, there, end_after
        while first < last and first_after < last_after and before[first] == after[first_after]:
            first, first_after = first + 1, first_after + 1
        while first < last and first_after < last_after and before[last - 1] == after[last_after - 1]:
            last, last_after = last - 1, last_after - 1
        if first < last or first_after < last_after:
            found.append(Hunk(first, last, first_after, last_after))
        here, there = end + 1, end_after + 1
    return found


def longest_rising(values: Sequence[int]) -> list[int]:
    """Return the places of a longest rising run in ``values``: what stands in order when the fewest are taken out."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for place, value in enumerate(values):
        length = bisect_left(tails, value)
        tails[length : length + 1] = [value]
        ends[length : length + 1] = [place]
        before.append(ends[length - 1] if length else -1)
    run: list[int] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        run.append(at)
        at = before[at]
    return run[::-1]


def _matches(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int]]:
    """Return the pairs of places that belong together, rising in both."""
    pairs: list[tuple[int, int]] = []
    waiting = [_Area(0, len(a), 0, len(b))]
    while waiting:
        area = waiting.pop()
        low, high, low_b, high_b = area
        while low < high and low_b < high_b and a[low] == b[low_b]:
            pairs.append((low, low_b))
            low, low_b = low + 1, low_b + 1
        while low < high and low_b < high_b and a[high - 1] == b[high_b - 1]:
            high, high_b = high - 1, high_b - 1
            pairs.append((high, high_b))
        if low == high or low_b == high_b:
            continue
        inner = _Area(low, high, low_b, high_b)
        if landmarks := _landmarks(a, b, inner):
            pairs += landmarks
            waiting += _between(landmarks, inner)
        else:
            pairs += _shortest_edit(a, b, inner)
    return sorted(pairs)


def _landmarks(a: Sequence[str], b: Sequence[str], area: _Area) -> list[tuple[int, int]]:
    """Pair the words that occur once on each side and keep the most that stand in the same order."""
    once = _once(a, area.a, area.a_end)
    once_b = _once(b, area.b, area.b_end)
    shared = [(place, once_b[word]) for word, place in once.items() if place >= 0 and once_b.get(word, -1) >= 0]
    return [shared[at] for at in longest_rising([place_b for _, place_b in shared])]


def _once(words: Sequence[str], start: int, end: int) -> dict[str, int]:
    """Map each word that is a landmark to its place, and -1 where it occurs more than once."""
    places: dict[str, int] = {}
    for at in range(start, end):
        word = words[at]
        if word[0].isalnum():
            places[word] = -1 if word in places else at
    return places


def _between(landmarks: list[tuple[int, int]], area: _Area) -> Iterator[_Area]:
    low, low_b = area.a, area.b
    for place, place_b in [*landmarks, (area.a_end, area.b_end)]:
        if low < place and low_b < place_b:
            yield _Area(low, place, low_b, place_b)
        low, low_b = place + 1, place_b + 1


def _shortest_edit(a: Sequence[str], b: Sequence[str], area: _Area) -> list[tuple[int, int]]:
    """Pair words by the shortest edit (Myers 1986), or none where it takes more than ``MOST_STEPS``."""
    width, width_b = area.a_end - area.a, area.b_end - area.b
    if abs(width - width_b) > MOST_STEPS:
        return []
    reach = {1: 0}
    trail: list[dict[int, int]] = []
    for steps in range(min(width + width_b, MOST_STEPS) + 1):
        trail.append(dict(reach))
        for line in range(-steps, steps + 1, 2):
            down = line == -steps or (line != steps and reach[line - 1] < reach[line + 1])
            x = reach[line + 1] if down else reach[line - 1] + 1
            while x < width and x - line < width_b and x >= line and a[area.a + x] == b[area.b + x - line]:
                x += 1
            reach[line] = x
            if x >= width and x - line >= width_b:
                return _backwards(trail, area, line)
    return []


def _backwards(trail: list[dict[int, int]], area: _Area, line: int) -> list[tuple[int, int]]:
    """Walk the shortest edit from its end and gather what stayed."""
    pairs = []
    x, y = area.a_end - area.a, area.b_end - area.b
    for steps in range(len(trail) - 1, -1, -1):
        reach = trail[steps]
        down = line == -steps or (line != steps and reach[line - 1] < reach[line + 1])
        line_before = line + 1 if down else line - 1
        from_x = reach[line_before] if steps else 0
        from_y = from_x - line_before if steps else 0
        while x > from_x and y > from_y:
            x, y = x - 1, y - 1
            pairs.append((area.a + x, area.b + y))
        x, y, line = from_x, from_y, line_before
    return pairs
