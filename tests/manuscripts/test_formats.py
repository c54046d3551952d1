"""Presentations, Word documents and PDFs made from the region's own text say the same as the text did."""

import io
from collections import Counter

import pytest

from vagvisare.manuscripts.manuscript import PieceKind, Tracking, Unit
from vagvisare.manuscripts.planning import plan
from vagvisare.manuscripts.proposal import Asked, Becomes
from vagvisare.manuscripts.proposing import propose
from vagvisare.manuscripts.reading import read_manuscript


@pytest.fixture(scope="module")
def told(update, documents):
    """What the presentation says outside its tables."""
    return [each for each in documents.lines_of(update.pieces) if each[0] != "cell"]


@pytest.fixture(scope="module")
def made(told, documents):
    return {
        "pptx": documents.saved(documents.presentation(told, "Region Örebro län", pictures=2)),
        "docx": documents.saved(documents.word_document(told)),
        "pdf": documents.pdf(documents.laid_out(told, "Region Örebro län", "Sida")),
    }


@pytest.mark.parametrize(("kind", "unit"), [("pptx", "bild"), ("docx", "stycke"), ("pdf", "sida")])
def test_the_same_strategy_is_found_whatever_the_kind_of_file(made, update, strategy, kind, unit):
    read = read_manuscript(f"strategi.{kind}", made[kind])
    proposal = propose(read, strategy.levels)
    levels = Counter(item.level for item in proposal.items if item.becomes is Becomes.NODE)
    assert (levels["area"], levels["desired_state"], levels["direction"]) == (10, 34, 30)
    assert (levels["perspective"], levels["chapter"], levels["vision"]) == (5, 6, 1)
    assert sum(item.becomes is Becomes.CHANGE for item in proposal.items) == 31
    assert sum(item.becomes is Becomes.TREND for item in proposal.items) == 8
    kinds = Counter(question.kind for question in proposal.questions)
    assert (kinds[Asked.LOST_HEADING], kinds[Asked.LATE_HEADING], kinds[Asked.SPLIT_POINT]) == (7, 1, 1)
    assert kinds[Asked.DATES] == 1
    as_text = propose(update, strategy.levels)
    wanted = [item.text for item in as_text.items if item.level in {"desired_state", "direction"}]
    assert [item.text for item in proposal.items if item.level in {"desired_state", "direction"}] == wanted
    sources = [str(node.source) for node in plan(proposal, read.name, strategy.levels).nodes]
    assert all(source.startswith(f"strategi.{kind}, {unit} ") for source in sources)


def test_a_slide_is_where_its_text_stands(made):
    read = read_manuscript("strategi.pptx", made["pptx"])
    at = next(piece for piece in read.pieces if piece.text == "Socialt företagande och innovation möter")
    assert (at.where.unit, at.where.first) == (Unit.SLIDE, 34)
    assert at.where.words.sv == "bild 34"
    notices = [notice.what.sv for notice in read.notices]
    assert "”Region Örebro län” står på 58 bilder och är utelämnat." in notices
    assert notices.count("Bilden har ingen text, bara illustrationer.") == 2
    assert "Region Örebro län" not in {piece.text for piece in read.pieces}


def test_slides_keep_tables_notes_and_the_order_on_the_page(documents):
    from pptx import Presentation
    from pptx.util import Inches

    made = Presentation()
    slide = made.slides.add_slide(made.slide_layouts[5])
    slide.shapes.title.text = "Övergripande mål"
    low = slide.shapes.add_textbox(Inches(1), Inches(6), Inches(3), Inches(1))
    low.text_frame.text = "Nederst"
    high = slide.shapes.add_textbox(Inches(1), Inches(2), Inches(3), Inches(0.5))
    high.text_frame.text = "Överst"
    table = slide.shapes.add_table(2, 2, Inches(1), Inches(3), Inches(6), Inches(2)).table
    for row, texts in enumerate((("Fler träd", "Mer vatten"), ("Tallar\nBjörkar", "Sjöar"))):
        for column, text in enumerate(texts):
            table.cell(row, column).text_frame.text = text
    slide.notes_slide.notes_text_frame.text = "Säg något om tallarna."
    read = read_manuscript("mål.pptx", documents.saved(made))
    assert [(piece.kind.value, piece.text) for piece in read.pieces] == [
        ("heading", "Övergripande mål"), ("paragraph", "Överst"), ("cell", "Fler träd"), ("cell", "Mer vatten"),
        ("cell", "Tallar"), ("cell", "Björkar"), ("cell", "Sjöar"), ("paragraph", "Nederst"),
        ("note", "Säg något om tallarna."),
    ]  # fmt: skip


def test_a_line_broken_by_hand_on_a_slide_keeps_its_words_apart(documents):
    from pptx import Presentation

    made = Presentation()
    slide = made.slides.add_slide(made.slide_layouts[1])
    slide.shapes.title.text = "Kunskapslyft\voch utbildning"
    slide.placeholders[1].text = "Första raden\vandra raden"
    read = read_manuscript("rader.pptx", documents.saved(made))
    assert [piece.text for piece in read.pieces] == ["Kunskapslyft och utbildning", "Första raden andra raden"]


def test_a_slide_whose_heading_is_a_picture_is_noticed(documents):
    from pptx import Presentation
    from pptx.util import Inches

    made = Presentation()
    slide = made.slides.add_slide(made.slide_layouts[6])
    slide.shapes.add_picture(io.BytesIO(documents.png()), Inches(1), Inches(1))
    slide.shapes.add_textbox(Inches(1), Inches(3), Inches(3), Inches(1)).text_frame.text = "Önskvärt läge"
    read = read_manuscript("bild.pptx", documents.saved(made))
    assert "ingen rubrik som text" in read.notices[0].what.sv
    assert read.notices[0].where.words.sv == "bild 1"


def tracked(*parts):
    """Make a Word document of one heading and one paragraph; parts are (None, "ins" or "del", text)."""
    import docx
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    made = docx.Document()
    made.add_heading("1 Skog", 1)
    paragraph = made.add_paragraph()
    for how, text in parts:
        if how is None:
            paragraph.add_run(text)
            continue
        word = "delText" if how in {"del", "moveFrom"} else "t"
        paragraph._p.append(
            parse_xml(
                f'<w:{how} {nsdecls("w")} w:id="7" w:author="Påhittad"><w:r><w:{word} xml:space="preserve">'
                f"{text}</w:{word}></w:r></w:{how}>"
            )
        )
    return made


def test_tracked_insertions_are_not_lost_and_deletions_are_marked(documents, strategy):
    made = tracked((None, "Plantera "), ("del", "få "), ("ins", "många "), (None, "tallar."))
    read = read_manuscript("spårat.docx", documents.saved(made))
    piece = read.pieces[1]
    assert piece.text == "Plantera många tallar."
    assert piece.untracked == "Plantera få tallar."
    assert [(change.kind, change.text) for change in piece.tracked] == [
        (Tracking.DELETED, "få"),
        (Tracking.INSERTED, "många"),
    ]
    kinds = [question.kind for question in propose(read, strategy.levels).questions]
    assert Asked.TRACKED in kinds


def test_moved_text_counts_where_it_went(documents):
    made = tracked(("moveFrom", "Först. "), (None, "Sedan. "), ("moveTo", "Först."))
    assert read_manuscript("flyttat.docx", documents.saved(made)).pieces[1].text == "Sedan. Först."


def test_a_paragraph_that_is_deleted_as_a_whole_is_still_shown(documents, strategy):
    read = read_manuscript("borta.docx", documents.saved(tracked(("del", "Allt ska bort."))))
    assert (read.pieces[1].text, read.pieces[1].untracked) == ("", "Allt ska bort.")
    assert propose(read, strategy.levels).items[1].text == "Allt ska bort."


def test_word_headings_by_style_by_outline_level_and_lists_and_tables(documents):
    import docx
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = docx.Document()
    made.add_paragraph("Strategi", style="Title")
    made.add_heading("1 Syfte", 2)
    leveled = made.add_paragraph("Utan formatmall")
    level = OxmlElement("w:outlineLvl")
    level.set(qn("w:val"), "2")
    leveled._p.get_or_add_pPr().append(level)
    made.add_paragraph("En punkt", style="List Bullet")
    made.add_paragraph("En text")
    table = made.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Fler träd", "Mer vatten"
    made.add_paragraph("Efter tabellen")
    read = read_manuscript("form.docx", documents.saved(made))
    assert [(piece.kind.value, piece.depth, piece.text) for piece in read.pieces] == [
        ("heading", 1, "Strategi"), ("heading", 2, "1 Syfte"), ("heading", 3, "Utan formatmall"),
        ("bullet", 1, "En punkt"), ("paragraph", 0, "En text"), ("cell", 0, "Fler träd"), ("cell", 0, "Mer vatten"),
        ("paragraph", 0, "Efter tabellen"),
    ]  # fmt: skip


def test_pdf_lines_become_points_again_and_page_furniture_is_listed(made, told):
    read = read_manuscript("strategi.pdf", made["pdf"])
    assert [piece.text for piece in read.pieces] == [text for _, _, text in told]
    assert {piece.where.unit for piece in read.pieces} == {Unit.PAGE}
    assert [notice.what.sv for notice in read.notices] == [
        "”Region Örebro län” upprepas på sidorna och är utelämnat.",
        "”Sida 1 (11)” upprepas på sidorna och är utelämnat.",
    ]


def test_a_word_divided_at_the_end_of_a_line_is_whole_again(documents):
    page = [(20, "Mål", 60, 80), (11, "Vi planterar tallar och sköter all vatten-", 60, 120),
            (11, "försörjning, hälso-", 60, 134), (11, "och sjukvård.", 60, 148)]  # fmt: skip
    read = read_manuscript("delat.pdf", documents.pdf([page]))
    assert read.pieces[1].text == "Vi planterar tallar och sköter all vattenförsörjning, hälso- och sjukvård."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_read_in_whatever_encoding_it_comes(encoding):
    read = read_manuscript("å.txt", "# Önskvärt läge\n\n- Fler tallar på öarna\n".encode(encoding))
    assert [piece.text for piece in read.pieces] == ["Önskvärt läge", "Fler tallar på öarna"]


def test_markdown_tables_and_emphasis_and_hard_breaks():
    text = "| Mål | Antal |\n|---|---|\n| **Fler** träd | 3 |\n\nEn *ljus*  \noch snäll_text_ skog\n"
    read = read_manuscript("t.md", text.encode())
    assert [(piece.kind, piece.text) for piece in read.pieces] == [
        (PieceKind.CELL, "Mål"), (PieceKind.CELL, "Antal"), (PieceKind.CELL, "Fler träd"), (PieceKind.CELL, "3"),
        (PieceKind.PARAGRAPH, "En ljus och snäll_text_ skog"),
    ]  # fmt: skip
    assert len(read.pieces[-1].repaired) == 2
