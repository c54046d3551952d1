"""Measures of nearly the same thing: side by side on an indicator's page, and said aloud where they disagree."""

from __future__ import annotations

from dataclasses import dataclass

from vagvisare.assessment.definition import Indicator
from vagvisare.assessment.judgement import Judgement, Verdict
from vagvisare.publications.pages.answers import Answer, four_answers, is_sum
from vagvisare.publications.pages.view import Mark, View
from vagvisare.terms.language import Language


@dataclass(frozen=True, slots=True)
class SiblingRow:
    """One measure beside others: its mark, its four answers, and how it differs; ``own`` is the page's own."""

    mark: Mark
    answers: tuple[Answer, ...]
    note: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class Siblings:
    """What a page says of other measures.

    ``table`` holds those with figures here, the page's own first, or nothing; ``named`` those only named, each
    with its note and whether the name is Swedish on an English page; ``conflicts`` those whose verdict on direction
    differs from the page's own.
    """

    table: tuple[SiblingRow, ...]
    named: tuple[tuple[str, str, bool], ...]
    conflicts: tuple[Mark, ...]


def siblings(view: View, indicator: Indicator) -> Siblings:
    """Gather the measures that the indicator's contract names as its siblings."""
    here, named = [], []
    for sibling in indicator.siblings:
        other = view.outcome.indicators.get(sibling.key)
        note = sibling.note.to(view.language)
        row = _row(view, other, note) if other else None
        if row:
            here.append((row, sibling.key))
        else:
            swedish = other is None and view.language is Language.EN
            named.append((other.title.to(view.language) if other else sibling.reference, note, swedish))
    own = _row(view, indicator, "", own=True)
    conflicts = tuple(row.mark for row, key in here if own and _disagree(view, indicator.key, key))
    table = (own, *(row for row, _ in here)) if own and here else ()
    return Siblings(table, tuple(named), conflicts)


def _row(view: View, indicator: Indicator, note: str, *, own: bool = False) -> SiblingRow | None:
    judgement = view.digest.judgement(indicator.key)
    if judgement is None:
        return None
    answers = tuple(four_answers(judgement, indicator, view.language))
    return SiblingRow(view.mark(indicator), answers, note, own)


def _disagree(view: View, one: str, other: str) -> bool:
    """Tell whether one measure settles a direction that the other does not share: all else is no conflict."""
    found = [view.digest.judgement(key) for key in (one, other)]
    verdicts = {judgement.trend.verdict for judgement in found if judgement is not None}
    return len(verdicts) > 1 and bool(verdicts & {Verdict.IMPROVING, Verdict.WORSENING})


def per_person(view: View, indicator: Indicator) -> tuple[Judgement, Indicator] | None:
    """Return the sibling that divides a sum by how many live there, with its judgement; None where there is none."""
    if not is_sum(indicator):
        return None
    for sibling in indicator.siblings:
        other, judgement = view.outcome.indicators.get(sibling.key), view.digest.judgement(sibling.key)
        if other is not None and judgement is not None and other.per and not is_sum(other):
            return judgement, other
    return None
