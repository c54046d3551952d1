"""Short words for pages, tables and slides: verdicts, movements, places in the ranking, rates, reasons.

Sentences stand in ``swedish`` and ``english``; here are the words that stand alone beside a number or a shape.
"""

from __future__ import annotations

from vagvisare.assessment.definition import Direction, Indicator, TargetKind
from vagvisare.assessment.judgement import (
    Comparison,
    GapVerdict,
    Movement,
    Pace,
    PaceVerdict,
    Reason,
    Trend,
    Verdict,
)
from vagvisare.findings import english, swedish
from vagvisare.findings.facts import Extreme, extreme
from vagvisare.findings.finding import FindingType
from vagvisare.findings.grammar import Topic, capital, since
from vagvisare.findings.rates import yearly
from vagvisare.findings.target_words import keeps
from vagvisare.terms.language import Language, Text

VERDICTS = {
    Verdict.IMPROVING: Text("förbättras", "improving"),
    Verdict.WORSENING: Text("försämras", "worsening"),
    Verdict.UNCHANGED: Text("oförändrat", "unchanged"),
    Verdict.UNDETERMINED: Text("går inte att avgöra", "cannot be determined"),
}
PACES = {
    PaceVerdict.REACHED: Text("målet är nått", "target reached"),
    PaceVerdict.ON_PACE: Text("i takt", "on pace"),
    PaceVerdict.TOO_SLOW: Text("för långsamt", "too slow"),
    PaceVerdict.WRONG_WAY: Text("fel riktning", "wrong way"),
    PaceVerdict.RIGHT_WAY: Text("rätt riktning", "right way"),
    PaceVerdict.NOT_REACHED: Text("målet är inte nått", "target not reached"),
    PaceVerdict.UNDETERMINED: Text("går inte att avgöra", "cannot be determined"),
}
KEPT = {
    PaceVerdict.REACHED: Text("målet hålls", "target kept"),
    PaceVerdict.NOT_REACHED: Text("målet hålls inte", "target not kept"),
    PaceVerdict.WRONG_WAY: Text("målet är hotat", "target at risk"),
}
"""Of a floor or a ceiling: it is kept rather than reached, and at risk when the trend carries the figure over it."""

_AIMS = {
    TargetKind.ABOVE_NATION: Text("bättre än riket", "better than Sweden as a whole"),
    TargetKind.CONVERGES: Text("närmare riket", "nearer to Sweden as a whole"),
    TargetKind.AS_FAST: Text("minst lika snabbt som riket", "at least as fast as Sweden as a whole"),
    TargetKind.FLOOR: Text("minst", "at least"),
    TargetKind.CEILING: Text("högst", "at most"),
}
_GAPS = {
    GapVerdict.WIDENING: Text("skillnaden ökar", "gap growing"),
    GapVerdict.SHRINKING: Text("skillnaden minskar", "gap shrinking"),
    GapVerdict.UNCHANGED: Text("skillnaden är oförändrad", "gap unchanged"),
    GapVerdict.UNDETERMINED: Text("går inte att avgöra", "cannot be determined"),
}
MOVEMENTS = {
    Movement.RISING: Text("ökar", "rising"),
    Movement.FALLING: Text("minskar", "falling"),
    Movement.STILL: Text("oförändrat", "unchanged"),
    Movement.UNKNOWN: Text("går inte att avgöra", "cannot be determined"),
}
_WHY = {
    "target": Text("Varje mål som går att belägga följs upp", "Every verified target is followed up"),
    "run": Text("Minst tre förändringar i rad följer trenden", "At least three changes in a row follow the trend"),
    "decided": Text("Riktningen går att avgöra", "The direction can be determined"),
    "small": Text(
        "Riktningen går att avgöra, men förändringen är mindre än den minsta som har betydelse",
        "The direction can be determined, but the change is smaller than the smallest that matters",
    ),
    "watched": Text(
        "Indikatorn följer ett mål, och då förtigs inget svar", "The indicator watches a goal, so no answer is left out"
    ),
    "group": Text("Gruppen utvecklas annorlunda än helheten", "The group develops differently from everybody"),
    "event": Text("Avvikelsen är minst två gånger bruset", "The deviation is at least twice the noise"),
    "reversal": Text("Senaste förändringen går emot trenden", "The latest change goes against the trend"),
    "extreme": Text("Platsen är en av de tre yttersta", "The place is among the outermost three"),
    "level": Text("Skillnaden mot riket har betydelse", "The difference to Sweden as a whole matters"),
    "contrast": Text("Grupperna är utpekade för jämförelse", "The groups are declared for comparison"),
    "municipalities": Text("Kommunerna går att jämföra", "The municipalities can be compared"),
    "composite": Text("Målet följs av flera indikatorer", "The goal is watched by several indicators"),
}
TYPES = {
    FindingType.TREND: Text("Riktning", "Direction"),
    FindingType.PERSIST: Text("Fortsatt riktning", "Continued direction"),
    FindingType.SHOCK: Text("Avvikelse vid en händelse", "Deviation during an event"),
    FindingType.REVERSAL: Text("Vändning", "Reversal"),
    FindingType.RANK: Text("Plats bland länen", "Place among the counties"),
    FindingType.LEVEL: Text("Nivå jämfört med riket", "Level compared with Sweden"),
    FindingType.PACE: Text("Takt mot mål", "Pace towards target"),
    FindingType.GAP: Text("Skillnad mellan grupper", "Gap between groups"),
    FindingType.COMPOSITE: Text("Samlad bild av ett mål", "A goal's indicators together"),
}
"""The nine statement types as headings."""


_DOWN = Text("rätt riktning, men genom försämring", "right way, but by getting worse")
"""A distance that shrinks only because those ahead get worse."""


def verdict_word(verdict: Verdict | PaceVerdict | GapVerdict | Movement, language: Language) -> str:
    """Return the verdict in one or a few words."""
    if isinstance(verdict, PaceVerdict):
        return PACES[verdict].to(language)
    if isinstance(verdict, GapVerdict):
        return _GAPS[verdict].to(language)
    if isinstance(verdict, Movement):
        return MOVEMENTS[verdict].to(language)
    return VERDICTS[verdict].to(language)


def pace_word(judged: Pace, language: Language) -> str:
    """Return the verdict on one target in a few words; a floor or a ceiling is kept, not reached."""
    if judged.levelling_down:
        return _DOWN.to(language)
    kept = KEPT.get(judged.verdict) if keeps(judged.target.kind) else None
    return (kept or PACES[judged.verdict]).to(language)


def aim_label(judged: Pace, language: Language) -> str:
    """Return in a few words what a target without a fixed level aims at: "bättre än riket"; "" for other kinds."""
    if judged.target.kind is TargetKind.RANK and judged.target.value is not None:
        wanted = int(judged.target.value)
        place = Text(f"plats {wanted} eller bättre", f"place {wanted} or better").to(language)
        now = Text("nu plats", "now place").to(language)
        return place if judged.rank is None else f"{place} ({now} {judged.rank})"
    words = _AIMS.get(judged.target.kind)
    if judged.target.kind is TargetKind.AS_FAST and judged.target.peers:
        words = Text("minst lika snabbt som jämförelselänen", "at least as fast as the comparison counties")
    if judged.target.composite is not None:
        name = judged.target.composite.name
        words = Text(f"minst som {name.sv}", f"at least as good as {name.en}")
    return "" if words is None else words.to(language)


def words_of(verdict: str, language: Language) -> str:
    """Return one of the four verdicts' words, as stored in a finding, in ``language``."""
    return VERDICTS[Verdict(verdict)].to(language)


def why_words(why: str, language: Language) -> str:
    """Return in one sentence the rule of choice that let a finding through; unknown names are returned as they are."""
    found = _WHY.get(why)
    return why if found is None else found.to(language)


def movement_word(movement: Movement, language: Language) -> str:
    """Return which way the figure itself moves: "ökar", "falling"."""
    return MOVEMENTS[movement].to(language)


def type_word(kind: FindingType, language: Language) -> str:
    """Return a statement type as a heading."""
    return TYPES[kind].to(language)


def reason_sentence(trend: Trend, language: Language) -> str:
    """Say in one sentence why the trend verdict is what it is."""
    swedish_first = language is Language.SV
    n, first = trend.window.n, since(trend.window.used[0], language) if trend.window.used else ""
    if trend.reason is Reason.SIGNIFICANT:
        sv = f"Förändringen {first} är större än vad slumpen brukar ge ({n} mätningar)."
        en = f"The change {first} is larger than chance usually gives ({n} measurements)."
        return sv if swedish_first else en
    if trend.reason is Reason.HELD:
        sv = f"Förändringen {first} är inte längre lika tydlig, men den förra uppföljningens bedömning står kvar."
        en = f"The change {first} is no longer as clear, but the verdict of the previous follow-up stands."
        return sv if swedish_first else en
    if trend.reason is Reason.INSIDE_SMALLEST_CHANGE:
        sv = f"Förändringen {first} är med stor säkerhet mindre än vad som har betydelse ({n} mätningar)."
        en = f"The change {first} is almost certainly smaller than what matters ({n} measurements)."
        return sv if swedish_first else en
    if trend.reason is Reason.NO_VARIATION:
        return f"Alla mätningar {first} visar samma nivå." if swedish_first else f"Every figure {first} is the same."
    return capital(swedish.why_not(trend) if swedish_first else english.why_not(trend)) + "."


def rank_label(comparison: Comparison, direction: Direction, language: Language) -> str:
    """Return the place among the counties: "lägst av 21 län", "plats 7 av 21 län från bäst"; "" without a rank."""
    if comparison.rank is None:
        return ""
    place = extreme(comparison)
    if place is not None:
        return place_label(place, comparison.of, language)
    shared = comparison.tied > 1
    if language is Language.SV:
        start = "räknat från högst" if direction is Direction.NEUTRAL else "räknat från bäst"
        return f"{'delad ' if shared else ''}plats {comparison.rank} av {comparison.of} län, {start}"
    start = "counted from the highest" if direction is Direction.NEUTRAL else "counted from the best"
    return f"{'shared ' if shared else ''}place {comparison.rank} of {comparison.of} counties, {start}"


def place_label(place: Extreme, of: int, language: Language) -> str:
    """Return "lägst av 21 län" / "lowest of 21 counties"."""
    if language is Language.SV:
        return f"{swedish.superlative(place)} av {of} län"
    return f"{english.superlative(place)} of {of} counties"


def rate_label(indicator: Indicator, trend: Trend, language: Language) -> str:
    """Return the trend's pace with its sign: "+0,4 procentenheter om året"; "" where there is no slope."""
    if trend.reason is Reason.TOO_FEW:
        return ""
    rate = yearly(Topic(indicator, ""), trend)
    if rate.vanishes:
        return "ingen mätbar förändring" if language is Language.SV else "no measurable change"
    return rate.signed(language)
