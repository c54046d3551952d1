"""Undoing many changes at once: as quick as making them, each event by itself in the trail, and said on the page."""

import pytest

from vagvisare.web.audit.models import Event
from vagvisare.web.registers import actions, snapshot
from vagvisare.web.registers.models import Entry

pytestmark = pytest.mark.django_db
MANY = 12


def associations():
    return [
        actions.Row(f"forening-{n}", {"name": f"Förening {n}", "kind": "civil_society", "role": "Hör", "source": "här"})
        for n in range(MANY)
    ]


@pytest.fixture
def strategist(person):
    return person("strategist")


def stands():
    return list(Entry.objects.filter(register="actors").values_list("key", "content"))


@pytest.fixture
def asked(monkeypatch):
    """Count how often the whole of the registers is read."""
    times, usual = [], snapshot.register
    monkeypatch.setattr(snapshot, "register", lambda *only: (times.append(only), usual(*only))[1])
    return times


def test_many_new_words_are_undone_in_one_go_and_each_by_its_own_event(orebro, strategist, asked):
    actions.keep_rows(strategist, register="actors", rows=associations(), reason="ur fil")
    before = stands()
    versions = {row.key: 1 for row in associations()}
    done = actions.change_many(strategist, register="actors", versions=versions, name="role", plain="Lyssnar")
    asked.clear()
    events = actions.undo(strategist, register="actors", numbers=[each.event.number for each in done])
    assert len(asked) == 1
    assert stands() == before
    made = sorted((each.event.number, each.entry.key) for each in done)
    assert [event.reason for event in events] == [f"ångrar händelse {number}" for number, _ in reversed(made)]


def test_a_whole_file_is_undone_with_what_it_added_changed_and_removed(orebro, strategist):
    before = stands()
    first, second, *_ = Entry.objects.filter(register="actors", key__in=["handelskammaren", "rf-sisu"])
    rows = [*associations(), actions.Row(first.key, {**first.content, "role": "Ny roll"}, first.version),
            actions.Row(second.key, None, second.version)]  # fmt: skip
    events = actions.keep_rows(strategist, register="actors", rows=rows, reason="ur fil")
    assert len(stands()) == len(before) + MANY - 1
    actions.undo(strategist, register="actors", numbers=[event.number for event in events])
    assert stands() == before


def test_two_changes_of_one_entry_are_undone_one_after_the_other(orebro, strategist):
    before = stands()
    told = {"register": "actors", "key": "rf-sisu"}
    one = actions.change(strategist, fields={"role": "Ett"}, version=1, **told)
    two = actions.change(strategist, fields={"role": "Två"}, version=2, **told)
    actions.undo(strategist, register="actors", numbers=[one.event.number, two.event.number])
    assert stands() == before


def test_one_changed_since_lets_none_be_undone(orebro, strategist):
    versions = {"rf-sisu": 1, "handelskammaren": 1}
    done = actions.change_many(strategist, register="actors", versions=versions, name="role", plain="Lyssnar")
    actions.change(strategist, register="actors", key="rf-sisu", fields={"role": "Talar"}, version=2)
    count, now = Event.objects.count(), stands()
    with pytest.raises(actions.ChangedSinceError):
        actions.undo(strategist, register="actors", numbers=[each.event.number for each in done])
    assert (Event.objects.count(), stands()) == (count, now)


def test_a_file_that_emptied_a_register_is_undone_in_one_go_and_each_entry_has_its_place_again(
    orebro, strategist, asked
):
    actions.keep_rows(strategist, register="actors", rows=associations(), reason="ur fil")
    before = stands()
    gone = [actions.Row(row.key, None, 1) for row in associations()[::2]]
    events = actions.keep_rows(strategist, register="actors", rows=gone, reason="ur fil")
    actions.move(strategist, register="actors", key="rf-sisu", to=0)
    actions.move(strategist, register="actors", key="rf-sisu", to=[key for key, _ in before].index("rf-sisu"))
    asked.clear()
    made = actions.undo(strategist, register="actors", numbers=[event.number for event in events])
    assert len(asked) == 1
    assert stands() == before
    assert {event.reason for event in made} == {f"ångrar händelse {event.number}" for event in events}
