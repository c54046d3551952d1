import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from vagvisare.web.audit.models import Event
from vagvisare.web.registers import actions
from vagvisare.web.registers.models import Entry

pytestmark = pytest.mark.django_db
ROOT = "/arbete/register/"
JSON = {"accept": "application/json"}


def now(register, key):
    return Entry.objects.get(register=register, key=key)


def form_of(page):
    """Return every field of an entry's form as a browser would send it back untouched."""
    form = page.split('class="entry-form"')[1].split("</form>")[0]
    told = {}
    for tag in re.finditer(r"<input [^>]*>", form):
        name, value = (re.search(rf'\b{what}="([^"]*)"', tag[0]) for what in ("name", "value"))
        if name and ('type="checkbox"' not in tag[0] or " checked" in tag[0]):
            told.setdefault(name[1], []).append(value[1] if value else "")
    for name, body in re.findall(r'<select id="[^"]*" name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', body) or re.search(r'value="([^"]*)"', body)
        told[name] = [chosen[1]]
    for name, text in re.findall(r'<textarea id="[^"]*" name="([^"]*)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
        told[name] = [text]
    return told


@pytest.mark.parametrize(
    "register",
    ["mandate", "timeline", "meetings", "actors", "contributions", "evidence", "trends", "alignments", "themes"],
)
def test_saving_a_form_untouched_changes_nothing_at_all(orebro, signed_in, register):
    client, count = signed_in(), Event.objects.count()
    for entry in Entry.objects.filter(register=register)[:6]:
        page = client.get(f"{ROOT}{register}/post/{entry.key}/").content.decode()
        answer = client.post(f"{ROOT}{register}/post/{entry.key}/andra/", form_of(page))
        assert answer.status_code == 302, (entry.key, re.findall(r'said-wrong"[^>]*>([^<]*)', answer.content.decode()))
        assert now(register, entry.key).content == entry.content
    assert Event.objects.count() == count


def test_an_entry_is_added_changed_and_removed_through_forms_and_each_can_be_undone(signed_in):
    client = signed_in()
    told = {"title": "Påhittat underlag", "kind": "rapport", "areas_affected": "2", "source": "påhittad"}
    assert client.post(f"{ROOT}evidence/ny/", told).status_code == 302
    page = client.get(f"{ROOT}evidence/").content.decode()
    assert "Tillagd: ”Påhittat underlag”" in page
    assert now("evidence", "pahittat-underlag").content["kind"] == "report"
    client.post(f"{ROOT}evidence/post/pahittat-underlag/andra/", {"version": "1", "dated": "2021-06"})
    client.post(f"{ROOT}evidence/post/pahittat-underlag/ta-bort/", {"version": "2"})
    assert not Entry.objects.exists()
    page = client.get(f"{ROOT}evidence/").content.decode()
    number = re.search(r'name="handelse" value="(\d+)"', page)[1]
    client.post(f"{ROOT}evidence/angra/", {"handelse": number})
    assert now("evidence", "pahittat-underlag").content["dated"] == "2021-06"
    page = client.get(f"{ROOT}evidence/").content.decode()
    assert "Ångrat: ”Påhittat underlag”" in page
    assert "Gör om" in page
    client.post(f"{ROOT}evidence/angra/", {"handelse": re.search(r'name="handelse" value="(\d+)"', page)[1]})
    assert not Entry.objects.exists()


def test_what_cannot_be_kept_comes_back_with_all_that_was_written(signed_in):
    told = {
        "title": "Påhittat",
        "kind": "rapport",
        "areas_affected": "två",
        "source": "",
        "summary": "Mitt långa arbete",
    }
    answer = signed_in().post(f"{ROOT}evidence/ny/", told)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "”två” är inget heltal" in page
    assert "Mitt långa arbete" in page
    assert 'value="två"' in page
    assert "Inget är sparat" in page


def test_somebody_overtaken_keeps_their_text_and_sees_what_stands_there(orebro, signed_in):
    client = signed_in()
    address = f"{ROOT}mandate/post/behall-strukturen/andra/"
    assert client.post(address, {"version": "1", "how": "Den första"}).status_code == 302
    answer = client.post(address, {"version": "1", "how": "Den andra"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Den andra</textarea>" in page
    assert "Där står nu: Den första" in page
    assert f'name="version" value="{now("mandate", "behall-strukturen").version}"' in page
    assert now("mandate", "behall-strukturen").content["how"] == "Den första"


def test_a_list_of_rows_is_filled_in_row_by_row(signed_in):
    rows = {
        "claim-rows": "3",
        "claim-0-kind": "planned", "claim-0-start": "2021-06-17", "claim-0-end": "2021-09-30", "claim-0-source": "a",
        "claim-1-kind": "planned", "claim-1-start": "", "claim-1-end": "", "claim-1-source": "",
        "claim-2-kind": "actual", "claim-2-start": "2021-06-18", "claim-2-end": "", "claim-2-source": "b",
    }  # fmt: skip
    signed_in().post(f"{ROOT}timeline/ny/", {"what": "Påhittat steg", **rows})
    assert now("timeline", "pahittat-steg").content["claim"] == [
        {"kind": "planned", "start": "2021-06-17", "source": "a", "end": "2021-09-30"},
        {"kind": "actual", "start": "2021-06-18", "source": "b"},
    ]


def test_a_row_is_edited_in_the_table_without_scripts(orebro, signed_in):
    client = signed_in()
    page = client.get(f"{ROOT}mandate/?giver=regionledningen&rad=behall-strukturen").content.decode()
    assert '<form method="post" id="radform" action="/arbete/register/mandate/post/behall-strukturen/andra/">' in page
    assert re.search(r'<textarea id="rad-how" name="how"[^>]*form="radform"', page)
    told = {
        "version": "1",
        "how": "Prövat mot innehållsförteckningen",
        "status": "met",
        "fraga": "?giver=regionledningen",
    }
    answer = client.post(f"{ROOT}mandate/post/behall-strukturen/andra/", told)
    assert answer.headers["Location"] == "/arbete/register/mandate/?giver=regionledningen"
    assert now("mandate", "behall-strukturen").content["status"] == "met"


def test_a_form_leads_nowhere_but_to_the_list(orebro, signed_in):
    told = {"version": "1", "how": "x", "fraga": "https://exempel.se/"}
    answer = signed_in().post(f"{ROOT}mandate/post/behall-strukturen/andra/", told)
    assert answer.headers["Location"] == "/arbete/register/mandate/"


def test_a_cell_answers_with_itself_and_a_refusal_with_words(orebro, signed_in):
    client = signed_in()
    address = f"{ROOT}mandate/post/behall-strukturen/falt/status/"
    told = client.post(address, {"value": "uppfyllt", "version": "1"}, headers=JSON).json()
    assert told == {"html": "uppfyllt", "text": "uppfyllt", "version": 2, "event": told["event"]}
    answer = client.post(address, {"value": "kanske", "version": "2"}, headers=JSON)
    assert answer.status_code == 400
    assert "Läge: ”kanske” finns inte. Välj bland: öppet, uppfyllt, inte uppfyllt." in answer.json()["error"]
    assert client.post(address, {"value": "öppet", "version": "1"}, headers=JSON).status_code == 409
    undone = client.post(f"{ROOT}mandate/angra/", {"handelse": told["event"]}, headers=JSON).json()
    assert undone == {"undone": [told["event"]], "versions": {"behall-strukturen": 3}}


def test_ticked_rows_are_changed_together(orebro, signed_in):
    client = signed_in()
    told = {"vald": ["behall-strukturen|1", "inte-en-ny-rus|1"], "falt": "status", "varde": "uppfyllt"}
    offered = re.findall(r'name="vald" value="([^"]+)"', client.get(f"{ROOT}mandate/").content.decode())
    assert set(told["vald"]) <= set(offered)
    client.post(f"{ROOT}mandate/flera/", told)
    assert now("mandate", "inte-en-ny-rus").content["status"] == "met"
    page = client.get(f"{ROOT}mandate/").content.decode()
    assert "Ändrade: 2 poster" in page
    numbers = re.findall(r'name="handelse" value="(\d+)"', page)
    client.post(f"{ROOT}mandate/angra/", {"handelse": numbers})
    assert "status" not in now("mandate", "inte-en-ny-rus").content
    assert client.post(f"{ROOT}mandate/flera/", {"falt": "status", "varde": "uppfyllt"}).status_code == 400


def left_rows(client):
    """Return the words and the form about rows that were left, and the page after it."""
    page = client.get(f"{ROOT}mandate/").content.decode()
    told = page.partition('class="left-rows"')[2].partition("</div>")[0]
    sent = {name: re.findall(rf'name="{name}" value="([^"]*)"', told) for name in ("vald", "falt", "varde")}
    return told, sent, page


def test_a_ticked_row_that_a_colleague_has_changed_is_left_and_told_of(orebro, signed_in, person):
    client, colleague = signed_in(), person("strategist")
    actions.change(colleague, register="mandate", key="behall-strukturen", fields={"status": "not_met"}, version=1)
    actions.remove(colleague, register="mandate", key="varfor", version=1)
    ticked = ["behall-strukturen|1", "inte-en-ny-rus|1", "varfor|1"]
    client.post(f"{ROOT}mandate/flera/", {"vald": ticked, "falt": "status", "varde": "uppfyllt"})
    assert now("mandate", "inte-en-ny-rus").content["status"] == "met"
    assert now("mandate", "behall-strukturen").content["status"] == "not_met"
    told, sent, page = left_rows(client)
    assert "någon annan har ändrat dem" in told
    assert "inte uppfyllt" in told
    assert colleague.name in told
    assert "varfor: borttagen" in told
    assert sent == {"vald": ["behall-strukturen|2"], "falt": ["status"], "varde": ["uppfyllt"]}
    # Undoing undoes what was done, and no more.
    (number,) = re.findall(r'name="handelse" value="(\d+)"', page)
    assert left_rows(client)[0] == ""
    client.post(f"{ROOT}mandate/flera/", sent)
    assert now("mandate", "behall-strukturen").content["status"] == "met"
    client.post(f"{ROOT}mandate/angra/", {"handelse": number})
    assert "status" not in now("mandate", "inte-en-ny-rus").content
    assert now("mandate", "behall-strukturen").content["status"] == "met"


def test_rows_without_the_version_they_were_shown_with_are_left(orebro, signed_in):
    client = signed_in()
    for odd in ("behall-strukturen", "behall-strukturen|²", "behall-strukturen|" + "9" * 40, "|", ""):
        client.post(f"{ROOT}mandate/flera/", {"vald": odd, "falt": "status", "varde": "uppfyllt"})
        assert "status" not in now("mandate", "behall-strukturen").content, odd


def test_moving_and_the_trail_of_an_entry(orebro, signed_in):
    client = signed_in()
    client.post(f"{ROOT}trends/post/2021-demografi/flytta/", {"plats": "0"})
    client.post(f"{ROOT}trends/post/2021-demografi/andra/", {"version": "1", "reach": "regional"})
    page = client.get(f"{ROOT}trends/post/2021-demografi/").content.decode()
    assert "flyttade" in page
    assert "Räckvidd: <del>–</del> → <ins>regional</ins>" in page
    assert f"{client.person.name} ändrade" in page
    assert "#" not in re.search(r'class="trail">(.*?)</ol>', page, re.DOTALL)[1].replace("&#", "")


def test_where_an_entry_is_used_stands_on_its_page(orebro, signed_in):
    page = signed_in("reader").get(f"{ROOT}actors/post/partnerskapet/").content.decode()
    assert "Används av" in page
    assert "/arbete/register/mandate/post/partnerskapet-remiss/" in page
    assert "/arbete/register/meetings/post/2021-06-09-regionala-samverkansradet/" in page


def test_a_partner_reads_registers_but_not_the_trail(orebro, signed_in):
    page = signed_in("partner").get(f"{ROOT}trends/post/2021-demografi/").content.decode()
    assert "Vad som har gjorts" not in page


def upload(client, body, register="mandate", name="fil.csv", **more):
    told = {"fil": SimpleUploadedFile(name, body), **more}
    return client.post(f"{ROOT}{register}/las-in/", told)


def keep(client, page, register="mandate"):
    import html

    told = {n: html.unescape(v) for n, v in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page)}
    return client.post(f"{ROOT}{register}/las-in/behall/", told)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_register_taken_out_and_in_again_changes_nothing(orebro, signed_in, form):
    client = signed_in()
    for register in ("mandate", "timeline", "meetings", "evidence", "trends", "alignments", "actors", "contributions"):
        body = client.get(f"{ROOT}{register}/fil/{form}/").content
        page = upload(client, body, register, f"x.{form}", hela="ja").content.decode()
        assert "0 nya, 0 ändrade, 0 borttagna" in page, register
        assert "0 fel" in page, (register, re.findall(r"<li>(.*?)</li>", page, re.DOTALL)[:3])
        assert "Filen ändrar ingenting" in page


@pytest.mark.parametrize("register", ["trends", "timeline", "mandate", "evidence"])
def test_a_whole_register_is_rebuilt_from_its_file(orebro, signed_in, register):
    client = signed_in()
    before = list(Entry.objects.filter(register=register).values_list("key", "content"))
    body = client.get(f"{ROOT}{register}/fil/csv/").content
    Entry.objects.filter(register=register).delete()
    page = upload(client, body, register).content.decode()
    assert f"{len(before)} nya" in page
    assert keep(client, page, register).status_code == 302
    assert list(Entry.objects.filter(register=register).values_list("key", "content")) == before


def test_nothing_is_kept_until_it_has_been_seen(orebro, signed_in):
    client = signed_in()
    lines = client.get(f"{ROOT}mandate/fil/csv/?giver=regionledningen").content.decode("utf-8-sig").splitlines()
    assert len(lines) == 6
    changed = [line.replace(";öppet;", ";uppfyllt;") if "Behåll strukturen" in line else line for line in lines]
    changed.append(";;Påhittat medskick;regionledningen;ram;öppet;;;påhittad källa;")
    body = "\n".join(changed).encode()
    page = upload(client, body).content.decode()
    assert "1 nya, 1 ändrade, 0 borttagna, 4 oförändrade, 0 fel" in page
    assert "Läge: <del>öppet</del> → <ins>uppfyllt</ins>" in page
    assert "status" not in now("mandate", "behall-strukturen").content
    assert keep(client, page).status_code == 302
    assert now("mandate", "behall-strukturen").content["status"] == "met"
    assert now("mandate", "pahittat-medskick").content["giver"] == "regionledningen"
    assert Event.objects.order_by("-number").first().reason == "ur filen fil.csv"
    # Everything the file did is undone at once.
    page = client.get(f"{ROOT}mandate/").content.decode()
    client.post(f"{ROOT}mandate/angra/", {"handelse": re.findall(r'name="handelse" value="(\d+)"', page)})
    assert not Entry.objects.filter(key="pahittat-medskick").exists()
    assert "status" not in now("mandate", "behall-strukturen").content


def test_what_is_not_in_the_file_is_removed_only_when_it_is_the_whole_register(orebro, signed_in):
    client = signed_in()
    lines = client.get(f"{ROOT}mandate/fil/csv/").content.decode("utf-8-sig").splitlines()
    body = "\n".join(lines[:-1]).encode()
    assert "0 borttagna" in upload(client, body).content.decode()
    page = upload(client, body, hela="ja").content.decode()
    assert "1 borttagna" in page
    assert keep(client, page).status_code == 302
    assert Entry.objects.filter(register="mandate").count() == 9


def test_one_error_in_a_file_stops_all_of_it_and_says_where(orebro, signed_in):
    client = signed_in()
    body = (
        "nyckel (ändra inte);version (ändra inte);Medskick;Från;Slag;Källa\n"
        ";;Bra rad;regionledningen;ram;påhittad\n"
        ";;Dålig rad;ingen-sådan;kanske;\n"
        "behall-strukturen;99;Annat;regionledningen;ram;påhittad\n"
        "Inte En Nyckel;;Tredje;regionledningen;ram;påhittad\n"
        "behall-strukturen;;Igen;regionledningen;ram;påhittad\n"
    ).encode()
    answer = upload(client, body)
    page = answer.content.decode()
    assert "Rad 3: Slag: ”kanske” finns inte" in page
    assert re.search(r"Rad 4 \(behall-strukturen\):.*har ändrats här sedan filen togs ut", page)
    assert re.search(r"Rad 5 .*kan inte vara en nyckel", page)
    assert re.search(r"Rad 6 .*två gånger", page)
    assert "Behåll ändringarna" not in page
    assert keep(client, page + '<input type="hidden" name="rader" value="[]">').status_code == 409
    assert not Entry.objects.filter(content__text="Bra rad").exists()


def test_an_entry_that_others_name_is_not_removed_by_a_file(orebro, signed_in):
    client = signed_in()
    lines = client.get(f"{ROOT}actors/fil/csv/").content.decode("utf-8-sig")
    without = "\n".join(line for line in lines.splitlines() if not line.startswith("partnerskapet;"))
    page = upload(client, without.encode(), "actors", hela="ja").content.decode()
    assert "Posten används av" in page
    assert "Behåll ändringarna" not in page


def test_what_changed_between_looking_and_keeping_is_found_out(orebro, signed_in):
    client = signed_in()
    lines = client.get(f"{ROOT}mandate/fil/csv/").content.decode("utf-8-sig").replace(";öppet;", ";uppfyllt;")
    page = upload(client, lines.encode()).content.decode()
    client.post(f"{ROOT}mandate/post/behall-strukturen/andra/", {"version": "1", "how": "under tiden"})
    assert keep(client, page).status_code == 409
    assert "status" not in now("mandate", "behall-strukturen").content


@pytest.mark.parametrize("tampered", ["", "{}", "[1]", '[{"line":1,"key":"x","version":"","texts":{"hemligt":"x"}}]'])
def test_rows_that_come_back_altered_are_refused(signed_in, tampered):
    answer = signed_in().post(f"{ROOT}mandate/las-in/behall/", {"rader": tampered, "plan": "x"})
    assert answer.status_code == 409


def test_only_those_who_may_take_files_in_but_all_may_take_them_out(orebro, signed_in):
    assert signed_in("registrar").get(f"{ROOT}mandate/las-in/").status_code == 403
    assert upload(signed_in("analyst"), b"Titel\nx", "evidence").status_code == 403
    assert signed_in("reader").get(f"{ROOT}mandate/fil/xlsx/").status_code == 200
    assert signed_in("reader").get(f"{ROOT}mandate/fil/pdf/").status_code == 404


def test_a_form_without_its_proof_is_refused(orebro, person):
    from django.test import Client

    client = Client(headers={"host": "localhost"}, enforce_csrf_checks=True)
    client.force_login(person("strategist"))
    answer = client.post(f"{ROOT}mandate/post/behall-strukturen/andra/", {"version": "1", "how": "x"})
    assert answer.status_code == 403
    assert "how" not in now("mandate", "behall-strukturen").content


def test_what_is_ticked_keeps_its_own_order(orebro, signed_in):
    client, entry = signed_in(), now("alignments", "smart-specialisering")
    entry.content["nodes"] = ["omrade/transporter-och-infrastruktur", "omrade/kunskapslyft-och-utbildning"]
    entry.save()
    page = client.get(f"{ROOT}alignments/post/{entry.key}/").content.decode()
    client.post(f"{ROOT}alignments/post/{entry.key}/andra/", form_of(page))
    assert now("alignments", entry.key).content["nodes"] == entry.content["nodes"]


def test_only_what_was_shown_is_kept_even_where_the_file_says_no_version(orebro, signed_in):
    client = signed_in()
    page = upload(client, "key;Läge\nbehall-strukturen;uppfyllt".encode()).content.decode()
    assert "1 ändrade" in page
    client.post(f"{ROOT}mandate/post/behall-strukturen/andra/", {"version": "1", "how": "under tiden"})
    assert keep(client, page).status_code == 409
    assert "status" not in now("mandate", "behall-strukturen").content


def test_the_form_of_a_sealed_register_is_not_shown_but_where_errata_are_issued(signed_in):
    answer = signed_in().get(f"{ROOT}errata/ny/")
    assert answer.status_code == 400
    assert "Utfärda en ny vid utgåvan i stället." in answer.content.decode()
