"""The pages of reading in: what is sent, what is shown, and to whom."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from vagvisare.web.revision.models import DraftNode, Manuscript
from vagvisare.web.revision.reading_in import keeping
from vagvisare.web.revision.reading_in.views import own_name

pytestmark = pytest.mark.django_db
PLACE = "/arbete/utkast/2021-prov/dokument/"
SMALL = b"# 5.4 Skog\n## Strategiska inriktningar\n- Plantera tallar.\n- Vattna dem.\n"


@pytest.fixture
def client(signed_in, strategist):
    return signed_in(strategist)


def sent(client, name, data):
    return client.post(PLACE, {"file": SimpleUploadedFile(name, data)}, follow=True)


def test_an_empty_list_teaches(client, draft):
    told = client.get(PLACE).content.decode()
    assert "Inga dokument än" in told
    assert "Önskvärt läge" in told


def test_a_document_is_sent_and_reviewed_and_nothing_is_kept(client, draft):
    before = DraftNode.objects.count()
    told = sent(client, "skog.md", SMALL).content.decode()
    assert "Plantera tallar." in told
    assert "strategisk inriktning" in told
    assert "under 5.4 Skog" in told
    assert "rad 3" in told
    assert DraftNode.objects.count() == before


def test_a_document_in_which_nothing_is_recognised_says_what_is_and_what_to_do(client, draft):
    told = sent(client, "skog.txt", b"Vi planterar tallar. Vi vattnar dem.").content.decode()
    assert "1 stycke ·" in told
    assert "Inget blir en nod." in told
    assert "behöver stå under rubriker med nummer" in told
    assert "behöver stå under rubriker" not in sent(client, "skog.md", SMALL).content.decode()


def test_what_is_found_is_counted_on_the_page(client, draft, seed):
    told = sent(client, *seed).content.decode()
    for words in ("10 prioriterade områden", "34 önskvärda lägen", "30 strategiska inriktningar", "20 effektmål",
                  "31 angivna ändringar", "8 omvärldstrender", "23 underlag", "124", "7 att svara på"):  # fmt: skip
        assert words in told, words


def test_every_choice_is_saved_for_itself_and_shown(client, draft, taken_in):
    row = taken_in("skog.md", SMALL)
    opened = client.get(f"{PLACE}{row.pk}/?rad=p3").content.decode()
    assert 'name="level"' in opened
    answer = client.post(f"{PLACE}{row.pk}/valj/", {"rad": "p3", "becomes": "skip", "visa": "alla", "sida": "1"})
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith("?visa=alla&sida=1#p3")
    assert "ditt val" in client.get(f"{PLACE}{row.pk}/").content.decode()
    assert Manuscript.objects.get().decisions == {"p3": {"becomes": "skip"}}


def test_keeping_and_undoing_by_forms(client, draft, taken_in):
    row = taken_in("skog.md", SMALL)
    told = client.post(f"{PLACE}{row.pk}/las-in/", follow=True).content.decode()
    assert "Dokumentet är inläst i utkastet." in told
    assert "Ångra inläsningen" in told
    assert 'name="becomes"' not in told
    assert DraftNode.objects.filter(text="Plantera tallar.", removed_at=None).exists()
    told = client.post(f"{PLACE}{row.pk}/angra/", follow=True).content.decode()
    assert "Inläsningen är ångrad" in told
    assert not DraftNode.objects.filter(text="Plantera tallar.", removed_at=None).exists()


def test_open_questions_are_said_as_a_sentence(client, draft, taken_in, seed):
    row = taken_in(*seed)
    answer = client.post(f"{PLACE}{row.pk}/las-in/")
    assert answer.status_code == 400
    assert "7 rubriker saknar namn." in answer.content.decode()


def test_the_original_is_sent_to_be_saved_never_opened(client, draft, taken_in):
    row = taken_in('åäö "x".md', SMALL)
    answer = client.get(f"{PLACE}{row.pk}/original/")
    assert answer.content == SMALL
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("bild.png", b"\x89PNG", "Den sortens fil går inte att läsa in."),
        ("x.docm", b"PK", "Den sortens fil går inte att läsa in."),
        ("tom.txt", b"  ", "Det finns ingen text i filen."),
        ("falsk.docx", b"PK\x03\x04 no package", "Filen går inte att läsa som ett Word-dokument."),
        ("falsk.pdf", b"<html>", "Filen går inte att läsa som en PDF."),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence_and_not_kept(client, draft, name, data, said):
    answer = sent(client, name, data)
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert not Manuscript.objects.exists()


def test_a_file_that_is_too_large_is_refused_before_it_is_read(client, draft, settings):
    settings.LARGEST_UPLOAD = 1024
    answer = sent(client, "stor.txt", b"a" * 2000)
    assert answer.status_code == 400
    assert "Filen är större än" in answer.content.decode()


def test_no_file_is_said(client, draft):
    assert "Ingen fil är vald." in client.post(PLACE, {}).content.decode()


def test_text_in_a_document_is_never_markup(client, draft):
    told = sent(
        client, "elak.md", b"# 5.1 <script>alert(1)</script>\n- <img src=x onerror=alert(1)>\n"
    ).content.decode()
    assert "<script>alert" not in told
    assert "<img" not in told
    assert "&lt;script&gt;" in told


@pytest.mark.parametrize(
    ("given", "own"),
    [
        ("C:\\Mina dokument\\strategi.docx", "strategi.docx"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("a\x00b\n.md", "ab.md"),
        (f"{'å' * 500}.pdf", f"{'å' * 200}.pdf"),
    ],
)
def test_a_file_keeps_only_its_own_name(given, own):
    assert own_name(given) == own


@pytest.mark.parametrize("role", ["reader", "analyst", "writer", "registrar"])
def test_whoever_reads_the_draft_sees_the_review_and_changes_nothing(signed_in, draft, taken_in, role):
    row = taken_in("skog.md", SMALL)
    other = signed_in(role)
    told = other.get(f"{PLACE}{row.pk}/").content.decode()
    assert "Plantera tallar." in told
    assert "<textarea" not in told
    assert "Läs in i utkastet" not in told
    assert other.post(PLACE, {"file": SimpleUploadedFile("a.md", SMALL)}).status_code == 403
    for act in ("valj", "sedd", "las-in", "angra", "kasta"):
        assert other.post(f"{PLACE}{row.pk}/{act}/", {"rad": "p1"}).status_code == 403
    assert Manuscript.objects.count() == 1


def test_a_partner_does_not_see_the_draft_or_its_documents(signed_in, draft, taken_in):
    row = taken_in("skog.md", SMALL)
    other = signed_in("partner", "kommun-x")
    for place in (PLACE, f"{PLACE}{row.pk}/", f"{PLACE}{row.pk}/original/"):
        assert other.get(place).status_code == 403


def test_a_document_of_another_draft_is_not_found(client, draft, taken_in):
    row = taken_in("skog.md", SMALL)
    assert client.get(f"/arbete/utkast/annat/dokument/{row.pk}/").status_code == 404
    assert client.get(f"{PLACE}{row.pk + 1}/").status_code == 404


def test_a_kept_document_shows_what_became_of_it_without_forms(client, draft, taken_in, strategist):
    row = taken_in("skog.md", SMALL)
    keeping.keep(strategist, row)
    told = client.get(f"{PLACE}{row.pk}/?rad=p2").content.decode()
    assert "piece-form" not in told
    assert reverse("manuscript_undo", args=["2021-prov", row.pk]) in told


def test_tracked_changes_are_shown_as_suggestions(client, draft):
    data = _tracked_document()
    told = sent(client, "spårat.docx", data).content.decode()
    assert "Infogat: <ins>många </ins>".replace(" </ins>", "</ins>") in told
    assert "Borttaget: <del>få</del>" in told
    row = Manuscript.objects.get()
    client.post(f"{PLACE}{row.pk}/valj/", {"rad": "p1", "untracked": "1", "becomes": "node", "level": "passage"})
    assert "Plantera få tallar." in client.get(f"{PLACE}{row.pk}/").content.decode()


def _tracked_document():
    import docx
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    made = docx.Document()
    made.add_heading("1 Skog", 1)
    paragraph = made.add_paragraph("Plantera ")
    for tag, inner in (("del", "<w:delText>få</w:delText>"), ("ins", "<w:t>många</w:t>")):
        paragraph._p.append(parse_xml(f'<w:{tag} {nsdecls("w")} w:id="1" w:author="P"><w:r>{inner}</w:r></w:{tag}>'))
    paragraph.add_run(" tallar.")
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


@pytest.mark.parametrize("points", [1, 50])
def test_the_review_asks_the_database_as_often_however_long_the_document(
    client, draft, taken_in, django_assert_num_queries, points
):
    text = "# 5.4 Skog\n## Strategiska inriktningar\n" + "".join(f"- Plantera {n} tallar.\n" for n in range(points))
    row = taken_in("skog.md", text.encode())
    client.get(PLACE)
    with django_assert_num_queries(11):
        client.get(f"{PLACE}{row.pk}/")


@pytest.mark.parametrize("count", [1, 50])
def test_the_list_asks_the_database_as_often_however_many_documents(
    client, draft, taken_in, django_assert_num_queries, count
):
    for number in range(count):
        taken_in(f"{number}.md", SMALL)
    client.get(PLACE)
    with django_assert_num_queries(5):
        client.get(PLACE)


def test_a_long_document_is_shown_page_by_page(client, draft, taken_in):
    text = "# 1 Skog\n" + "".join(f"- Plantera {n} tallar.\n" for n in range(700))
    row = taken_in("lång.md", text.encode())
    told = client.get(f"{PLACE}{row.pk}/?sida=3").content.decode()
    assert "Plantera 699 tallar." in told
    assert "Plantera 1 tallar." not in told
    opened = client.get(f"{PLACE}{row.pk}/?rad=p650").content.decode()
    assert 'class="stack piece-form"' in opened


def test_the_pages_are_in_english_too(client, draft, taken_in, seed):
    row = taken_in(*seed)
    client.cookies["sprak"] = "en"
    told = client.get(f"{PLACE}{row.pk}/?rad=p160").content.decode()
    assert "7 to answer" in told
    assert "The heading of area 5.1 has been lost (lines 160–183)" in told
    assert "Read into the draft" in told
