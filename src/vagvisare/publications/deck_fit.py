"""How much room text takes, reckoned without fonts, so that a deck comes out the same on every machine.

Widths are in ems: generous ones for headlines, so that what fits here fits in Georgia and in the wider serifs that
stand in for it; Arial's own for the rest, which its stand-ins share.
"""

from __future__ import annotations

from dataclasses import dataclass

_SERIF = {0.38: "iljI.,:;'’‘!|()[]f t\u00a0\u202f·", 0.96: "mwMW—%@ÆŒ"}
_SERIF_LETTER, _SERIF_CAPITAL = 0.62, 0.76
_SANS = {
    0.222: "ijl",
    0.278: " !,./:;ft\u00a0\u202fI|[]",
    0.333: "()-r”“·",
    0.5: "ckszvxyJ",
    0.584: "+=<>−≈≠",
    0.611: "FTZ",
    0.722: "CDHNRUw◇",
    0.778: "GOQÖ",
    0.833: "mM",
    0.889: "%",
    0.944: "W",
    1.0: "—…@",
}
_SANS_LETTER, _SANS_CAPITAL = 0.556, 0.667
_SPARE = 1.02
"""Room to spare for what rounding and kerning do."""


def _by_letter(groups: dict[float, str]) -> dict[str, float]:
    return {letter: ems for ems, letters in groups.items() for letter in letters}


_FACES = {
    "serif": (_by_letter(_SERIF), _SERIF_LETTER, _SERIF_CAPITAL),
    "sans": (_by_letter(_SANS), _SANS_LETTER, _SANS_CAPITAL),
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
    letters, plain, capital = _FACES[face]
    ems = sum(letters.get(c, capital if c.isupper() else plain) for c in text)
    return ems * _SPARE * size / POINTS_PER_INCH


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


def balanced(text: str, size: float, room: float, face: str = "sans") -> float:
    """Return the narrowest width that keeps ``text`` at as many lines as ``room`` gives, so that no word stands alone.

    A little is added for typefaces wider than reckoned; a single line keeps the whole room.
    """
    taken = lines(text, size, room, face)
    if taken == 1:
        return room
    narrow, wide = room / 2, room
    for _ in range(10):
        middle = (narrow + wide) / 2
        if lines(text, size, middle, face) > taken:
            narrow = middle
        else:
            wide = middle
    return min(room, wide * _SPARE)


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
