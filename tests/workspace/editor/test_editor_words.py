"""The browser's own arithmetic of words, with made-up texts drawn at random from a fixed seed."""

import random
from pathlib import Path

import pytest

from vagvisare.proofreading import words

pytestmark = pytest.mark.browser
SCRIPT = Path(__file__).parents[3] / "src" / "vagvisare" / "web" / "static" / "editor-words.js"
BASE = "Länets kommuner planterar björk, alm och lind. Vid varje torg vattnas de hela sommaren av alla."


@pytest.fixture(scope="module")
def page(browser):
    context = browser.new_context()
    blank = context.new_page()
    blank.set_content("<!doctype html><title>prov</title>")
    blank.add_script_tag(path=str(SCRIPT))
    yield blank
    context.close()


def ask(page, function, cases):
    return page.evaluate(f"cases => cases.map((case_) => Vagvisare.words.{function}(...case_))", cases)


def changed(draw, text, name):
    """Change a few words of a text; what is put in is unlike every other word."""
    parts = text.split(" ")
    put = []
    for number in range(draw.randint(1, 3)):
        at = draw.randrange(len(parts))
        word = f"{name}{number}"
        act = draw.choice(["before", "instead", "away"])
        if act == "away" and len(parts) > 5:
            parts.pop(at)
            continue
        put.append(word)
        parts[at : at + (act == "instead")] = [word]
    return " ".join(parts), put


def cases(count=400):
    draw = random.Random(20)
    made = []
    for _ in range(count):
        theirs, put_by_them = changed(draw, BASE, "deras")
        mine, put_by_me = changed(draw, BASE, "mina")
        made.append((theirs, mine, put_by_them, put_by_me))
    return made


def test_what_is_carried_over_holds_every_word_both_put_in_once(page):
    made = cases()
    carried = ask(page, "carry", [[BASE, theirs, mine] for theirs, mine, _, _ in made])
    assert 50 < sum(one is not None for one in carried) < 390  # both outcomes are tried
    for one, (theirs, mine, by_them, by_me) in zip(carried, made, strict=True):
        if one is None:
            continue
        kept_by_them = [word for word in by_them if word in theirs]
        kept_by_me = [word for word in by_me if word in mine]
        assert all(one.count(word) == 1 for word in kept_by_them + kept_by_me), (theirs, mine, one)


def test_who_is_carried_over_whom_makes_no_difference(page):
    made = cases(200)
    one_way = ask(page, "carry", [[BASE, theirs, mine] for theirs, mine, _, _ in made])
    other_way = ask(page, "carry", [[BASE, mine, theirs] for theirs, mine, _, _ in made])
    assert one_way == other_way


def test_where_the_browser_carries_words_over_the_server_would_have_merged_them(page):
    from vagvisare.editions.merge import merge

    made = cases(200)
    carried = ask(page, "carry", [[BASE, theirs, mine] for theirs, mine, _, _ in made])
    for one, (theirs, mine, _, _) in zip(carried, made, strict=True):
        merged = merge(BASE, theirs, mine)
        if one is not None and merged.clean:
            assert one == merged.text


@pytest.mark.parametrize(
    ("theirs", "mine", "carried"),
    [
        ("ett två tre fyra", "ett två tre fyra", "ett två tre fyra"),
        ("ETT två tre fyra", "ett två tre FYRA", "ETT två tre FYRA"),
        ("ETT två tre fyra", "ett TVÅ tre fyra", None),  # side by side: nobody guesses
        ("ett två tre fyra", "ett två tre fyra fem", "ett två tre fyra fem"),
        ("ett två tre fyra sex", "ett två tre fyra fem", None),
        ("två tre fyra", "ett två tre", "två tre"),
    ],
)
def test_by_example(page, theirs, mine, carried):
    assert ask(page, "carry", [["ett två tre fyra", theirs, mine]]) == [carried]


def test_pieces_joined_give_both_texts_exactly(page):
    made = cases(200)
    for told, (theirs, mine, _, _) in zip(
        ask(page, "pieces", [[theirs, mine] for theirs, mine, _, _ in made]), made, strict=True
    ):
        assert "".join(piece["text"] for piece in told["before"]) == theirs
        assert "".join(piece["text"] for piece in told["after"]) == mine


def test_the_cursor_stays_at_its_word_when_the_text_before_it_changes(page):
    moved = ask(page, "place", [
        ["ett två tre", "nytt ett två tre", 4],
        ["ett två tre", "ett två tre", 11],
        ["ett två tre", "ett tre", 11],
        ["", "ett", 0],
    ])  # fmt: skip
    assert moved == [9, 11, 7, 0]


def test_words_are_counted_as_the_server_counts_them(page):
    texts = [
        "", "   ", "Person- och kompetensförsörjning", "e-handel i Sverige", "År 2030: 5,5 procent av EU:s mål.",
        "**fetstil** och [länk](https://exempel.se)", "forsknings-/utvecklingsmiljö", "• punkt\n• punkt",
    ]  # fmt: skip
    assert ask(page, "count", [[text] for text in texts]) == [words.count(text) for text in texts]
