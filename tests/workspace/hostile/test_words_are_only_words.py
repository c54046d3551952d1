"""What people write is shown, exported and sealed as words: never markup, script, formula, or the shape of a file."""

from html.parser import HTMLParser

import pytest

pytestmark = pytest.mark.django_db

SCRIPT = '"><script src=//ond.example></script><img src=x onerror=alert(1)><b style="x" onclick=alert(1)>'
LINKS = (
    "[a](javascript:alert(1)) [b](data:text/html,x) <javascript:alert(1)>"
    " ![c](https://ond.example/x.png) [d](//ond.example)"
)
QUOTES = "' \" ` </textarea></script><!-- ]]> {{ 7*7 }} {% raw %} ${x} \\u003c"
MARK = "ondamarken"
HOSTILE = f"{MARK} {SCRIPT}\n\n{LINKS}\n\n{QUOTES}\n\n<iframe src=x></iframe><svg onload=alert(1)><a href=javascript:x>"

OUR_SCRIPTS = ("/arbete/static/", "/static/")
"""The workspace's own, and the public site's, whose pages refuse as well."""


class Page(HTMLParser):
    """Collects what a page must not have."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        if tag in {"iframe", "object", "embed", "base", "style"}:
            self.found.append(tag)
        if (
            tag == "script"
            and not (told.get("src") or "").startswith(OUR_SCRIPTS)
            and told.get("type") != "application/json"
        ):
            self.found.append(f"script {told}")
        if tag == "img" and not (told.get("src") or "").startswith(("/", "data:image/")):
            self.found.append(f"img {told}")
        for name, value in attrs:
            if name.startswith("on") or name == "style":
                self.found.append(f"{tag} {name}")
            if name in {"href", "src", "action", "formaction"}:
                plain = "".join((value or "").split()).lower()
                if plain.startswith(("javascript:", "data:text", "vbscript:")):
                    self.found.append(f"{tag} {name}={value}")


def faults(body):
    page = Page()
    page.feed(body)
    return page.found


@pytest.fixture
def bewitched(world):
    """Put hostile words wherever somebody can put words."""
    from vagvisare.web.registers.models import Entry
    from vagvisare.web.revision import opening
    from vagvisare.web.revision.models import Cell, Reason, Screening
    from vagvisare.web.revision.writing import shaping, talk, wordings

    who = world.strategist
    who.name = SCRIPT[:150]
    who.save()
    node = world.at("rikta-1-1")
    wordings.save_wording(who, node, HOSTILE, node.version, "ond-1")
    wordings.save_wording(world.other, node, HOSTILE + "\n\nslut", 1, "ond-2")
    wordings.change_details(
        who, node, {"number": '"><b onclick=x>', "english": HOSTILE, "note": HOSTILE, "note_en": HOSTILE}
    )
    talk.comment(who, node, HOSTILE)
    talk.assign(who, node, who, None, HOSTILE)
    shaping.add_node(who, world.draft, world.at("omrade-1"), "direction", HOSTILE)
    opening.retitle(who, world.draft, f"Utkast {SCRIPT}", SCRIPT)
    Reason.objects.create(
        draft=world.draft, address=node.address, text=HOSTILE, because=[f"evidence:{SCRIPT}"], by=who.key
    )
    for kind, target in (("contributes_to", "effektmal/fler-trad"), ("conflicts_with", "omrade/omrade-2")):
        told = {"origin": "omrade/omrade-1", "target": target, "answer": "yes", "rationale": HOSTILE}
        Cell.objects.create(draft=world.draft, kind=kind, by=who.key, **told)
    Screening.objects.create(
        draft=world.draft, perspective="kapitel/mal", address=node.address, answer="yes", how=HOSTILE
    )
    for entry in Entry.objects.all():
        entry.content = {name: words(value) for name, value in entry.content.items()}
        entry.save()
    return world


def words(value):
    """Put hostile words into the free texts of an entry's content."""
    if isinstance(value, str) and " " in value:
        return HOSTILE
    if isinstance(value, dict):
        return {name: words(each) for name, each in value.items()}
    return value


@pytest.mark.parametrize("language", ["sv", "en"])
def test_no_page_lets_words_become_markup(bewitched, routes, signed_in, language):
    shown, bad = set(), []
    for who in (bewitched.strategist, bewitched.admin):
        client = signed_in(who)
        client.cookies["sprak"] = language
        for route, pattern in routes:
            for query in (
                {},
                {"nod": bewitched.node.address, "sok": SCRIPT, "next": SCRIPT, "pastaende": HOSTILE[:900]},
            ):
                answer = client.get(bewitched.fill(route), query)
                if not answer.headers["Content-Type"].startswith("text/html"):
                    continue
                body = answer.content.decode()
                bad += [(pattern.name, fault) for fault in faults(body)]
                if MARK in body:
                    shown.add(pattern.name)
    assert bad == []
    assert {"draft", "draft_pane", "draft_history", "draft_clash", "contributions", "conflicts", "changes"} <= shown, (
        shown
    )


def test_the_test_sees_what_it_looks_for():
    assert len(faults(HOSTILE.replace("&", ""))) >= 5
    assert faults('<a href=" java\nscript:x">') == ["a href= java\nscript:x"]
    assert faults("<script>x</script>") == ["script {}"]


def test_a_preview_is_as_safe_as_the_page(bewitched, signed_in):
    answer = signed_in(bewitched.strategist).post("/arbete/utkast/2030/forhandsvisa/", {"text": HOSTILE})
    told = answer.json()
    assert MARK in str(told)
    for value in told.values():
        if isinstance(value, str):
            assert faults(value) == []


FORMULAS = (
    "=1+1",
    "+1",
    "-1",
    "@SUMMA(A1)",
    "\t=1",
    "\r=1",
    "'=1",
    "\uff1d1+1",
    "\uff0b1",
    "\uff0d1",
    "\uff201",
    " =1",
    "\n=1",
    "\u200b=1",
)


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_of_a_table_begins_as_a_formula(formula):
    import csv
    import io

    from openpyxl import load_workbook

    from vagvisare.terms.language import Language
    from vagvisare.web.registers import sheets
    from vagvisare.web.registers.described import DEFINITIONS

    body = sheets.to_csv([["a"], [formula]])
    (_, [cell]) = csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""), delimiter=";")
    # A spreadsheet looks past blanks, and takes a full-width sign for the narrow one.
    assert cell.strip("\u200b \n")[:1] not in set("=+-@\t\r\uff1d\uff0b\uff0d\uff20"), repr(cell)
    assert sheets.unsafe(cell) == formula
    book = load_workbook(io.BytesIO(sheets.to_xlsx(DEFINITIONS["evidence"], [["a"], [formula]], Language.SV)))
    assert book.active["A2"].data_type != "f"


def test_tables_of_the_draft_begin_no_formula_either(world, signed_in):
    import csv
    import io

    from vagvisare.web.revision.writing import wordings

    node = world.at("rikta-1-2")
    wordings.change_details(world.strategist, node, {"number": "=1+1"})
    wordings.save_wording(world.strategist, node, '=HYPERLINK("https://ond.example")', 1, "ond")
    wordings.save_wording(world.strategist, world.at("omrade-1"), "@ond", 1, "ond-2")
    client = signed_in(world.strategist)
    for path in ("bidrag/tabell.csv", "perspektiv/tabell.csv"):
        text = client.get(f"/arbete/utkast/2030/{path}").content.decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
        assert len(rows) > 1
        assert not [cell for row in rows for cell in row if cell[:1] in set("=+-@\t\r")]


SHAPES = (
    "+++", "+++\n# Nodes\n\n## Falsk {#omrade/falsk}\n\n- level: area", "# Nodes", "Rubrik {#omrade/annan}",
    "Ord\n\n- level: area\n- parent: x", '"""', '"""\nnyckel = 1\n"""', "'''", "\\", "a\\nb", "> citat", "<!-- x -->",
    "```\n# x",
    "\x07\x1b[31m", "\u202evänd\u2066", "\u200bosynlig\ufeff", "rad\u2028rad\u2029rad\x85rad\x0brad\x0crad", "  kant  ",
    "\n\nluft\n\n", "---\nx: y", "[[node]]", "+++\u00a0\nx", "\ufffe", "\U0010ffff",
)  # fmt: skip


@pytest.mark.parametrize("field", ["text", "number", "english", "note", "note_en"])
def test_no_words_of_a_node_break_the_sealed_text(field):
    from dataclasses import replace

    for shape in SHAPES:
        edition = made_up_edition()
        nodes = tuple(replace(node, **{field: shape}) for node in edition.nodes)
        kept = replace(edition, nodes=nodes)
        assert read_again(kept) == kept, (field, shape)


@pytest.mark.parametrize("field", ["title", "note", "note_en", "english"])
def test_no_words_of_the_head_break_the_sealed_text(field):
    from dataclasses import replace

    edition = made_up_edition()
    for shape in SHAPES:
        kept = replace(edition, **{field: shape})
        assert read_again(kept) == kept, (field, shape)


def made_up_edition():
    from vagvisare.editions.document import Edition, Node, Source

    source = Source("pahittat.txt", 1)
    nodes = (
        Node("omrade/ett", "area", "Ett", source),
        Node("omrade/ett/inriktning/a", "direction", "A", source, parent="omrade/ett"),
    )
    return Edition("2030", "Påhittad", "adopted", None, source, partial=False, nodes=nodes)


def read_again(edition):
    from vagvisare.strategy_folder.plain import edition_bytes, edition_of

    return edition_of(edition_bytes(edition).decode())
