"""A store is looked through and swept: every trouble named, nothing removed that anything needs."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from datetime import date

import pyarrow.parquet as pq
import pytest

from vagvisare.observations import upkeep
from vagvisare.observations.store import Store
from vagvisare.observations.troubles import TroubleKind
from vagvisare.observations.vintage import Vintage
from vagvisare.sources.contract import Cell, Table
from vagvisare.terms.errors import FigureError, UserError
from vagvisare.terms.period import Period

DAY = upkeep.DAY
LATER = time.time() + 100 * DAY


@pytest.fixture
def full(anywhere, vintage, series):
    """A store with something of every kind in it, and replies that each kind of thing points to."""
    fill(anywhere, vintage, series)
    return anywhere


def fill(store, vintage, series):
    def reply(word):
        return (store.replies.keep(word.encode()),)

    for month, value in ((1, 1.0), (2, 2.0)):
        made = vintage(series(y2020=value), recorded=date(2026, month, 1), replies=reply(f"published {month}"))
        store.publish(made)
    typed = replace(made.receipt, fetched="", sha256="c0ffee" + "0" * 58, recorded=date(2025, 1, 1), rows=1, replies=())
    store.record(Table(typed, (Cell("18", Period.year(2019), "T", "", 7.0),)))
    for word in ("held", "discarded", "released"):
        own = vintage(series(y2020=3.0), dataset=word, replies=reply(word))
        store.hold(own, {"why": "a test"})
    store.discard(store.held("discarded")[0], by="A", why="B")
    store.release(store.held("released")[0], by="A", why="B", on=date(2026, 3, 2))
    (shape,) = reply("a shape")
    store.papers.put("shape", "syntetisk", "latest", {"sha256": shape})
    (half,) = reply("half-done")
    store.papers.put("under_way", "syntetisk", "call", {"sha256": half})


def kinds(troubles):
    return [trouble.kind for trouble in troubles]


def test_a_whole_store_has_no_troubles_and_is_looked_through_wholly(full):
    told = []
    assert upkeep.verify(full, lambda done, of: told.append((done, of))) == ()
    assert told == [(done, told[0][1]) for done in range(1, told[0][1] + 1)]
    assert told[0][1] >= 10
    assert upkeep.is_store(full)


def test_nothing_is_swept_that_something_points_to_however_old(full):
    before = sorted(entry.name for entry in _all(full))
    swept = upkeep.prune(full, keep_days=1, dry=True, now=LATER)
    assert [entry.name.split("/")[:3] for entry in swept.under_way] == [["_papers", "under_way", "syntetisk"]]
    assert [full.replies.get(entry.name.split("/")[-1][:64]) for entry in swept.replies] == [b"half-done"]
    assert (swept.leftovers, swept.unseen) == ((), ())
    assert sorted(entry.name for entry in _all(full)) == before
    assert upkeep.prune(full, keep_days=1, dry=False, now=LATER).entries == swept.entries
    assert len(list(_all(full))) == len(before) - 2
    assert upkeep.verify(full) == ()
    assert upkeep.prune(full, keep_days=1, dry=False, now=LATER).entries == ()


def _all(store):
    return list(store.place.entries("", deep=True))


def test_what_is_young_is_left(full):
    assert upkeep.prune(full, keep_days=30, now=time.time() + 3 * DAY).replies == ()
    assert upkeep.prune(full, keep_days=30, now=time.time() + 3600).entries == ()


def test_a_reply_kept_again_counts_as_young(tmp_path):
    store = Store(tmp_path)
    sha = store.replies.keep(b"again")
    (path,) = tmp_path.rglob("*.zst")
    os.utime(path, (0, 0))
    assert len(upkeep.prune(store, keep_days=1).replies) == 1
    store.replies.keep(b"again")
    assert upkeep.prune(store, keep_days=1).replies == ()
    assert sha in store.replies


def test_too_short_a_time_is_refused(full):
    with pytest.raises(UserError, match="för kort"):
        upkeep.prune(full, keep_days=0)


@pytest.fixture
def on_disk(tmp_path, vintage, series):
    store = Store(tmp_path)
    fill(store, vintage, series)
    return store


def one(root, pattern):
    return min(root.glob(pattern))


FIGURES_OF_JANUARY, RECEIPT_OF_JANUARY = "syntetisk/2026-01-01-*.parquet", "syntetisk/2026-01-01-*.receipt.json"


@pytest.mark.parametrize(
    ("pattern", "kind"),
    [
        (FIGURES_OF_JANUARY, TroubleKind.NO_FIGURES),
        (RECEIPT_OF_JANUARY, TroubleKind.NO_RECEIPT),
        ("_held/held/*.parquet", TroubleKind.NO_FIGURES),
        ("_settled/discarded/*.parquet", TroubleKind.NO_FIGURES),
        ("syntetisk/2025*.parquet", TroubleKind.NO_FIGURES),
    ],
)
def test_what_is_missing_is_named(on_disk, pattern, kind):
    path = one(on_disk.root, pattern)
    path.unlink()
    (trouble,) = upkeep.verify(on_disk)
    assert trouble.kind is kind
    assert path.name.split(".")[0] in trouble.what.sv
    assert trouble.what.sv != trouble.what.en
    assert trouble.remedy.sv


@pytest.mark.parametrize(
    "pattern",
    [
        FIGURES_OF_JANUARY,
        RECEIPT_OF_JANUARY,
        "_replies/*/*/*.zst",
        "_papers/shape/*/*.json",
        "_held/held/*.report.json",
        "_settled/released/*.decision.json",
    ],
)
def test_what_cannot_be_read_is_named_and_stops_nothing(on_disk, pattern):
    path = one(on_disk.root, pattern)
    path.write_bytes(b"\x00 half a file")
    (trouble,) = upkeep.verify(on_disk)
    assert trouble.kind is TroubleKind.UNREADABLE
    assert trouble.where == str(path)


def test_changed_figures_are_told_by_their_checksum(on_disk, series):
    for pattern, told in (("syntetisk/2026-01-01-*.parquet", 1), ("syntetisk/2025*.parquet", 2)):
        path = one(on_disk.root, pattern)
        whole = pq.ParquetFile(path).read()
        place = whole.schema.get_field_index("value")
        changed = whole.set_column(place, "value", series(y2020=1.25).column("value"))
        pq.write_table(changed.replace_schema_metadata(pq.read_metadata(path).metadata), path)
        found = upkeep.verify(on_disk)
        assert kinds(found) == [TroubleKind.CHANGED] * told
        assert str(path) in {trouble.where for trouble in found}


def test_rows_and_identity_are_held_against_the_receipt(on_disk):
    path = one(on_disk.root, RECEIPT_OF_JANUARY)
    text = path.read_text()
    path.write_text(text.replace('"rows": 1', '"rows": 2'))
    assert kinds(upkeep.verify(on_disk)) == [TroubleKind.ROWS]
    path.write_text(text)
    january, february = one(on_disk.root, FIGURES_OF_JANUARY), one(on_disk.root, "syntetisk/2026-02-01-*.parquet")
    january.write_bytes(february.read_bytes())
    assert kinds(upkeep.verify(on_disk)) == [TroubleKind.ANOTHER]


def test_a_missing_reply_is_named_by_its_receipt(on_disk, vintage, series):
    on_disk.publish(vintage(series(y2020=9.0), dataset="other", replies=("d" * 64,)))
    (trouble,) = upkeep.verify(on_disk)
    assert trouble.kind is TroubleKind.NO_REPLY
    assert "dddddddddddd…" in trouble.what.en
    assert "receipt.json" in trouble.where


def test_when_a_receipt_cannot_be_read_nothing_is_swept(on_disk):
    one(on_disk.root, RECEIPT_OF_JANUARY).write_text("{")
    before = sorted(on_disk.root.rglob("*"))
    with pytest.raises(FigureError, match="går inte att läsa"):
        upkeep.prune(on_disk, keep_days=1, dry=False, now=LATER)
    assert sorted(on_disk.root.rglob("*")) == before


def test_leftovers_and_unseen_figures_are_swept_in_their_time(on_disk):
    left = on_disk.root / "syntetisk" / ".recording-abc"
    left.write_bytes(b"x" * 10)
    receipt = one(on_disk.root, RECEIPT_OF_JANUARY)
    figures = one(on_disk.root, FIGURES_OF_JANUARY)
    receipt.unlink()
    now = time.time()
    assert upkeep.prune(on_disk, now=now + DAY / 2).entries == ()
    tomorrow = upkeep.prune(on_disk, now=now + 2 * DAY)
    assert [entry.name for entry in tomorrow.leftovers] == ["syntetisk/.recording-abc"]
    assert tomorrow.unseen == ()
    assert tomorrow.size >= 10
    at_last = upkeep.prune(on_disk, keep_days=30, dry=False, now=now + 31 * DAY)
    assert [entry.name for entry in at_last.unseen] == [f"syntetisk/{figures.name}"]
    assert not left.exists()
    assert not figures.exists()


def test_what_was_taken_up_again_meanwhile_is_not_removed(on_disk, monkeypatch):
    keep = upkeep._pointed_to

    def taken_up(store, leaving):
        found = keep(store, leaving)
        store.papers.put("under_way", "syntetisk", "call", {"again": "and again"})
        return found

    monkeypatch.setattr(upkeep, "_pointed_to", taken_up)
    assert upkeep.prune(on_disk, keep_days=1, dry=False, now=LATER).under_way
    assert on_disk.papers.get("under_way", "syntetisk", "call") == {"again": "and again"}


def test_other_folders_are_no_store_and_are_left_alone(tmp_path, vintage, series):
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / ".recording-of-the-sea").write_bytes(b"not ours")
    store = Store(tmp_path)
    assert not upkeep.is_store(store)
    store.publish(vintage(series(y2020=1.0)))
    assert upkeep.is_store(store)
    (tmp_path / "photos" / "deep").mkdir()
    (tmp_path / "photos" / "deep" / ".recording-of-the-sea").write_bytes(b"not ours")
    swept = upkeep.prune(store, keep_days=1, dry=False, now=LATER)
    assert (tmp_path / "photos" / "deep" / ".recording-of-the-sea").exists()
    assert {entry.name for entry in swept.entries} <= {"photos/.recording-of-the-sea"}


def test_a_vintage_from_before_checksums_is_held_against_rows_and_identity_only(on_disk, series, vintage):
    path = one(on_disk.root, "syntetisk/2025*.parquet")
    whole = pq.read_table(path)
    pq.write_table(whole.replace_schema_metadata(None).drop_columns(["status"]), path)
    assert upkeep.verify(on_disk) == ()
    on_disk.publish(Vintage(replace(vintage(series(y2020=5.0)).receipt, dataset="other"), series(y2020=5.0)))
    assert upkeep.verify(on_disk) == ()
