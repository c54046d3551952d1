"""Files that come from anybody: what is refused, by a sentence, before it can do harm."""

import io
import zipfile

import pytest

from vagvisare.manuscripts import reading, refusals
from vagvisare.manuscripts.reading import read_apart, read_manuscript
from vagvisare.manuscripts.refusals import UnreadableManuscriptError
from vagvisare.terms.language import Language


def package(**parts):
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/"), content)
    return kept.getvalue()


def refused(name, data):
    with pytest.raises(UnreadableManuscriptError) as found:
        read_manuscript(name, data)
    for language in Language:
        message = found.value.message(language)
        assert message.endswith(".")
        assert message.count(".") >= 3
    return found.value.what.sv


def test_a_bomb_is_not_unpacked():
    bomb = package(**{"word__document.xml": b"<w>" + b" " * 30_000_000 + b"</w>"})
    assert len(bomb) < 100_000
    assert refused("bomb.docx", bomb) == "Filen blir för stor när den packas upp."
    assert refused("bomb.pptx", bomb) == "Filen blir för stor när den packas upp."


def test_many_parts_are_not_unpacked(monkeypatch):
    monkeypatch.setattr(refusals, "MOST_PARTS", 50)
    assert refused("delar.pptx", package(**{f"del{n}": b"x" for n in range(60)})).startswith("Filen blir för stor")


def test_many_large_parts_together_are_too_much(monkeypatch):
    monkeypatch.setattr(refusals, "LARGEST_UNPACKED", 1000)
    assert refused("summa.docx", package(**{f"del{n}": b"abc" * 100 for n in range(10)})).startswith("Filen blir för")


def test_entities_are_never_looked_up(tmp_path):
    secret = tmp_path / "hemlig.txt"
    secret.write_text("hemligt", encoding="utf-8")
    evil = f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY x SYSTEM "file://{secret}">]><w>&x;</w>'
    assert (
        refused("xxe.docx", package(**{"word__document.xml": evil})) == "Filen går inte att läsa som ett Word-dokument."
    )


def test_entities_within_an_otherwise_sound_document_are_refused(documents):
    sound = documents.saved(documents.word_document([("heading", 1, "Skog")]))
    with zipfile.ZipFile(io.BytesIO(sound)) as opened:
        parts = {name: opened.read(name) for name in opened.namelist()}
    head, end, body = parts["word/document.xml"].partition(b"?>")
    doctype = b'<!DOCTYPE w [<!ENTITY x "' + b"ha" * 50 + b'">]>'
    assert b"Skog" in body
    parts["word/document.xml"] = head + end + doctype + body.replace(b"Skog", b"&x;")
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    assert refused("x.docx", kept.getvalue()) == "Filen går inte att läsa som ett Word-dokument."


def test_macros_are_refused():
    assert refused("makro.docx", package(**{"word/vbaProject.bin": b"x"})) == ("Filen innehåller makron.")


@pytest.mark.parametrize("name", ["bild.png", "strategi.doc", "strategi.docm", "strategi", ".docx", "x.html"])
def test_other_kinds_are_refused(name):
    assert refused(name, b"abc") == "Den sortens fil går inte att läsa in."


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.docx", b"PK\x03\x04", "Filen går inte att läsa som ett Word-dokument."),
        ("a.pptx", b"inget paket", "Filen går inte att läsa som en presentation."),
        ("a.pptx", package(nagot=b"x"), "Filen går inte att läsa som en presentation."),
        ("a.pdf", b"%PDF-1.4 ingenting", "Filen går inte att läsa som en PDF."),
        ("a.pdf", b"hej", "Filen går inte att läsa som en PDF."),
        ("a.txt", b"\x00\x01\x02", "Filen går inte att läsa som text."),
        ("a.txt", b"", "Det finns ingen text i filen."),
        ("a.md", b"\n \n", "Det finns ingen text i filen."),
    ],
)
def test_damaged_and_empty_files_are_refused_by_kind(name, data, said):
    assert refused(name, data) == said


def test_a_file_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(refusals, "LARGEST", 10)
    assert refused("a.txt", b"x" * 11).startswith("Filen är större än")


def test_too_many_pieces_pages_and_slides_are_refused(monkeypatch, documents):
    monkeypatch.setattr(reading, "MOST_PIECES", 3)
    assert "fler än 3 stycken" in refused("a.md", b"- a\n- b\n- c\n- d\n")
    monkeypatch.setattr("vagvisare.manuscripts.pdf_pages.MOST_PAGES", 1)
    assert "fler än 1 sidor" in refused("a.pdf", documents.pdf([[(11, "Text", 60, 80)]] * 2))
    monkeypatch.setattr("vagvisare.manuscripts.slides.MOST_SLIDES", 1)
    two = documents.presentation([("heading", 1, "A"), ("heading", 1, "B")])
    assert "fler än 1 bilder" in refused("a.pptx", documents.saved(two))


def test_what_is_read_apart_is_the_same_and_refusals_come_through(documents):
    data = documents.saved(documents.word_document([("heading", 1, "Skog"), ("bullet", 1, "Tallar på öarna")]))
    assert read_apart("å.docx", data) == read_manuscript("å.docx", data)
    with pytest.raises(UnreadableManuscriptError, match="som en PDF"):
        read_apart("a.pdf", b"hej")


def test_a_reader_that_hangs_or_swallows_memory_is_stopped(monkeypatch, documents, tmp_path):
    sleeper = tmp_path / "python"
    sleeper.write_text("#!/bin/sh\nsleep 30\n", encoding="ascii")
    sleeper.chmod(0o700)
    monkeypatch.setattr(reading.sys, "executable", str(sleeper))
    with pytest.raises(UnreadableManuscriptError, match="för lång tid"):
        read_apart("a.pdf", b"%PDF", seconds=-4)
    sleeper.write_text("#!/bin/sh\nexit 137\n", encoding="ascii")
    with pytest.raises(UnreadableManuscriptError, match="för lång tid"):
        read_apart("a.pdf", b"%PDF")


@pytest.mark.parametrize("name", ["strategi.pdf", "strategi.pptx", "strategi.docx"])
def test_a_sound_file_cut_anywhere_is_refused_and_never_breaks_us(documents, name):
    told = [("heading", 1, "Skog"), ("bullet", 1, "Tallar")]
    whole = {
        "strategi.pdf": lambda: documents.pdf(documents.laid_out(told)),
        "strategi.pptx": lambda: documents.saved(documents.presentation(told)),
        "strategi.docx": lambda: documents.saved(documents.word_document(told)),
    }[name]()
    for part in range(1, 8):
        try:
            read_manuscript(name, whole[: len(whole) * part // 8])
        except UnreadableManuscriptError:
            continue
