"""The map: what is around a thing, why it is here, the ways to another, and what does not hang together."""

import re

import pytest

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(draft, strategist, signed_in):
    return signed_in(strategist)


def text_of(answer):
    body = re.sub(r"<svg.*?</svg>", " ", answer.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", body))


def test_the_whole_is_a_picture_a_list_and_the_gaps(client):
    answer = client.get("/arbete/karta/")
    page = answer.content.decode()
    assert "<svg" in page
    assert "Effektmål som inget område bär, så vitt känt" in page
    assert "2 ej angivet av 3." in text_of(answer)
    assert "style=" not in page


def test_one_thing_is_shown_with_why_it_is_here_and_what_is_around(client):
    answer = client.get("/arbete/karta/?fran=direction:omrade/1/inriktning/1&steg=2")
    told = text_of(answer)
    assert (
        "Stärk digital handel hör till Påhittat område 1 (områden) , som bidrar till Fler i arbete (effektmål)" in told
    )
    assert "Visa ett steg runt om" in told
    assert 'aria-current="true"' in answer.content.decode()


def test_a_thing_is_found_by_its_title_or_by_words_of_it(client):
    assert "<h1>Fler i arbete</h1>" in client.get("/arbete/karta/?fran=Fler i arbete").content.decode()
    several = text_of(client.get("/arbete/karta/?fran=Påhittat"))
    assert "Vilken menar du?" in several
    assert "2 saker har orden i sin titel." in several
    assert "Inget heter så" in text_of(client.get("/arbete/karta/?fran=finns inte"))


@pytest.mark.parametrize(
    ("target", "wanted"),
    [
        ("overarching_goal:mal/stark", "Stärk digital handel hör till Påhittat område 1"),
        ("perspective:perspektiv/jamlikt", "Ingen väg är angiven mellan dem."),
        ("Påhittat", "Flera stämmer. Välj en:"),
        ("finns inte", "Inget heter så. Skriv några av orden i titeln."),
    ],
)
def test_the_ways_to_another_thing(client, target, wanted):
    told = text_of(client.get("/arbete/karta/", {"fran": "direction:omrade/1/inriktning/1", "till": target}))
    assert wanted in told[told.index("Vägen till något annat") :]


def test_the_list_has_every_tie_of_the_picture_once(client):
    page = client.get("/arbete/karta/?fran=area:omrade/1&steg=2").content.decode()
    drawn = page[page.index("<svg") : page.index("</svg>")]
    listed = page[page.index('<ul class="said-list">') : page.index('<section aria-labelledby="vagar">')]
    ties = len(re.findall(r'<path[^>]*class="tie', drawn))
    assert ties
    assert len(re.findall(r"<ul>", listed)) >= 1
    assert len(re.findall(r"<li>[^<]+<a ", listed)) == ties


def test_the_draft_is_drawn_with_what_has_been_said_in_it(client, draft, strategist, signed_in):
    from vagvisare.web.revision.linking import actions

    said = {"kind": "contributes_to", "origin": "omrade/2", "target": "effektmal/kunskap", "answer": "yes"}
    actions.set_cell(strategist, draft, **said, rationale="Påhittat skäl.")
    sealed = text_of(client.get("/arbete/karta/?fran=area:omrade/2"))
    drafted = client.get("/arbete/karta/?fran=area:omrade/2&utkast=2026")
    assert "Mer kunskap" not in sealed[: sealed.index("Vägen till")]
    assert "bidrar till Mer kunskap effektmål – Påhittat skäl." in text_of(drafted)
    assert "utkast=2026" in drafted.content.decode()
    assert client.get("/arbete/karta/?utkast=inget").status_code == 404


def test_partners_see_the_sealed_edition_but_not_the_draft(draft, signed_in):
    partner = signed_in("partner")
    assert partner.get("/arbete/karta/").status_code == 200
    assert partner.get("/arbete/karta/?utkast=2026").status_code == 403


@pytest.mark.parametrize("size", [1, 50])
@pytest.mark.parametrize("question", ["", "?fran=area:omrade/1&steg=2&till=Fler i arbete", "?utkast=2026"])
def test_the_questions_to_the_database_do_not_grow(
    opened, strategist, signed_in, django_assert_max_num_queries, size, question
):
    from vagvisare.web.revision.models import Cell

    draft = opened(areas=size, directions=1)
    for number in range(2, size + 1):
        Cell.objects.create(draft=draft, kind="contributes_to", origin=f"omrade/{number}", target="effektmal/klimat",
                            answer="yes")  # fmt: skip
    client = signed_in(strategist)
    client.get(f"/arbete/karta/{question}")
    with django_assert_max_num_queries(13):
        assert client.get(f"/arbete/karta/{question}").status_code == 200


def test_an_empty_workspace_says_what_to_do(signed_in):
    answer = signed_in("strategist").get("/arbete/karta/")
    assert answer.status_code == 400
    assert "Arbetsytan är tom." in text_of(answer)


def test_the_map_is_said_in_english(client):
    client.cookies["sprak"] = "en"
    told = text_of(client.get("/arbete/karta/?fran=direction:omrade/1/inriktning/1"))
    assert "Why is this here?" in told
    assert "EN Stärk digital handel is part of EN Påhittat område 1" in told


def test_words_of_people_are_text(draft, strategist, signed_in):
    draft.nodes.filter(address="omrade/1").update(text="<script>alert(1)</script>")
    page = signed_in(strategist).get("/arbete/karta/?utkast=2026").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
