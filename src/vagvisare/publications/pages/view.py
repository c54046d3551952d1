"""What every page can ask for: the outcome, the language, links, and small readings of the strategy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from vagvisare.assessment.definition import Indicator
from vagvisare.assessment.judgement import Judgement
from vagvisare.editions.citation import cite, day, lines_words
from vagvisare.editions.document import Edition, Node, Source
from vagvisare.findings.finding import Finding, FindingType
from vagvisare.followups.document import Said
from vagvisare.followups.outcome import Outcome, ReplayVerdict
from vagvisare.publications import layout
from vagvisare.publications.layout import Links
from vagvisare.publications.material import Material
from vagvisare.publications.pages.answers import SHAPES, Status, trend_status, trend_word
from vagvisare.publications.pages.words import REPLAY_SHAPES, REPLAYS, TALLIES, TALLIES_OF_ONE, say
from vagvisare.terms.language import Language, number
from vagvisare.terms.period import Period
from vagvisare.terms.series import NATION, TOTAL, Series, SeriesKey
from vagvisare.terms.territory import TERRITORIES


@dataclass(frozen=True, slots=True)
class Mark:
    """An indicator's shape in a list: where it leads, its name, its verdict in words."""

    place: str
    title: str
    word: str
    status: Status

    @property
    def shape(self) -> str:
        """The character that carries the status."""
        return SHAPES[self.status]


@dataclass(frozen=True, slots=True)
class ReplayShown:
    """A verdict of the replay as shown: shape, words, and the name of its style."""

    shape: str
    word: str
    style: str


class Digest:
    """Lookups over one material that every page shares, built once for a site."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self.outcome: Outcome = material.outcome
        self.edition: Edition = material.outcome.strategy.edition

    @cached_property
    def watched(self) -> dict[str, list[Indicator]]:
        """Indicators by the address of the node they watch, in the folder's order."""
        found: dict[str, list[Indicator]] = {}
        for indicator in self.outcome.indicators.values():
            for address in indicator.watches:
                found.setdefault(address, []).append(indicator)
        return found

    @cached_property
    def findings_of(self) -> dict[str, list[Finding]]:
        """Findings by indicator, best first."""
        found: dict[str, list[Finding]] = {}
        for finding in sorted(self.outcome.findings, key=lambda item: -item.weight):
            found.setdefault(finding.key.indicator, []).append(finding)
        return found

    @cached_property
    def series_of(self) -> dict[str, list[Series]]:
        """All series by indicator, in order of their keys."""
        found: dict[str, list[Series]] = {}
        for key in sorted(self.outcome.panel):
            found.setdefault(key.indicator, []).append(self.outcome.panel[key])
        return found

    @cached_property
    def children(self) -> dict[str, list[Node]]:
        """Nodes by their parent's address, in the edition's order."""
        found: dict[str, list[Node]] = {}
        for node in self.edition.nodes:
            found.setdefault(node.parent, []).append(node)
        return found

    @cached_property
    def goal_level(self) -> str:
        """The level that indicators watch most: the strategy's effect goals, whatever it calls them."""
        watched = [self.edition.by_address[a].level for a in self.watched if a in self.edition.by_address]
        if not watched:
            return "effect_goal"
        return max(sorted(set(watched)), key=watched.count)

    @cached_property
    def goal_columns(self) -> list[tuple[Node | None, list[Node]]]:
        """Overarching goals with their goals, in the edition's order; goals without a parent come last."""
        columns: dict[str, list[Node]] = {}
        for node in self.edition.at(self.goal_level):
            columns.setdefault(node.parent, []).append(node)
        return [(self.edition.by_address.get(parent), goals) for parent, goals in columns.items()]

    @cached_property
    def preliminary(self) -> dict[SeriesKey, frozenset[Period]]:
        """The periods of each indicator's series whose figures their source calls provisional."""
        loose: dict[SeriesKey, set[Period]] = {}
        for key, period in self.outcome.preliminary:
            loose.setdefault(key, set()).add(period)
        return {
            series.key: frozenset(own)
            for indicator in (self.outcome.indicators.values() if loose else ())
            for series in self.series_of.get(indicator.key, ())
            if (own := _behind(series.key, indicator, loose))
        }

    def key_of(self, indicator: str) -> SeriesKey:
        """Return the key of the territory's own total."""
        return SeriesKey(indicator, self.outcome.territory)

    def judgement(self, indicator: str) -> Judgement | None:
        """Return the judgement of the territory's own total, if there are figures."""
        return self.outcome.judgements.get(self.key_of(indicator))

    def own(self, indicator: str) -> Series | None:
        """Return the territory's own total series, if there is one."""
        return self.outcome.panel.get(self.key_of(indicator))

    def nation(self, indicator: str) -> Series | None:
        """Return riket's total series, if there is one."""
        return self.outcome.panel.get(self.key_of(indicator).at(NATION))


def _behind(key: SeriesKey, indicator: Indicator, loose: Mapping[SeriesKey, set[Period]]) -> set[Period]:
    """Return the periods of which a figure behind an indicator's series is provisional.

    A total may be the headline group's figures, and a quotient is as provisional as what it is divided by.
    """
    group = (indicator.sex or TOTAL, indicator.background) if key.is_total else (key.sex, key.background)
    behind = [SeriesKey(indicator.dataset, key.territory, *group)]
    if indicator.per:
        behind.append(SeriesKey(indicator.per, key.territory))
    return set().union(*(loose.get(each, ()) for each in behind))


@dataclass(frozen=True, slots=True)
class View:
    """One page being written: the digest, the language and the links as seen from the page."""

    digest: Digest
    language: Language
    links: Links

    @property
    def outcome(self) -> Outcome:
        """The outcome behind the page."""
        return self.digest.outcome

    def say(self, key: str) -> str:
        """Return an interface wording."""
        return say(key, self.language)

    def day(self, when: date | str) -> str:
        """Write a date in words."""
        return day(when, self.language)

    def number(self, value: float, decimals: int = 0) -> str:
        """Write a number as people read it."""
        return number(value, self.language, decimals)

    def place_name(self, code: str) -> str:
        """Return a territory's name; codes nobody has heard of are shown as they are."""
        found = TERRITORIES.get(code)
        return found.name_in(self.language) if found else code

    def short_name(self, code: str) -> str:
        """Return the name that stands at the end of a line: the county's name without the word for county."""
        found = TERRITORIES.get(code)
        return found.name.en.removesuffix(" County") if found and code != NATION else self.place_name(code)

    @property
    def territory(self) -> str:
        """The name of the territory the outcome is about."""
        return self.place_name(self.outcome.territory)

    def wording(self, node: Node) -> str:
        """Return a node's words with its line breaks: the source's own, or in English our translation of them."""
        return node.english if self.language is Language.EN and node.english else node.text

    def title_of(self, node: Node) -> str:
        """Return how a node is named in lists: its words on one line."""
        return ". ".join(line.strip() for line in self.wording(node).splitlines())

    def foreign(self, item: Node | Said | None) -> bool:
        """Tell whether an English page must show Swedish words for lack of a translation."""
        return self.language is Language.EN and item is not None and not item.english

    def level_name(self, node: Node, *, plural: bool = False) -> str:
        """Return what the strategy calls the node's level."""
        for level in self.outcome.strategy.levels:
            if level.key == node.level:
                return (level.plural if plural else level.name).to(self.language)
        return node.level

    def fetched(self, indicator: Indicator) -> bool:
        """Tell whether there are any figures at all behind an indicator, of any place and any day."""
        wanted = (name for name in (indicator.dataset, indicator.per) if name)
        return all(name in self.digest.material.receipts for name in wanted)

    def figure(self, series: Series, period: Period, value: float, indicator: Indicator) -> str:
        """Write a figure as a table shows it, with the word beside it where its source calls it provisional."""
        written = indicator.unit_words.figure(value, self.language)
        loose = period in self.digest.preliminary.get(series.key, ())
        return f"{written}\u00a0{self.say('preliminary')}" if loose else written

    def mark(self, indicator: Indicator) -> Mark:
        """Return the indicator's shape for lists."""
        title, judgement = indicator.title.to(self.language), self.digest.judgement(indicator.key)
        place = layout.indicator_place(indicator.key)
        if judgement is None:
            missing = "no_figures" if self.fetched(indicator) else "not_fetched_short"
            return Mark(place, title, self.say(missing), Status.NONE)
        return Mark(place, title, trend_word(judgement.trend, self.language), trend_status(judgement.trend))

    def marks(self, node: Node) -> list[Mark]:
        """Return the shapes of every indicator that watches the node and has figures here."""
        watched = self.digest.watched.get(node.address, [])
        return [self.mark(each) for each in watched if self.digest.judgement(each.key) is not None]

    def headline(self, indicator: Indicator) -> Finding | None:
        """Return the finding that opens the indicator's page: the weightiest about everybody."""
        findings = self.digest.findings_of.get(indicator.key, [])
        own = [f for f in findings if f.type is not FindingType.COMPOSITE]
        totals = [f for f in own if f.key.is_total]
        return next(iter([*totals, *own]), None)

    def sentence(self, finding: Finding) -> str:
        """Return the finding's sentence."""
        return finding.sentence.to(self.language)

    def place_of_finding(self, finding: Finding) -> tuple[str, str]:
        """Return the page and the anchor where the finding's computation stands."""
        return layout.indicator_place(finding.key.indicator), f"fynd-{finding.check}"

    def source(self, source: Source, home: str = "") -> str:
        """Write where a wording stands; only the lines where the page has said that all is from ``home``."""
        if source.document == home and source.first is not None:
            return lines_words(source, self.language)
        return cite(source, self.outcome.strategy.documents, self.language)

    def document(self, key: str) -> Source:
        """Return a source that is a whole document."""
        return Source(key)

    def cited(self, text: str) -> str:
        """Write out the references to documents in running text (a target's source, a step of a computation)."""
        return cite(text, self.outcome.strategy.documents, self.language)

    def swedish_source(self, source: Source) -> bool:
        """Tell whether an English page must name a source in Swedish: it has no title of ours."""
        known = {document.key for document in self.outcome.strategy.documents if document.english}
        return self.language is Language.EN and source.document not in known

    def body(self, name: str) -> str:
        """Return the English name of a body that the register of actors knows; empty where it does not."""
        return next((a.english for a in self.outcome.strategy.register.actors if a.name == name), "")

    def replay_verdict(self, verdict: ReplayVerdict) -> ReplayShown:
        """Return how a verdict of the replay is shown."""
        style = verdict.name.lower().replace("_", "-")
        return ReplayShown(REPLAY_SHAPES[verdict], REPLAYS[verdict].to(self.language), style)

    def counted(self, verdict: ReplayVerdict, number: int) -> str:
        """Write how many statements got a verdict: ``3 stämmer``, ``1 is contradicted``."""
        words = TALLIES_OF_ONE if number == 1 else TALLIES
        return f"{number} {words[verdict].to(self.language)}"

    def home(self, sources: Iterable[Source]) -> str:
        """Return the document that every one of ``sources`` points into; empty where there is no one such."""
        named = {source.document for source in sources}
        return named.pop() if len(named) == 1 else ""
