import json

import pytest

from vagvisare.terms.language import Language
from vagvisare.web.access.verbs import OvertakenError, RefusedError
from vagvisare.web.audit.models import Event
from vagvisare.web.audit.trail import verify
from vagvisare.web.registers import actions
from vagvisare.web.registers.contents import ContentError
from vagvisare.web.registers.described import DEFINITIONS
from vagvisare.web.registers.models import Entry

pytestmark = pytest.mark.django_db

NEW = {"title": "Påhittad rapport", "kind": "report", "areas_affected": 3, "source": "påhittad källa"}


@pytest.fixture
def strategist(person):
    return person("strategist")


def content(register, key):
    return Entry.objects.get(register=register, key=key).content


def events(key):
    return list(Event.objects.filter(kind="entry", key=key).order_by("number"))


def test_an_entry_is_added_last_with_a_key_from_its_words(orebro, strategist):
    done = actions.add(strategist, register="evidence", content=NEW)
    assert done.entry.key == "pahittad-rapport"
    assert done.entry == Entry.objects.filter(register="evidence").last()
    assert done.entry.content == {"key": "pahittad-rapport", **NEW}
    assert done.entry.changed_by == strategist.key
    (event,) = events("evidence:pahittad-rapport")
    assert (event.before, json.loads(event.after)) == ("", done.entry.content)
    assert event.verb == "registers.evidence.change"
    assert event.title == "Påhittad rapport"


def test_the_same_words_again_get_a_key_of_their_own(strategist):
    keys = [actions.add(strategist, register="evidence", content=NEW).entry.key for _ in range(3)]
    assert keys == ["pahittad-rapport", "pahittad-rapport-2", "pahittad-rapport-3"]


@pytest.mark.parametrize(
    ("fields", "name", "said"),
    [
        ({"title": ""}, "title", "måste fyllas i"),
        ({"source": None}, "source", "måste fyllas i"),
        ({"areas_affected": "många"}, "areas_affected", "heltal"),
        ({"dated": "17 juni"}, "dated", "inget datum"),
        ({"dated": "2021-02-30"}, "dated", "inget datum"),
        ({"areas": ["omrade/finns-inte"]}, "areas", "Okänd adress"),
        ({"okant": "x"}, "", "Okänt fält"),
    ],
)
def test_what_cannot_stand_is_refused_with_the_columns_own_name(orebro, strategist, fields, name, said):
    with pytest.raises(ContentError) as refused:
        actions.add(strategist, register="evidence", content=NEW | fields)
    assert said in refused.value.wrong[name].sv
    assert refused.value.wrong[name].en
    if name:
        assert DEFINITIONS["evidence"].by_name[name].label.sv in refused.value.message(Language.SV)
    assert not Entry.objects.filter(key="pahittad-rapport").exists()


def test_a_choice_outside_the_list_and_an_unknown_actor_are_refused(orebro, strategist):
    told = {"text": "Påhittat", "giver": "finns-inte", "kind": "önskan", "source": "påhittad"}
    with pytest.raises(ContentError) as refused:
        actions.add(strategist, register="mandate", content=told)
    assert set(refused.value.wrong) == {"kind"}
    with pytest.raises(ContentError) as refused:
        actions.add(strategist, register="mandate", content=told | {"kind": "why"})
    assert set(refused.value.wrong) == {"giver"}


def test_a_step_needs_a_date_with_a_source_that_runs_forwards(orebro, strategist):
    claim = {"kind": "planned", "start": "2021-06-17", "source": "påhittad"}
    step = {"what": "Påhittat steg"}
    for claims, said in [
        ([], "måste fyllas i"),
        ([claim | {"start": ""}], "saknas på en rad"),
        ([claim | {"start": "snart"}], "inget datum"),
        ([claim | {"end": "2021-06-01"}], "Slutet kommer före början"),
        ([claim | {"kind": "gissat"}], "finns inte att välja"),
    ]:
        with pytest.raises(ContentError) as refused:
            actions.add(strategist, register="timeline", content=step | {"claim": claims})
        assert said in refused.value.wrong["claim"].sv, (claims, refused.value.wrong)
    assert actions.add(strategist, register="timeline", content=step | {"claim": [claim]}).entry.key == "pahittat-steg"


def test_a_change_sets_the_fields_named_and_leaves_the_rest(orebro, strategist):
    before = content("mandate", "behall-strukturen")
    done = actions.change(
        strategist,
        register="mandate",
        key="behall-strukturen",
        fields={"status": "met", "how": "Påhittat skäl"},
        version=1,
        reason="prövat",
    )
    assert done.entry.version == 2
    assert content("mandate", "behall-strukturen") == before | {"status": "met", "how": "Påhittat skäl"}
    last = events("mandate:behall-strukturen")[-1]
    assert (json.loads(last.before), json.loads(last.after)) == (before, done.entry.content)
    assert last.reason == "prövat"
    assert verify() is None


def test_two_who_change_the_same_find_out(orebro, strategist):
    told = {"register": "mandate", "key": "behall-strukturen", "version": 1}
    actions.change(strategist, fields={"how": "Den första"}, **told)
    with pytest.raises(OvertakenError) as overtaken:
        actions.change(strategist, fields={"how": "Den andra"}, **told)
    assert overtaken.value.now.content["how"] == "Den första"
    assert content("mandate", "behall-strukturen")["how"] == "Den första"


def test_a_change_to_the_same_leaves_no_event_and_no_version(orebro, strategist):
    count = Event.objects.count()
    done = actions.change(strategist, register="mandate", key="behall-strukturen", fields={"status": "open"}, version=1)
    assert (done.event, done.entry.version, Event.objects.count()) == (None, 1, count)


def test_the_key_cannot_be_changed(orebro, strategist):
    with_key = {"key": "annan", "how": "x"}
    actions.change(strategist, register="mandate", key="behall-strukturen", fields=with_key, version=1)
    assert content("mandate", "behall-strukturen")["key"] == "behall-strukturen"


def test_a_bulk_change_leaves_what_has_changed_since_and_has_an_event_each(orebro, strategist):
    versions = {"behall-strukturen": 1, "inte-en-ny-rus": 1}
    done = actions.change_many(strategist, register="mandate", versions=versions, name="status", plain="met")
    assert [each.entry.content["status"] for each in done] == ["met", "met"]
    assert len({each.event.number for each in done}) == 2
    count = Event.objects.count()
    assert not actions.change_many(strategist, register="mandate", versions=versions, name="status", plain="not_met")
    with pytest.raises(ContentError):
        actions.change_many(
            strategist, register="mandate", versions=dict.fromkeys(versions, 2), name="status", plain="kanske"
        )
    assert Event.objects.count() == count
    half = {"behall-strukturen": 1, "inte-en-ny-rus": 2, "finns-inte": 0}
    (done,) = actions.change_many(strategist, register="mandate", versions=half, name="status", plain="not_met")
    assert done.entry.key == "inte-en-ny-rus"
    assert content("mandate", "behall-strukturen")["status"] == "met"


def test_undo_restores_what_stood_before_for_every_kind_of_change(orebro, strategist):
    before = list(Entry.objects.filter(register="trends").values_list("key", "content"))
    key = "2022-demografi"
    steps = [
        lambda: actions.change(strategist, register="trends", key=key, fields={"reach": "eu"}, version=1),
        lambda: actions.move(strategist, register="trends", key=key, to=0),
        lambda: actions.add(strategist, register="trends", content={"text": "Ny", "year": 2023, "source": "påhittad"}),
        lambda: actions.remove(strategist, register="trends", key="2022-omstallningskapacitet", version=1),
    ]
    for step in steps:
        done = step()
        assert list(Entry.objects.filter(register="trends").values_list("key", "content")) != before
        (event,) = actions.undo(strategist, register="trends", numbers=[done.event.number])
        assert list(Entry.objects.filter(register="trends").values_list("key", "content")) == before
        assert event.reason == f"ångrar händelse {done.event.number}"
    assert verify() is None


def test_undo_can_itself_be_undone(orebro, strategist):
    told = {"register": "mandate", "key": "behall-strukturen"}
    done = actions.change(strategist, fields={"how": "Ett"}, version=1, **told)
    (undone,) = actions.undo(strategist, register="mandate", numbers=[done.event.number])
    actions.undo(strategist, register="mandate", numbers=[undone.number])
    assert content("mandate", "behall-strukturen")["how"] == "Ett"


def test_undo_is_refused_when_the_entry_has_changed_since(orebro, strategist):
    told = {"register": "mandate", "key": "behall-strukturen"}
    first = actions.change(strategist, fields={"how": "Ett"}, version=1, **told)
    actions.change(strategist, fields={"how": "Två"}, version=2, **told)
    with pytest.raises(OvertakenError):
        actions.undo(strategist, register="mandate", numbers=[first.event.number])
    assert content("mandate", "behall-strukturen")["how"] == "Två"


def test_undo_of_another_registers_event_is_refused(orebro, strategist, person):
    done = actions.change(strategist, register="mandate", key="behall-strukturen", fields={"how": "Ett"}, version=1)
    analyst = person("analyst")
    with pytest.raises(OvertakenError):
        actions.undo(analyst, register="evidence", numbers=[done.event.number])
    with pytest.raises(RefusedError):
        actions.undo(analyst, register="mandate", numbers=[done.event.number])
    assert content("mandate", "behall-strukturen")["how"] == "Ett"


def test_a_bulk_change_is_undone_at_once(orebro, strategist):
    versions = {"behall-strukturen": 1, "inte-en-ny-rus": 1}
    done = actions.change_many(strategist, register="mandate", versions=versions, name="status", plain="met")
    actions.undo(strategist, register="mandate", numbers=[each.event.number for each in done])
    assert "status" not in content("mandate", "behall-strukturen")
    assert "status" not in content("mandate", "inte-en-ny-rus")


def test_what_others_name_cannot_be_removed(orebro, strategist):
    for register, key in [("trends", "2021-demografi"), ("timeline", "remiss-2021"), ("actors", "partnerskapet")]:
        with pytest.raises(actions.InUseError) as refused:
            actions.remove(strategist, register=register, key=key, version=1)
        assert "används av" in refused.value.message(Language.SV)
        assert Entry.objects.filter(register=register, key=key).exists()


@pytest.mark.parametrize("verb", ["add", "change", "remove", "move"])
def test_an_erratum_is_issued_where_the_edition_is_and_never_changed(strategist, verb):
    told = {"edition": "2021-remiss", "address": "vision", "was": "fel", "now": "rätt", "dated": "2021-06-10"}
    Entry.objects.create(register="errata", key="e", content={"key": "e", "reason": "skrivfel", **told})
    more = {
        "add": {"content": told},
        "change": {"key": "e", "fields": {"was": "x"}, "version": 1},
        "remove": {"key": "e", "version": 1},
        "move": {"key": "e", "to": 1},
    }[verb]
    with pytest.raises(actions.SealedRegisterError):
        getattr(actions, verb)(strategist, register="errata", **more)
    assert Entry.objects.get(key="e").content["was"] == "fel"


def test_moving_keeps_every_entry_and_stops_at_the_ends(orebro, strategist):
    keys = list(Entry.objects.filter(register="trends").values_list("key", flat=True))
    actions.move(strategist, register="trends", key=keys[3], to=1)
    moved = list(Entry.objects.filter(register="trends").values_list("key", flat=True))
    assert moved == [keys[0], keys[3], keys[1], keys[2], *keys[4:]]
    actions.move(strategist, register="trends", key=keys[3], to=999)
    assert list(Entry.objects.filter(register="trends").values_list("key", flat=True))[-1] == keys[3]


AREA = "omrade/transporter-och-infrastruktur"
OTHER = "omrade/kunskapslyft-och-utbildning"


def test_a_cell_of_the_matrix_is_yes_no_or_unknown(orebro, strategist):
    said = {"register": "evidence", "key": "barnkonventionen"}
    actions.answer(strategist, area=AREA, said="yes", version=1, **said)
    done = actions.answer(strategist, area=OTHER, said="yes", version=2, **said)
    assert done.entry.content["areas"] == [OTHER, AREA]  # in the strategy's order
    actions.answer(strategist, area=AREA, said="no", version=3, **said)
    now = content("evidence", "barnkonventionen")
    assert (now["areas"], now["other_areas"]) == ([OTHER], [AREA])
    actions.answer(strategist, area=AREA, said="unknown", version=4, **said)
    actions.answer(strategist, area=OTHER, said="unknown", version=5, **said)
    assert "areas" not in content("evidence", "barnkonventionen")


def test_more_areas_than_the_source_counts_are_refused_in_words(orebro, strategist):
    key = Entry.objects.get(register="evidence", content__title="Nationella AI-åendan").key
    said = {"register": "evidence", "key": key}
    actions.answer(strategist, area=AREA, said="yes", version=1, **said)
    with pytest.raises(ContentError) as refused:
        actions.answer(strategist, area=OTHER, said="yes", version=2, **said)
    assert "Källan anger ett område" in refused.value.message(Language.SV)
    assert "one area" in refused.value.message(Language.EN)
    assert content("evidence", key)["areas"] == [AREA]


def test_an_unknown_area_is_refused(orebro, strategist):
    with pytest.raises(ContentError):
        actions.answer(
            strategist, register="evidence", key="barnkonventionen", area="omrade/nej", said="yes", version=1
        )


@pytest.mark.parametrize(
    ("role", "register", "may"),
    [
        ("analyst", "evidence", True),
        ("analyst", "mandate", False),
        ("registrar", "meetings", True),
        ("registrar", "evidence", False),
        ("process_leader", "contributions", True),
        ("reader", "contributions", False),
        ("writer", "themes", False),
    ],
)
def test_each_register_is_changed_by_those_who_may(orebro, person, role, register, may):
    known = person(role)
    one = Entry.objects.filter(register=register).first()
    told = {"register": register, "key": one.key, "fields": {}, "version": one.version}
    if may:
        actions.change(known, **told)
    else:
        with pytest.raises(RefusedError):
            actions.change(known, **told)
