from pathlib import Path

import pytest

from vagvisare import strategy_folder

pytestmark = pytest.mark.django_db


def test_nothing_is_offered_before_there_is_a_strategy():
    from vagvisare.web.accounts.scopes import choices

    assert not any(choices().values())


def test_roles_can_be_given_for_areas_nodes_and_actors(person):
    from vagvisare.web.access.rules import Role
    from vagvisare.web.accounts.scopes import choices
    from vagvisare.web.strategy import actions

    folder = strategy_folder.read(Path(__file__).parents[3] / "strategies" / "orebro")
    actions.take_in(person(), folder)
    offered = choices()
    edition = folder.strategy.editions[-1]
    assert [each.key for each in offered[Role.PROCESS_LEADER]] == [node.address for node in edition.at("area")]
    assert len(offered[Role.WRITER]) == len(edition.nodes)
    assert {each.key for each in offered[Role.PARTNER]} == {actor.key for actor in folder.strategy.register.actors}
    assert all(len(each.title) <= 80 for each in offered[Role.WRITER])
