"""Every form of the workspace with something wrong in it: its page comes back, with every word and what is wrong."""

import re
from pathlib import Path

import pytest
from django.urls import resolve
from lxml import html

pytestmark = pytest.mark.django_db
D, PEOPLE = "/arbete/utkast/", "/arbete/konto/personer/"
LONG = "Ett påhittat ord till, och så vidare. " * 200
TEXT = "Påhittade ord <b>från</b> i tisdags & ”igår”."

# form: the page it stands on, where it is sent, what is sent in it, and the field that is wrong ("": none is known)
FORMS = {
    "profile": ("/arbete/konto/jag/", "/arbete/konto/jag/", {"name": "eva@exempel.se", "language": "en"}, "name"),
    "change_state": (PEOPLE + "{admin}/", PEOPLE + "{admin}/tillstand/", {"reason": TEXT}, ""),
    "register_many": ("/arbete/register/evidence/?sok=barn", "/arbete/register/evidence/flera/",
                      {"falt": "areas_affected", "varde": TEXT, "vald": "{row}"}, "varde"),
    "register_take_in": ("/arbete/register/evidence/las-in/", "/arbete/register/evidence/las-in/", {"hela": "ja"},
                         "fil"),
    "erratum": ("/arbete/utgavor/2020-pahittad/", "/arbete/utgavor/2020-pahittad/erratum/",
                {"address": "omrade/omrade-2", "was": TEXT, "now": "andra ord", "reason": "Ett skäl."}, "was"),
    "drafts": (D, D, {"from": "", "title": TEXT, "key": "2030"}, "key"),
    "draft_title": (D, D + "2031/titel/", {"title": " ", "english": "A made-up title"}, "title"),
    "draft_save": ("{at}", "{node}spara/", {"base": "x", "text": TEXT}, ""),
    "draft_assign": ("{at}", "{node}ansvarig/", {"person": "{writer}", "due": "i tisdags"}, ""),
    "draft_comment": ("{at}", "{node}kommentar/", {"text": LONG * 3}, ""),
    "draft_details": ("{at}", "{node}uppgifter/", {"number": "5.1", "english": "Made up", "note": LONG * 40}, ""),
    "draft_shape": ("{at}", "{node}dela/", {"base": "{version}", "parts": ["Plantera li", "nd."]}, ""),
    "draft_new": ("{at}", D + "2030/ny/", {"level": "area", "text": LONG * 40}, ""),
    "draft_clash": (D + "2030/krock/{clash}/", D + "2030/krock/{clash}/", {"base": "1", "text": LONG * 20}, ""),
    "state_conflict": (D + "2030/malkonflikter/", D + "2030/malkonflikter/spara/",
                       {"origin": "omrade/omrade-1", "target": "omrade/omrade-1", "conflict": TEXT,
                        "handling": "Vi väntar."}, "target"),
    "set_cell": ("{cells}", D + "2030/bidrag/cell/", {"cell": "{cell}", "answer": "no", "rationale": LONG}, ""),
    "contributions_take_in": (D + "2030/bidrag/las-in/", D + "2030/bidrag/las-in/", {}, "fil"),
    "manuscripts": (D + "2030/dokument/", D + "2030/dokument/", {}, "file"),
    "give_reason": (D + "2030/andringar/skal/?nod={address}", D + "2030/andringar/skal/",
                    {"address": "{address}", "text": LONG, "because": ["evidence:barnkonventionen"]}, ""),
    "word_change": (D + "2030/andringar/viktigaste/", D + "2030/andringar/viktigaste/ord/",
                    {"sv": LONG, "en": "Made up.", "left_out": "1", "key": "{change}"}, ""),
    "seal_override": (D + "2030/forsegla/", D + "2030/forsegla/slapp/reasons/", {"reason": " "}, "reason"),
    "seal": (D + "2030/forsegla/", D + "2030/forsegla/",
             {"key": "2030-x", "title": "En titel", "status": "adopted", "body": TEXT, "dated": "i tisdags",
              "reference": "§ 4 b", "valid_from": "2030-01-01", "follow_up": "1"}, "dated"),
}  # fmt: skip

OWN = {"register_add", "entry_change", "invite", "invitation", "openid_connect_login"}
"""Forms whose views draw them again themselves, with what is wrong at each field; their own tests see to it."""
NOTHING_WRONG = {"statements", "tag_theme", "change_role", "person_unlock", "manuscript_decide", "folder_choose"}
"""Forms in which nothing a page lets a person choose or write is wrong; were it, the same would happen."""
BUTTONS = re.findall(
    r"\w+",
    """
    account_logout language register_undo entry_move entry_remove register_keep evidence_cell undo_link undo_change
    take_in write_out seal_withdraw withdraw_invitation person_link draft_undo draft_back_to draft_resolve
    draft_assign_done remove_conflict keep_file manuscript_undo manuscript_seen manuscript_keep manuscript_discard
    folder_undo
    """,
)
"""Forms with nothing to write in: they are pressed, or not."""


def test_every_form_there_is_has_been_thought_of():
    from vagvisare.web.frame import drawing

    pages = Path(drawing.__file__).parents[1] / "templates"
    ours = (page for page in pages.rglob("*.html") if page.relative_to(pages).parts[0] not in {"account", "mfa"})
    text = "".join(page.read_text() for page in ours)
    sent = re.findall(r"<form[^>]*method=\"post\"(?:[^>]*?action=\"{{ url\('(\w+)'[^>]*)?", text)
    assert len(sent) > 60
    assert {name for name in sent if name} - set(FORMS) == OWN | NOTHING_WRONG | set(BUTTONS)


def form_in(answer, to):
    """Return the form of an answer that was sent to an address: the one there is something said in."""
    page = html.fromstring(answer.content.decode())
    (alert,) = page.xpath("//form//*[@role='alert'][@id]")
    form = next(each for each in alert.iterancestors() if each.tag == "form")
    assert form.get("action") == to
    return page, form, alert


@pytest.fixture
def known(world):
    from vagvisare.web.registers.models import Entry
    from vagvisare.web.revision.changes.comparing import of_draft
    from vagvisare.web.revision.linking.grids import BETWEEN

    node = world.node
    cell = f"{node.address}{BETWEEN}effektmal/fler-trad"
    row = Entry.objects.get(register="evidence")
    return {
        "other": world.other.pk, "admin": world.admin.pk, "writer": world.strategist.pk, "address": node.address,
        "at": f"{D}2030/?nod={node.address}", "node": f"{D}2030/nod/{node.uid}/", "clash": world.clash.pk,
        "cell": cell, "cells": f"{D}2030/bidrag/?rader=direction&cell={cell}", "row": f"{row.key}|{row.version}",
        "version": world.at("rikta-1-1").version, "change": of_draft(world.draft).key_changes[0].key,
    }  # fmt: skip


@pytest.mark.parametrize("what", FORMS)
def test_every_word_comes_back_on_the_same_page_with_what_is_wrong(world, known, signed_in, what):
    page, to, sent, wrong = FORMS[what]
    page, to = page.format(**known), to.format(**known)
    told = {name: said.format(**known) if isinstance(said, str) else said for name, said in sent.items()}
    client = signed_in(world.admin if "konto/personer" in to else world.strategist)
    assert resolve(to).url_name == what
    before = html.fromstring(client.get(page).content.decode())
    answer = client.post(to, told, headers={"referer": f"http://localhost{page}"})
    assert answer.status_code == 400, answer.content.decode()[-3000:]
    shown, form, alert = form_in(answer, to)
    assert shown.findtext(".//h1") == before.findtext(".//h1")
    assert alert.text_content().strip()
    assert "autofocus" in alert.attrib
    for name, said in told.items():
        named = shown.xpath("//*[@name=$name][self::input or self::textarea or self::select]", name=name)
        fields = [each for each in named if each.get("form", "-") == form.get("id") or form in each.iterancestors()]
        if all(each.get("type") == "hidden" for each in fields):
            continue
        kept = [each.value for each in fields if each.get("type") not in ("checkbox", "radio") or each.checked]
        kept = [text.replace("\r\n", "\n").removeprefix("\n") for text in kept]
        assert kept == ([said] if isinstance(said, str) else said), name
    marked = [each.get("name") for each in form.iter("input", "textarea", "select") if each.get("aria-invalid")]
    assert marked == ([wrong] if wrong else [])
    for each in form.xpath(".//*[@aria-invalid]"):
        assert alert.get("id") in each.get("aria-describedby").split()
    assert all(fold.get("open") is not None for fold in form.iterancestors() if fold.tag == "details")
