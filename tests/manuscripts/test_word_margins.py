"""What stands in the margin of a Word document, and what somebody put in or took out without anybody accepting it."""

import pytest

from vagvisare.manuscripts import word_document
from vagvisare.manuscripts.manuscript import Remark, Tracked, Tracking
from vagvisare.manuscripts.plain import from_plain, to_plain
from vagvisare.manuscripts.planning import plan
from vagvisare.manuscripts.proposing import propose
from vagvisare.manuscripts.reading import read_apart, read_manuscript
from vagvisare.manuscripts.refusals import UnreadableManuscriptError

TOLD = [
    ("heading", 1, "5.1 Skog"), ("heading", 2, "Önskvärt läge"), ("bullet", 1, "Tallarna vid havet möter"),
    ("bullet", 1, "stormarna"), ("bullet", 1, "Klart vatten"),
]  # fmt: skip


def read(documents, made):
    return read_manuscript("skog.docx", documents.saved(made))


def test_comments_are_read_with_who_and_when_from_a_process_of_its_own(documents):
    made = documents.commented(TOLD, [(2, "Påhittad Granskare", "2031-03-02", "Vilka tallar?\nOch var?")])
    found = read_apart("skog.docx", documents.saved(made))
    assert [piece.remarks for piece in found.pieces] == [
        (), (), (Remark("Påhittad Granskare", "2031-03-02", "Vilka tallar?\nOch var?"),), (), (),
    ]  # fmt: skip
    assert from_plain(to_plain(found)) == found


def test_comments_go_to_the_node_their_text_belongs_to(documents, strategy):
    remarks = [(at, "Granskare", "2031-03-02", f"Om {at}") for at in (0, 1, 2, 3)]
    found = read(documents, documents.commented(TOLD, remarks))
    planned = plan(propose(found, strategy.levels), found.name, strategy.levels)
    texts = {node.address: node.text for node in planned.nodes}
    assert [(texts[each.address], each.remark.text) for each in planned.remarks] == [
        ("Skog", "Om 0"),
        ("Tallarna vid havet möter stormarna", "Om 2"),
        ("Tallarna vid havet möter stormarna", "Om 3"),
    ]


def test_an_address_a_program_signs_with_is_not_read_in(documents):
    made = documents.commented(TOLD, [(0, "pahittad.person@exempel.se", "2031-03-02", "Bra")])
    assert read(documents, made).pieces[0].remarks[0].by == "pahittad.person"


def test_a_comment_on_an_empty_line_belongs_to_the_text_after_it_and_the_last_to_the_last(documents):
    import docx

    made = docx.Document()
    made.add_heading("Skog", 1)
    for text in ("", "Tallar", ""):
        paragraph = made.add_paragraph(text)
        if not text:
            made.add_comment(paragraph.add_run(""), text="Här saknas något", author="Granskare")
    found = read(documents, made)
    assert [len(piece.remarks) for piece in found.pieces] == [0, 2]


def test_a_comment_that_belongs_to_no_text_is_told(documents):
    made = documents.commented(TOLD, [(0, "Granskare", "2031-03-02", "Bort med det")])
    body = made.element.body
    for mark in [each for each in body.iter() if "comment" in each.tag]:
        mark.getparent().remove(mark)
    found = read(documents, made)
    assert not any(piece.remarks for piece in found.pieces)
    assert [notice.what.sv for notice in found.notices] == [
        "En kommentar hör inte till någon text och läses inte in. Granskare: ”Bort med det”"
    ]


def test_a_tracked_change_of_several_runs_is_one(documents):
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    made = documents.word_document([("heading", 1, "1 Skog"), ("paragraph", 0, "Plantera ")])
    runs = "".join(f'<w:r><w:t xml:space="preserve">{word} </w:t></w:r>' for word in ("många", "nya", "fina"))
    made.paragraphs[1]._p.append(parse_xml(f'<w:ins {nsdecls("w")} w:id="1" w:author="P">{runs}</w:ins>'))
    assert read(documents, made).pieces[1].tracked == (Tracked(Tracking.INSERTED, "många nya fina"),)


@pytest.mark.parametrize("day", ["", "i går", "2031-99-99T00:00:00Z"])
def test_a_comment_with_a_day_that_is_none_is_read(documents, day):
    from docx.oxml.ns import qn

    made = documents.commented(TOLD, [(0, "Granskare", "2031-03-02", "Bra")])
    for relation in made.part.rels.values():
        if relation.reltype.endswith("/comments"):
            for comment in relation.target_part.element.iter(qn("w:comment")):
                comment.set(qn("w:date"), day)
    assert read(documents, made).pieces[0].remarks[0].text == "Bra"


def test_more_comments_than_anybody_writes_are_refused(documents, monkeypatch):
    monkeypatch.setattr(word_document, "MOST_REMARKS", 2)
    made = documents.commented(TOLD, [(0, "Granskare", "2031-03-02", f"Nummer {number}") for number in range(3)])
    with pytest.raises(UnreadableManuscriptError, match="fler än 2 kommentarer"):
        read(documents, made)
