"""Single values in and out of the folder's form: a register's entry as JSON, an edition as its file's bytes.

Records hold what the folder holds, in the same form and by the same rules.
"""

from __future__ import annotations

import hashlib
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any, TypeVar, get_args, get_type_hints

from vagvisare.editions.document import Edition
from vagvisare.strategy_folder.codec import decode, encode
from vagvisare.strategy_folder.documents import edition_document
from vagvisare.strategy_folder.edition_text import edition_text
from vagvisare.strategy_folder.names import TABLE_NAMES
from vagvisare.strategy_folder.report import Document, Place, Report
from vagvisare.terms.errors import FolderError

T = TypeVar("T")


def plain_of(value: Any, leave_out: frozenset[str] = frozenset()) -> dict[str, Any]:
    """Return a value as the folder writes it, with days as text so that JSON can hold it."""
    made: dict[str, Any] = _without_days(encode(value, leave_out))
    return made


def value_of(kind: type[T], plain: dict[str, Any], name: str = "", given: dict[str, object] | None = None) -> T:
    """Build a value from what ``plain_of`` returned, or from a person's own entry of the same form.

    Args:
        kind: the value's type.
        plain: its fields; days as ISO text.
        name: what a mistake's place is called ("underlag grona-given").
        given: fields that are taken as they are.

    Raises:
        FolderError: with every mistake, each naming its field.
    """
    report = Report()
    document = Document(name, plain, dict)
    value: T | None = decode(kind, _with_days(kind, plain), Place(document), report, given)
    if report.mistakes or value is None:
        raise FolderError(name, tuple(report.mistakes))
    return value


def edition_bytes(edition: Edition) -> bytes:
    """Return the bytes of an edition's file: the same for the same edition, always."""
    return edition_text(edition).encode()


def edition_digest(edition: Edition) -> str:
    """Return an edition's content hash: SHA-256 of its file, as ``sha256sum`` gives it."""
    return hashlib.sha256(edition_bytes(edition)).hexdigest()


def edition_of(text: str, name: str = "") -> Edition:
    """Read an edition from the text of its file.

    Raises:
        FolderError: with every mistake in it.
    """
    report = Report()
    document = edition_document(text, name or "utgåva.md", report)
    edition: Edition | None = None if document is None else decode(Edition, document.data, Place(document), report)
    if report.mistakes or edition is None:
        raise FolderError(name, tuple(report.mistakes))
    return edition


def _without_days(plain: Any) -> Any:
    if isinstance(plain, date):
        return plain.isoformat()
    if isinstance(plain, dict):
        return {key: _without_days(item) for key, item in plain.items()}
    return [_without_days(item) for item in plain] if isinstance(plain, list | tuple) else plain


def _with_days(kind: type, plain: Any) -> Any:
    """Return ``plain`` with a day wherever the type says day and the text is one."""
    if not isinstance(plain, dict) or not is_dataclass(kind):
        return plain
    kinds = _kinds(kind)
    return {key: _dated(kinds.get(key), item) for key, item in plain.items()}


@cache
def _kinds(kind: type) -> dict[str, Any]:
    """Return the type of each field of a value, by both names it may have; to read them anew each time is slow."""
    hints = get_type_hints(kind)
    return {name: hints[f.name] for f in fields(kind) for name in {f.name, TABLE_NAMES.get(f.name, f.name)}}


def _dated(hint: Any, item: Any) -> Any:
    parts = [part for part in (hint, *get_args(hint)) if isinstance(part, type)]
    if isinstance(item, str) and date in parts:
        try:
            return date.fromisoformat(item)
        except ValueError:
            return item
    inner = next((part for part in parts if is_dataclass(part)), None)
    if inner is None:
        return item
    return [_with_days(inner, each) for each in item] if isinstance(item, list) else _with_days(inner, item)
