"""Every word of the public pages' interface, Swedish and English side by side, complete in both.

One typed catalogue: a missing key or a missing language cannot be rendered (templates are strict) and is a test
failure. Prose longer than a paragraph stands in templates, one file a language.
"""

from __future__ import annotations

from vagvisare.assessment.judgement import GapVerdict
from vagvisare.findings.finding import FindingType
from vagvisare.followups.outcome import ReplayVerdict
from vagvisare.publications.pages.phrases import PHRASES
from vagvisare.terms.language import Language, Text

GAPS = {
    GapVerdict.WIDENING: Text("Skillnaden ökar", "The gap is widening"),
    GapVerdict.SHRINKING: Text("Skillnaden minskar", "The gap is narrowing"),
    GapVerdict.UNCHANGED: Text("Skillnaden är oförändrad", "The gap is unchanged"),
    GapVerdict.UNDETERMINED: Text(
        "Det går inte att avgöra om skillnaden ändras", "Whether the gap is changing cannot be determined"
    ),
}

REPLAYS = {
    ReplayVerdict.AGREES: Text("stämmer", "agrees"),
    ReplayVerdict.DEPENDS: Text("beror på definition, år eller fönster", "depends on definition, year or window"),
    ReplayVerdict.CONTRADICTED: Text("motsägs", "contradicted"),
    ReplayVerdict.UNDETERMINED: Text("går inte att avgöra", "cannot be determined"),
    ReplayVerdict.NO_FIGURES: Text("inga siffror här", "no figures here"),
}

TALLIES = {
    ReplayVerdict.AGREES: Text("stämmer", "agree"),
    ReplayVerdict.DEPENDS: Text("beror på definition, år eller fönster", "depend on definition, year or window"),
    ReplayVerdict.CONTRADICTED: Text("motsägs", "are contradicted"),
    ReplayVerdict.UNDETERMINED: Text("går inte att avgöra", "cannot be determined"),
    ReplayVerdict.NO_FIGURES: Text("saknar siffror här", "have no figures here"),
}
"""The same verdicts after a number of statements: ``3 stämmer``."""

TALLIES_OF_ONE = {
    ReplayVerdict.AGREES: Text("stämmer", "agrees"),
    ReplayVerdict.DEPENDS: Text("beror på definition, år eller fönster", "depends on definition, year or window"),
    ReplayVerdict.CONTRADICTED: Text("motsägs", "is contradicted"),
    ReplayVerdict.UNDETERMINED: Text("går inte att avgöra", "cannot be determined"),
    ReplayVerdict.NO_FIGURES: Text("saknar siffror här", "has no figures here"),
}
"""And after a single one: ``1 agrees``."""

REPLAY_SHAPES = {
    ReplayVerdict.AGREES: "✓",
    ReplayVerdict.DEPENDS: "◐",
    ReplayVerdict.CONTRADICTED: "✗",
    ReplayVerdict.UNDETERMINED: "◇",
    ReplayVerdict.NO_FIGURES: "–",
}

FINDING_TYPES = {
    FindingType.TREND: Text("Riktning", "Direction"),
    FindingType.PERSIST: Text("Flera år i rad", "Several years in a row"),
    FindingType.SHOCK: Text("Avvikelse vid händelse", "Departure at an event"),
    FindingType.REVERSAL: Text("Vändning", "Reversal"),
    FindingType.RANK: Text("Plats bland länen", "Place among counties"),
    FindingType.LEVEL: Text("Nivå mot riket", "Level against Sweden"),
    FindingType.PACE: Text("Takt mot mål", "Pace towards target"),
    FindingType.GAP: Text("Skillnad mellan grupper", "Gap between groups"),
    FindingType.COMPOSITE: Text("Sammanvägt för målet", "Taken together for the goal"),
}

EVIDENCE_KINDS = {
    "convention": Text("konvention", "convention"),
    "eu_policy": Text("EU-politik", "EU policy"),
    "national_strategy": Text("nationell strategi", "national strategy"),
    "bill": Text("proposition", "government bill"),
    "report": Text("rapport", "report"),
    "trend": Text("trend", "trend"),
    "event": Text("händelse", "event"),
    "action_plan": Text("handlingsplan", "action plan"),
    "programme": Text("program", "programme"),
    "agenda": Text("agenda", "agenda"),
    "policy": Text("politik", "policy"),
    "strategy": Text("strategi", "strategy"),
    "global_agenda": Text("global agenda", "global agenda"),
    "global_goals": Text("globala mål", "global goals"),
    "law": Text("lag", "act"),
}


def say(key: str, language: Language) -> str:
    """Return the wording of ``key``.

    Raises:
        KeyError: when the catalogue has no such key.
    """
    return PHRASES[key].to(language)


def catalogue(language: Language) -> dict[str, str]:
    """Return all interface strings of one language by key, as templates read them."""
    return {key: text.to(language) for key, text in PHRASES.items()}
