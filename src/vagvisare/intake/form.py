"""Are the rows what figures look like: every key readable, every place and group known, each figure once?"""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vagvisare.intake.case import Case, asked_territories, expected_territories
from vagvisare.intake.objection import Gravity, Kind, Objection
from vagvisare.intake.pairing import KEYS, number_of
from vagvisare.intake.words import counted, figure, figures, listed, periods, place, quoted, who
from vagvisare.sources.contract import FIGURES
from vagvisare.sources.query import Dataset, Role
from vagvisare.terms.language import Text
from vagvisare.terms.territory import TERRITORIES

SEXES = frozenset("TKM")
_ROWS = Text("rad", "row"), Text("rader", "rows")
_LOOK = Text(
    "Jämför frågan i indicators.toml med källans egen tabell.",
    "Compare the query in indicators.toml with the source's own table.",
)

LONGEST = 200
"""Characters of a group's name."""
_OBEYED = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters, and those that turn a line around."""


def missing_columns(delivered: pa.Table) -> Objection | None:
    """Return the objection that the delivery has not the columns of figures; nothing can then be looked at."""
    kinds = {field.name: _kind(field.type) for field in delivered.schema}
    wrong = [field.name for field in FIGURES if kinds.get(field.name) != _kind(field.type)]
    if not wrong:
        return None
    names = listed([quoted(name) for name in wrong])
    what = Text(
        f"Leveransen har inte den form som siffror ska ha: {names.sv} saknas eller har fel slag av innehåll.",
        f"The delivery has not the form that figures must have: {names.en} is missing or of the wrong kind.",
    )
    to_do = Text(
        "Felet ligger i programmet som läste källan, inte i siffrorna: rapportera det.",
        "The fault lies in the program that read the source, not in the figures: report it.",
    )
    return Objection.of(Kind.FORM, Gravity.HOLD, what, to_do)


def _kind(of: pa.DataType) -> str:
    plain = of.value_type if pa.types.is_dictionary(of) else of
    if pa.types.is_string(plain) or pa.types.is_large_string(plain):
        return "text"
    if pa.types.is_integer(plain):
        return "whole"
    return "number" if pa.types.is_floating(plain) else str(plain)


def readable(delivered: pa.Table) -> tuple[pa.Table, tuple[Objection, ...]]:
    """Return the rows whose keys can be read, and the objection to those whose cannot."""
    good = pa.scalar(value=True)
    for name in KEYS:
        good = pc.and_(good, pc.is_valid(delivered.column(name)))
    start, end = delivered.column("start"), delivered.column("end")
    in_time = pc.and_(pc.greater_equal(start, 1700), pc.and_(pc.less_equal(start, end), pc.less_equal(end, 2200)))
    good = pc.fill_null(pc.and_(good, in_time), fill_value=False)
    bad = delivered.num_rows - (pc.sum(good).as_py() or 0)
    if not bad:
        return delivered, ()
    rows = counted(bad, *_ROWS)
    what = Text(
        f"{rows.sv} går inte att läsa: plats, period eller grupp saknas, eller så är perioden omöjlig.",
        f"{rows.en} cannot be read: place, period or group is missing, or the period is impossible.",
    )
    return delivered.filter(good), (Objection.of(Kind.FORM, Gravity.HOLD, what, _LOOK),)


def empty(case: Case) -> Iterator[Objection]:
    """Object to an answer without a single figure."""
    if bool(case.paired.has.any()):
        return
    rows = counted(case.rows.num_rows, *_ROWS)
    what = Text(
        f"Källan svarade, men utan en enda siffra ({rows.sv}).",
        f"The source answered, but without a single figure ({rows.en}).",
    )
    yield Objection.of(Kind.EMPTY, Gravity.HOLD, what, _LOOK)


def strange_places(case: Case) -> Iterator[Objection]:
    """Object to codes of territories that nobody knows."""
    strange = [quoted(code) for code in _delivered(case, "territories") if code not in TERRITORIES]
    if not strange:
        return
    codes = counted(len(strange), Text("kod", "code"), Text("koder", "codes"))
    what = Text(
        f"{codes.sv} är varken riket, ett län eller en kommun.",
        f"{codes.en} {'is' if len(strange) == 1 else 'are'} neither Sweden, a county nor a municipality.",
    )
    to_do = Text(
        "Säg vilka koder som ska hämtas och vad de heter hos oss (values och ours).",
        "Say which codes to fetch and what they are called here (values and ours).",
    )
    yield Objection.of(Kind.PLACE, Gravity.HOLD, what, to_do, strange)


def _delivered(case: Case, what: str) -> list[str]:
    codes: tuple[str, ...] = getattr(case.paired, what)
    return [codes[place] for place in np.flatnonzero(case.paired.among(what, case.paired.there))]


def strange_groups(case: Case) -> Iterator[Objection]:
    """Object to codes of sex other than T, K and M."""
    strange = [quoted(code) for code in _delivered(case, "sexes") if code not in SEXES]
    if not strange:
        return
    what = Text(
        "Könet anges med andra koder än T (båda), K (kvinnor) och M (män).",
        "Sex is given by other codes than T (both), K (women) and M (men).",
    )
    to_do = Text("Säg vad källans koder betyder (ours).", "Say what the source's codes mean (ours).")
    yield Objection.of(Kind.GROUP, Gravity.HOLD, what, to_do, strange)


def unfit_groups(case: Case) -> Iterator[Objection]:
    """Object to names of groups that nobody could read: with signs that a screen obeys, or endless."""
    unfit = [code for code in _delivered(case, "backgrounds") if len(code) > LONGEST or _OBEYED.search(code)]
    if not unfit:
        return
    what = Text(
        "Källan ger grupper koder som inte går att läsa: för långa, eller med styrtecken.",
        "The source gives groups codes that cannot be read: too long, or with control characters.",
    )
    to_do = Text("Ge varje grupp ett eget namn (ours).", "Give each group a name of your own (ours).")
    yield Objection.of(Kind.GROUP, Gravity.HOLD, what, to_do, [quoted(code) for code in unfit])


def duplicates(case: Case) -> Iterator[Objection]:
    """Note figures that came twice and are equal; object to those that came twice and differ."""
    if not case.paired.repeated:
        return
    grouped = case.rows.group_by(list(KEYS)).aggregate([("value", "min"), ("value", "max"), ([], "count_all")])
    twice = grouped.filter(pc.greater(grouped.column("count_all"), 1)).sort_by([(name, "ascending") for name in KEYS])
    differ = pc.fill_null(pc.not_equal(twice.column("value_min"), twice.column("value_max")), fill_value=False)
    apart, alike = twice.filter(differ), twice.filter(pc.invert(differ))
    if apart.num_rows:
        what = Text(
            f"{figures(apart.num_rows).sv} finns flera gånger, med olika innehåll.",
            f"{figures(apart.num_rows).en} came more than once, and differ.",
        )
        cases = [_twice(case, row) for row in apart.slice(0, 3).to_pylist()]
        yield Objection.of(Kind.DUPLICATE, Gravity.HOLD, what, _PICK, cases, apart.num_rows)
    if alike.num_rows:
        what = Text(
            f"{figures(alike.num_rows).sv} finns flera gånger med samma innehåll och räknas en gång.",
            f"{figures(alike.num_rows).en} came more than once, all the same, and count once.",
        )
        cases = [_twice(case, row) for row in alike.slice(0, 3).to_pylist()]
        yield Objection.of(Kind.DUPLICATE, Gravity.NOTE, what, _PICK, cases, alike.num_rows)


_PICK = Text(
    "Se efter om två frågor hämtar samma sak, eller om en dimension borde hållas fast.",
    "See whether two queries fetch the same thing, or a dimension ought to be held fixed.",
)


def _twice(case: Case, row: dict[str, object]) -> Text:
    name = who(str(row["territory"]), str(row["sex"]), str(row["background"]))
    label = f"{row['start']}" if row["start"] == row["end"] else f"{row['start']}–{row['end']}"
    least, most = row["value_min"], row["value_max"]
    if not isinstance(least, float) or not isinstance(most, float):
        return Text(f"{name.sv} {label}", f"{name.en} {label}")
    told = [figure(case.unit, value) for value in dict.fromkeys((least, most))]
    sv, en = " och ".join(text.sv for text in told), " and ".join(text.en for text in told)
    return Text(f"{name.sv} {label}: {sv}", f"{name.en} {label}: {en}")


def without_repeats(delivered: pa.Table) -> pa.Table:
    """Return the figures with rows that say the same thing twice left out; order is kept, differing rows all stay.

    For use after ``check``, which has noted the equal ones and held the differing ones.
    """
    if delivered.group_by(list(KEYS)).aggregate([]).num_rows == delivered.num_rows:
        return delivered
    numbered = delivered.append_column("row", pa.array(np.arange(delivered.num_rows)))
    first = numbered.group_by([*KEYS, "value"]).aggregate([("row", "min")]).column("row_min")
    return delivered.take(pc.take(first, pc.sort_indices(first)))


def future(case: Case) -> Iterator[Objection]:
    """Object to figures for years that have not begun."""
    late = (
        case.paired.has
        & np.array([period.end > case.today.year for period in case.paired.periods], dtype=bool)[case.paired.period]
    )
    late &= case.paired.fresh
    if not bool(late.any()):
        return
    label = periods(case.paired.periods[place] for place in case.paired.during(late))
    what = Text(
        f"Siffror för år som inte har börjat: {label.sv}.", f"Figures for years that have not begun: {label.en}."
    )
    to_do = Text(
        "Se efter om tidsdimensionen läses rätt, eller om tabellen är en prognos.",
        "See whether the time dimension is read correctly, or whether the table is a forecast.",
    )
    yield Objection.of(Kind.FUTURE, Gravity.HOLD, what, to_do)


def silent_codes(case: Case) -> Iterator[Objection]:
    """Note codes that were asked for one by one and gave no figure at all, where no stronger objection tells it."""
    paired = case.paired
    had, has = (
        {paired.territories[place] for place in np.flatnonzero(paired.among("territories", where))}
        for where in (paired.had, paired.has)
    )
    told = had | set(expected_territories(case.dataset))
    silent = [place(code) for code in asked_territories(case.dataset) if code not in has | told]
    silent += [quoted(name) for name in _silent_groups(case)]
    if silent and has and (case.first or bool(paired.fresh.any())):
        what = Text(
            f"Av det som efterfrågades gav {listed(silent).sv} inga siffror.",
            f"Of what was asked for {listed(silent).en} gave no figures.",
        )
        to_do = Text(
            "Ta bort koderna ur frågan om källan inte har dem.",
            "Take the codes out of the query if the source lacks them.",
        )
        yield Objection.of(Kind.SILENT_CODE, Gravity.NOTE, what, to_do, silent)


def _silent_groups(case: Case) -> Iterator[str]:
    has = {case.paired.sexes[place] for place in np.flatnonzero(case.paired.among("sexes", case.paired.has))}
    for code in _asked(case.dataset, Role.SEX):
        if code not in has and code not in case.dataset.expects.sexes:
            yield code


def _asked(dataset: Dataset, role: Role) -> tuple[str, ...]:
    """Return our codes asked for in a role, where the definition says what they are called here."""
    found = (code for query in dataset.queries for dimension in query.by_role(role) for code in dimension.ours)
    return tuple(dict.fromkeys(found))


def not_numbers(case: Case) -> Iterator[Objection]:
    """Object to values that are no numbers at all: infinite, or not a number without being absent."""
    value = number_of(case.rows, "value")
    absent = case.rows.column("value").is_null().to_numpy()
    bad = ~np.isfinite(value) & ~absent
    if bool(bad.any()):
        count = int(bad.sum())
        what = Text(
            f"{figures(count).sv} är inga tal.", f"{figures(count).en} {'is' if count == 1 else 'are'} no number."
        )
        yield Objection.of(Kind.FORM, Gravity.HOLD, what, _LOOK)
