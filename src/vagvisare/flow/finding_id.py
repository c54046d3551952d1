"""What an id of a finding says, and what to answer when no such finding is made."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from vagvisare.terms.errors import UnknownError
from vagvisare.terms.language import Text

_LIST_THEM = Text("Lista dem med vagvisare follow-up.", "List them with vagvisare follow-up.")


def territory_and_day(finding_id: str) -> tuple[str, date]:
    """Read the territory and the day out of a finding's id.

    Raises:
        UnknownError: when the text is no finding id.
    """
    parts = finding_id.split(".")
    try:
        return parts[1], date.fromisoformat(parts[-2])
    except (IndexError, ValueError):
        raise UnknownError(
            Text(f"”{finding_id}” är inget id för ett fynd.", f"“{finding_id}” is no finding id."),
            meaning=Text(
                "Ett id skrivs indikator.område.TYP.dag.kontroll.", "An id reads indicator.territory.TYPE.day.check."
            ),
            remedy=_LIST_THEM,
        ) from None


def unknown_finding(finding_id: str, made: Iterable[str]) -> UnknownError:
    """Return what to say of an id that no finding has; the finding that took its place is named."""
    stem = finding_id.rpartition(".")[0]
    heir = next((each for each in made if each.rpartition(".")[0] == stem), None)
    what = Text(f"Fyndet {finding_id} finns inte.", f"There is no finding {finding_id}.")
    if heir is None:
        meaning = Text("Det går inte att räkna fram ur den här mappen.", "It cannot be computed from this folder.")
        return UnknownError(what, meaning=meaning, remedy=_LIST_THEM)
    return UnknownError(
        what,
        meaning=Text(
            "Siffror eller regler har ändrats sedan dess, eller så vägdes andra tidigare omdömen in (--earlier).",
            "Figures or rules have changed since then, or other earlier verdicts weighed in (--earlier).",
        ),
        remedy=Text(f"Samma fråga ger nu {heir}.", f"The same question now gives {heir}."),
    )
