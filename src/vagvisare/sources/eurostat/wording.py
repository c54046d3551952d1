"""What is said when Eurostat does not answer as asked: which data set, what is wrong, what to do."""

from __future__ import annotations

from collections.abc import Sequence

from vagvisare.sources.errors import RefusedError, UnreachableError
from vagvisare.terms.language import Text


def refused(dataset: str, what: Text, remedy: Text) -> RefusedError:
    """Return the error for a question that Eurostat cannot answer as it stands."""
    return RefusedError(
        Text(f"Eurostat, {dataset}: {what.sv}", f"Eurostat, {dataset}: {what.en}"),
        meaning=Text(
            "Inget har hämtats; de senast godkända siffrorna gäller.",
            "Nothing was fetched; the last good figures stand.",
        ),
        remedy=remedy,
    )


def missing(dataset: str, dimension: str, lost: str, known: Sequence[str]) -> RefusedError:
    """Return the error for a code (``lost``), or a whole dimension, that a data set does not have."""
    listed = _listed(known)
    what = (
        Text(
            f"dimensionen {dimension} har inte {lost} (den har {listed}).",
            f"the dimension {dimension} does not have {lost} (it has {listed}).",
        )
        if lost
        else Text(
            f"det finns ingen dimension {dimension} (det finns {listed}).",
            f"there is no dimension {dimension} (there are {listed}).",
        )
    )
    remedy = Text("Rätta koden i definitionen.", "Correct the code in the definition.")
    return refused(dataset, what, remedy)


def ambiguous(dataset: str, dimension: str, known: Sequence[str]) -> RefusedError:
    """Return the error for a dimension that must be held at one code, and is not."""
    return refused(
        dataset,
        Text(
            f"dimensionen {dimension} har flera koder ({_listed(known)}), men definitionen säger inte vilken.",
            f"the dimension {dimension} has several codes ({_listed(known)}), but the definition does not say which.",
        ),
        Text("Skriv en av koderna i definitionen.", "Write one of the codes in the definition."),
    )


def _listed(codes: Sequence[str]) -> str:
    return ", ".join(code[:40] for code in codes[:12]) + (" …" if len(codes) > 12 else "")


def later(dataset: str) -> UnreachableError:
    """Return the error for a question that Eurostat will only answer in its own time."""
    return UnreachableError(
        Text(
            f"Eurostat svarar inte genast på en så stor fråga ({dataset}).",
            f"Eurostat does not answer so large a question at once ({dataset}).",
        ),
        meaning=Text(
            "Eurostat tar fram svaret i efterhand; de senast godkända siffrorna gäller.",
            "Eurostat prepares the answer in its own time; the last good figures stand.",
        ),
        remedy=Text(
            "Försök igen om några minuter, eller fråga efter färre koder.",
            "Try again in a few minutes, or ask for fewer codes.",
        ),
    )


def updated_meanwhile(dataset: str) -> UnreachableError:
    """Return the error for a table that changed again and again while it was being read."""
    return UnreachableError(
        Text(
            f"Eurostat uppdaterade {dataset} medan siffrorna hämtades.",
            f"Eurostat updated {dataset} while the figures were being fetched.",
        ),
        meaning=Text(
            "Delarna hör inte ihop, så inget av dem har sparats som siffror.",
            "The parts do not belong together, so none of them was kept as figures.",
        ),
        remedy=Text("Hämta igen.", "Fetch again."),
    )
