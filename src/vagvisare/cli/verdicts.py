"""The verdicts as the terminal says them: stored in Swedish, said in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Mapping

from vagvisare.findings.labels import KEPT, MOVEMENTS, PACES, VERDICTS
from vagvisare.publications.pages.words import REPLAYS
from vagvisare.terms.language import Language, Text

_MORE = (
    Text("delad bild", "mixed picture"),
    Text("högre än riket", "higher than Sweden"),
    Text("lägre än riket", "lower than Sweden"),
    Text("högre än väntat", "higher than expected"),
    Text("lägre än väntat", "lower than expected"),
    Text("skillnaden ökar", "gap growing"),
    Text("skillnaden minskar", "gap shrinking"),
    Text("skillnaden är oförändrad", "gap unchanged"),
    Text("skillnad mellan kommunerna", "difference between municipalities"),
    Text("skillnaden går inte att avgöra", "gap cannot be determined"),
)
_ENGLISH: Mapping[str, str] = {
    **{key.value: text.en for words in (VERDICTS, MOVEMENTS, PACES, REPLAYS) for key, text in words.items()},
    **{text.sv: text.en for text in (*_MORE, *KEPT.values())},
}
_PLACE = re.compile(r"(?P<shared>delat |delad )?(?P<nth>näst |tredje )?(?P<end>lägst|högst) av (?P<of>\d+) län")
_TOWNS = re.compile(r"(?P<some>\d+) av (?P<all>\d+) kommuner")
_NTH = {None: "", "näst ": "second-", "tredje ": "third-"}
_END = {"lägst": "lowest", "högst": "highest"}


def spoken(verdict: str, language: Language) -> str:
    """Return a finding's verdict in ``language``; a word nobody has translated is returned as it is."""
    if language is Language.SV:
        return verdict
    towns = _TOWNS.fullmatch(verdict)
    if towns is not None:
        return f"{towns['some']} of {towns['all']} municipalities"
    place = _PLACE.fullmatch(verdict)
    if place is None:
        return _ENGLISH.get(verdict, verdict)
    shared = "shared " if place["shared"] else ""
    return f"{shared}{_NTH[place['nth']]}{_END[place['end']]} of {place['of']} counties"
