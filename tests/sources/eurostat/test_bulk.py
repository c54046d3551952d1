"""The bulk file: what it says is read, and nothing else it could be is believed. Every figure here is made up."""

from __future__ import annotations

import contextlib
import gzip
import zlib

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from replies.eurostat import Eurostat as Service
from vagvisare.sources.bounds import Bounds
from vagvisare.sources.errors import UnreadableError
from vagvisare.sources.eurostat import bulk
from vagvisare.sources.eurostat.asking import Question

URL = "https://source.example/sdmx/2.1/data/demo_made_up"
ALL = Question("demo_made_up", ())
HEADING = "freq,geo\\TIME_PERIOD\t2019 \t2020 \n"


def _rows(table):
    codes = {name: column.to_pylist() for name, column in table.long.codes.items()}
    status = table.long.status.to_pylist()
    values = table.long.values.to_pylist()
    return [(*key, value, said) for *key, value, said in zip(*codes.values(), values, status, strict=True)]


def _read(text, question=ALL):
    return _rows(bulk.read(text.encode(), question, URL))


def test_values_flags_and_gaps():
    rows = _read(HEADING + "A,SE\t12.3 p\t: \nA,NO\t:c\t-4e1 bu\nA,SE124\t: z\t0 d\n")
    assert rows == [
        ("A", "SE", "2019", 12.3, "P"),
        ("A", "NO", "2019", None, "Q"),
        ("A", "NO", "2020", -40.0, "U"),
        ("A", "SE124", "2020", 0.0, ""),
    ]


def test_a_figure_flagged_confidential_is_not_believed():
    assert _read(HEADING + "A,SE\t12.3 c\t1 \n") == [("A", "SE", "2019", None, "Q"), ("A", "SE", "2020", 1.0, "")]


def test_only_what_is_wanted_is_taken_and_every_code_is_seen():
    question = Question("demo_made_up", (("geo", ("SE124",)),), Bounds(last=1))
    table = bulk.read((HEADING + "A,SE\t1 \t2 \nA,SE124\t3 \t4 \n").encode(), question, URL)
    assert _rows(table) == [("A", "SE124", "2020", 4.0, "")]
    assert table.seen == {"freq": ("A",), "geo": ("SE", "SE124"), "time": ("2019", "2020")}


@pytest.mark.parametrize("ending", ["\n", "\r\n", ""])
def test_packed_and_plain_are_the_same(ending):
    text = HEADING.replace("\n", "\r\n" if ending else "\n") + f"A,SE\t1 \t2 {ending}"
    assert _rows(bulk.read(gzip.compress(text.encode()), ALL, URL)) == _read(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "<html>maintenance</html>",
        "freq,geo\t2019\n",
        "freq,geo\\TIME_PERIOD\n",
        "freq,freq\\TIME_PERIOD\t2019\nA,A\t1\n",
        "freq,geo\\TIME_PERIOD\t2019\t2019\nA,SE\t1\t2\n",
        "time,geo\\TIME_PERIOD\t2019\nA,SE\t1\n",
        "freq,,geo\\TIME_PERIOD\t2019\nA,B,SE\t1\n",
        HEADING + "A,SE\t1 \n",
        HEADING + "A,SE\t1 \t2 \t3 \n",
        HEADING + "A\t1 \t2 \n",
        HEADING + "A,SE\t1,5 \t2 \n",
        HEADING + "A,SE\tnan \t2 \n",
        HEADING + "A,SE\t1e999 \t2 \n",
        HEADING + "A,SE\t\t2 \n",
        HEADING + "A,SE\t0x10 \t2 \n",
        HEADING + "A,SE\t1_000 \t2 \n",
        HEADING + "A,SE\t１２ \t2 \n",
    ],
)
def test_what_is_no_table_is_unreadable(text):
    with pytest.raises(UnreadableError):
        _read(text)


def test_a_file_cut_off_while_packed_is_unreadable_wherever_it_is_cut():
    packed = gzip.compress(Service().tsv().encode())
    bulk.read(packed, ALL, URL)
    for end in range(2, len(packed) - 1, 97):
        with pytest.raises(UnreadableError):
            bulk.read(packed[:end], ALL, URL)
    with pytest.raises(UnreadableError):
        bulk.read(packed + b"more", ALL, URL)
    with pytest.raises(UnreadableError):
        bulk.read(packed[:40] + b"\x00\xff" + packed[42:], ALL, URL)


def test_a_bomb_is_stopped_by_its_first_endless_line():
    packer = zlib.compressobj(9, wbits=31)
    packed = b"".join([*(packer.compress(bytes(1 << 20)) for _ in range(300)), packer.flush()])
    assert len(packed) < 400_000
    with pytest.raises(UnreadableError):
        bulk.read(packed, ALL, URL)


def test_more_text_than_any_table_has_is_stopped(monkeypatch):
    monkeypatch.setattr(bulk, "MOST_UNPACKED", 100_000)
    text = HEADING + "A,SE\t1 \t2 \n" * 20_000
    with pytest.raises(UnreadableError, match="orimligt stor"):
        bulk.read(gzip.compress(text.encode()), ALL, URL)
    monkeypatch.setattr(bulk, "MOST_FIGURES", 1000)
    with pytest.raises(UnreadableError, match="orimligt stor"):
        bulk.read(text.encode(), ALL, URL)


_CODES = st.text("ABCDEFGHIJ_0123456789", min_size=1, max_size=6)
_NUMBERS = st.floats(-1e9, 1e9).map(lambda number: round(number, 3))


@settings(deadline=None, max_examples=60)
@given(
    st.lists(_CODES, min_size=1, max_size=8, unique=True),
    st.lists(st.integers(1990, 2030), min_size=1, max_size=8, unique=True),
    st.data(),
    st.booleans(),
)
def test_what_is_written_is_read(places, years, data, packed):
    cells = {
        (place, str(year)): data.draw(st.none() | st.tuples(_NUMBERS, st.sampled_from(["", "p", "e", "b", "u"])))
        for place in places
        for year in years
    }
    lines = ["geo\\TIME_PERIOD\t" + "\t".join(f"{year} " for year in years)]
    for place in places:
        own = [cells[place, str(year)] for year in years]
        lines.append(place + "\t" + "\t".join(": " if cell is None else f"{cell[0]!r} {cell[1]}" for cell in own))
    body = ("\n".join(lines) + "\n").encode()
    table = bulk.read(gzip.compress(body) if packed else body, ALL, URL)
    expected = [(place, year, cell[0], cell[1].upper()) for (place, year), cell in cells.items() if cell is not None]
    assert _rows(table) == expected


@settings(deadline=None, max_examples=300)
@given(st.binary(max_size=300) | st.text("AB,\\\tTIME_PERIOD2019 :.e-+cp\n\r\x00", max_size=200).map(str.encode))
@example(b"\x1f\x8b")
@example(b"\xef\xbb\xbf" + HEADING.encode())
def test_whatever_comes_nothing_else_is_raised(body):
    for content in (body, gzip.compress(body), HEADING.encode() + body):
        with contextlib.suppress(UnreadableError):
            bulk.read(content, ALL, URL)


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_a_spoilt_file_is_read_or_refused_never_worse(data):
    body = bytearray(Service(axes={"freq": ("A",), "geo": ("SE", "SE124"), "time": ("2019", "2020")}).tsv().encode())
    for _ in range(data.draw(st.integers(1, 4))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(UnreadableError):
        bulk.read(bytes(body), ALL, URL)
