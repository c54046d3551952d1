"""Pieces of a text side by side in whole arrays, held against what should stand there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

OPEN = 0
"""Stands in a template for a byte that may be anything, and is looked at by itself. JSON itself has no such byte."""

_BYTES = np.dtype(np.uint8)


class AnotherSpellingError(Exception):
    """The text is not spelled as expected, which says nothing about whether it can be read."""


def pieces(text: np.ndarray, starts: np.ndarray, width: int) -> np.ndarray:
    """Return the ``width`` bytes from each of ``starts``, one row each.

    Raises:
        AnotherSpellingError: when one would lie outside the text.
    """
    if not len(starts):
        return np.empty((0, width), _BYTES)
    last = len(text) - width
    if starts.min() < 0 or starts.max() > last:
        raise AnotherSpellingError
    # One item of so many bytes at every place of the text, each copied in one go.
    every = np.ndarray((last + 1,), f"V{width}", text, strides=(1,))
    rows: np.ndarray = every[starts].view(_BYTES).reshape(-1, width)
    return rows


def expect(found: np.ndarray, template: bytes) -> None:
    """Hold every row against a template.

    Raises:
        AnotherSpellingError: when one differs where the template is not open.
    """
    wanted = np.frombuffer(template, _BYTES)
    if not ((found == wanted) | (wanted == OPEN)).all():
        raise AnotherSpellingError


def alike(what: np.ndarray, most: int) -> Iterator[tuple[int, slice | np.ndarray]]:
    """Yield each distinct value and where it stands, which is everywhere when all are the same.

    Raises:
        AnotherSpellingError: when more than ``most`` differ.
    """
    if len(what) and what.min() == what.max():
        yield int(what[0]), slice(None)
        return
    distinct = np.unique(what)
    if len(distinct) > most:
        raise AnotherSpellingError
    for value in distinct.tolist():
        yield value, np.flatnonzero(what == value)


def places(found: np.ndarray, known: Mapping[bytes, int]) -> np.ndarray:
    """Return the number that ``known`` gives for what each row says; all are equally long, eight bytes at most.

    Raises:
        AnotherSpellingError: when a row is none of them.
    """
    names = _numbers(np.frombuffer(b"".join(known), _BYTES).reshape(len(known), -1))
    order = np.argsort(names)
    names, said = names[order], _numbers(found)
    near = np.searchsorted(names, said).clip(max=len(names) - 1)
    if not (names[near] == said).all():
        raise AnotherSpellingError
    place: np.ndarray = np.array(list(known.values()), np.int32)[order][near]
    return place


def digits(found: np.ndarray) -> np.ndarray:
    """Return the whole number each row spells, without a nought before it.

    Raises:
        AnotherSpellingError: when a row spells none.
    """
    each = found - np.uint8(ord("0"))
    wide = each.shape[1]
    if not wide or each.max() > 9 or (wide > 1 and not each[:, 0].all()):
        raise AnotherSpellingError
    number: np.ndarray = each @ (10 ** np.arange(wide - 1, -1, -1))
    return number


def _numbers(rows: np.ndarray) -> np.ndarray:
    """Return each row of at most eight bytes as one number."""
    wide = np.zeros((len(rows), 8), _BYTES)
    wide[:, : rows.shape[1]] = rows
    numbers: np.ndarray = wide.view(np.uint64).ravel()
    return numbers
