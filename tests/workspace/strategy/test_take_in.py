from dataclasses import replace
from pathlib import Path

import pytest

from vagvisare import strategy_folder

pytestmark = pytest.mark.django_db
FOLDER = Path(__file__).parents[3] / "strategies" / "orebro"


@pytest.fixture(scope="module")
def folder():
    return strategy_folder.read(FOLDER)


def test_a_folder_taken_in_gives_the_same_strategy_back(person, folder):
    from vagvisare.web.strategy import actions, snapshot

    actions.take_in(person(), folder)
    assert snapshot.strategy() == folder.strategy


def test_taking_it_in_again_changes_nothing(person, folder):
    from vagvisare.web.audit.models import Event
    from vagvisare.web.strategy import actions

    who = person()
    actions.take_in(who, folder)
    events = Event.objects.count()
    actions.take_in(who, folder)
    assert Event.objects.count() == events


def test_a_sealed_text_is_never_replaced(person, folder):
    from vagvisare.web.strategy import actions

    who = person()
    actions.take_in(who, folder)
    changed = replace(folder.strategy.editions[0], title="En annan titel")
    other = replace(folder, strategy=replace(folder.strategy, editions=(changed,)))
    with pytest.raises(actions.OtherTextError, match="redan förseglad"):
        actions.take_in(who, other)


def test_what_is_written_out_is_what_was_read(person, folder, tmp_path):
    from vagvisare.web.strategy import actions

    who = person()
    actions.take_in(who, folder)
    actions.write_out(who, folder, tmp_path / "ut")
    assert strategy_folder.read(tmp_path / "ut") == folder
    for file in (FOLDER / "editions").iterdir():
        assert (tmp_path / "ut" / "editions" / file.name).read_bytes() == file.read_bytes()


def test_a_reader_may_not(person, folder):
    from vagvisare.web.access.verbs import RefusedError
    from vagvisare.web.strategy import actions
    from vagvisare.web.strategy.models import Head

    with pytest.raises(RefusedError):
        actions.take_in(person("reader"), folder)
    assert not Head.objects.exists()
