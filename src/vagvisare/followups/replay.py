"""The replay: each statement of a follow-up beside what the figures say, as known the day it was made, and now.

How claims add up to a statement's verdict (fairness first):

* Claims of one *part* are fair readings of the same words: two official definitions, or against last year and against
  riket. If one agrees and another does not, the part *depends* on which is meant. Where none agrees, one that is
  contradicted outweighs one that cannot be determined.
* Every part of a statement must hold. One part contradicted contradicts the whole; a part that depends, or cannot
  be determined, carries over; a part without figures keeps the whole from agreeing.
* Claims marked as context are shown and decide nothing. No deciding claims: there are no figures here.
"""

from __future__ import annotations

from vagvisare.followups.claims import View, hold
from vagvisare.followups.document import FollowUp, Statement
from vagvisare.followups.outcome import Answer, Replayed, ReplayVerdict, Tested
from vagvisare.followups.wording import both
from vagvisare.terms.language import Text

__all__ = ["View", "replay"]

_AGREES, _DEPENDS = ReplayVerdict.AGREES, ReplayVerdict.DEPENDS
_CONTRADICTED, _UNDETERMINED = ReplayVerdict.CONTRADICTED, ReplayVerdict.UNDETERMINED


def replay(said: FollowUp, territory: str, then: View, now: View) -> tuple[Replayed, ...]:
    """Hold every statement of ``said`` against what was known then and what is known now."""
    return tuple(
        Replayed(statement, focus, answer(statement, territory, then), answer(statement, territory, now))
        for focus in said.focuses
        for statement in focus.statements
    )


def answer(statement: Statement, territory: str, view: View) -> Answer:
    """Return the verdict on one statement as of one day, with the sentences behind it."""
    tested = tuple(hold(claim, territory, view) for claim in statement.claims)
    deciding = [each for each in tested if not each.claim.context]
    parts = [_part(own) for own in _by_part(deciding)]
    verdict = _whole(parts, missing=bool(statement.missing))
    return Answer(view.as_of, _reconstructed(tested, view), verdict, _why(statement, parts, deciding), tested)


def _by_part(tested: list[Tested]) -> list[list[Tested]]:
    """Gather the claims of each part, however they are mixed, in the order the parts first appear."""
    parts: dict[str, list[Tested]] = {}
    for each in tested:
        parts.setdefault(each.claim.part, []).append(each)
    return list(parts.values())


def _part(tested: list[Tested]) -> ReplayVerdict:
    verdicts = {each.verdict for each in tested}
    if _DEPENDS in verdicts or (_AGREES in verdicts and len(verdicts) > 1):
        return _DEPENDS
    return next((v for v in (_AGREES, _CONTRADICTED) if v in verdicts), _UNDETERMINED)


def _whole(parts: list[ReplayVerdict], *, missing: bool) -> ReplayVerdict:
    if not parts:
        return ReplayVerdict.NO_FIGURES
    for verdict in (_CONTRADICTED, _DEPENDS, _UNDETERMINED):
        if verdict in parts:
            return verdict
    return _UNDETERMINED if missing else _AGREES


def _reconstructed(tested: tuple[Tested, ...], view: View) -> bool:
    """Tell whether what was known is inferred for any data set asked; with no figures asked, for the day as such."""
    datasets = {view.indicators[each.claim.indicator].dataset for each in tested}
    asked = [view.vintages[name] for name in datasets if name in view.vintages] or list(view.vintages.values())
    return any(vintage.reconstructed for vintage in asked)


def _why(statement: Statement, parts: list[ReplayVerdict], deciding: list[Tested]) -> Text:
    missing = Text(statement.missing, statement.missing_en)
    if not parts:
        return missing
    sentences = dict.fromkeys(each.sentence for each in deciding)
    return both(_lead(parts, deciding), *sentences, missing)


def _lead(parts: list[ReplayVerdict], deciding: list[Tested]) -> Text:
    """Return the opening that says why readings or parts differ, where they do and their sentences do not say it."""
    for readings in _by_part(deciding):
        verdicts = {each.verdict for each in readings}
        if len(verdicts) == 1 or _DEPENDS in verdicts:
            continue
        return _OPENINGS[_part(readings), _by_measure(readings)]
    if len(set(parts)) > 1:
        return Text("Påståendets led får olika svar.", "The parts of the statement get different answers.")
    return Text("", "")


def _by_measure(readings: list[Tested]) -> bool:
    """Tell whether it is the measures that differ, and not only what one and the same measure is compared with."""
    answers: dict[str, set[ReplayVerdict]] = {}
    for each in readings:
        answers.setdefault(each.claim.indicator, set()).add(each.verdict)
    return len({frozenset(verdicts) for verdicts in answers.values()}) > 1


_OPENINGS = {
    (_DEPENDS, True): Text("Två officiella mått ger olika svar.", "Two official measures give different answers."),
    (_DEPENDS, False): Text("Svaret beror på vad man jämför med.", "The answer depends on what one compares with."),
    (_CONTRADICTED, True): Text(
        "Ett officiellt mått motsäger påståendet, och ett annat ger inget säkert svar.",
        "One official measure contradicts the statement, and another gives no sure answer.",
    ),
    (_CONTRADICTED, False): Text(
        "En jämförelse motsäger påståendet, och en annan ger inget säkert svar.",
        "One comparison contradicts the statement, and another gives no sure answer.",
    ),
}
"""How the readings of one part can differ: by its verdict, and by whether the measures differ or the comparisons."""
