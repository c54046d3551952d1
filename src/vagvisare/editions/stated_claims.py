"""What can be checked in a stated change: claims read out of a Swedish sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from vagvisare.editions.alignment import is_word, tokens
from vagvisare.editions.comparison import Fate, Holds
from vagvisare.editions.document import LevelName
from vagvisare.editions.wording import is_small
from vagvisare.terms.language import Text

LONGEST = 1000
"""Letters of a statement that are read."""
_COUNTS = {
    word: count
    for count, words in enumerate(
        ("en ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"), start=1
    )
    for word in words.split()
}
_COUNT = rf"(?:\b(?P<count>{'|'.join(_COUNTS)}|\d{{1,3}})\s+)?"
_QUOTED = r"[\"”“»«]\s*(?P<{}>[^\"”“»«]{{3,400}})[\"”“»«]"
_FROM_TO = re.compile(rf"\bfrån\s*{_QUOTED.format('was')}\s*till\s*{_QUOTED.format('now')}", re.IGNORECASE)
_HEADING = re.compile(r"\bi\s+(?:områdets\s+)?rubrik(?:en)?\b", re.IGNORECASE)
_TOWARDS = re.compile(r"\bstyr(?:\s+nu)?\s+mot\s+(?P<rest>[^.,;]+)", re.IGNORECASE)
_MORE_OF = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:ökat|större|starkare|tydligare|framtida)\s+fokus\s+på\s+(?P<what>.+)",
        r"\b(?:ökad|större|starkare|tydligare)\s+(?:betoning\s+på|koppling\s+till|tydlighet\s+kring|vikt\s+vid)\s+(?P<what>.+)",
        r"\bförtydligande\s+av\s+(?P<what>.+)",
        r"\bgenom\s+att\s+uttrycka\s+(?P<what>\S+)\s+som\s+en\b",
        r"\bintegrerat\s+(?P<what>\S+)\s+tydligare\b",
        r"^(?P<what>[^,.:;]{3,60}?)\s+kommer\s+in\s+på\s+(?P<many>flera\s+)?",
        r"^(?P<what>[^,.:;]{3,60}),[^.]{0,200}\bstärkt\b",
    )
)
_STOP = re.compile(
    r"\s(?:som|vad|genom|för|istället|i\s+stället|med|bland|generellt|men|där|att|inom|under|än|bl\.a\.|t\.ex\.)(?:\s|$)"
    r"|[.;:–(]|\s-\s"
)
_GENERAL = frozenset("arbete arbeten frågor frågorna insatser området perspektiven åtgärder".split())  # noqa: SIM905  (a list of words)


@dataclass(frozen=True, slots=True)
class Parts:
    """That parts of a level are new, removed or reworded: ``count`` of them, or (None) at least one."""

    fate: Fate
    level: str
    count: int | None


@dataclass(frozen=True, slots=True)
class FromTo:
    """That one wording became another."""

    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Bears:
    """That something is contributed to: ``more`` of a level than before, what ``rest`` names, ``every`` of a level."""

    more: str
    rest: str
    every: str


@dataclass(frozen=True, slots=True)
class InHeading:
    """That what the statement is about now stands in the heading."""


@dataclass(frozen=True, slots=True)
class MoreOf:
    """That more is said of a subject: the words of it that must stand together, and in how many places at least."""

    said: str
    stems: tuple[str, ...]
    places: int


class Verdict(NamedTuple):
    """What became of one claim: the sentences of what is known, and the nodes they rest on."""

    holds: Holds
    why: tuple[Text, ...]
    nodes: tuple[str, ...] = ()


Claim = Parts | FromTo | Bears | InHeading | MoreOf


def claims(text: str, levels: Sequence[LevelName]) -> tuple[Claim, ...]:
    """Read every claim that a comparison can settle; ``levels`` give the words the strategy uses for its parts."""
    said = " ".join(text[:LONGEST].split())
    found: list[Claim] = [*_parts(said, levels), *_from_to(said), *_bears(said, levels), *_more_of(said)]
    if _HEADING.search(said):
        found.append(InHeading())
    return tuple(found)


def levels_named(text: str, levels: Sequence[LevelName]) -> frozenset[str]:
    """Return the levels that a statement names in full ("i de strategiska inriktningarna")."""
    folded = text.casefold()
    return frozenset(
        level.key
        for level in levels
        if any(len(name.split()) > 1 and name.casefold() in folded for name in (level.name.sv, level.plural.sv))
    )


def is_called_by_name(name: str, text: str) -> bool:
    """Tell whether a text says the whole of a name, word for word; a very short one says nothing."""
    called, said = (" ".join(token.casefold() for token in tokens(each) if is_word(token)) for each in (name, text))
    return len(called) > 3 and f" {called} " in f" {said} "


def stem(word: str) -> str:
    """Return the beginning of a word that its other forms and its compounds share; a short word whole."""
    return word[:7] if len(word) > 7 else word


def _forms(levels: Sequence[LevelName]) -> dict[str, str]:
    """Map the words for a part to its level: the whole name and its last word, longest first."""
    forms: dict[str, str] = {}
    for level in levels:
        for name in (level.name.sv, level.plural.sv):
            forms.setdefault(name.casefold(), level.key)
    for level in levels:
        for name in (level.name.sv, level.plural.sv):
            forms.setdefault(name.casefold().rsplit(" ", 1)[-1], level.key)
    return dict(sorted(forms.items(), key=lambda form: -len(form[0])))


def _any(forms: dict[str, str]) -> str:
    return "|".join(re.escape(form) for form in forms if form) or r"(?!)"


def _parts(text: str, levels: Sequence[LevelName]) -> Iterator[Parts]:
    forms = _forms(levels)
    level = rf"(?P<level>{_any(forms)})\w*"
    told = (
        (Fate.NEW, rf"{_COUNT}\b(?:helt\s+)?ny(?:a|tt)?\s+{level}"),
        (Fate.REMOVED, rf"{_COUNT}\b{level}\s+(?:har\s+)?(?:tagits\s+bort|utgått|utgår|strukits|stryks)\b"),
        (Fate.REWORDED, rf"{_COUNT}\b(?:reviderade?|omformulera(?:de|d|t))\s+(?:och\s+nya\s+)?{level}"),
        (Fate.REWORDED, rf"{_COUNT}\b{level}\s+(?:som\s+)?har\s+(?:formulerats\s+om|omformulerats)\b"),
    )
    for fate, pattern in told:
        for found in re.finditer(pattern, text, re.IGNORECASE):
            counted = (found["count"] or "").casefold()
            count = _COUNTS.get(counted) or (int(counted) if counted else None)
            yield Parts(fate, forms[found["level"].casefold()], count)


def _from_to(text: str) -> Iterator[FromTo]:
    for found in _FROM_TO.finditer(text):
        yield FromTo(found["was"].strip(), found["now"].strip())


def _bears(text: str, levels: Sequence[LevelName]) -> Iterator[Bears]:
    forms = _forms(levels)
    more = re.compile(rf"\bfler\s+(?P<level>{_any(forms)})\w*\s+än\s+tidigare(?P<rest>[^.]*)", re.IGNORECASE)
    every = re.compile(rf"\balla\s+(?:\w+\s+)?(?P<level>{_any(forms)})\b", re.IGNORECASE)
    for found in more.finditer(text):
        yield Bears(forms[found["level"].casefold()], found["rest"], "")
    for found in _TOWARDS.finditer(text):
        all_of = every.search(found["rest"])
        yield Bears("", found["rest"], forms[all_of["level"].casefold()] if all_of else "")


def _more_of(text: str) -> Iterator[MoreOf]:
    for pattern in _MORE_OF:
        if found := pattern.search(text):
            places = 2 if found.groupdict().get("many") else 1
            subjects = [_subject(part) for part in _listed(found["what"])]
            # A subject of many words is a thought, not a term to look for: then people must read.
            if None not in subjects:
                yield from (MoreOf(*subject, places) for subject in subjects if subject and subject[1])


def _listed(what: str) -> list[str]:
    cut = _STOP.search(f"{what} ")
    phrase = what[: cut.start()] if cut else what
    return [part.strip() for part in re.split(r",|\soch\s|\ssamt\s", phrase) if part.strip()]


def _subject(phrase: str) -> tuple[str, tuple[str, ...]] | None:
    """Return a phrase with the beginnings of its telling words, or None where it is too long to look for."""
    words = [token for token in tokens(phrase) if is_word(token)]
    if not words or len(words) > 3:
        return None
    telling = [word for word in words if not is_small(word) and word.casefold() not in _GENERAL]
    return phrase, tuple(stem(word) for word in telling)
