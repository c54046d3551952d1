"""What is said when a source that speaks SDMX does not answer as asked."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from vagvisare.sources.errors import RefusedError, UnreadableError
from vagvisare.terms.errors import SourceError
from vagvisare.terms.language import Text


def refused(flow: str, what: Text, remedy: Text) -> RefusedError:
    """Return the error for a question that the source cannot answer as it stands."""
    name = flow[:120]
    return RefusedError(
        Text(f"Dataflödet {name}: {what.sv}", f"The dataflow {name}: {what.en}"),
        meaning=Text(
            "Inget har hämtats; de senast godkända siffrorna gäller.",
            "Nothing was fetched; the last good figures stand.",
        ),
        remedy=remedy,
    )


def no_flow(table: str) -> RefusedError:
    """Return the error for a table that names no dataflow."""
    return refused(
        table,
        Text("det är inget namn på ett dataflöde.", "that is no name of a dataflow."),
        Text(
            "Skriv byrå, flöde och version med komman emellan: OECD.CFE.EDS,DSD_REG_DEMO@DF_POP_5Y,2.0.",
            "Write agency, flow and version with commas between: OECD.CFE.EDS,DSD_REG_DEMO@DF_POP_5Y,2.0.",
        ),
    )


def no_dimension(flow: str, code: str, known: Sequence[str]) -> RefusedError:
    """Return the error for a dimension that the structure does not have."""
    return refused(
        flow,
        Text(
            f"det finns ingen dimension ”{code[:40]}” (det finns {listed(known)}).",
            f"there is no dimension “{code[:40]}” (there are {listed(known)}).",
        ),
        Text("Rätta dimensionen i definitionen.", "Correct the dimension in the definition."),
    )


def no_codes(flow: str, dimension: str, lost: Sequence[str], known: Sequence[str]) -> RefusedError:
    """Return the error for codes that a dimension does not have, with those that look like them."""
    near = [match for code in lost for match in difflib.get_close_matches(code, known[:20_000], 2)]
    like = Text(f" Liknande är {listed(near)}.", f" Alike are {listed(near)}.") if near else Text("", "")
    return refused(
        flow,
        Text(
            f"dimensionen {dimension} har inte {listed(lost)}.{like.sv}",
            f"the dimension {dimension} does not have {listed(lost)}.{like.en}",
        ),
        Text("Rätta koden i definitionen.", "Correct the code in the definition."),
    )


def ambiguous(flow: str, dimension: str, known: Sequence[str]) -> RefusedError:
    """Return the error for a dimension that must be held at one code, and is not."""
    return refused(
        flow,
        Text(
            f"dimensionen {dimension} har flera koder ({listed(known)}), men definitionen säger inte vilken.",
            f"the dimension {dimension} has several codes ({listed(known)}), but the definition does not say which.",
        ),
        Text("Skriv en av koderna i definitionen.", "Write one of the codes in the definition."),
    )


def no_expression(flow: str, value: str) -> RefusedError:
    """Return the error for an expression without a counterpart in SDMX."""
    return refused(
        flow,
        Text(f"”{value[:80]}” går inte att fråga efter.", f"“{value[:80]}” cannot be asked for."),
        Text(
            "Skriv koder, eller för tiden TOP(5), FROM(2010), TO(2020) eller RANGE(2010,2020) ensamt.",
            "Write codes, or for time TOP(5), FROM(2010), TO(2020) or RANGE(2010,2020) alone.",
        ),
    )


def no_figures(flow: str) -> RefusedError:
    """Return the error for a question that no figure answers."""
    return refused(
        flow,
        Text("det finns inga siffror för det som frågades.", "there are no figures of what was asked for."),
        Text("Jämför koderna i definitionen med källan.", "Compare the codes of the definition with the source."),
    )


def not_installed() -> SourceError:
    """Return the error for a machine without sdmx1."""
    return SourceError(
        Text(
            "För att läsa SDMX behövs tillägget sdmx, som inte är installerat.",
            "Reading SDMX takes the extra sdmx, which is not installed.",
        ),
        meaning=Text(
            "Inget har hämtats; de senast godkända siffrorna gäller.",
            "Nothing was fetched; the last good figures stand.",
        ),
        remedy=Text("Kör pip install 'vagvisare[sdmx]'.", "Run pip install 'vagvisare[sdmx]'."),
    )


def not_sdmx(url: str) -> UnreadableError:
    """Return the error for a reply that is no SDMX message."""
    return UnreadableError.of(url, Text("Det är inget meddelande enligt SDMX.", "It is no SDMX message."))


def unsafe(url: str) -> UnreadableError:
    """Return the error for XML with what SDMX never has."""
    return UnreadableError.of(
        url,
        Text(
            "Det är XML med egna entiteter, en dokumenttyp eller en ovanlig teckenkodning, och sådan läses inte.",
            "It is XML with entities of its own, a document type or an unusual encoding, and such is not read.",
        ),
    )


def listed(codes: Sequence[str]) -> str:
    """Return codes as they fit in a sentence."""
    plain = ["".join(sign for sign in code[:40] if sign.isprintable()) for code in codes[:12]]
    return ", ".join(plain) + (" …" if len(codes) > 12 else "")
