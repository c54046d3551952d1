import re

import pytest

from vagvisare.web.registers.described import DEFINITIONS

pytestmark = pytest.mark.django_db
ROOT = "/arbete/register/"


@pytest.mark.parametrize("register", DEFINITIONS)
@pytest.mark.parametrize("role", ["strategist", "reader"])
def test_every_register_has_its_page(orebro, signed_in, register, role):
    answer = signed_in(role).get(f"{ROOT}{register}/")
    assert answer.status_code == 200
    assert DEFINITIONS[register].name.sv in answer.content.decode()


@pytest.mark.parametrize("register", DEFINITIONS)
def test_a_register_with_nothing_in_it_teaches_what_belongs_there(signed_in, register):
    page = signed_in().get(f"{ROOT}{register}/").content.decode()
    assert DEFINITIONS[register].empty.sv in page


@pytest.mark.parametrize("register", DEFINITIONS)
def test_the_pages_are_in_english_too(orebro, person, signed_in, register):
    reader = signed_in(person("reader", language="en"))
    page = reader.get(f"{ROOT}{register}/").content.decode()
    assert f"<h1>{DEFINITIONS[register].name.en}</h1>" in page


def test_the_index_counts_what_the_folder_has(orebro, signed_in):
    page = signed_in("reader").get(ROOT).content.decode()
    counts = dict(re.findall(r'href="/arbete/register/([a-z]+)/">[^<]*</a></th><td class="num">(\d+)', page))
    register = orebro.strategy.register
    assert counts == {key: str(len(getattr(register, key))) for key in DEFINITIONS}


@pytest.mark.parametrize("register", sorted(set(DEFINITIONS) - {"errata"}))
def test_every_entry_has_its_page_with_all_that_it_says(orebro, signed_in, register):
    client = signed_in()
    for item in getattr(orebro.strategy.register, register)[:4]:
        answer = client.get(f"{ROOT}{register}/post/{item.key}/")
        assert answer.status_code == 200
        assert "lade till" in answer.content.decode()


def test_a_reader_sees_but_is_offered_nothing_to_change(orebro, signed_in):
    page = signed_in("reader").get(f"{ROOT}evidence/").content.decode()
    assert "Barnkonventionen" in page
    assert "data-editable" not in page
    assert "Lägg till" not in page
    page = signed_in("reader").get(f"{ROOT}evidence/post/barnkonventionen/").content.decode()
    assert 'class="entry-form"' not in page


def test_a_filter_stands_in_the_address_and_says_how_many_of_how_many(orebro, signed_in):
    page = signed_in("reader").get(f"{ROOT}evidence/?kind=national_strategy").content.decode()
    assert "Visar 7 av 23" in page
    assert "Landsbygds målet" in page
    assert "Barnkonventionen" not in page
    assert "/arbete/register/evidence/fil/csv/?kind=national_strategy" in page


def test_a_search_finds_words_in_any_field_and_combines_with_filters(orebro, signed_in):
    client = signed_in("reader")
    page = client.get(f"{ROOT}actors/?sok=Tillv%C3%A4xtn%C3%A4mnden+remissen").content.decode()
    assert "Visar 1 av 32" in page
    assert "Regionala tillväxtnämnden (RTN)" in page
    page = client.get(f"{ROOT}mandate/?giver=regionledningen&status=not_met").content.decode()
    assert "Visar 1 av 10" in page
    assert "Inget stämmer" in client.get(f"{ROOT}mandate/?sok=finnsinte").content.decode()


def test_sorting_follows_the_swedish_alphabet(orebro, signed_in, entry):
    one = entry("actors", "rf-sisu")
    for number, name in enumerate(["Ölands påhitt", "Ängens påhitt", "Åsens påhitt", "Zonens påhitt"]):
        content = one.content | {"key": f"p{number}", "name": name}
        type(one).objects.create(register="actors", key=f"p{number}", position=90 + number, content=content)
    page = signed_in("reader").get(f"{ROOT}actors/?ordning=name").content.decode()
    names = re.findall(r'<a href="/arbete/register/actors/post/[^"]*">([^<]*)</a>', page)
    assert names[0] == "Askersunds kommun"
    made_up = [name.split()[0] for name in names if name.endswith("påhitt")]
    assert made_up == ["Zonens", "Åsens", "Ängens", "Ölands"]
    down = signed_in("reader").get(f"{ROOT}actors/?ordning=-name").content.decode()
    assert re.findall(r'<a href="/arbete/register/actors/post/[^"]*">([^<]*)</a>', down) == names[::-1]


def test_what_a_filter_does_not_know_is_left_out_rather_than_an_error(orebro, signed_in):
    page = signed_in("reader").get(f"{ROOT}evidence/?ordning=hittepå&nonsens=1").content.decode()
    assert "Visar 23 av 23" in page


def test_a_register_or_entry_that_does_not_exist_is_not_found(orebro, signed_in):
    client = signed_in()
    assert client.get(f"{ROOT}hemligheter/").status_code == 404
    assert client.get(f"{ROOT}evidence/post/finns-inte/").status_code == 404


def test_texts_are_never_markup(signed_in, entry):
    client = signed_in()
    told = {"title": "<script>alert(1)</script>", "kind": "rapport", "areas_affected": "1", "source": '"><b>x'}
    client.post(f"{ROOT}evidence/ny/", told)
    page = client.get(f"{ROOT}evidence/").content.decode()
    assert "<script>alert" not in page
    assert "<b>x" not in page


@pytest.mark.parametrize("register", ["evidence", "trends", "timeline", "alignments"])
def test_a_page_asks_the_database_as_often_for_fifty_rows_as_for_one(orebro, signed_in, register):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from vagvisare.web.registers.models import Entry

    client = signed_in()
    counts = []
    one = Entry.objects.filter(register=register).first()
    for rows in (1, 50):
        Entry.objects.filter(register=register).delete()
        Entry.objects.bulk_create(
            Entry(register=register, key=f"{one.key}-{n}", position=n, content=one.content | {"key": f"{one.key}-{n}"})
            for n in range(rows)
        )
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"{ROOT}{register}/").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 8


def test_the_matrix_and_an_entry_ask_a_constant_number_of_times(orebro, signed_in):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from vagvisare.web.registers.models import Entry

    client = signed_in()
    one = Entry.objects.get(register="evidence", key="barnkonventionen")
    counts = []
    for rows in (1, 50):
        Entry.objects.filter(register="evidence").exclude(pk=one.pk).delete()
        Entry.objects.bulk_create(
            Entry(register="evidence", key=f"u-{n}", position=n, content=one.content | {"key": f"u-{n}"})
            for n in range(rows - 1)
        )
        for address in ("underlag-och-omraden/", "evidence/post/barnkonventionen/", ""):
            with CaptureQueriesContext(connection) as asked:
                assert client.get(ROOT + address).status_code == 200
            counts.append(len(asked))
    assert counts[:3] == counts[3:]
    assert max(counts) <= 9
