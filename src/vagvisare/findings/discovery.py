"""A note for a page with many verdicts: how many clear trends chance would give, and how many stand in spite of it."""

from __future__ import annotations

from collections.abc import Mapping

from vagvisare.assessment.closer.discovery import Discovery
from vagvisare.assessment.definition import Indicator
from vagvisare.findings.grammar import counted
from vagvisare.terms.language import Language, Text, listing

SV, EN = Language.SV, Language.EN


def note(found: Discovery) -> Text:
    """Say in one or two sentences how the clear trends of a page stand when chance is counted with."""
    if not found.tested:
        return Text(
            "Ingen trend har tillräckligt många mätningar för att prövas.",
            "No trend has enough measurements to be tested.",
        )
    if not found.clear:
        return Text(
            "Den enda prövade trenden är inte tydlig."
            if found.tested == 1
            else f"Av {found.tested} prövade trender är ingen tydlig.",
            "The only trend tested is not clear."
            if found.tested == 1
            else f"Of {found.tested} trends tested, none is clear.",
        )
    if found.tested == 1:
        return Text("Den enda prövade trenden är tydlig.", "The only trend tested is clear.")
    return Text(_swedish(found), _english(found))


def fallen(found: Discovery, indicators: Mapping[str, Indicator]) -> Text:
    """Name the clear trends that do not stand; nothing where all do. Unknown keys are written as they are."""
    if not found.falls:
        return Text("", "")

    def names(language: Language) -> str:
        known = (indicators.get(key.indicator) for key in found.falls)
        titles = [
            key.indicator if indicator is None else indicator.title.to(language)
            for key, indicator in zip(found.falls, known, strict=True)
        ]
        return listing(titles, language)

    one = len(found.falls) == 1
    return Text(
        f"{'Den som' if one else 'De som'} inte står sig är {names(SV)}.",
        f"{'The one that does' if one else 'Those that do'} not stand {'is' if one else 'are'} {names(EN)}.",
    )


def _swedish(found: Discovery) -> str:
    clear, left, expected = found.clear, len(found.stands), round(found.by_chance)
    few = "knappt någon" if expected == 0 else f"ungefär {counted(expected, SV)}"
    plural = "tydlig" if expected < 2 else "tydliga"
    if clear == 1:
        stands = "den står sig även när vi räknar med det" if left else "den står sig inte när vi räknar med det"
    elif left == 0:
        stands = f"ingen av de {clear} står sig när vi räknar med det"
    else:
        which = f"alla {clear}" if left == clear else f"{left} av de {clear}"
        stands = f"{which} står sig även när vi räknar med det"
    return (
        f"Av {found.tested} prövade trender är {clear} {'tydlig' if clear == 1 else 'tydliga'}. Om ingenting hade "
        f"förändrats skulle {few} av de {found.tested} ändå ha sett {plural} ut av en slump; {stands}."
    )


def _english(found: Discovery) -> str:
    clear, left, expected = found.clear, len(found.stands), round(found.by_chance)
    few = "hardly any" if expected == 0 else f"about {counted(expected, EN)}"
    if clear == 1:
        stands = "it stands also when we allow for that" if left else "it does not stand when we allow for that"
    elif left == 0:
        stands = f"none of the {clear} stands when we allow for that"
    else:
        which, verb = (
            (f"all {clear}", "stand")
            if left == clear
            else (f"{left} of the {clear}", "stands" if left == 1 else "stand")
        )
        stands = f"{which} {verb} also when we allow for that"
    be = "is" if clear == 1 else "are"
    return (
        f"Of {found.tested} trends tested, {clear} {be} clear. Had nothing changed, {few} of the {found.tested} would "
        f"still have looked clear by chance; {stands}."
    )
