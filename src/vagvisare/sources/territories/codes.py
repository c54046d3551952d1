"""From words to a source's codes, and from its codes to ours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from vagvisare.sources.query import Scheme
from vagvisare.sources.territories.history import heir
from vagvisare.sources.territories.lists import Nuts, countries, nuts
from vagvisare.terms.errors import UnknownError
from vagvisare.terms.language import Text
from vagvisare.terms.territory import COUNTIES, TERRITORIES, Kind, municipalities

_NATION = "00"
_OFFICIAL = re.compile(r"^([0-9]{4}|[0-9]{2})(?:\s+[^\W\d_].*)?$", re.DOTALL)
"""A code of two or four digits, alone or followed by a name: ``18``, ``18 Örebro län``."""

_KOLADA = re.compile(r"^[0-9]{4}$")
_SWEDEN = frozenset({"SE", "SWE"})


def expand(values: Sequence[str], scheme: Scheme) -> tuple[str, ...]:
    """Write out the words for territories as codes of ``scheme``; everything else passes as it stands.

    The words are ``@nation``, ``@counties`` (all 21), ``@municipalities`` (all 290) and ``@municipalities:18`` (those
    of one county). Order is kept; a code that comes twice stands where it first came.

    Raises:
        UnknownError: when a value begins with ``@`` and is none of the words, or names places ``scheme`` cannot write.
    """
    written: dict[str, None] = {}
    for value in values:
        written.update(dict.fromkeys(_written(value, scheme) if value.startswith("@") else (value,)))
    return tuple(written)


def official(code: str, scheme: Scheme, year: int | None = None) -> str | None:
    """Return our code (SCB's) for a source's code, or None for a place we do not follow.

    Parts of the country, other countries, groups of units and codes nobody has heard of are None. A code that has since
    been changed gives the code the very same place has now; where places were merged or divided it gives None, and
    ``changes`` says why. With ``year``, the year the figure speaks of, a NUTS code is read by the version that held
    then; the README beside this module tells how codes and years go together.
    """
    code = code.strip()
    match scheme:
        case Scheme.OFFICIAL:
            found = _OFFICIAL.match(code)
            return _present(found[1]) if found else None
        case Scheme.KOLADA:
            return _kolada(code)
        case Scheme.NUTS if code.upper() == "SWE":
            # OECD names regions by NUTS and, beside them, the country by ISO 3166.
            return _NATION
        case Scheme.NUTS:
            entry = nuts().get(code.upper())
            return entry.official if entry and entry.holds(year) else None
        case Scheme.ISO:
            return _NATION if code.upper() in _SWEDEN else None


def name(code: str, scheme: Scheme) -> Text | None:
    """Return what the place of a source's code is called, other countries and parts of ours too; None when unknown."""
    code = code.strip()
    ours = official(code, scheme)
    if ours is not None:
        return TERRITORIES[ours].name
    entry = nuts().get(code.upper()) if scheme is Scheme.NUTS else None
    if entry is not None:
        return entry.name
    return countries().get(code.upper()) if scheme in {Scheme.NUTS, Scheme.ISO} else None


def _present(code: str) -> str | None:
    """Return the present code of the place an official code stands for."""
    return code if code in TERRITORIES else heir(code)


def _kolada(code: str) -> str | None:
    if not _KOLADA.match(code):
        return None
    return (code[2:] if code[2:] in TERRITORIES else None) if code.startswith("00") else _present(code)


def _written(word: str, scheme: Scheme) -> Iterable[str]:
    plain, _, county = word.partition(":")
    if word == "@nation":
        codes: tuple[str, ...] = (_NATION,)
    elif word == "@counties":
        codes = COUNTIES
    elif word == "@municipalities":
        codes = tuple(code for code, place in TERRITORIES.items() if place.kind is Kind.MUNICIPALITY)
    elif plain == "@municipalities" and county in COUNTIES:
        codes = municipalities(county)
    else:
        raise _unknown(word)
    return [_code(code, word, scheme) for code in codes]


def _code(code: str, word: str, scheme: Scheme) -> str:
    """Return a source's code for our ``code``."""
    if scheme is Scheme.OFFICIAL:
        return code
    if scheme is Scheme.KOLADA:
        return code.zfill(4) if len(code) == len(_NATION) else code
    if scheme is Scheme.ISO and code == _NATION:
        return "SE"
    if scheme is Scheme.NUTS and code in _nuts_now():
        return _nuts_now()[code]
    raise UnknownError(
        Text(f"{word} finns inte i kodlistan {scheme}.", f"{word} does not exist in the code list {scheme}."),
        meaning=Text(
            "NUTS når inte längre ned än till län, och ISO har bara länder.",
            "NUTS goes no further down than counties, and ISO has countries only.",
        ),
        remedy=Text("Skriv källans egna koder i values.", "Write the source's own codes in values."),
    )


@cache
def _nuts_now() -> dict[str, str]:
    present: Iterable[Nuts] = (entry for entry in nuts().values() if entry.last is None and entry.official)
    return {str(entry.official): entry.code for entry in present}


def _unknown(word: str) -> UnknownError:
    return UnknownError(
        Text(f"{word} är inget ord för territorier.", f"{word} is no word for territories."),
        meaning=Text("Frågan har inte ställts till källan.", "The question was not put to the source."),
        remedy=Text(
            "Skriv @nation, @counties, @municipalities eller @municipalities: följt av ett läns kod, till exempel 18.",
            "Write @nation, @counties, @municipalities or @municipalities: followed by a county's code, such as 18.",
        ),
    )
