"""Raw replies and papers beside the figures: kept whole, found again, and never a way out of the store."""

from __future__ import annotations

import hashlib

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vagvisare.observations import replies
from vagvisare.observations.store import Store
from vagvisare.terms.errors import FigureError
from vagvisare.terms.language import Language

BODY = '{"value": [1, 2], "label": "Örebro"}'.encode()


def test_a_reply_comes_back_as_it_came(anywhere):
    for body in (BODY, b"", bytes(100_000)):
        sha = anywhere.replies.keep(body)
        assert sha == hashlib.sha256(body).hexdigest()
        assert anywhere.replies.keep(body) == sha
        assert anywhere.replies.get(sha) == body
        assert sha in anywhere.replies
    assert len(list(anywhere.replies.entries())) == 3


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=3000))
def test_any_bytes_are_kept(body):
    store = Store(None)
    assert store.replies.get(store.replies.keep(body)) == body


def test_replies_lie_compressed_in_two_levels_of_folders(tmp_path):
    store = Store(tmp_path)
    sha = store.replies.keep(BODY * 1000)
    path = tmp_path / "_replies" / sha[:2] / sha[2:4] / f"{sha}.zst"
    assert path.stat().st_size < 1000
    with pa.CompressedInputStream(str(path), "zstd") as stream:
        assert stream.read() == BODY * 1000


def test_a_damaged_reply_is_told_and_healed_by_keeping_it_again(tmp_path):
    store = Store(tmp_path)
    sha = store.replies.keep(BODY)
    (path,) = tmp_path.rglob("*.zst")
    for damage in (b"", b"not zstd", path.read_bytes()[:-3], pa.Codec("zstd").compress(b"other", asbytes=True)):
        path.write_bytes(damage)
        with pytest.raises(FigureError, match="är skadat") as caught:
            store.replies.get(sha)
        assert "is damaged" in caught.value.message(Language.EN)
        assert sha not in store.replies
        assert store.replies.keep(BODY) == sha
        assert store.replies.get(sha) == BODY


def test_a_reply_that_unpacks_without_end_is_not_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(replies, "LARGEST", 1 << 20)
    store = Store(tmp_path)
    body = bytes(3 << 20)
    with pytest.raises(FigureError, match="är skadat"):
        store.replies.get(store.replies.keep(body))


def test_a_reply_that_is_not_there_is_told(anywhere):
    with pytest.raises(FigureError, match="finns inte"):
        anywhere.replies.get("0" * 64)
    assert "0" * 64 not in anywhere.replies


@pytest.mark.parametrize("sha", ["", "../../etc/passwd", "A" * 64, "a" * 63, "a" * 64 + "\n"])
def test_what_is_no_checksum_never_becomes_a_path(anywhere, sha):
    with pytest.raises(ValueError, match="not a sha256"):
        anywhere.replies.get(sha)


def test_papers_are_written_read_listed_replaced_and_removed(anywhere):
    papers = anywhere.papers
    papers.put("question", "b", "2", {"text": "Varför?", "opened": 1})
    papers.put("question", "a", "1", {"text": "first"})
    papers.put("question", "a", "1", {"text": "Åter igen"})
    papers.put("question", "", "everywhere", {"text": "x"})
    papers.put("journal", "a", "1", {})
    assert papers.get("question", "a", "1") == {"text": "Åter igen"}
    assert papers.get("question", "a", "2") is None
    listed = [(paper.dataset, paper.name, paper.document["text"]) for paper in papers.list("question")]
    assert listed == [("", "everywhere", "x"), ("a", "1", "Åter igen"), ("b", "2", "Varför?")]
    assert [paper.name for paper in papers.list("question", "b")] == ["2"]
    assert papers.list("unheard of") == ()
    papers.remove("question", "a", "1")
    papers.remove("question", "a", "1")
    assert papers.get("question", "a", "1") is None
    papers.clear("question", "b")
    assert [paper.dataset for paper in papers.list("question")] == [""]
    assert papers.get("journal", "a", "1") == {}


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../up", "a/b", "a\\b", "a\0b", "a\nb", ".recording-1", "x" * 300, "-"]
)
def test_a_paper_cannot_be_called_what_leads_elsewhere(anywhere, name):
    for names in ((name, "a", "b"), ("a", "b", name), *([("a", name, "b")] if name else [])):
        with pytest.raises(ValueError, match="name of a paper"):
            anywhere.papers.put(*names, {})
        with pytest.raises(ValueError, match="name of a paper"):
            anywhere.papers.get(*names)


@settings(max_examples=100, deadline=None)
@given(st.text(min_size=1, max_size=20), st.text(min_size=1, max_size=20))
def test_whatever_name_is_taken_is_given_back(dataset, name):
    papers = Store(None).papers
    try:
        papers.put("kind", dataset, name, {"n": name})
    except ValueError:
        return
    (paper,) = papers.list("kind")
    assert (paper.dataset, paper.name, paper.document) == (dataset, name, {"n": name})
    assert papers.list("kind", dataset) == (paper,)


def test_names_with_signs_stay_inside_the_store(tmp_path):
    Store(tmp_path / "store").papers.put("kind", "a:b*?", "2026-03-01T10:00:00Z åäö", {"x": 1})
    (path,) = (tmp_path / "store").rglob("*.json")
    assert path.parent.parent == tmp_path / "store" / "_papers" / "kind"
    assert Store(tmp_path / "store").papers.get("kind", "a:b*?", "2026-03-01T10:00:00Z åäö") == {"x": 1}


@pytest.mark.parametrize("damage", [b"{", b"[1]", b"\xff\xfe", b"[" * 100_000])
def test_a_damaged_paper_is_named_with_the_way_out(tmp_path, damage):
    store = Store(tmp_path)
    store.papers.put("journal", "a", "1", {})
    (path,) = tmp_path.rglob("*.json")
    path.write_bytes(damage)
    for read in (lambda: store.papers.get("journal", "a", "1"), lambda: store.papers.list("journal")):
        with pytest.raises(FigureError) as caught:
            read()
        assert str(path) in str(caught.value)
        assert "siffrorna är orörda" in str(caught.value)
