"""From what a source says of a table to the queries that ask it: every dimension with a role, no secret choices.

What cannot be guessed is asked for in one sentence that lists the codes. Several queries of one data set give everybody
beside the groups, where the source sums over a dimension that is left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from vagvisare.intake import guess_codes as codes
from vagvisare.intake import guess_wording as wording
from vagvisare.intake.guess_described import KOLADA, Column, Described
from vagvisare.sources.contract import Axis
from vagvisare.sources.kolada.question import GENDER, GENDERS, UNIT, YEAR
from vagvisare.sources.query import Dimension, Query, Role, Scheme, Yearly
from vagvisare.terms.language import Text
from vagvisare.terms.series import TOTAL
from vagvisare.terms.territory import COUNTIES, TERRITORIES

MOST_QUERIES = 8

_KOLADA_SEX = Axis(GENDER, "kön", (("T", "totalt"), ("K", "kvinnor"), ("M", "män")))

Choices = Mapping[str, Sequence[str]]
"""What a person has chosen: the source's codes by dimension."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The queries, and what stands on a guess in them.

    ``sex`` and ``background`` are the headline group where there is no total. ``unit`` is what the source states of
    the chosen contents. ``latest`` is the last year the source has, where it says.
    """

    queries: tuple[Query, ...]
    guesses: tuple[Text, ...] = ()
    sex: str = ""
    background: str = ""
    unit: str = ""
    latest: int | None = None


def asked(described: Described, territory: str, choices: Choices, yearly: Yearly = Yearly.NONE) -> Asked:
    """Return the queries that ask a table for the own county, its municipalities, all counties and riket.

    Args:
        described: what the source says of the table.
        territory: the place the strategy is for.
        choices: what a person has chosen, by dimension (code or name, upper or lower case).
        yearly: how months and quarters become years.

    Raises:
        UserError: when something must be chosen that cannot be guessed, or the table cannot be followed up at all.
        UnknownError: when a dimension or code was chosen that the table does not have.
    """
    if described.kind == KOLADA:
        return _of_kolada(described, territory, choices)
    return _Sorted(described, territory, _named(described, choices), yearly).asked()


def _of_kolada(described: Described, territory: str, choices: Choices) -> Asked:
    unknown = [name for name in choices if name not in {UNIT, YEAR, GENDER}]
    if unknown:
        raise wording.no_dimension(described.shape.table, unknown[0], [(UNIT, ""), (YEAR, ""), (GENDER, "")])
    county = TERRITORIES[territory].county
    own = (f"@municipalities:{county}",) if county in COUNTIES else ()
    words = {"K": ("@nation", *own), "L": ("@nation", "@counties")}
    places = choices.get(UNIT) or words.get(described.units, ("@nation", "@counties", *own))
    genders = tuple(choices.get(GENDER, GENDERS))
    strange = [each for each in genders if each not in GENDERS]
    if strange:
        raise wording.no_code(described.shape.table, _KOLADA_SEX, strange[0])
    dimensions = (
        Dimension(UNIT, Role.TERRITORY, tuple(places), scheme=Scheme.KOLADA),
        Dimension(YEAR, Role.PERIOD, tuple(choices.get(YEAR, ()))),
        Dimension(GENDER, Role.SEX, genders),
    )
    guesses = (wording.municipalities_only(),) if described.units == "K" else ()
    sex = "" if TOTAL in genders else genders[0]
    return Asked((Query(described.shape.table, dimensions),), guesses, sex)


def _named(described: Described, choices: Choices) -> dict[str, tuple[str, ...]]:
    """Return the choices by the source's own codes of dimensions, every chosen code checked."""
    found: dict[str, tuple[str, ...]] = {}
    known = [(column.code, column.axis.label) for column in described.columns]
    for name, values in choices.items():
        column = next((each for each in described.columns if name in (each.code, each.axis.label)), None)
        column = column or next(
            (
                each
                for each in described.columns
                if name.casefold() in (each.code.casefold(), each.axis.label.casefold())
            ),
            None,
        )
        if column is None:
            raise wording.no_dimension(described.shape.table, name, known)
        there = {code for code, _ in column.axis.categories}
        for value in values:
            if value not in there and not _is_expression(value):
                raise wording.no_code(described.shape.table, column.axis, value)
        found[column.code] = tuple(dict.fromkeys(values))
    return found


def _is_expression(value: str) -> bool:
    return value.startswith("@") or "(" in value or value == "*"


@dataclass(slots=True)
class _Sorted:
    """Dimensions being given their roles, one after another."""

    described: Described
    territory: str
    choices: Mapping[str, tuple[str, ...]]
    yearly: Yearly
    alternatives: list[tuple[Dimension | None, ...]] = field(default_factory=list)
    guesses: list[Text] = field(default_factory=list)
    open: list[Column] = field(default_factory=list)
    sex: str = ""
    background: str = ""
    units: list[str] = field(default_factory=list)
    latest: int | None = None

    def asked(self) -> Asked:
        """Give every dimension its role, and return the queries."""
        left = list(self.described.columns)
        for role, take in ((Role.PERIOD, self._period), (Role.TERRITORY, self._territory)):
            column = next((each for each in left if take(each)), None)
            if column is None:
                raise wording.lacks(self.described.shape.table, role)
            left.remove(column)
        for column in left:
            if not self._sex(column) and not self._contents(column):
                self._other(column)
        if self.open:
            raise wording.to_choose(self.described.shape.table, [column.axis for column in self.open])
        unit = next(iter(dict.fromkeys(self.units)), "") or self.described.shape.unit
        found = tuple(self.guesses)
        return Asked(self._queries(), found, self.sex, self.background, unit, self.latest)

    def _queries(self) -> tuple[Query, ...]:
        """Return one query for each way of combining what can be left out."""
        ways = list(product(*self.alternatives))
        if len(ways) > MOST_QUERIES:
            raise wording.too_many(self.described.shape.table)
        table = self.described.shape.table
        return tuple(Query(table, tuple(each for each in way if each), yearly=self.yearly) for way in ways)

    def _period(self, column: Column) -> bool:
        if not codes.is_time(column):
            return False
        if codes.parts_of_year(column) and self.yearly is Yearly.NONE:
            raise wording.parts_of_years(self.described.shape.table)
        self.latest = codes.last_year(column)
        self.alternatives.append((Dimension(column.code, Role.PERIOD, self.choices.get(column.code, ())),))
        return True

    def _territory(self, column: Column) -> bool:
        scheme = codes.scheme_of(column)
        if scheme is None:
            return False
        dimension, covered = codes.places(column, scheme, self.territory, self.described.kind)
        if column.code in self.choices:
            dimension = Dimension(column.code, Role.TERRITORY, self.choices[column.code], scheme=dimension.scheme)
        elif not dimension.values:
            return False
        elif self.territory not in covered:
            self.guesses.append(wording.own_place_missing(self.territory))
        self.alternatives.append((dimension,))
        return True

    def _sex(self, column: Column) -> bool:
        ours = codes.sexes(column)
        chosen = self.choices.get(column.code, tuple(ours))
        if not ours or self._has(Role.SEX) or not set(chosen) <= ours.keys():
            return False
        wanted = {code: ours[code] for code in chosen}
        dimension = Dimension(column.code, Role.SEX, tuple(wanted), tuple(wanted.values()))
        if TOTAL in wanted.values():
            self.alternatives.append((dimension,))
        elif column.code in self.choices:
            self.alternatives.append((dimension,))
            self.sex = next(iter(wanted.values()))
            self.guesses.append(wording.headline(column.axis, dimension.values[0]))
        elif column.optional:
            self.alternatives.append((None, dimension))
            self.guesses.append(wording.summed(column.axis))
        else:
            self.open.append(column)
        return True

    def _has(self, role: Role) -> bool:
        """Tell whether a dimension has a role that only one can have."""
        return any(each is not None and each.role is role for ways in self.alternatives for each in ways)

    def _contents(self, column: Column) -> bool:
        if not codes.is_contents(column) or self._has(Role.MEASURE):
            return False
        chosen = self.choices.get(column.code, ())
        categories = [each for each in column.axis.categories if not chosen or each[0] in chosen]
        ours = codes.measures(categories)
        if ours:
            self.alternatives.append((Dimension(column.code, Role.MEASURE, tuple(ours), tuple(ours.values())),))
            self.guesses.append(wording.intervals(column.axis, ours))
        elif len(categories) == 1:
            self._fixed(column, categories[0][0])
        else:
            self.open.append(column)
        value = next((code for code, name in ours.items() if name == "value"), categories[0][0] if categories else "")
        self.units += [column.units[value]] if value in column.units else []
        return True

    def _other(self, column: Column) -> None:
        chosen, labels = self.choices.get(column.code, ()), dict(column.axis.categories)
        if len(chosen) > 1:
            self._groups(column, chosen)
        elif chosen:
            self._fixed(column, chosen[0])
        elif len(labels) == 1:
            self._fixed(column, next(iter(labels)))
        elif column.optional:
            self.guesses.append(wording.summed(column.axis))
        elif whole := codes.whole(column.axis.categories):
            self._fixed(column, whole)
            self.guesses.append(wording.held_at_all(column.axis, whole))
        else:
            self.open.append(column)

    def _fixed(self, column: Column, code: str) -> None:
        if column.code.casefold() == "unit":
            self.units.append(dict(column.axis.categories).get(code, ""))
        self.alternatives.append((Dimension(column.code, Role.FIXED, (code,)),))

    def _names(self, column: Column, chosen: tuple[str, ...], everybody: str) -> tuple[str, ...]:
        """Name the groups by the source's labels; where two would be called the same, by code and dimension too."""
        labels = {code: wording.plain(label) or code for code, label in column.axis.categories}
        told = [labels[code] for code in chosen if code != everybody]
        before = {
            name
            for ways in self.alternatives
            for each in ways
            if each is not None and each.role is Role.BACKGROUND
            for name in each.ours
        }
        clear = len(set(told)) == len(told) and before.isdisjoint(told)
        return tuple(
            "" if code == everybody else labels[code] if clear else f"{column.code}: {labels[code]} ({code})"
            for code in chosen
        )

    def _groups(self, column: Column, chosen: tuple[str, ...]) -> None:
        """Split by the chosen codes; the one that stands for all, or leaving the dimension out, gives everybody."""
        everybody = codes.whole(column.axis.categories)
        names = self._names(column, chosen, everybody)
        dimension = Dimension(column.code, Role.BACKGROUND, chosen, names)
        if everybody in chosen:
            self.alternatives.append((dimension,))
        elif column.optional:
            self.alternatives.append((None, dimension))
        else:
            self.alternatives.append((dimension,))
            self.background = " / ".join(part for part in (self.background, names[0]) if part)
            self.guesses.append(wording.headline(column.axis, chosen[0]))
