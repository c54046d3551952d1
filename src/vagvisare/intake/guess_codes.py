"""What codes and labels of a source seem to mean: places, times, sexes, totals, measures.

Labels are read only here, when a definition is proposed to a person. What is then fetched is matched by code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from vagvisare.intake.guess_described import PXWEB1, Column
from vagvisare.sources import time_codes
from vagvisare.sources.query import Dimension, Role, Scheme
from vagvisare.sources.territories import expand, official
from vagvisare.terms.errors import UnknownError
from vagvisare.terms.territory import COUNTIES, TERRITORIES, municipalities

_PLACE = re.compile(r"region|län|kommun|\bgeo\b|ref_area|territor|område", re.IGNORECASE)
_TIME = frozenset({"tid", "år", "year", "time", "time_period", "period", "månad", "kvartal"})
_CONTENTS = re.compile(r"contentscode|tabellinnehåll|konfidensintervall|andel och", re.IGNORECASE)
_WOMEN = frozenset({"kvinnor", "kvinna", "flickor", "flicka", "females", "female", "women"})
_MEN = frozenset({"män", "man", "pojkar", "pojke", "males", "male", "men"})
_SDMX = {"F": "K", "M": "M", "T": "T", "_T": "T"}
"""SDMX's code list CL_SEX."""
_WHOLE = re.compile(r"(total|samtliga|alla\b|båda|hela |all\b|both)", re.IGNORECASE)
_LOWER, _UPPER = re.compile(r"nedre|undre|lower", re.IGNORECASE), re.compile(r"övre|upper", re.IGNORECASE)
_INTERVAL = re.compile(r"konfidens|confidence", re.IGNORECASE)
_MARGIN = re.compile(r"felmarginal|margin of error", re.IGNORECASE)
_ASKED = re.compile(r"antal svar|number of (?:respondents|answers)", re.IGNORECASE)


def is_time(column: Column) -> bool:
    """Tell whether a dimension seems to be time."""
    codes = [code for code, _ in column.axis.categories]
    readable = bool(codes) and all(time_codes.parse(code) for code in codes)
    named = column.role == "time" or bool({column.code.lower(), column.axis.label.lower()} & _TIME)
    return readable and named


def parts_of_year(column: Column) -> bool:
    """Tell whether any period is only a part of a year."""
    spans = (time_codes.parse(code) for code, _ in column.axis.categories)
    return any(span is not None and span.parts > 1 for span in spans)


def last_year(column: Column) -> int | None:
    """Return the last year of the latest period."""
    spans = (time_codes.parse(code) for code, _ in column.axis.categories)
    return max((span.end for span in spans if span is not None), default=None)


def scheme_of(column: Column) -> Scheme | None:
    """Return whose codes of places a dimension seems to have; None when it is not about places.

    Many ages look like codes of counties: either the source says that it is geography, its name does, or each label
    names the very place of its code.
    """
    pairs = column.axis.categories
    named = column.role == "geo" or bool(_PLACE.search(f"{column.code} {column.axis.label}"))
    best: tuple[int, Scheme | None] = (0, None)
    for scheme in (Scheme.OFFICIAL, Scheme.NUTS, Scheme.ISO):
        hits = sum(1 for code, label in pairs if _is_place(code, label, scheme, trusted=named))
        best = max(best, (hits, scheme), key=lambda each: each[0])
    return best[1]


def _is_place(code: str, label: str, scheme: Scheme, *, trusted: bool) -> bool:
    ours = official(code, scheme)
    if ours is None:
        return False
    name = TERRITORIES[ours].name
    return trusted or name.sv.casefold() in label.casefold() or name.en.casefold() in label.casefold()


def places(column: Column, scheme: Scheme, territory: str, kind: str) -> tuple[Dimension, frozenset[str]]:
    """Return a dimension that asks for riket, the counties and the own county's municipalities, and what it covers.

    Words stand for codes where the table has every one of them; otherwise the codes it has are written out.
    """
    there = {official(code, scheme): code for code, _ in column.axis.categories}
    codes = frozenset(code for code, _ in column.axis.categories)
    values: list[str] = []
    covered: set[str] = set()
    for word, wanted in _words(territory):
        present = [code for code in wanted if code in there]
        if not present:
            continue
        covered.update(present)
        whole = len(present) == len(wanted) and _fits(word, scheme, codes, kind)
        values += [word] if whole else [there[code] for code in present]
    told = scheme if scheme is not Scheme.OFFICIAL else None
    return Dimension(column.code, Role.TERRITORY, tuple(values), scheme=told), frozenset(covered)


def _words(territory: str) -> list[tuple[str, Sequence[str]]]:
    own = TERRITORIES[territory].county
    told: list[tuple[str, Sequence[str]]] = [("@nation", ("00",)), ("@counties", COUNTIES)]
    return [*told, (f"@municipalities:{own}", municipalities(own))] if own in COUNTIES else told


def _fits(word: str, scheme: Scheme, codes: frozenset[str], kind: str) -> bool:
    """Tell whether the client will find the places of a word among the table's codes."""
    try:
        written = expand((word,), scheme)
    except UnknownError:
        return False
    # PxWeb 1 tables write the name after the code, and their client finds it all the same.
    return codes.issuperset(written) or (kind == PXWEB1 and scheme is Scheme.OFFICIAL)


def sexes(column: Column) -> dict[str, str]:
    """Return T, K and M by the source's code; nothing when the dimension is not about sex."""
    found: dict[str, str] = {}
    codes = {code for code, _ in column.axis.categories}
    if column.code.lower() == "sex" and {"F", "M"} <= codes <= _SDMX.keys():
        return {code: _SDMX[code] for code, _ in column.axis.categories}
    for code, label in column.axis.categories:
        plain = label.strip().casefold()
        if plain in _WOMEN:
            found[code] = "K"
        elif plain in _MEN:
            found[code] = "M"
        elif _WHOLE.match(plain) or plain in {"kvinnor och män", "män och kvinnor"}:
            found[code] = "T"
    ours = list(found.values())
    return found if {"K", "M"} <= set(ours) and len(ours) == len(set(ours)) else {}


def whole(categories: Iterable[tuple[str, str]]) -> str:
    """Return the one code whose label says that it stands for all; "" where there is none, or several."""
    found = [code for code, label in categories if _WHOLE.match(label.strip())]
    return found[0] if len(found) == 1 else ""


def is_contents(column: Column) -> bool:
    """Tell whether a dimension says what the numbers are."""
    return column.role == "metric" or bool(_CONTENTS.search(f"{column.code} {column.axis.label}"))


def measures(categories: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return what each code measures (``value``, ``low``, ``high``, ``margin``, ``n``), where labels tell it apart.

    Nothing where there is not exactly one figure with its uncertainty.
    """
    found = {code: _measure(label) for code, label in categories}
    told = list(found.values())
    clear = told.count("value") == 1 and len(told) == len(set(told)) and len(told) > 1
    return found if clear else {}


def _measure(label: str) -> str:
    if _INTERVAL.search(label) and _LOWER.search(label):
        return "low"
    if _INTERVAL.search(label) and _UPPER.search(label):
        return "high"
    if _MARGIN.search(label):
        return "margin"
    return "n" if _ASKED.search(label) else "value"
