"""What a document brings beside its nodes: evidence and trends for the registers, and what it says was changed."""

import json
from dataclasses import replace

import pytest

from vagvisare.web.access import rules
from vagvisare.web.audit import trail
from vagvisare.web.audit.models import Event
from vagvisare.web.registers import actions as registers
from vagvisare.web.registers import snapshot
from vagvisare.web.registers.models import Entry
from vagvisare.web.revision.models import Manuscript
from vagvisare.web.revision.reading_in import actions, entries, keeping
from vagvisare.web.revision.reading_in.beside import beside, stated_changes
from vagvisare.web.revision.reading_in.deciding import reading_of

pytestmark = pytest.mark.django_db
PLACE = "/arbete/utkast/2021-prov/dokument/"
TEXT = (
    "# Skogsplan 2031\n# 1. Omvärlden\n- Megatrender i skogen\n- Fler stormar\n# 2. Underlag\n"
    "Underlag\tAntal områden\nRapport om tallar\t3\nEn tanke om björkar\t2\n"
    "# 5.4 Skog\n## Viktigaste ändringarna\n- Tallarna är nya.\n- Björkarna är borta.\n"
).encode()


def again(row):
    return Manuscript.objects.get(pk=row.pk)


def offered(row, by):
    return {group.register: group for group in beside(reading_of(again(row)), by).groups}


def keys(group):
    return [offer.key for offer in group.offers]


@pytest.fixture
def forest(taken_in):
    return taken_in("skog.txt", TEXT)


@pytest.fixture
def kinded(forest, strategist):
    """The document about the forest with the kind it lacks."""
    birches = offered(forest, strategist)["evidence"].offers[1].key
    actions.choose(strategist, forest, listed=[birches], ticked=[birches], kinds={birches: "agenda"})
    return again(forest)


def test_the_seeds_evidence_and_trends_become_those_of_the_bundled_registers(
    strategy, taken_in, seed, strategist, named
):
    row = named(taken_in(*seed))
    keeping.keep(strategist, row)
    kept, bundled = snapshot.register("evidence", "trends"), strategy.register
    assert sum(item.areas_affected for item in kept.evidence) == 124
    # The bundled registers were made by people who knew more than the document says: keys, English, remarks on how the
    # source spells, and which areas an item affects when that is all of them.
    own = {"key": "", "english": "", "note": "", "note_en": "", "areas": ()}
    told = [replace(item, **own, kind="") for item in kept.evidence]
    assert told == [replace(item, **own, kind="") for item in bundled.evidence]
    kinds = {item.title: (item.kind, known.kind) for item, known in zip(kept.evidence, bundled.evidence, strict=True)}
    differing = {title[:30]: pair for title, pair in kinds.items() if pair[0] != pair[1]}
    # Seven titles say no kind, and somebody has chosen ”politik” for them; one says ”strategi” of the Government's.
    asked = {title for title, pair in differing.items() if pair[0] == "policy"}
    assert asked == {
        "Den gröna given", "Ny programperiod strukturfonde", "Återhämtningsplanen för EU",
        "Nytt nationellt mål för den re", "Landsbygds målet lyfts in i ny", "Nationella AI-åendan",
        "Nationell högspecialiserad vår",
    }  # fmt: skip
    assert {title: pair for title, pair in differing.items() if title not in asked} == {
        "Regeringens strategi för socia": ("strategy", "national_strategy")
    }
    trends = [replace(item, key="", english="") for item in bundled.trends if item.year == 2021]
    assert [replace(item, key="") for item in kept.trends] == trends


def test_nothing_is_kept_until_what_the_document_does_not_say_has_been_filled_in(forest, draft, strategist):
    before = set(draft.nodes.values_list("address", flat=True))
    with pytest.raises(entries.UnsaidError, match="1 underlag saknar slag"):
        keeping.keep(strategist, forest)
    assert not Entry.objects.exists()
    assert set(draft.nodes.values_list("address", flat=True)) == before
    assert again(forest).kept_at is None


def test_the_year_of_trends_is_asked_for_where_the_document_does_not_say_it(taken_in, strategist):
    row = taken_in("utan.txt", TEXT.replace(b" 2031", b"").replace(b"En tanke", b"Rapport"))
    assert beside(reading_of(row), strategist).year is None
    with pytest.raises(entries.UnsaidError, match="vilket år"):
        keeping.keep(strategist, row)
    trends = keys(offered(row, strategist)["trends"])
    actions.choose(strategist, row, listed=trends, ticked=trends, kinds={}, year="nittio")
    assert beside(reading_of(again(row)), strategist).year is None
    actions.choose(strategist, row, listed=trends, ticked=trends, kinds={}, year="2031")
    keeping.keep(strategist, again(row))
    assert {item.year for item in snapshot.register("trends").trends} == {2031}


def test_entries_say_where_they_come_from_and_leave_a_trail(kinded, strategist):
    event = keeping.keep(strategist, kinded)
    kept = snapshot.register("evidence", "trends")
    assert [(item.title, item.kind, item.areas_affected, str(item.source)) for item in kept.evidence] == [
        ("Rapport om tallar", "report", 3, "skog.txt:7"),
        ("En tanke om björkar", "agenda", 2, "skog.txt:8"),
    ]
    assert [(item.text, item.year, item.megatrend, str(item.source)) for item in kept.trends] == [
        ("Megatrender i skogen", 2031, True, "skog.txt:3"),
        ("Fler stormar", 2031, False, "skog.txt:4"),
    ]
    added = Event.objects.filter(verb="registers.evidence.change", kind="entry")
    assert {each.reason for each in added} == {"ur dokumentet skog.txt"}
    assert json.loads(event.after)["entries"]["evidence"] == sorted(added.values_list("number", flat=True))
    assert trail.verify() is None


def test_all_of_it_is_undone_with_the_nodes_and_can_be_done_again(kinded, draft, strategist):
    keeping.keep(strategist, kinded)
    keeping.undo_keep(strategist, again(kinded))
    assert not Entry.objects.exists()
    assert stated_changes(draft) == ()
    assert again(kinded).decisions == kinded.decisions
    keeping.keep(strategist, again(kinded))
    assert Entry.objects.count() == 4
    assert len(stated_changes(draft)) == 2
    assert trail.verify() is None


def test_what_was_changed_in_a_register_since_is_not_taken_back(kinded, draft, strategist):
    keeping.keep(strategist, kinded)
    entry = Entry.objects.get(register="evidence", content__title="Rapport om tallar")
    registers.change(strategist, register="evidence", key=entry.key, fields={"note": "Läst."}, version=entry.version)
    with pytest.raises(entries.EntryChangedError, match="Rapport om tallar"):
        keeping.undo_keep(strategist, again(kinded))
    assert Entry.objects.count() == 4
    assert again(kinded).kept_at is not None
    assert draft.nodes.filter(text="Skog", removed_at=None).exists()
    registers.remove(strategist, register="evidence", key=entry.key, version=entry.version + 1)
    with pytest.raises(entries.EntryChangedError):
        keeping.undo_keep(strategist, again(kinded))


def test_what_a_register_has_already_is_recognised_and_not_doubled(forest, strategist):
    add = {"register": "evidence", "content": {"title": "Rapport om tallar.", "kind": "report", "areas_affected": 3,
                                               "source": "a.txt:1"}}  # fmt: skip
    registers.add(strategist, **add)
    for year in (2021, 2031):
        content = {"text": "FLER stormar", "year": year, "source": "a.txt:1"}
        registers.add(strategist, register="trends", content=content)
    groups = offered(forest, strategist)
    assert [(offer.there, offer.entry) for offer in groups["evidence"].offers] == [
        (True, "rapport-om-tallar"), (False, ""),
    ]  # fmt: skip
    assert [offer.there for offer in groups["trends"].offers] == [False, True]
    unkinded = keys(groups["evidence"])[1]
    actions.choose(strategist, forest, listed=[unkinded], ticked=[], kinds={})
    keeping.keep(strategist, again(forest))
    assert Entry.objects.filter(register="evidence").count() == 1
    assert Entry.objects.filter(register="trends").count() == 3


def test_a_trend_in_the_words_of_an_earlier_year_continues_it(kinded, strategist):
    for year in (2021, 2026, 2040):
        content = {"text": "Fler stormar", "year": year, "source": "a.txt:1"}
        registers.add(strategist, register="trends", content=content)
    keeping.keep(strategist, kinded)
    kept = {item.text: item for item in snapshot.register("trends").trends if item.year == 2031}
    assert kept["Fler stormar"].continues == "2026-fler-stormar"
    assert kept["Megatrender i skogen"].continues == ""


def test_the_same_title_twice_in_a_document_is_one_entry(taken_in, strategist):
    row = taken_in("dubbel.txt", TEXT.replace("En tanke om björkar".encode(), b"Rapport om Tallar"))
    keeping.keep(strategist, row)
    assert Entry.objects.filter(register="evidence").count() == 1


def test_only_what_is_ticked_is_kept(kinded, draft, strategist):
    groups = offered(kinded, strategist)
    listed = keys(groups["evidence"]) + keys(groups["trends"]) + keys(groups[""])
    ticked = [listed[0], listed[3], listed[5]]
    actions.choose(strategist, kinded, listed=listed, ticked=ticked, kinds={})
    keeping.keep(strategist, again(kinded))
    assert sorted(Entry.objects.values_list("key", flat=True)) == ["2031-fler-stormar", "rapport-om-tallar"]
    assert [change.text for change in stated_changes(draft)] == ["Björkarna är borta."]


def test_choices_are_kept_as_they_differ_and_of_what_was_shown(forest, strategist):
    pines, birches = keys(offered(forest, strategist)["evidence"])
    actions.choose(strategist, forest, listed=[pines], ticked=[], kinds={pines: "report"}, year="2031")
    assert again(forest).decisions == {"beside": {"off": [pines]}}
    actions.choose(
        strategist, again(forest), listed=[birches], ticked=[birches], kinds={birches: "trend", "p99": "trend"}
    )
    assert again(forest).decisions == {"beside": {"off": [pines], "kinds": {birches: "trend"}}}
    actions.choose(strategist, again(forest), listed=[birches], ticked=[birches], kinds={birches: "påhittat"})
    actions.choose(strategist, again(forest), listed=[pines], ticked=[pines], kinds={})
    assert again(forest).decisions == {}
    keeping_none = {"listed": ["p999"], "ticked": [], "kinds": {}}
    number = Event.objects.count()
    actions.choose(strategist, again(forest), **keeping_none)
    assert Event.objects.count() == number


def test_nothing_is_chosen_of_a_document_that_has_been_kept(kinded, strategist):
    keeping.keep(strategist, kinded)
    with pytest.raises(actions.AlreadyKeptError):
        actions.choose(strategist, again(kinded), listed=["p6"], ticked=[], kinds={})


@pytest.fixture
def without_trends(monkeypatch):
    """A matrix by which a strategist may not change the trends."""
    need = rules.MATRIX["registers.trends.change"]
    monkeypatch.setitem(rules.MATRIX, "registers.trends.change", replace(need, roles=frozenset({rules.Role.ANALYST})))


@pytest.mark.usefixtures("without_trends")
def test_who_may_not_change_a_register_keeps_the_rest(kinded, draft, strategist, signed_in):
    told = signed_in(strategist).get(f"{PLACE}{kinded.pk}/").content.decode()
    assert "Fler stormar" in told
    assert "Läses inte in: det kräver att man får göra detta: ändra trender" in " ".join(told.split())
    trend = offered(kinded, strategist)["trends"].offers[0].key
    assert f'name="ta" value="{trend}"' not in told
    keeping.keep(strategist, kinded)
    assert set(Entry.objects.values_list("register", flat=True)) == {"evidence"}
    assert len(stated_changes(draft)) == 2


def test_a_document_without_nodes_may_bring_trends(taken_in, strategist):
    row = taken_in("trender.txt", "# Omvärldstrender 2031\n- Fler stormar\n".encode())
    assert reading_of(row).planned.nodes == ()
    keeping.keep(strategist, again(row))
    assert [item.text for item in snapshot.register("trends").trends] == ["Fler stormar"]


def test_stated_changes_are_seen_where_they_are_held_against_what_changed(kinded, strategist, signed_in):
    client = signed_in(strategist)
    place = "/arbete/utkast/2021-prov/andringar/pastaenden/"
    assert "inlästa dokumenten" not in client.get(place).content.decode()
    keeping.keep(strategist, kinded)
    assert "vad de inlästa dokumenten anger (2)" in client.get(place).content.decode()
    told = client.get(f"{place}?dokument=1").content.decode()
    assert "Det som de inlästa dokumenten anger" in told
    assert "Björkarna är borta." in told


def test_the_form_that_reads_in_carries_what_is_ticked(forest, strategist, signed_in):
    client = signed_in(strategist)
    told = client.get(f"{PLACE}{forest.pk}/").content.decode()
    pines, birches = keys(offered(forest, strategist)["evidence"])
    for said in (
        f'form="keep-form" name="ta" value="{pines}" checked',
        f'form="keep-form" name="slag-{birches}"',
        "1 saknar slag",
        'name="ar"',
        'value="2031"',
    ):
        assert said in told, said
    sent = {"listad": [pines, birches], "ta": [birches], "ar": "2032"}
    answer = client.post(f"{PLACE}{forest.pk}/las-in/", sent | {f"slag-{birches}": ""})
    assert answer.status_code == 400
    assert "1 underlag saknar slag." in answer.content.decode()
    assert again(forest).decisions["beside"] == {"off": [pines], "year": 2032}
    answer = client.post(f"{PLACE}{forest.pk}/vid-sidan/", sent | {f"slag-{birches}": "event"})
    assert answer.headers["Location"].endswith("#beside")
    told = client.post(f"{PLACE}{forest.pk}/las-in/", follow=True).content.decode()
    assert "Dokumentet är inläst i utkastet." in told
    assert "/arbete/register/evidence/post/en-tanke-om-bjorkar/" in told
    assert list(Entry.objects.filter(register="evidence").values_list("content__kind", flat=True)) == ["event"]
    assert {entry.content["year"] for entry in Entry.objects.filter(register="trends")} == {2032}


@pytest.mark.parametrize("rows", [1, 50])
def test_the_review_asks_the_registers_once_however_much_is_found(
    draft, taken_in, strategist, signed_in, django_assert_num_queries, rows
):
    listed = "".join(f"Rapport {n} om tallar\t3\n" for n in range(rows))
    changes = "".join(f"- Tall {n} är ny.\n" for n in range(rows))
    text = f"# 5.4 Skog\n## Viktigaste ändringarna\n{changes}Underlag\tAntal\n{listed}"
    row = taken_in("många.txt", text.encode())
    client = signed_in(strategist)
    client.get(PLACE)
    with django_assert_num_queries(13):
        client.get(f"{PLACE}{row.pk}/")
