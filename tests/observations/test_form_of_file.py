"""How a vintage is written: a form for every table, read alike whatever it left out."""

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from vagvisare.observations.canonical import Canonical
from vagvisare.observations.store import Store
from vagvisare.observations.vintage import SCHEMA, checksum
from vagvisare.sources.contract import FIGURES


def _many(values, **columns):
    """Make as many figures of one place as there are values, each another group."""
    rows = len(values)
    plain = {"territory": ["18"] * rows, "start": [2020] * rows, "end": [2020] * rows, "sex": ["T"] * rows}
    plain |= {"background": [f"{number:06}" for number in range(rows)], "value": values, "status": [""] * rows}
    plain |= columns
    return pa.table([plain.get(name, pa.nulls(rows, pa.float64())) for name in FIGURES.names], schema=FIGURES)


@pytest.fixture
def written(tmp_path, vintage):
    """Return a function that publishes figures, and gives the store, the receipt and the file."""

    def publish(figures):
        store = Store(tmp_path)
        store.publish(vintage(figures))
        receipt = store.latest("syntetisk")
        return store, receipt, pq.ParquetFile(next(tmp_path.rglob("*.parquet")))

    return publish


def test_what_nothing_is_said_of_is_left_out_and_reads_as_nothing(written):
    figures = _many([1.0, None, 3.0])
    store, receipt, file = written(figures)
    left_out = {"low", "high", "se", "n", "count"}
    assert set(file.schema_arrow.names) == set(SCHEMA.names) - left_out
    assert store.figures(receipt).sort_by("background").equals(figures)
    assert checksum(store.figures(receipt)) == receipt.sha256
    assert store.shelf.cells(next(iter(store.shelf.labels("syntetisk")))).schema == SCHEMA


def test_a_column_that_begins_empty_is_written_all_the_same(written):
    rows = (1 << 18) + 3
    low = [None] * (rows - 1) + [0.5]
    figures = _many([1.0] * rows, low=low)
    store, receipt, file = written(figures)
    assert file.num_row_groups == 2
    assert store.figures(receipt).sort_by("background").column("low").to_pylist()[-2:] == [None, 0.5]


def test_words_are_words_to_whoever_reads_the_file(written):
    _, _, file = written(_many([1.0, 2.0]))
    assert file.schema_arrow.field("territory").type == pa.string()
    assert file.schema_arrow.field("value").nullable


@pytest.mark.parametrize(("values", "listed"), [(np.arange(9000) % 400 / 10, True), (np.arange(9000) / 10, False)])
def test_numbers_are_listed_once_only_where_they_come_again(written, values, listed):
    _, _, file = written(_many(values))
    column = file.metadata.row_group(0).column(file.schema_arrow.names.index("value"))
    assert ("RLE_DICTIONARY" in column.encodings) is listed
    assert file.read().sort_by("background").column("value").to_pylist() == values.tolist()


@pytest.mark.parametrize("each", [1, 7, 5000])
def test_words_in_runs_and_words_in_no_order_have_one_checksum(each):
    words = np.repeat([f"{number:02}" for number in range(20_000 // each)], each)[:20_000]
    figures = _many(np.arange(len(words), dtype=float), background=[f"{n:05}" for n in range(len(words))], status=words)
    mixed = figures.take(np.random.default_rng(1).permutation(len(words)))
    status = figures.schema.get_field_index("status")
    listed = mixed.set_column(status, "status", mixed.column(status).dictionary_encode())
    assert checksum(figures) == checksum(mixed) == Canonical(listed).sha256()
