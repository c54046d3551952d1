"""The rule and the numbers behind a sentence about a target, by name, as the open data carries them."""

from __future__ import annotations

from vagvisare.assessment.judgement import Pace, Yearly
from vagvisare.findings.finding import Plain
from vagvisare.findings.target_words import chance_word
from vagvisare.terms.language import Language


def pace_parameters(judged: Pace) -> dict[str, Plain]:
    """Return the rule: the target as it is written, whom it is held against, and how each milestone stands."""
    target = judged.target
    found: dict[str, Plain] = {
        "target": target.kind.value,
        "target_wording": target.wording,
        "target_source": target.source,
        "target_change_or_level": target.value,
        "base_year": target.base_year,
        "target_year": target.year,
        "peers": list(target.peers),
        "beaten": list(judged.beaten),
    }
    if target.composite is not None:
        found["without"] = list(target.composite.without)
        found["weighed_by"] = target.composite.weight
        found["weighed_period"] = None if judged.weighed is None else str(judged.weighed)
    if judged.lacking:
        found["lacking"] = list(judged.lacking)
    if judged.broken:
        found["broken"] = [str(period) for period in judged.broken]
    if judged.course is not None and judged.course.window.used:
        used = judged.course.window.used
        found["compared_over"] = [str(used[0]), str(used[-1])]
    if judged.levelling_down:
        found["levelling_down"] = True
    if judged.chance is not None:
        found["chance"] = chance_word(judged.chance, Language.EN)
    if judged.milestones:
        found["milestones"] = [
            {
                "year": each.target.year,
                "value": each.target.value,
                "target_value": each.target_value,
                "verdict": each.verdict.value,
                "needed": each.needed,
                "ratio": each.ratio,
            }
            for each in judged.milestones
        ]
    return found


def pace_figures(judged: Pace) -> dict[str, Plain]:
    """Return the numbers, unrounded; those that only some kinds have are left out where they have none."""
    found: dict[str, Plain] = {
        "target_value": judged.target_value,
        "level_now": judged.level_now,
        "needed": judged.needed,
        "achieved": judged.achieved,
        "achieved_low": judged.achieved_low,
        "achieved_high": judged.achieved_high,
        "ratio": judged.ratio,
        "share_of_way": judged.share_of_way,
    }
    more: dict[str, Plain] = {
        **_yearly("linear", judged.linear),
        **_yearly("geometric", judged.geometric),
        "projected": judged.projected,
        "projected_low": judged.projected_low,
        "projected_high": judged.projected_high,
        "chance": judged.chance,
        "rank": judged.rank,
        "of": judged.of,
        "distance": judged.distance,
        "first_distance": judged.first_distance,
        "crosses": judged.crosses,
        **dict(zip(("difference", "difference_low", "difference_high"), judged.difference or (), strict=False)),
        "beside": dict(judged.beside) or None,
    }
    return found | {name: value for name, value in more.items() if value is not None}


def _yearly(name: str, yearly: Yearly | None) -> dict[str, Plain]:
    if yearly is None:
        return {}
    return {
        f"{name}_needed": yearly.needed,
        f"{name}_achieved": yearly.achieved,
        f"{name}_low": yearly.low,
        f"{name}_high": yearly.high,
    }
