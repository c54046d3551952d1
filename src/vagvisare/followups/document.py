"""What a follow-up edition says: efforts, statements, results claimed, needs for shift, insights, questions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from vagvisare.editions.document import Source
from vagvisare.findings.finding import FindingType


@dataclass(frozen=True, slots=True)
class Claim:
    """What would have to be true of the figures for (part of) a statement to hold.

    ``aspect`` says which computed answer decides: trend, run, shock, reversal, rank, level, pace, gap, last_change.
    ``expected`` is the answer the words imply: rising, falling, lowest, highest, better_than_nation,
    better_than_before, too_slow, wide. ``part`` groups claims: every part must hold; claims within a part are
    alternative official definitions of the same thing, and where they disagree the statement depends on definition.
    ``event`` names a declared event. ``group`` is "sex/background" or empty for the total; for a gap the pair, "K/|M/".
    A ``context`` claim is shown beside the others but decides nothing (adults' answers where young people are meant).
    ``note`` explains the choice.
    """

    indicator: str
    aspect: str
    expected: str
    part: str = "1"
    event: str = ""
    group: str = ""
    note: str = ""
    note_en: str = ""
    context: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of the follow-up, in the region's own words, with the claims it makes about figures.

    ``missing`` says, in Swedish and English, which figures would be needed where the folder has none (or lacks some
    part).
    """

    key: str
    text: str
    type: FindingType
    source: Source
    english: str = ""
    caveat: bool = False
    claims: tuple[Claim, ...] = ()
    missing: str = ""
    missing_en: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """Anything else a follow-up says (a result, a shift, an insight, a principle, a question), in its own words."""

    key: str
    text: str
    source: Source
    english: str = ""
    parent: str = ""
    note: str = ""
    note_en: str = ""


@dataclass(frozen=True, slots=True)
class Focus:
    """A concerted effort (kraftsamling): what was found, what was done, and its closing remark (``purpose``)."""

    key: str
    name: str
    source: Source
    english: str
    statements: tuple[Statement, ...]
    results: tuple[Said, ...]
    goals: tuple[str, ...] = ()
    purpose: Said | None = None


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One follow-up edition."""

    key: str
    title: str
    english: str
    dated: date
    body: str
    source: Source
    focuses: tuple[Focus, ...]
    shifts: tuple[Said, ...] = ()
    insights: tuple[Said, ...] = ()
    principles: tuple[Said, ...] = ()
    questions: tuple[Said, ...] = ()
