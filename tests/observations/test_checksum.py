"""The checksum of figures: the same for equal figures however they are held, another for any difference."""

from __future__ import annotations

import hashlib
import struct

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vagvisare.observations import canonical
from vagvisare.observations.canonical import Canonical
from vagvisare.observations.vintage import checksum
from vagvisare.sources.contract import FIGURES

KNOWN = "0791230f44cf6247e720084a31a72b92950a5f59c008174c24fc146f56378aa6"

ROWS = st.tuples(
    st.sampled_from(["00", "18", "1880", "ö"]),
    st.integers(1990, 1993),
    st.integers(0, 2),
    st.sampled_from("TKM"),
    st.sampled_from(["", "inrikes", "utrikes / 20–64"]),
    st.none() | st.floats(-5, 5) | st.just(float("nan")),
    st.none() | st.floats(0, 5),
    st.sampled_from(["", "P", "Q"]),
)


def built(rows):
    columns = {name: [] for name in FIGURES.names}
    for territory, start, years, sex, background, value, low, status in rows:
        own = dict.fromkeys(FIGURES.names)
        own |= {"territory": territory, "start": start, "end": start + years, "sex": sex, "background": background}
        own |= {"value": value, "low": low, "status": status}
        for name, each in own.items():
            columns[name].append(each)
    return pa.table(columns, schema=FIGURES)


def as_dictionaries(table):
    for place, field in enumerate(FIGURES):
        if pa.types.is_string(field.type):
            table = table.set_column(place, field.name, table.column(place).dictionary_encode())
    return table


@settings(max_examples=150, deadline=None)
@given(st.lists(ROWS, max_size=14), st.randoms(use_true_random=False), st.integers(1, 5))
def test_order_chunks_and_encoding_do_not_matter(rows, chance, size):
    table = built(rows)
    shuffled = chance.sample(rows, len(rows))
    pieces = [built(shuffled[at : at + size]) for at in range(0, len(rows), size)] or [FIGURES.empty_table()]
    assert checksum(pa.concat_tables(pieces)) == checksum(table)
    assert checksum(pa.concat_tables([as_dictionaries(piece) for piece in pieces])) == checksum(table)
    assert checksum(as_dictionaries(table).slice(0)) == checksum(table)


@settings(max_examples=150, deadline=None)
@given(st.lists(ROWS, min_size=1, max_size=8), st.integers(0, 7), ROWS)
def test_one_different_row_makes_another_checksum(rows, at, other):
    at %= len(rows)
    changed = [*rows[:at], other, *rows[at + 1 :]]
    same = sorted(map(repr, _plain(changed))) == sorted(map(repr, _plain(rows)))
    assert (checksum(built(changed)) == checksum(built(rows))) is same


def _plain(rows):
    """Say -0.0 as 0.0: the same figure."""
    return [tuple(each + 0.0 if isinstance(each, float) else each for each in row) for row in rows]


def test_a_dropped_or_doubled_row_makes_another_checksum():
    rows = [("18", year, 0, "T", "", 1.0, None, "") for year in (1990, 1991)]
    assert len({checksum(built(each)) for each in (rows, rows[:1], [*rows, rows[0]], [])}) == 4


def test_nothing_nought_and_the_empty_text_are_told_apart():
    def one(value, low=None, status=""):
        return checksum(built([("18", 1990, 0, "T", "", value, low, status)]))

    assert len({one(None), one(0.0), one(0.0, 0.0), one(0.0, status="M")}) == 4
    assert one(-0.0) == one(0.0)
    assert one(float("nan")) == one(np.uint64(0xFFF8000000000001).view(np.float64).item())


def test_words_cannot_be_moved_from_one_column_to_the_next():
    assert checksum(built([("18K", 1990, 0, "T", "", 1.0, None, "")])) != checksum(
        built([("18", 1990, 0, "KT", "", 1.0, None, "")])
    )


def spelt_out(rows):
    """Write the form out a row at a time, as its description says, for figures of which no two claim the same cell."""
    rows = sorted(rows, key=lambda r: (r[0].encode(), r[3], r[4].encode(), r[1], r[2]))
    texts = [[r[place] for r in rows] for place in (0, 3, 4, 7)]
    years = [[r[1] for r in rows], [r[1] + r[2] for r in rows]]
    numbers = [[r[5] for r in rows], [r[6] for r in rows], *([None] * len(rows) for _ in range(4))]
    said = b"vagvisare figures 1\n" + struct.pack("<q", len(rows))
    words = [sorted(set(text), key=str.encode) for text in texts]
    for own in words:
        said += struct.pack("<q", len(own)) + b"".join(struct.pack("<q", len(w.encode())) + w.encode() for w in own)
    said += bytes(0 if not any(n is not None for n in own) else 2 if None in own else 1 for own in numbers)
    said += b"".join(struct.pack("<i", own.index(w)) for own, text in zip(words, texts, strict=True) for w in text)
    said += b"".join(struct.pack("<h", year) for own in years for year in own)
    for own in numbers:
        if any(n is not None for n in own):
            said += b"".join(struct.pack("<d", (n or 0.0) + 0.0) for n in own)
            said += bytes(n is not None for n in own) if None in own else b""
    return hashlib.sha256(said).hexdigest()


def test_the_form_is_held_for_ever():
    # Receipts in stores rest on it: when this fails, every vintage ever kept would be reported as changed.
    rows = [
        ("1880", 2021, 0, "K", "utrikes födda", 61.5, 60.25, "P"),
        ("18", 2020, 3, "T", "", None, None, "Q"),
        ("00", 2020, 0, "M", "", -0.0, None, ""),
    ]
    assert checksum(built(rows)) == spelt_out(rows) == KNOWN
    assert checksum(FIGURES.empty_table()) == spelt_out([])


def test_keys_too_many_for_one_number_are_ordered_all_the_same(monkeypatch):
    rows = [
        (str(t), 1990 + y, 0, "T", str(b), t + y + b / 8, None, "")
        for t in range(4)
        for y in range(3)
        for b in range(3)
    ]
    table = built(rows[::-1])
    expected = checksum(table), [batch.to_pylist() for batch in Canonical(table).batches(5)]
    monkeypatch.setattr(canonical, "_LARGEST_KEY", 10)
    assert (checksum(table), [batch.to_pylist() for batch in Canonical(table).batches(5)]) == expected


@settings(max_examples=60, deadline=None)
@given(st.lists(ROWS, max_size=12), st.integers(1, 5))
def test_batches_hold_every_figure_in_order(rows, size):
    table = built(rows)
    batches = list(Canonical(table).batches(size))
    given_back = [row for batch in batches for row in pa.Table.from_batches([batch]).cast(FIGURES).to_pylist()]
    assert sorted(map(repr, given_back)) == sorted(map(repr, built(_plain(rows)).to_pylist()))
    keys = [(r["territory"].encode(), r["sex"], r["background"].encode(), r["start"], r["end"]) for r in given_back]
    assert keys == sorted(keys)
    assert all(batch.num_rows <= size for batch in batches)


def test_figures_of_another_form_are_refused():
    good = built([("18", 1990, 0, "T", "", 1.0, None, "")])
    with pytest.raises(ValueError, match="no column status"):
        checksum(good.drop_columns(["status"]))
    with pytest.raises(ValueError, match="column value"):
        checksum(good.set_column(5, "value", pa.array([1], pa.int64())))
    with pytest.raises(ValueError, match="without a period"):
        checksum(good.set_column(1, "start", pa.array([None], pa.int16())))
