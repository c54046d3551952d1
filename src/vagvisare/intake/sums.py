"""Do parts make their whole, where the source promises that they do? Sums are compared, never corrected."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from vagvisare.intake.case import Case
from vagvisare.intake.limits import resolution
from vagvisare.intake.objection import EXAMPLES, Gravity, Kind, Objection
from vagvisare.intake.pairing import NOISE, Array
from vagvisare.intake.words import counted, figure
from vagvisare.terms.language import Text
from vagvisare.terms.series import NATION
from vagvisare.terms.territory import COUNTIES, TERRITORIES, municipalities
from vagvisare.terms.territory import Kind as Level
from vagvisare.terms.unit import UnitClass

_SEXES_ADD = Text("Kvinnor och män tillsammans gör inte båda könen", "Women and men do not add up to both sexes")
_MUNICIPALITIES_ADD = Text("Kommunerna tillsammans gör inte länet", "The municipalities do not add up to the county")
_COUNTIES_ADD = Text("Länen tillsammans gör inte riket", "The counties do not add up to Sweden")

_TO_DO = Text(
    "Se efter om källan har en post utanför delarna (okänt län) eller lägger brus på antalen; ta då bort additive.",
    "See whether the source has an item outside the parts (unknown county) or adds noise; then remove additive.",
)


def sums(case: Case) -> Iterator[Objection]:
    """Object to parts that do not make their whole, for periods with anything new, where the data set promises it.

    Compared are women and men with both sexes, a county's municipalities with the county, and the counties with riket,
    each only where every part has a figure. Each figure may be rounded: the sum may differ from its whole by half a
    step of rounding for every part and for the whole. Shares never add up, whatever is promised.
    """
    adds = case.unit_class in (UnitClass.COUNT, UnitClass.MONEY, UnitClass.SIGNED)
    if not case.dataset.expects.additive or not adds or not bool(case.paired.fresh.any()):
        return
    yield from _objections(case, *_by_sex(case), _SEXES_ADD)
    yield from _objections(case, *_by_place(case, _county_of_municipality, _full_counties), _MUNICIPALITIES_ADD)
    yield from _objections(case, *_by_place(case, _nation_of_county, _full_nation), _COUNTIES_ADD)


def _county_of_municipality(code: str) -> str:
    known = TERRITORIES.get(code)
    return known.county if known is not None and known.kind is Level.MUNICIPALITY else ""


def _nation_of_county(code: str) -> str:
    return NATION if code in COUNTIES else ""


def _full_counties(code: str) -> int:
    return len(municipalities(code)) if code in COUNTIES else 0


def _full_nation(code: str) -> int:
    return len(COUNTIES) if code == NATION else 0


def _by_sex(case: Case) -> tuple[Array, Array, Array]:
    """Return the cells of both sexes whose two parts are known, what the parts make, and how many parts there are."""
    paired = case.paired
    role = {"K": 1, "M": 1, "T": 0}
    part = np.array([role.get(code, -1) for code in paired.sexes])[paired.column("sexes")]
    group = _group(case, paired.column("territories"))
    return _compare(case, group, part, np.where(part == 0, 2, 0))


def _by_place(case: Case, whole_of: Callable[[str], str], parts_of: Callable[[str], int]) -> tuple[Array, Array, Array]:
    paired = case.paired
    places = {code: place for place, code in enumerate(paired.territories)}
    above = [whole_of(code) for code in paired.territories]
    wanted = np.array([parts_of(code) for code in paired.territories])
    # A part stands under its whole; a whole under itself; the rest under nothing.
    under = np.array([places.get(a, -1) if a else (n if wanted[n] else -1) for n, a in enumerate(above)])
    part = np.array([1 if a and a in places else (0 if wanted[n] else -1) for n, a in enumerate(above)])
    at = paired.column("territories")
    group = _group(case, under[at], paired.column("sexes"))
    return _compare(case, group, part[at], np.where(part[at] == 0, wanted[at], 0))


def _group(case: Case, *codes: Array) -> Array:
    """Return one number for each combination of codes, background and period."""
    paired = case.paired
    joint = paired.column("backgrounds").astype(np.int64)
    for column in (*codes, paired.period):
        joint = joint * (int(column.max(initial=0)) + 2) + column + 1
        joint = np.unique(joint, return_inverse=True)[1]
    return joint


def _compare(case: Case, group: Array, part: Array, wanted: Array) -> tuple[Array, Array, Array]:
    paired = case.paired
    size = int(group.max(initial=-1)) + 1
    parts = paired.has & (part == 1)
    made = np.bincount(group[parts], weights=paired.new[parts], minlength=size)
    count = np.bincount(group[parts], minlength=size)
    touched = np.bincount(group[paired.fresh & (part >= 0)], minlength=size) > 0
    wholes = np.flatnonzero(paired.has & (part == 0) & touched[group] & (count[group] == wanted))
    return wholes, made[group[wholes]], count[group[wholes]]


def _objections(case: Case, wholes: Array, made: Array, parts: Array, why: Text) -> Iterator[Objection]:
    value = case.paired.new[wholes]
    coarse = resolution(case.paired.new[case.paired.has])
    slack = coarse * (parts + 1) / 2 + NOISE * np.abs(value) + 1e-9
    wrong = np.flatnonzero(np.abs(made - value) > slack)
    if not len(wrong):
        return
    order = wrong[np.argsort(-np.abs(made - value)[wrong], kind="stable")]
    cases = []
    for which in order[:EXAMPLES]:
        name = case.paired.at(int(wholes[which]))
        whole, sum_ = figure(case.unit, float(value[which])), figure(case.unit, float(made[which]))
        cases.append(
            Text(
                f"{name.sv}: delarna gör {sum_.sv}, källan anger {whole.sv}",
                f"{name.en}: the parts make {sum_.en}, the source gives {whole.en}",
            )
        )
    many = counted(len(wrong), Text("fall", "case"), Text("fall", "cases"))
    what = Text(f"{why.sv} i {many.sv}.", f"{why.en} in {many.en}.")
    yield Objection.of(Kind.SUMS, Gravity.HOLD, what, _TO_DO, cases, len(wrong))
