"""The strategy’s own terms in the workspace: the language help goes by the list, and words are added from the text."""

from dataclasses import replace

import pytest

from vagvisare.editions.document import Source
from vagvisare.editions.registers import Actor, Register, Term
from vagvisare.web.registers.models import Entry

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}
DRAFT = "/arbete/utkast/2030/"
TEXT = "Kommunerna bygger zätanätet runt torgen."


def remarks(client, text=TEXT):
    told = client.post(f"{DRAFT}forhandsvisa/", {"text": text}, headers=JSON).json()["remarks"]
    return [(one["quote"], one["unknown"], one["suggestion"]) for one in told]


def add(client, word):
    return client.post(f"{DRAFT}ordlista/", {"word": word}, headers=JSON)


def listed():
    return list(Entry.objects.filter(register="terms").values_list("content__text", flat=True))


def keep(register, **content):
    return Entry.objects.create(register=register, key=content["key"], content=content)


@pytest.mark.parametrize("role", ["strategist", "writer", "analyst"])
def test_a_word_added_is_remarked_upon_no_more_until_it_is_undone(signed_in, role):
    client = signed_in(role)
    assert remarks(client) == [("zätanätet", True, "")]
    answer = add(client, " zätanätet ").json()
    assert answer["said"] == "”zätanätet” finns nu i ordlistan."
    assert remarks(client) == []
    undone = client.post("/arbete/register/terms/angra/", {"handelse": answer["event"]}, headers=JSON)
    assert undone.json()["undone"] == [answer["event"]]
    assert remarks(client) == [("zätanätet", True, "")]


def test_the_same_word_is_added_once_in_whatever_letters(signed_in, person):
    from vagvisare.web.audit.models import Event

    add(signed_in("writer"), "Zätanätet")
    count = Event.objects.count()
    english = signed_in(person("analyst", language="en"))
    assert add(english, "zätanätet").json() == {
        "said": "“Zätanätet” is already in the list of terms.",
        "event": None,
    }
    assert listed() == ["Zätanätet"]
    assert Event.objects.count() == count


@pytest.mark.parametrize("word", ["", "  ", "\x00", "zäta\x07"])
def test_what_is_no_word_is_refused_in_words(signed_in, word):
    answer = add(signed_in("writer"), word)
    assert answer.status_code == 400
    assert "Ingenting är sparat." in answer.json()["error"]
    assert listed() == []


@pytest.mark.parametrize("role", ["process_leader", "registrar", "reader", "administrator"])
def test_whoever_may_not_is_refused_and_offered_nothing(signed_in, opened, role):
    opened()
    client = signed_in(role)
    assert add(client, "zätanätet").status_code == 403
    assert b"data-add-term" not in client.get(DRAFT).content
    assert listed() == []


def test_whoever_may_is_offered_to(signed_in, opened):
    opened()
    page = signed_in("writer").get(DRAFT).content.decode()
    assert f'data-add-term="{DRAFT}ordlista/" data-undo-term="/arbete/register/terms/angra/"' in page


def test_a_form_to_avoid_is_remarked_upon_with_the_term(signed_in):
    keep("terms", key="zatanatet", text="stadsnätet", avoid=["zätanätet"])
    assert remarks(signed_in("writer")) == [("zätanätet", False, "stadsnätet")]


def test_actors_and_themes_are_known_and_a_change_of_one_is_noticed(signed_in):
    from vagvisare.web.registers import actions

    client = signed_in("strategist")
    keep("themes", key="nat", name="Zätanätet", words=[])
    assert remarks(client) == []
    actions.change(client.person, register="themes", key="nat", fields={"name": "Nät"}, version=1)
    assert remarks(client) == [("zätanätet", True, "")]
    keep("actors", key="bolaget", name="Zätanätet", kind="business", role="Bygger.", source="påhittad.txt:1")
    assert remarks(client) == []
    Entry.objects.all().delete()
    assert remarks(client) == [("zätanätet", True, "")]


@pytest.mark.parametrize("many", [1, 50])
def test_a_look_asks_one_question_however_long_the_list(signed_in, many, django_assert_num_queries):
    client = signed_in("writer")
    for number in range(many):
        keep("terms", key=f"term-{number}", text=f"zäta{number}")
    remarks(client)
    # Three for who asks (session, person, roles), and whether the list has changed.
    with django_assert_num_queries(4):
        assert remarks(client) == [("zätanätet", True, "")]


def test_what_is_checked_before_sealing_goes_by_the_list(opened, person):
    from vagvisare.web.revision.sealing.checking import checked
    from vagvisare.web.revision.writing.term_list import add_term
    from vagvisare.web.revision.writing.wordings import save_wording

    draft, strategist = opened(), person("strategist")
    node = draft.nodes.get(address__endswith="rikta-1-1")
    save_wording(strategist, node, TEXT, node.version, "biljett-1")

    def remarked():
        return any(node.address in gate.where for gate in checked(draft).gates if gate.key == "language")

    assert remarked()
    add_term(strategist, "zätanätet")
    assert not remarked()


def test_the_list_goes_out_to_the_folder_and_in_again(bundled, person, tmp_path):
    from vagvisare import strategy_folder
    from vagvisare.web.registers import snapshot
    from vagvisare.web.strategy.actions import take_in

    assert bundled.strategy.register.terms == ()
    terms = (
        Term("zatanat", "zätanät", "zeta network", ("zetanät", "zäta-nät"), "Påhittat."),
        Term("nat", "nät"),
    )
    own = replace(bundled, strategy=replace(bundled.strategy, register=Register(terms=terms)))
    strategy_folder.write(own, tmp_path / "mapp")
    assert "[[term]]" in (tmp_path / "mapp" / "terms.toml").read_text(encoding="utf-8")
    read = strategy_folder.read(tmp_path / "mapp")
    assert read.strategy.register.terms == terms
    take_in(person("administrator"), read)
    assert snapshot.register("terms").terms == terms


def test_a_key_of_the_folder_may_stand_once(bundled):
    from vagvisare.editions.check import check_strategy

    twice = replace(bundled.strategy, register=Register(terms=(Term("a", "ett"), Term("a", "två"))))
    assert any("Termen" in problem.what.sv for problem in check_strategy(twice))
    actor = Actor("a", "Påhittad", "forum", "r", Source("påhittad.txt", 1))
    sound = replace(twice, register=Register(terms=(Term("a", "ett"),), actors=(actor,)))
    assert not any("Termen" in problem.what.sv for problem in check_strategy(sound))
