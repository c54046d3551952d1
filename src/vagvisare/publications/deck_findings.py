"""Which findings the room sees, and the slide of each.

A concerted effort owns the findings about the indicators that its statements make claims about; without a follow-up,
a goal owns those about the indicators that watch it. The weightiest come first, at most four, one an indicator before
any indicator comes back. Composite findings have no picture of their own and stay on the pages; so do courses that,
though certain, amount to less than the smallest change that matters.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from vagvisare.assessment.judgement import Movement
from vagvisare.assessment.path import matters
from vagvisare.editions.citation import cite
from vagvisare.editions.document import Node
from vagvisare.findings.explain import explain
from vagvisare.findings.finding import Finding, FindingType
from vagvisare.followups.document import Focus
from vagvisare.followups.outcome import Outcome
from vagvisare.publications import deck_words as words
from vagvisare.publications.deck import FindingSlide
from vagvisare.publications.deck_pictures import DotPicture, Line, LinePicture, Picture, axis_cut, picture
from vagvisare.publications.material import Material
from vagvisare.sources.contract import Receipt
from vagvisare.terms.language import NO_BREAK_SPACE, Language, number

_COURSES = {FindingType.TREND, FindingType.PERSIST, FindingType.PACE}
MOST_FINDINGS = 4
"""Findings shown per concerted effort or goal: what a room has patience for."""


def about_effort(focus: Focus, outcome: Outcome, shown: Collection[str] = ()) -> list[Finding]:
    """Return the findings of a concerted effort, the weightiest first; ``shown`` are ids not to repeat."""
    followed = {claim.indicator for statement in focus.statements for claim in statement.claims}
    return _weightiest((f for f in outcome.findings if f.key.indicator in followed and f.id not in shown), outcome)


def by_goal(outcome: Outcome) -> list[tuple[Node | None, list[Finding]]]:
    """Return findings under the parent of the goals their indicators watch, in the edition's order.

    Findings whose indicators watch nothing in the edition come last, under None.
    """
    edition = outcome.strategy.edition
    groups: dict[str, list[Finding]] = {node.address: [] for node in edition.nodes}
    groups[""] = []
    for finding in outcome.findings:
        indicator = outcome.indicators.get(finding.key.indicator)
        watched = [address for address in (indicator.watches if indicator else ()) if address in edition.by_address]
        goal = edition.by_address[watched[0]] if watched else None
        home = goal.parent if goal and goal.parent in edition.by_address else goal.address if goal else ""
        groups[home].append(finding)
    found = [(edition.by_address.get(address), _weightiest(group, outcome)) for address, group in groups.items()]
    return [(node, chosen) for node, chosen in found if chosen]


def finding_slide(finding: Finding, material: Material, eyebrow: str, language: Language) -> FindingSlide | None:
    """Return the slide of one finding; None when there is nothing to draw."""
    outcome = material.outcome
    drawn = picture(finding, outcome, language)
    if drawn is None:
        return None
    indicator = outcome.indicators[finding.key.indicator]
    sentence = finding.sentence.to(language)
    return FindingSlide(
        eyebrow=eyebrow,
        title=sentence,
        subtitle=_subtitle(indicator.title.to(language), drawn, language),
        picture=drawn,
        alt=f"{sentence} {_extremes(drawn, language)}",
        source=_source(finding, material, language),
        notes=_notes(finding, outcome, language),
        dataset=indicator.dataset,
    )


def _weightiest(findings: Iterable[Finding], outcome: Outcome) -> list[Finding]:
    fit = (f for f in findings if f.type is not FindingType.COMPOSITE and not _too_small(f, outcome))
    ranked = sorted(fit, key=lambda f: (-f.weight, f.id))
    seen: set[str] = set()
    first: list[Finding] = []
    again: list[Finding] = []
    for finding in ranked:
        (again if finding.key.indicator in seen else first).append(finding)
        seen.add(finding.key.indicator)
    chosen = [*first, *again][:MOST_FINDINGS]
    return sorted(chosen, key=lambda f: (-f.weight, f.id))


def _too_small(finding: Finding, outcome: Outcome) -> bool:
    """Tell whether a finding is about a decided course that is smaller than anybody needs to be told in a room."""
    indicator = outcome.indicators.get(finding.key.indicator)
    judgement = outcome.judgements.get(finding.key)
    if finding.type not in _COURSES or indicator is None or judgement is None:
        return False
    trend = judgement.trend
    decided = trend.movement in {Movement.RISING, Movement.FALLING}
    return decided and not matters(trend.change, trend.level_start, indicator)


def _subtitle(title: str, drawn: Picture, language: Language) -> str:
    parts = [title, "" if title.endswith(drawn.unit) else drawn.unit]
    if isinstance(drawn, DotPicture):
        parts.append(f"{drawn.field}, {drawn.period.label}")
    if axis_cut(drawn):
        parts.append(words.AXIS_CUT.to(language))
    return f"{NO_BREAK_SPACE}· ".join(part for part in parts if part)


def _source(finding: Finding, material: Material, language: Language) -> str:
    indicator = material.outcome.indicators[finding.key.indicator]
    receipts = [material.receipts[n] for n in (indicator.dataset, indicator.per) if n in material.receipts]
    named = "; ".join(dict.fromkeys(f"{receipt.producer}, {cited(receipt)}" for receipt in receipts))
    vintage = finding.vintage
    told = words.FIGURE_SOURCE.to(language).format(
        source=named or vintage.dataset, recorded=words.day(vintage.recorded, language)
    )
    if vintage.as_of == vintage.recorded and not vintage.reconstructed:
        return told
    mark = f", {words.RECONSTRUCTED.to(language)}" if vintage.reconstructed else ""
    return f"{told} {words.FIGURE_KNOWN.to(language).format(known=words.day(vintage.as_of, language) + mark)}"


def cited(receipt: Receipt) -> str:
    """Return the table or KPI as it is cited beside its producer, without repeating the producer's own name."""
    head, bracket, inner = receipt.source_id.partition(" (")
    return inner.removesuffix(")") if bracket and head in receipt.producer else receipt.source_id


def _notes(finding: Finding, outcome: Outcome, language: Language) -> str:
    key = finding.key
    explanation = explain(finding, outcome.judgements[key], outcome.indicators[key.indicator], outcome.panel[key])
    documents = outcome.strategy.documents
    steps = [
        cite(f"{step.title.to(language)}: {step.text.to(language)}", documents, language) for step in explanation.steps
    ]
    command = f"vagvisare explain {finding.id}"
    return "\n".join([finding.sentence.to(language), "", *steps, "", words.RECOMPUTE.to(language), command])


def _extremes(drawn: Picture, language: Language) -> str:
    if isinstance(drawn, DotPicture):
        (first, high, _), (last, low, _) = drawn.rows[0], drawn.rows[-1]
        return words.ALT_DOTS.to(language).format(
            count=len(drawn.rows),
            first=f"{first} {number(high, language, drawn.decimals)}",
            last=f"{last} {number(low, language, drawn.decimals)}",
        )
    return words.ALT_LINES.to(language) + " " + " ".join(_told(line, drawn, language) for line in drawn.lines)


def _told(line: Line, drawn: LinePicture, language: Language) -> str:
    def figure(index: int) -> str:
        period, value = line.points[index]
        return f"{number(value, language, drawn.decimals)} ({period.label})"

    order = sorted(range(len(line.points)), key=lambda index: line.points[index][1])
    return words.ALT_LINE.to(language).format(
        label=line.label, first=figure(0), last=figure(-1), low=figure(order[0]), high=figure(order[-1])
    )
