"""Judging any table of series, without a strategy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from vagvisare.assessment.cases import METHOD, Case, CaseJudgement, judge_cases, translate_cases
from vagvisare.assessment.translations import METHODS, Answer
from vagvisare.sources.spreadsheet import CaseRow, read_cases
from vagvisare.terms.errors import UnknownError
from vagvisare.terms.language import Text


def judge_table(path: Path, method: str = METHOD) -> list[CaseJudgement] | list[Answer]:
    """Judge every series of a CSV or XLSX table of cases: by our own method, or by a published one named."""
    return judge_rows(read_cases(path), method)


def judge_rows(rows: Iterable[CaseRow], method: str = METHOD) -> list[CaseJudgement] | list[Answer]:
    """Judge rows of cases: by our own method, or by a published one named.

    Raises:
        UnknownError: when nobody here knows the method.
    """
    if method not in (METHOD, *METHODS):
        known = ", ".join((METHOD, *METHODS))
        raise UnknownError(
            Text(f"Metoden ”{method}” finns inte.", f"There is no method called “{method}”."),
            remedy=Text(f"Välj bland: {known}.", f"Choose among: {known}."),
        )
    cases = cases_of(rows)
    return judge_cases(cases) if method == METHOD else translate_cases(cases, method)


def cases_of(rows: Iterable[CaseRow]) -> list[Case]:
    """Gather rows into series, in the order they first appear; what one row leaves out another may say."""
    gathered: dict[str, list[CaseRow]] = {}
    for row in rows:
        gathered.setdefault(row.series, []).append(row)
    return [_case_of(name, own) for name, own in gathered.items()]


def _case_of(name: str, own: Sequence[CaseRow]) -> Case:
    """Return one series: each fact from the first row that states it; other targets are kept as further ones."""
    target = next((row.target for row in own if row.target is not None), None)
    target_year = next((row.target_year for row in own if row.target_year is not None), None)
    stated = dict.fromkeys((row.target, row.target_year or target_year) for row in own if row.target is not None)
    return Case(
        name=name,
        points=tuple((row.period, row.value) for row in own),
        direction=next((row.direction for row in own if row.direction), ""),
        unit=next((row.unit for row in own if row.unit), ""),
        target=target,
        target_year=target_year,
        base_year=next((row.base_year for row in own if row.base_year is not None), None),
        limit=next((row.limit for row in own if row.limit is not None), None),
        further=tuple(each for each in stated if each != (target, target_year)),
    )
