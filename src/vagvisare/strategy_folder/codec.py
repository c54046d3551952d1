"""Values ⇄ plain tables, by the fields' types: one rule for every kind of value in the folder.

A value's fields are written in the order they are declared; a field equal to its default is left out. A period, a
source, a word of a list and a day are plain text. Lists of values become tables named in the singular.
"""

from __future__ import annotations

import dataclasses
import sys
import types
from dataclasses import MISSING, Field
from datetime import date
from enum import Enum, IntEnum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from vagvisare.assessment.definition import TargetKind
from vagvisare.editions.address import nearest
from vagvisare.editions.document import Source
from vagvisare.strategy_folder.field_words import describe, example_of, for_example, instead_of, such_as
from vagvisare.strategy_folder.names import NAMED, TABLE_NAMES
from vagvisare.strategy_folder.report import Place, Report
from vagvisare.strategy_folder.source_text import parse_source, source_text
from vagvisare.strategy_folder.toml_text import Plain
from vagvisare.terms.errors import did_you_mean
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period

_BAD: Any = object()


def encode(value: Any, leave_out: frozenset[str] = frozenset()) -> dict[str, Plain]:
    """Return a value's fields as a plain table, without defaults and without the fields in ``leave_out``."""
    return {
        _name(f, hint): _plain(content)
        for f, hint, _ in _fields(value.__class__)
        if f.name not in leave_out
        for content in [getattr(value, f.name)]
        if content is not None and not _is_default(f, content)
    }


def decode(kind: type, raw: object, place: Place, report: Report, given: dict[str, object] | None = None) -> Any:
    """Build a value of ``kind`` from a plain table, noting every mistake; ``given`` fields are taken as they are.

    A field with a mistake gets a stand-in, so that the rest of the value can still be checked; since the mistake
    is in the report, the value never reaches a user. Returns None where no stand-in makes sense.
    """
    given = given or {}
    if not isinstance(raw, dict):
        report.add(place, instead_of(dict, raw))
        report.blind.add(NAMED[kind][0] if kind in NAMED else "")
        return None
    content: dict[str, object] = dict(given)
    names = {_name(f, hint): (f, hint, gap) for f, hint, gap in _fields(kind) if f.name not in given}
    for key in raw:
        if key not in names:
            what = Text(f"Okänt fält ”{key}”.", f"Unknown field “{key}”.")
            report.add(place.at(key), what, did_you_mean(nearest(key, names)))
    for name, (f, hint, may_lack) in names.items():
        if name not in raw and may_lack and f.default is MISSING:
            content[f.name] = None
        else:
            content[f.name] = _field_value(f, hint, raw, place.at(name), report)
    if any(read is _BAD for read in content.values()):
        if kind in NAMED:
            word, name = NAMED[kind]
            report.lost.add((word, str(raw.get(name))))
        return None
    value = kind(**content)
    report.stands(value, place)
    return value


@cache
def _fields(kind: type) -> tuple[tuple[Field[Any], Any, bool], ...]:
    """Return each field with its type, ``X`` for ``X | None``, and whether it may be None (is then not written)."""
    hints = get_type_hints(kind)
    return tuple((f, *_bare(hints[f.name])) for f in dataclasses.fields(kind) if f.init)


def _bare(hint: Any) -> tuple[Any, bool]:
    if get_origin(hint) in (Union, types.UnionType):
        return next(arg for arg in get_args(hint) if arg is not type(None)), True
    return hint, False


def _name(f: Field[Any], hint: Any) -> str:
    return TABLE_NAMES.get(f.name, f.name) if _is_tables(hint) else f.name


def _is_tables(hint: Any) -> bool:
    args = get_args(hint)
    return get_origin(hint) is tuple and len(args) == 2 and args[1] is ... and _is_table(args[0])


def _is_table(hint: Any) -> bool:
    return dataclasses.is_dataclass(hint) and hint not in (Period, Source)


def _is_default(f: Field[Any], content: object) -> bool:
    return f.default is not MISSING and bool(content == f.default)


def _plain(value: Any) -> Plain:
    if isinstance(value, Source):
        return source_text(value)
    if isinstance(value, Period):
        return str(value)
    if isinstance(value, IntEnum):
        return value.name.lower()
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if dataclasses.is_dataclass(value):
        return encode(value)
    plain: Plain = value
    return plain


def _field_value(f: Field[Any], hint: Any, raw: dict[str, object], place: Place, report: Report) -> Any:
    name = str(place.path[-1])
    if name in raw:
        read = _read(hint, raw[name], place, report)
        if read is _BAD:
            return _stand_in(hint) if f.default is MISSING else f.default
        return read
    if f.default is not MISSING:
        return f.default
    if _is_tables(hint):
        return ()
    such = such_as(hint)
    what = Text(f"Fältet ”{name}” saknas.", f"The field “{name}” is missing.")
    report.add(place, what, Text(f"Lägg till {name}{such.sv}.", f"Add {name}{such.en}."))
    return _stand_in(hint)


def _read(hint: Any, raw: Any, place: Place, report: Report) -> Any:
    if get_origin(hint) is tuple:
        return _read_list(hint, raw, place, report)
    if hint is Period or hint is Source:
        return _read_text_form(hint, raw, place, report)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return _read_word(hint, raw, place, report)
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        read = decode(hint, raw, place, report)
        return _BAD if read is None else read
    return _read_scalar(hint, raw, place, report)


def _read_scalar(hint: type, raw: Any, place: Place, report: Report) -> Any:
    if hint is float and type(raw) in (int, float):
        if abs(raw) <= sys.float_info.max:
            return float(raw)
    elif type(raw) is hint:
        return raw
    report.add(place, instead_of(hint, raw), for_example(hint))
    return _BAD


def _read_list(hint: Any, raw: Any, place: Place, report: Report) -> Any:
    args = get_args(hint)
    if not isinstance(raw, list):
        report.add(place, instead_of(list, raw))
        return _BAD
    if args[1] is not ... and len(raw) != len(args):
        wanted, got = len(args), len(raw)
        what = Text(
            f"Listan ska ha {wanted} värden, men har {got}.", f"The list should have {wanted} values, not {got}."
        )
        report.add(place, what)
        return _BAD
    kinds = args if args[1] is not ... else (args[0],) * len(raw)
    read = [
        _read(kind, item, place.at(number), report) for number, (kind, item) in enumerate(zip(kinds, raw, strict=True))
    ]
    kept = tuple(item for item in read if item is not _BAD)
    return _BAD if args[1] is not ... and len(kept) != len(args) else kept


def _read_text_form(hint: type, raw: Any, place: Place, report: Report) -> Any:
    if type(raw) is int and hint is Period:
        raw = str(raw)
    if not isinstance(raw, str):
        report.add(place, instead_of(str, raw), for_example(hint))
        return _BAD
    try:
        return Period.parse(raw) if hint is Period else parse_source(raw)
    except ValueError:
        kind = Text("ingen period", "no period") if hint is Period else Text("ingen källhänvisning", "no reference")
        example = example_of(hint)
        what = Text(f"”{raw}” är {kind.sv}.", f"“{raw}” is {kind.en}.")
        report.add(place, what, Text(f"Skriv till exempel {example.sv}", f"Write for instance {example.en}"))
        return _BAD


def _read_word(hint: type[Enum], raw: Any, place: Place, report: Report) -> Any:
    words = {m.name.lower() if isinstance(m, IntEnum) else str(m.value): m for m in hint}
    if isinstance(raw, str) and raw in words:
        return words[raw]
    said = Text(f"”{raw}”", f"“{raw}”") if isinstance(raw, str) else describe(raw)
    near, every = nearest(str(raw), words), ", ".join(words)
    hint_at = did_you_mean(near) if near else Text(f"Välj bland: {every}.", f"Choose among: {every}.")
    report.add(place, Text(f"Okänt ord {said.sv}.", f"Unknown word {said.en}."), hint_at)
    return _BAD


def _stand_in(hint: Any) -> Any:
    """Return something of the right kind to go on checking with, or ``_BAD`` where that would mislead."""
    if get_origin(hint) is tuple:
        return () if get_args(hint)[1] is ... else _BAD
    if hint is Text:
        return Text("", "")
    if hint is Source:
        return Source("")
    if isinstance(hint, type) and issubclass(hint, Enum) and hint is not TargetKind:
        return next(iter(hint))
    return {str: "", int: 1, float: 1.0, bool: False, date: date(2000, 1, 1)}.get(hint, _BAD)
