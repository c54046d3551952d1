"""Days of a plan as people read them, no finer than the source told them."""

from __future__ import annotations

from vagvisare.editions.timeline import Window
from vagvisare.terms.language import Language
from vagvisare.web.frame import dates


def written(when: Window, language: Language) -> str:
    """Return ``2030``, ``juni 2021``, ``9 juni 2021`` or ``9 juni 2021–11 juni 2021``."""
    first, last = when.first, when.last
    if when.exact:
        return dates.day(first, language)
    following = last.toordinal() + 1
    begins_year, ends_year = (first.month, first.day) == (1, 1), (last.month, last.day) == (12, 31)
    if begins_year and ends_year:
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    ends_month = type(last).fromordinal(following).day == 1
    if first.day == 1 and ends_month and (first.year, first.month) == (last.year, last.month):
        return f"{dates.MONTHS[language][first.month - 1]} {first.year}"
    return f"{dates.day(first, language)}–{dates.day(last, language)}"
