"""How much room text takes, reckoned without fonts, so that a deck comes out the same on every machine.

Widths are in ems, on the generous side: a wide serif (DejaVu Serif) for headlines and Arial for the rest, so that
what fits here fits in the narrower faces people have.
"""

from __future__ import annotations

from dataclasses import dataclass

_NARROW = frozenset("iljI.,:;'’‘!|()[]f t\u00a0\u202f·")
_WIDE = frozenset("mwMW—%@ÆŒ")
_WIDTHS = {
    "serif": (0.38, 0.62, 0.76, 0.96),
    "sans": (0.29, 0.56, 0.69, 0.90),
}
_LINE_HEIGHT = 1.2
POINTS_PER_INCH = 72


@dataclass(frozen=True, slots=True)
class Fit:
    """A text size in points, the lines the text then takes, and their height in inches."""

    size: int
    lines: int
    height: float


def width(text: str, size: float, face: str = "sans") -> float:
    """Return the width of one line of text in inches at ``size`` points."""
    narrow, plain, capital, wide = _WIDTHS[face]
    ems = 0.0
    for letter in text:
        if letter in _NARROW:
            ems += narrow
        elif letter in _WIDE:
            ems += wide
        elif letter.isupper():
            ems += capital
        else:
            ems += plain
    return ems * size / POINTS_PER_INCH


def lines(text: str, size: float, room: float, face: str = "sans") -> int:
    """Return how many lines ``text`` takes at ``size`` points in ``room`` inches, breaking at ordinary spaces."""
    total = 0
    for paragraph in text.split("\n"):
        total += 1
        used = 0.0
        for word in paragraph.split(" "):
            wide = width(word, size, face)
            gap = width(" ", size, face) if used else 0.0
            if used and used + gap + wide > room:
                total += 1
                used = wide
            else:
                used += gap + wide
            while used > room:
                total += 1
                used -= room
    return total


def height(count: int, size: float) -> float:
    """Return the height of ``count`` lines in inches."""
    return count * size * _LINE_HEIGHT / POINTS_PER_INCH


def fit(text: str, sizes: tuple[int, ...], room: float, most: int, face: str = "sans") -> Fit:
    """Return the largest of ``sizes`` (falling) at which ``text`` takes at most ``most`` lines, else the smallest."""
    for size in sizes:
        taken = lines(text, size, room, face)
        if taken <= most:
            break
    return Fit(size, taken, height(taken, size))


def pages(heights: list[float], most: float) -> list[list[int]]:
    """Share out things of these heights over as few slides as hold ``most`` each, evenly; returns indices per slide.

    Order is kept. A thing higher than a slide gets one of its own.
    """
    needed = _packed(heights, most)
    even = sum(heights) / max(1, len(needed))
    for share in (1.0, 1.05, 1.1, 1.2, 1.3, 1.5):
        found = _packed(heights, min(most, even * share))
        if len(found) == len(needed):
            return found
    return needed


def _packed(heights: list[float], most: float) -> list[list[int]]:
    found: list[list[int]] = []
    used = most + 1
    for index, tall in enumerate(heights):
        if not found or used + tall > most:
            found.append([])
            used = 0.0
        found[-1].append(index)
        used += tall
    return found
