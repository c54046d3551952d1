"""Numbers spelled out in a text, read many at a time, each to the very same figure as a JSON reader gives."""

from __future__ import annotations

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.compute as pc

from vagvisare.sources.kolada.windows import AnotherSpellingError, pieces

_WIDE = 32
"""Bytes of the longest number read with the others; a double needs at most 24."""

_ODD_MOST = 0.05
"""Share of numbers read one by one at most: more than that is quicker read otherwise."""

_EVERY = np.uint32(0xFFFFFFFF)
_NULL = np.frombuffer(b"null", np.uint8)


def figures(body: bytes, text: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Return what stands between ``starts`` and ``ends`` as doubles, NaN for ``null``.

    Plain decimal numbers are read in one go; those spelled otherwise (1e-7, more than 32 bytes) one by one.

    Raises:
        AnotherSpellingError: when one is neither a number nor null, or many are odd.
    """
    lengths = ends - starts
    if lengths.min() < 1:
        raise AnotherSpellingError
    found = pieces(text, ends - _WIDE, _WIDE)
    plain = _plain(found, lengths)
    empty = (lengths == len(_NULL)) & (found[:, -len(_NULL) :] == _NULL).all(axis=1)
    odd = np.flatnonzero(~(plain | empty))
    if len(odd) > max(16, _ODD_MOST * len(starts)):
        raise AnotherSpellingError
    value = _doubles(body, starts, ends, plain)
    for place in odd.tolist():
        value[place] = _one(body[starts[place] : ends[place]])
    return value


def _plain(found: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """Tell which rows end in a number as JSON spells one, without exponent: -?(0|[1-9][0-9]*)([.][0-9]+)?

    Every row becomes bits, its last byte the lowest, so that each rule is one operation for all of them.
    """
    fits = lengths <= _WIDE
    long = np.where(fits, lengths, 1).astype(np.uint32)
    inside = _EVERY >> (_WIDE - long)
    first = np.uint32(1) << (long - 1)
    digits, points, minus, nought = (
        _bits(mark) for mark in ((found - ord("0")) < 10, found == ord("."), found == ord("-"), found == ord("0"))
    )
    minus &= first
    points &= inside
    lead = np.where(minus > 0, first >> 1, first)
    plain: np.ndarray = (
        fits
        & ((inside & ~(digits | points | minus)) == 0)
        & ((points & (points - 1)) == 0)
        & ((digits & lead) > 0)
        & ((digits & 1) > 0)
        # A nought comes first only before the point or alone; a negative one alone has a reading of its own.
        & (((nought & lead) == 0) | ((points & (lead >> 1)) > 0) | (long == 1))
    )
    return plain


def _bits(marks: np.ndarray) -> np.ndarray:
    return np.packbits(marks, axis=1).view(">u4").ravel().astype(np.uint32)


def _doubles(body: bytes, starts: np.ndarray, ends: np.ndarray, plain: np.ndarray) -> np.ndarray:
    """Read the plain ones where they stand: as texts of a column whose every other text, in between, is left out."""
    bounds = np.stack((starts, ends), axis=1).astype(np.int32).ravel()
    there = np.zeros(len(bounds), np.bool_)
    there[::2] = plain
    texts = pa.StringArray.from_buffers(
        len(bounds) - 1,
        pa.py_buffer(bounds),
        pa.py_buffer(body),
        pa.py_buffer(np.packbits(there, bitorder="little")),
    )
    every: np.ndarray = pc.cast(texts, pa.float64()).to_numpy(zero_copy_only=False)
    return every[::2].copy()


def _one(said: bytes) -> float:
    try:
        value = orjson.loads(said)
    except orjson.JSONDecodeError:
        raise AnotherSpellingError from None
    if type(value) not in {int, float, type(None)}:
        raise AnotherSpellingError
    return float("nan") if value is None else float(value)
