import json
from datetime import date

import pytest

pytestmark = pytest.mark.django_db


@pytest.fixture
def node(opened, at):
    return at(opened(), "rikta-1-1")


@pytest.fixture
def who(person):
    return person("strategist", name="Anna Påhitt")


def test_people_are_mentioned_by_their_whole_name_and_other_names_stay_text(node, who, person):
    from vagvisare.web.audit.models import Event
    from vagvisare.web.revision.writing.talk import comment

    bo = person("writer", name="Bo Ek", scope="omrade/omrade-2")
    longer = person("analyst", name="Bo Ek Lund")
    outsider = person("partner", name="Per Partner")
    gone = person("writer", name="Gun Borta")
    gone.is_active = False
    gone.save()
    made = comment(who, node, "@bo ek, läs. @Bo Eklund @Per Partner @Gun Borta a@Anna Påhitt @Okänd Person")
    assert list(made.mentions.all()) == [bo]
    assert list(comment(who, node, "Fråga @Bo Ek Lund.").mentions.all()) == [longer]
    assert set(comment(who, node, "@Bo Ek Lund och @Bo Ek").mentions.all()) == {bo, longer}
    event = Event.objects.get(kind="comment", key=str(made.pk))
    told = json.loads(event.after)
    assert told["mentions"] == [bo.key]
    assert "exempel.se" not in event.after
    del outsider


def test_an_answer_belongs_to_the_thread_and_opens_it_again(node, who, person, at):
    from vagvisare.web.revision.writing.talk import SayError, comment, resolve

    first = comment(who, node, "Är det här rätt ord?")
    reply = comment(person("writer", scope="x"), node, "Ja.", first)
    assert comment(who, node, "Bra.", reply).reply_to == first
    resolve(who, reply)
    first.refresh_from_db()
    assert (first.resolved_by, first.resolved_at is not None) == (who.key, True)
    comment(who, node, "Ändå inte.", first)
    first.refresh_from_db()
    assert (first.resolved_by, first.resolved_at) == ("", None)
    with pytest.raises(SayError, match="hör till en annan del"):
        comment(who, at(node.draft, "rikta-1-2"), "Fel ställe", first)


def test_a_thread_is_resolved_and_opened_once_each(node, who):
    from vagvisare.web.audit.models import Event
    from vagvisare.web.revision.writing.talk import comment, resolve

    first = comment(who, node, "Hej")
    for done in (True, True, False, False):
        first = resolve(who, first, done=done)
    acts = [json.loads(event.after)["act"] for event in Event.objects.filter(kind="comment").order_by("number")]
    assert acts == ["commented", "resolved", "reopened"]


@pytest.mark.parametrize("text", ["", "   ", "x" * 10_001])
def test_an_empty_or_endless_comment_is_refused(node, who, text):
    from vagvisare.web.revision.writing.talk import SayError, comment

    with pytest.raises(SayError, match="mellan ett och 10000 tecken"):
        comment(who, node, text)


def test_who_is_asked_to_write_may_write_there(node, who, person):
    from vagvisare.web.audit.models import Event
    from vagvisare.web.revision.writing.talk import SayError, assign, assign_done, unassign

    writer, other = person("writer", scope="omrade/omrade-1"), person("writer", scope="omrade/omrade-2")
    with pytest.raises(SayError, match="får inte skriva här"):
        assign(who, node, other)
    given = assign(who, node, writer, date(2030, 3, 1), "Korta")
    assert assign(who, node, writer, date(2030, 3, 1), "Korta").pk == given.pk
    assign(who, node, writer, date(2030, 4, 1))
    assign_done(writer, given)
    given.refresh_from_db()
    assert (given.due, given.note, given.done_at is not None) == (date(2030, 4, 1), "", True)
    assign_done(writer, given)
    unassign(who, given)
    told = [event.verb for event in Event.objects.filter(kind="assignment").order_by("number")]
    assert told == ["draft.assign", "draft.assign", "draft.write", "draft.assign"]


def test_only_who_was_asked_or_who_divides_the_writing_says_done(node, who, person):
    from vagvisare.web.access.verbs import RefusedError
    from vagvisare.web.revision.writing.talk import assign, assign_done

    one, other = person("writer", scope="omrade/omrade-1"), person("writer", scope="omrade/omrade-1")
    given = assign(who, node, one)
    with pytest.raises(RefusedError):
        assign_done(other, given)
    assign_done(who, given)
    assign_done(one, given, done=False)
    given.refresh_from_db()
    assert given.done_at is None


def test_who_is_here_is_known_for_half_a_minute(node, who, person):
    from datetime import timedelta

    from vagvisare.web.audit.models import Event
    from vagvisare.web.revision.models import Presence
    from vagvisare.web.revision.writing.presence import Present, around

    bo, events = person("writer", name="Bo Ek"), Event.objects.count()
    assert around(bo, node.draft, node, writing=True) == ()
    assert around(who, node.draft, None, writing=False) == (Present("Bo Ek", str(node.uid), True),)
    Presence.objects.filter(person=bo).update(seen_at=Presence.objects.get(person=bo).seen_at - timedelta(seconds=31))
    assert around(who, node.draft, None, writing=False) == ()
    assert Event.objects.count() == events


def test_ones_own_place_is_written_when_it_is_news_and_otherwise_seldom(node, who, django_assert_num_queries):
    from datetime import timedelta

    from vagvisare.web.revision.models import Presence
    from vagvisare.web.revision.writing.presence import around

    around(who, node.draft, node, writing=False)
    first = Presence.objects.get(person=who).seen_at
    with django_assert_num_queries(1):
        around(who, node.draft, node, writing=False)
    around(who, node.draft, node, writing=True)
    assert Presence.objects.get(person=who).writing
    Presence.objects.filter(person=who).update(seen_at=first - timedelta(seconds=11))
    around(who, node.draft, node, writing=True)
    assert Presence.objects.get(person=who).seen_at >= first
