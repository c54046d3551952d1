"""What stands in the margin of a Word document becomes comments on nodes, and what nobody has accepted is counted."""

import importlib.util
import json
from pathlib import Path

import pytest

from vagvisare.web.audit import trail
from vagvisare.web.audit.models import Event
from vagvisare.web.revision.models import Comment, DraftNode, Manuscript
from vagvisare.web.revision.reading_in import actions, keeping
from vagvisare.web.revision.writing import talk

pytestmark = pytest.mark.django_db
TOLD = [
    ("heading", 1, "5.4 Skog"), ("heading", 2, "Önskvärt läge"), ("bullet", 1, "Tallar vid havet"),
    ("bullet", 1, "Klart vatten"),
]  # fmt: skip
REMARKS = [
    (1, "Påhittad Granskare", "2031-03-02", "Ska rubriken vara kvar?"),
    (2, "Påhittad Granskare", "2031-03-02", "Vilka tallar?"),
    (2, "", "2031-03-03", "De vid viken."),
]
SAID = ["Ur dokumentet, Påhittad Granskare, 2 mars 2031: Vilka tallar?", "Ur dokumentet, 3 mars 2031: De vid viken."]


def _documents():
    path = Path(__file__).parents[2] / "manuscripts" / "documents.py"
    spec = importlib.util.spec_from_file_location("documents", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def data():
    documents = _documents()
    return documents.saved(documents.commented(TOLD, REMARKS))


@pytest.fixture
def row(taken_in, data):
    return taken_in("skog.docx", data)


def again(row):
    return Manuscript.objects.get(pk=row.pk)


def test_comments_are_kept_on_the_node_their_text_became(row, draft, strategist):
    event = keeping.keep(strategist, row)
    kept = list(Comment.objects.filter(node__draft=draft))
    assert [each.text for each in kept] == SAID
    assert {(each.node.text, each.author) for each in kept} == {("Tallar vid havet", strategist)}
    assert json.loads(event.after)["comments"] == [each.pk for each in kept]
    assert Event.objects.filter(verb="draft.comment").count() == 2


def test_they_go_when_reading_in_is_undone_and_come_back_with_it(row, draft, strategist):
    keeping.keep(strategist, row)
    keeping.undo_keep(strategist, again(row))
    assert not Comment.objects.exists()
    assert not draft.nodes.filter(text="Tallar vid havet", removed_at=None).exists()
    keeping.keep(strategist, again(row))
    assert [each.text for each in Comment.objects.all()] == SAID
    assert trail.verify() is None


@pytest.mark.parametrize("how", ["answered", "resolved", "beside"])
def test_what_somebody_has_said_since_stays(row, strategist, how):
    keeping.keep(strategist, row)
    first = Comment.objects.first()
    if how == "answered":
        talk.comment(strategist, first.node, "Alla.", first)
    elif how == "resolved":
        talk.resolve(strategist, first)
    else:
        talk.comment(strategist, first.node, "En annan sak.")
    with pytest.raises(keeping.BuiltUponError, match="Tallar vid havet"):
        keeping.undo_keep(strategist, again(row))
    assert Comment.objects.filter(pk=first.pk).exists()


def test_an_answer_at_a_node_that_was_there_before_stays_too(taken_in, data, strategist):
    keeping.keep(
        strategist, taken_in("utan.md", b"# 5.4 Skog\n## \xc3\x96nskv\xc3\xa4rt l\xc3\xa4ge\n- Tallar vid havet\n")
    )
    row = taken_in("skog.docx", data)
    keeping.keep(strategist, row)
    first = Comment.objects.first()
    talk.comment(strategist, first.node, "Alla.", first)
    with pytest.raises(keeping.BuiltUponError, match="Tallar vid havet"):
        keeping.undo_keep(strategist, again(row))


def test_the_same_document_read_in_again_says_nothing_twice(row, taken_in, data, strategist):
    keeping.keep(strategist, row)
    keeping.keep(strategist, taken_in("skog.docx", data))
    assert [each.text for each in Comment.objects.all()] == SAID


def test_the_review_says_how_many_comments_there_are_and_where_they_go(row, strategist, signed_in):
    client = signed_in(strategist)
    place = f"/arbete/utkast/2021-prov/dokument/{row.pk}/"
    told = " ".join(client.get(place).content.decode().split())
    assert "Kommentarer i dokumentet: 2 läggs vid sina noder, 1 står vid stycken som inte blir noder" in told
    assert "Kommentar, Påhittad Granskare, 2031-03-02: Vilka tallar?" in told
    actions.decide(strategist, row, "p2", {"becomes": "skip"})
    told = " ".join(client.get(place).content.decode().split())
    assert "Kommentarer i dokumentet: 3 står vid stycken som inte blir noder" in told


def test_what_nobody_has_accepted_is_counted_and_nothing_is_said_where_there_is_none(
    row, taken_in, strategist, signed_in
):
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    documents = _documents()
    made = documents.word_document(TOLD)
    for at, (tag, inner) in enumerate([("ins", "t"), ("ins", "t"), ("del", "delText")], 1):
        run = f"<w:r><w:{inner}>ord</w:{inner}></w:r>"
        made.paragraphs[at]._p.append(parse_xml(f'<w:{tag} {nsdecls("w")} w:id="{at}" w:author="P">{run}</w:{tag}>'))
    tracked = taken_in("spårat.docx", documents.saved(made))
    client = signed_in(strategist)
    told = " ".join(client.get(f"/arbete/utkast/2021-prov/dokument/{tracked.pk}/").content.decode().split())
    assert "som ingen har godkänt: 2 infogade, som räknas in i texten, och 1 borttagen, som lämnas utanför." in told
    assert "godkänt" not in client.get(f"/arbete/utkast/2021-prov/dokument/{row.pk}/").content.decode()


def test_text_from_a_margin_is_never_markup(taken_in, strategist, signed_in):
    documents = _documents()
    made = documents.commented(TOLD, [(2, "<b>P</b>", "2031-03-02", "<script>alert(1)</script>")])
    row = taken_in("elak.docx", documents.saved(made))
    told = signed_in(strategist).get(f"/arbete/utkast/2021-prov/dokument/{row.pk}/").content.decode()
    assert "<script>alert" not in told
    assert "<b>P" not in told
    keeping.keep(strategist, row)
    node = DraftNode.objects.get(text="Tallar vid havet", removed_at=None)
    assert node.comments.get().text.endswith(": <script>alert(1)</script>")
