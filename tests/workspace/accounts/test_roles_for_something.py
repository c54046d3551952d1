"""A role is given for something that there is, by its address or its name: otherwise it would hold nowhere, unseen."""

import pytest
from django.urls import reverse

from vagvisare.terms.language import Language
from vagvisare.web.accounts import actions, scopes
from vagvisare.web.accounts.models import Grant, Invitation

pytestmark = pytest.mark.django_db


@pytest.fixture
def taken_in(region, person):
    from vagvisare.web.strategy.actions import take_in

    take_in(person("strategist"), region[1])
    return region[1].strategy.editions[-1]


@pytest.fixture
def area(taken_in):
    return next(node for node in taken_in.at("area") if node.text == "Kunskapslyft och utbildning")


def test_an_area_is_meant_by_its_address_its_name_or_its_number_and_name(area, person):
    admin, somebody = person("administrator"), person("reader")
    for said in (area.address, area.text, area.text.upper(), f"{area.number} {area.text}", f" {area.text} "):
        actions.give_role(admin, somebody, "process_leader", said)
        grant = Grant.objects.get(person=somebody, role="process_leader")
        assert grant.scope == area.address
        grant.delete()


def test_what_there_is_not_is_refused_and_nothing_is_given(area, person):
    admin, somebody = person("administrator"), person("reader")
    for role, said in (("writer", "omrade/finns-inte"), ("process_leader", "Påhittat område"), ("partner", "sala")):
        with pytest.raises(scopes.NothingSuchError) as refused:
            actions.give_role(admin, somebody, role, said)
        assert f"”{said}”" in refused.value.message(Language.SV)
    assert list(somebody.grants.values_list("role", flat=True)) == ["reader"]


def test_what_several_are_called_is_refused(monkeypatch):
    two = [scopes.Choice("rikta/1", "1 Samma ord"), scopes.Choice("rikta/2", "2 Samma ord")]
    monkeypatch.setattr(scopes, "_offered", {scopes.Role.WRITER: [lambda: two]})
    assert scopes.meant(scopes.Role.WRITER, "2 samma ord") == "rikta/2"
    with pytest.raises(scopes.NothingSuchError):
        scopes.meant(scopes.Role.WRITER, "Samma ord")


def test_the_invitation_says_it_by_the_roles_and_keeps_what_was_written(area, signed_in):
    admin = signed_in("administrator")
    told = {"name": "Ny Påhittad", "email": "ny@exempel.se", "role": "writer", "scope-writer": "Påhittad del"}
    answer = admin.post(reverse("invite"), told)
    shown = answer.content.decode()
    assert answer.status_code == 400
    assert 'id="role-fault">Rollen skribent går inte att ge för ”Påhittad del”' in shown
    assert 'value="Påhittad del"' in shown
    assert not Invitation.objects.exists()
    admin.post(reverse("invite"), told | {"scope-writer": f"{area.text}, {area.address}"})
    assert Invitation.objects.get().roles == [["writer", area.address]]


def test_a_part_that_is_new_in_a_draft_can_be_given(taken_in, person):
    from vagvisare.web.revision.models import DraftNode
    from vagvisare.web.revision.opening import open_draft

    draft = open_draft(person("strategist"), "2030", "Påhittat utkast", taken_in.key)
    DraftNode.objects.create(draft=draft, address="omrade/nytt", level="area", text="Nytt område")
    offered = scopes.choices()
    assert [choice.key for choice in offered[scopes.Role.PROCESS_LEADER]].count("omrade/nytt") == 1
    assert len({choice.key for choice in offered[scopes.Role.WRITER]}) == len(taken_in.nodes) + 1
    assert len(offered[scopes.Role.WRITER]) == len(taken_in.nodes) + 1
    assert scopes.meant(scopes.Role.WRITER, "Nytt område") == "omrade/nytt"
    draft.nodes.filter(address="omrade/nytt").update(removed_at=draft.opened_at)
    with pytest.raises(scopes.NothingSuchError):
        scopes.meant(scopes.Role.WRITER, "Nytt område")
