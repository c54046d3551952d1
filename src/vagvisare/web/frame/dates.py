"""Days and moments as people read them."""

from __future__ import annotations

from datetime import date, datetime

from vagvisare.terms.language import Language

MONTHS = {
    Language.SV: [
        "januari",
        "februari",
        "mars",
        "april",
        "maj",
        "juni",
        "juli",
        "augusti",
        "september",
        "oktober",
        "november",
        "december",
    ],
    Language.EN: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}


def day(value: date | None, language: Language) -> str:
    """Return ``9 juni 2021`` or ``9 June 2021``; nothing for no day."""
    return "" if value is None else f"{value.day} {MONTHS[language][value.month - 1]} {value.year}"


def moment(value: datetime | None, language: Language) -> str:
    """Return ``9 juni 2021 kl. 14.05`` or ``9 June 2021, 14:05``, in the machine's own time."""
    if value is None:
        return ""
    here = value.astimezone()
    clock = f"kl. {here:%H.%M}" if language is Language.SV else f"{here:%H:%M}"
    return f"{day(here.date(), language)}{' ' if language is Language.SV else ', '}{clock}"
