from datetime import date

import pytest

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(person):
    return person("strategist", name="Mi Jag")


def test_what_waits_is_what_is_not_done_answered_or_settled(opened, at, person, me):
    from vagvisare.web.revision.writing import shaping, talk
    from vagvisare.web.revision.writing.waiting import waiting_for
    from vagvisare.web.revision.writing.wordings import save_wording

    draft, other = opened(), person("strategist", name="Bo Ek")
    one, two, three = (at(draft, f"rikta-1-{number}") for number in (1, 2, 3))
    talk.assign(other, one, me)
    talk.assign(other, two, me, date(2030, 5, 1))
    talk.assign(other, three, me, date(2030, 4, 1))
    talk.assign(other, at(draft, "rikta-2-1"), other)
    talk.assign_done(me, talk.assign(other, at(draft, "rikta-2-2"), me))
    asked = talk.comment(other, one, "@Mi Jag, vad tycker du?")
    talk.comment(me, one, "@Mi Jag ska tänka")
    settled = talk.comment(other, two, "@Mi Jag igen")
    answered = talk.comment(other, two, "Tråd")
    within = talk.comment(other, two, "@Mi Jag i ett svar", answered)
    talk.resolve(me, settled)
    save_wording(other, three, one.text.replace("1", "A"), 1, "t1")
    save_wording(me, three, one.text.replace("1", "B"), 1, "t2")
    waits = waiting_for(me)
    assert [given.node_id for given in waits.assignments] == [three.pk, two.pk, one.pk]
    assert {said.pk for said in waits.mentions} == {asked.pk, within.pk}
    assert [clash.node_id for clash in waits.clashes] == [three.pk]
    talk.resolve(me, answered)
    shaping.remove(other, one)
    waits = waiting_for(me)
    assert waits.mentions == ()
    assert [given.node_id for given in waits.assignments] == [three.pk, two.pk]
    draft.sealed_as = "2030"
    draft.save()
    waits = waiting_for(me)
    assert (waits.assignments, waits.mentions, waits.clashes) == ((), (), ())


@pytest.mark.parametrize("many", [1, 50])
def test_it_asks_the_same_few_questions(opened, at, person, me, many, django_assert_num_queries):
    from vagvisare.web.revision.writing import talk
    from vagvisare.web.revision.writing.waiting import waiting_for

    draft, other = opened(areas=many, directions=1), person("strategist")
    for number in range(1, many + 1):
        node = at(draft, f"rikta-{number}-1")
        talk.assign(other, node, me)
        talk.comment(other, node, "@Mi Jag")
    with django_assert_num_queries(3):
        waits = waiting_for(me)
        told = [(each.node.draft.key, str(each.node)) for each in (*waits.assignments, *waits.mentions)]
    assert len(told) == 2 * many
