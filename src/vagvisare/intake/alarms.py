"""Has the source changed how it describes what we fetch? Each alarm becomes an open question about the data set.

Most changes are for a person to judge at leisure: a new label, a reworded definition. Two change what the figures mean,
and hold the delivery: another unit, and a code we ask for that is gone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from vagvisare.intake.case import is_expression, scheme_of
from vagvisare.intake.objection import Gravity, Kind, Objection
from vagvisare.intake.rewording import rewording
from vagvisare.intake.words import listed, quoted
from vagvisare.sources.contract import Axis, Found, Shape
from vagvisare.sources.query import Dataset, Dimension, Role
from vagvisare.sources.territories import expand
from vagvisare.terms.language import Text


class Change(StrEnum):
    """What an alarm is about."""

    RETIRED = "retired"
    GONE = "gone"
    MOVED = "moved"
    TITLE = "title"
    LABEL = "label"
    CODE_GONE = "code_gone"
    CODE_NEW = "code_new"
    DIMENSION = "dimension"
    DEFINITION = "definition"
    UNIT = "unit"
    STAMP = "stamp"
    OVERDUE = "overdue"
    BROKEN = "broken"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Alarm:
    """One change at the source. ``id`` is the same for the same change, whenever it is noticed."""

    id: str
    change: Change
    gravity: Gravity
    dataset: str
    table: str
    what: Text
    to_do: Text

    @classmethod
    def of(
        cls,
        change: Change,
        dataset: str,
        table: str,
        what: Text,
        to_do: Text,
        *,
        gravity: Gravity = Gravity.NOTE,
        mark: str = "",
    ) -> Alarm:
        """Build an alarm; ``mark`` tells it from others of its kind, by default its Swedish wording."""
        told = "\n".join((dataset, change, table, mark or what.sv))
        return cls(hashlib.sha256(told.encode()).hexdigest()[:12], change, gravity, dataset, table, what, to_do)

    @property
    def objection(self) -> Objection | None:
        """The alarm as something that holds the delivery; None when it only raises a question."""
        if self.gravity is not Gravity.HOLD:
            return None
        kind = Kind.UNIT if self.change is Change.UNIT else Kind.CODE_GONE
        return Objection.of(kind, Gravity.HOLD, self.what, self.to_do)


_REVIEW = Text(
    "Läs källans beskrivning och säg om definitionen i indicators.toml fortfarande stämmer.",
    "Read the source's description and say whether the definition in indicators.toml still holds.",
)
_MEANING = Text(
    "Se om siffrorna fortfarande mäter samma sak; ändra annars definitionen och ange ett seriebrott.",
    "See whether the figures still measure the same thing; if not, change the definition and state a break in series.",
)
_QUERY = Text("Rätta koderna i frågan i indicators.toml.", "Correct the codes of the query in indicators.toml.")


def alarms(before: Shape | None, after: Shape, dataset: Dataset, found: Sequence[Found] = ()) -> tuple[Alarm, ...]:
    """Return what has changed in a source's description of a table since the last good vintage.

    Args:
        before: the description then; None at the first fetch.
        after: the description now.
        dataset: what is asked of the table.
        found: what a search for the title gave, where the table is closed: its heir may be among them.
    """
    told = [*_retired(before, after, dataset, found), *_codes(before, after, dataset)]
    if before is not None:
        told += [*_unit(before, after, dataset), *_words(before, after, dataset), *_stamp(before, after, dataset)]
        told += [*_labels(before, after, dataset), *_dimensions(before, after, dataset)]
    return tuple(told)


def gone(dataset: Dataset, table: str, before: Shape | None, found: Sequence[Found] = ()) -> Alarm:
    """Return the alarm that a table or KPI is no longer at the source, or has moved when its heir was found."""
    title = before.title if before is not None and before.title else dataset.title
    heir = _heir(table, title, found)
    if heir is not None:
        new = quoted(heir.table)
        what = Text(
            f"{quoted(table).sv} finns inte längre hos källan; {quoted(title).sv} har nu id {new.sv}.",
            f"{quoted(table).en} is no longer at the source; {quoted(title).en} now has id {new.en}.",
        )
        return Alarm.of(Change.MOVED, dataset.key, table, what, _heir_to_do(new))
    what = Text(
        f"{quoted(table).sv} ({quoted(title).sv}) finns inte längre hos källan.",
        f"{quoted(table).en} ({quoted(title).en}) is no longer at the source.",
    )
    return Alarm.of(Change.GONE, dataset.key, table, what, _SEEK)


_SEEK = Text(
    "Sök efter efterträdaren med vagvisare indicator find. De senast godkända siffrorna används så länge.",
    "Look for its heir with vagvisare indicator find. The last good figures are used meanwhile.",
)


def _heir_to_do(new: Text) -> Text:
    return Text(
        f"Jämför tabellerna; mäter de samma sak, skriv {new.sv} i indicators.toml.",
        f"Compare the tables; if they measure the same thing, write {new.en} in indicators.toml.",
    )


def _heir(table: str, title: str, found: Sequence[Found]) -> Found | None:
    wanted = _plain(title)
    return next((one for one in found if _plain(one.title) == wanted and one.table != table), None)


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())


def _retired(before: Shape | None, after: Shape, dataset: Dataset, found: Sequence[Found]) -> Iterator[Alarm]:
    if not after.discontinued or (before is not None and before.discontinued):
        return
    name = quoted(after.title or after.table)
    heir = _heir(after.table, after.title, found)
    what = Text(f"Källan uppdaterar inte längre {name.sv}.", f"The source no longer updates {name.en}.")
    to_do = _SEEK if heir is None else _heir_to_do(quoted(heir.table))
    yield Alarm.of(Change.RETIRED, dataset.key, after.table, what, to_do)


def _unit(before: Shape, after: Shape, dataset: Dataset) -> Iterator[Alarm]:
    if before.unit and after.unit and _plain(before.unit) != _plain(after.unit):
        old, new = quoted(before.unit), quoted(after.unit)
        what = Text(
            f"Källan anger nu enheten {new.sv}; förut var den {old.sv}.",
            f"The source now gives the unit as {new.en}; it was {old.en}.",
        )
        to_do = Text("Rätta scale eller unit i definitionen.", "Correct scale or unit in the definition.")
        yield Alarm.of(Change.UNIT, dataset.key, after.table, what, to_do, gravity=Gravity.HOLD)


def _words(before: Shape, after: Shape, dataset: Dataset) -> Iterator[Alarm]:
    for change, old, new, what_changed, to_do in (
        (Change.TITLE, before.title, after.title, Text("rubriken", "the title"), _REVIEW),
        (Change.DEFINITION, before.definition, after.definition, Text("definitionen", "the definition"), _MEANING),
    ):
        how = rewording(old, new)
        if old and how is not None:
            what = Text(
                f"Källan har ändrat {what_changed.sv}: {how.sv}.",
                f"The source has changed {what_changed.en}: {how.en}.",
            )
            mark = hashlib.sha256(f"{old}\n{new}".encode()).hexdigest()
            yield Alarm.of(change, dataset.key, after.table, what, to_do, mark=mark)


def _stamp(before: Shape, after: Shape, dataset: Dataset) -> Iterator[Alarm]:
    """Tell of a stamp of edition that is gone, has another form, or is older than before: it cannot be trusted."""
    old, new = before.updated, after.updated
    if not old or old == new:
        return
    if new and len(new) == len(old) and new > old:
        return
    now = quoted(new) if new else Text("inget alls", "nothing at all")
    what = Text(
        f"Källans stämpel för när tabellen ändrades var {quoted(old).sv} och är nu {now.sv}.",
        f"The source's stamp of when the table changed was {quoted(old).en} and is now {now.en}.",
    )
    to_do = Text(
        "Hämta om hela tabellen; går stämpeln inte att lita på, anteckna det i definitionen.",
        "Fetch the whole table anew; if the stamp cannot be trusted, note it in the definition.",
    )
    yield Alarm.of(Change.STAMP, dataset.key, after.table, what, to_do)


def _asked(dataset: Dataset, table: str) -> Iterator[tuple[Dimension, tuple[str, ...]]]:
    """Return each dimension asked of a table, with the codes asked for one by one.

    ``table`` may name several, as the joint description of a data set of several queries does; when it names none of
    the queries, the source calls the table something else, and every query counts.
    """
    own = [query for query in dataset.queries if query.table in table.split(" + ")] or dataset.queries
    for query in own:
        for dimension in query.dimensions:
            codes = tuple(value for value in dimension.values if not is_expression(value))
            if dimension.role is Role.TERRITORY:
                codes = expand(codes, dimension.scheme or scheme_of(dataset.source))
            yield dimension, codes


def _axis(shape: Shape, code: str) -> Axis | None:
    return next((axis for axis in shape.axes if axis.code == code), None)


def _listed_codes(shape: Shape | None, code: str) -> dict[str, str]:
    """Return code and label of every category, of all axes by that code when several tables are described together."""
    axes = [] if shape is None else [axis for axis in shape.axes if axis.code == code]
    return {category: label for axis in reversed(axes) for category, label in axis.categories}


def _codes(before: Shape | None, after: Shape, dataset: Dataset) -> Iterator[Alarm]:
    for dimension, codes in dict.fromkeys(_asked(dataset, after.table)):
        had, has = _listed_codes(before, dimension.code), _listed_codes(after, dimension.code)
        # A grouping of codes (an aggregation) lists codes that the table itself does not.
        if not has or dimension.codelist:
            continue
        lost = [code for code in codes if code not in has and (code in had or not had)]
        if lost:
            yield _code_alarm(Change.CODE_GONE, dimension, lost, had, dataset, after.table)
        split = dimension.role in (Role.BACKGROUND, Role.SEX)
        new = [code for code in has if had and code not in had and (code in codes or (split and codes))]
        if new:
            yield _code_alarm(Change.CODE_NEW, dimension, new, has, dataset, after.table)


def _code_alarm(
    change: Change, dimension: Dimension, codes: list[str], labels: dict[str, str], dataset: Dataset, table: str
) -> Alarm:
    names = listed([_code_name(code, labels) for code in codes], most=6)
    of, gravity = quoted(dimension.code), Gravity.NOTE
    if change is Change.CODE_GONE:
        # Only what was there before can have been taken away; a code never seen may be a slip in the definition.
        gravity = Gravity.HOLD if labels else Gravity.NOTE
        exist = Text("finns inte längre", "no longer exist") if labels else Text("finns inte", "do not exist")
        what = Text(
            f"Koder som vi frågar efter {exist.sv} i dimensionen {of.sv}: {names.sv}.",
            f"Codes that we ask for {exist.en} in the dimension {of.en}: {names.en}.",
        )
    else:
        what = Text(f"Nya koder i dimensionen {of.sv}: {names.sv}.", f"New codes in the dimension {of.en}: {names.en}.")
    mark = f"{dimension.code} {' '.join(sorted(codes))}"
    return Alarm.of(change, dataset.key, table, what, _QUERY, gravity=gravity, mark=mark)


def _code_name(code: str, labels: dict[str, str]) -> Text:
    label = labels.get(code, "")
    return quoted(code) if not label or label == code else quoted(f"{code} {label}")


def _labels(before: Shape, after: Shape, dataset: Dataset) -> Iterator[Alarm]:
    changed: list[tuple[str, str, str]] = []
    for dimension, codes in dict.fromkeys(_asked(dataset, after.table)):
        if dimension.role is Role.PERIOD:
            continue
        had, has = _listed_codes(before, dimension.code), _listed_codes(after, dimension.code)
        both = [code for code in codes or has if code in had and code in has]
        changed += [(code, had[code], has[code]) for code in both if had[code] != has[code]]
        old, new = _axis(before, dimension.code), _axis(after, dimension.code)
        if old is not None and new is not None and old.label != new.label:
            changed.append((dimension.code, old.label, new.label))
    if not changed:
        return
    told = listed([_relabelled(*each) for each in changed])
    what = Text(f"Källan har bytt benämningar: {told.sv}.", f"The source has changed labels: {told.en}.")
    yield Alarm.of(Change.LABEL, dataset.key, after.table, what, _REVIEW, mark=repr(sorted(changed)))


def _relabelled(code: str, old: str, new: str) -> Text:
    name, was, now = quoted(code), quoted(old), quoted(new)
    return Text(f"{name.sv} var {was.sv} och är {now.sv}", f"{name.en} was {was.en} and is {now.en}")


def _dimensions(before: Shape, after: Shape, dataset: Dataset) -> Iterator[Alarm]:
    if not before.axes or not after.axes:
        return
    had, has = {axis.code for axis in before.axes}, {axis.code for axis in after.axes}
    asked = {dimension.code for dimension, _ in _asked(dataset, after.table)}
    for codes, what, gravity in (
        (had - has, Text("har tagit bort dimensionen", "has removed the dimension"), Gravity.HOLD),
        (has - had, Text("har lagt till dimensionen", "has added the dimension"), Gravity.NOTE),
    ):
        for code in sorted(codes):
            name = quoted(code)
            held = gravity if code in asked else Gravity.NOTE
            told = Text(f"Källan {what.sv} {name.sv}.", f"The source {what.en} {name.en}.")
            yield Alarm.of(Change.DIMENSION, dataset.key, after.table, told, _QUERY, gravity=held)
