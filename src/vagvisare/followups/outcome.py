"""The outcome of following up: everything a publication, a table or a page is drawn from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from vagvisare.assessment.closer.discovery import Discovery
from vagvisare.assessment.closer.values import Closer
from vagvisare.assessment.definition import Event, Indicator
from vagvisare.assessment.disclosure.panel import Disclosure
from vagvisare.assessment.earlier import Earlier
from vagvisare.assessment.judgement import Judgement
from vagvisare.editions.registers import Strategy
from vagvisare.findings.finding import Finding, VintageRef
from vagvisare.followups.document import Claim, Focus, FollowUp, Statement
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period
from vagvisare.terms.series import Panel, SeriesKey


class ReplayVerdict(StrEnum):
    """How a statement stands against the figures."""

    AGREES = "stämmer"
    DEPENDS = "beror på definition, år eller fönster"
    CONTRADICTED = "motsägs"
    UNDETERMINED = "går inte att avgöra"
    NO_FIGURES = "inga siffror här"


@dataclass(frozen=True, slots=True)
class Tested:
    """One claim held against the figures: whether it holds, and the sentence that says what they show."""

    claim: Claim
    verdict: ReplayVerdict
    sentence: Text
    finding: str = ""
    """Id of the finding that says the same, where one was chosen."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A statement as of one day: verdict, one sentence that says why, the claims behind it."""

    as_of: date
    reconstructed: bool
    verdict: ReplayVerdict
    why: Text
    tested: tuple[Tested, ...]


@dataclass(frozen=True, slots=True)
class Replayed:
    """One statement of a follow-up beside what the figures say: as known the day it was made, and now."""

    statement: Statement
    focus: Focus
    then: Answer
    now: Answer


@dataclass(frozen=True, slots=True)
class PastVerdict:
    """What the trend verdict of one indicator would have been on an earlier day (territory's total)."""

    as_of: date
    judgement: Judgement | None
    reconstructed: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of one follow-up, as of one day.

    ``judgements`` holds every series judged (all territories and groups); ``findings`` those worth saying about
    ``territory`` in order of weight; ``replay`` one entry a statement of each follow-up edition; ``history`` per
    indicator what would have been said on earlier days; ``panel`` the figures as known on ``as_of``; ``earlier`` the
    verdicts of the edition before, where they were given to weigh in; ``closer`` a closer look at each total of
    ``territory``; ``discovery`` how many of its clear trends chance could have made; ``protected`` which small
    counts were hidden before anything was judged, and why; ``preliminary`` the figures that their source calls
    provisional, by the series of data sets and in their order.
    """

    strategy: Strategy
    territory: str
    indicators: Mapping[str, Indicator]
    events: tuple[Event, ...]
    follow_ups: tuple[FollowUp, ...]
    as_of: date
    panel: Panel
    judgements: Mapping[SeriesKey, Judgement]
    findings: tuple[Finding, ...]
    vintages: Mapping[str, VintageRef]
    replay: tuple[Replayed, ...] = ()
    history: Mapping[str, tuple[PastVerdict, ...]] | None = None
    earlier: Earlier | None = None
    closer: Mapping[SeriesKey, Closer] = field(default_factory=dict)
    discovery: Discovery | None = None
    protected: Disclosure = field(default_factory=Disclosure)
    preliminary: tuple[tuple[SeriesKey, Period], ...] = ()

    @property
    def reconstructed(self) -> bool:
        """Tell whether what was known is reconstructed for any data set used."""
        return any(vintage.reconstructed for vintage in self.vintages.values())
