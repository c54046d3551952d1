"""What the indicators of one goal say together (COMPOSITE), split where they disagree."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from vagvisare.assessment.definition import Direction
from vagvisare.assessment.judgement import Verdict
from vagvisare.findings import english, swedish
from vagvisare.findings.case import BETTER, NEUTRAL, WORSE, Case, weighed
from vagvisare.findings.facts import tally
from vagvisare.findings.finding import Finding, FindingType, Plain
from vagvisare.terms.language import Text
from vagvisare.terms.territory import slug


def composites(cases: Iterable[Case], goals: Mapping[str, Text]) -> Iterator[Finding]:
    """Say, for each goal with at least two indicators, what they show together.

    Counted are totals with a good direction and not in current prices, each set of figures once; where one is
    another divided by the population, the undivided is the one counted.

    Args:
        cases: the judged series of one territory.
        goals: names of goals by address.
    """
    watching: dict[str, list[Case]] = defaultdict(list)
    everyone: Counter[str] = Counter()
    for case in _undivided_first(cases):
        everyone.update(case.indicator.watches)
        if case.indicator.direction is Direction.NEUTRAL or case.indicator.price_basis == "current":
            continue
        for address in case.indicator.watches:
            if case.source not in {other.source for other in watching[address]}:
                watching[address].append(case)
    for address, together in sorted(watching.items()):
        if len(together) > 1:
            yield from _composite(address, together, goals, everyone[address] - len(together))


def _composite(address: str, together: list[Case], goals: Mapping[str, Text], left_out: int) -> Iterator[Finding]:
    counts = tally((case.judgement.trend.verdict for case in together), left_out)
    if not counts.decided:
        return
    case, name = together[0], goals.get(address, Text("", ""))
    decided = {c.judgement.trend.verdict for c in together} - {Verdict.UNDETERMINED}
    verdict = decided.pop().value if len(decided) == 1 and counts.agree else "delad bild"
    sentence = Text(swedish.composite(case.topic, name.sv, counts), english.composite(case.topic, name.en, counts))
    tones = {Verdict.IMPROVING.value: BETTER, Verdict.WORSENING.value: WORSE}
    parameters: dict[str, Plain] = {
        "definition": "",
        "unit": "",
        "goal": address,
        "goal_name": name.sv,
        "titles_sv": {c.key.indicator: c.indicator.title.sv for c in together},
        "titles_en": {c.key.indicator: c.indicator.title.en for c in together},
        "verdicts": {c.key.indicator: c.judgement.trend.verdict.value for c in together},
        "other_figures": {c.vintage.dataset: c.vintage.sha256 for c in together[1:]},
    }
    figures: dict[str, Plain] = {
        "indicators": counts.total,
        "improving": counts.improving,
        "worsening": counts.worsening,
        "unchanged": counts.unchanged,
        "undetermined": counts.undetermined,
        "not_counted": counts.left_out,
    }
    part = slug(address.rpartition("/")[2])
    tone = tones.get(verdict, NEUTRAL)
    finding = case.finding(FindingType.COMPOSITE, verdict, sentence, tone, parameters, figures, (part,))
    weight = 60.0 if counts.agree else 44.0 + 8.0 * counts.decided / counts.total
    yield weighed(finding, case, weight, "composite")


def _undivided_first(cases: Iterable[Case]) -> list[Case]:
    """Return the totals, those not divided by population first, so that they are the ones counted."""
    totals = [case for case in cases if case.key.is_total]
    return sorted(totals, key=lambda case: (bool(case.indicator.per), case.key))
