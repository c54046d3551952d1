"""The region's own strategy taken in from a copy of its folder, and a draft opened from the consultation version."""

import shutil
import uuid

import pytest

AREA = "omrade/kunskapslyft-och-utbildning"


@pytest.fixture
def strategist(person):
    return person("strategist", name="Åsa Påhittad")


@pytest.fixture
def taken_in(tmp_path, region, strategist):
    """A copy of the folder, taken in and served."""
    from vagvisare.web.strategy import actions, opened

    known, folder = region
    place = shutil.copytree(known, tmp_path / "orebro")
    actions.take_in(strategist, folder)
    opened.put(place, folder, lambda: None)
    yield place
    opened._open.clear()


@pytest.fixture
def draft(taken_in, strategist):
    from vagvisare.web.revision.opening import open_draft

    return open_draft(strategist, "2030-prov", "Påhittad utgåva", "2021-remiss")


@pytest.fixture
def write(draft, strategist):
    """Write other words in a node of the draft: ``write("vision", "…")``, or change what stands by a function."""
    from vagvisare.web.revision.writing.wordings import save_wording

    def made(address, words, by=None):
        node = draft.nodes.get(address=address)
        text = words(node.text) if callable(words) else words
        save_wording(by or strategist, node, text, node.version, str(uuid.uuid4()))
        return text

    return made


@pytest.fixture
def directions(draft):
    """The addresses of the draft's directions, in order."""
    return list(draft.nodes.filter(level="direction").order_by("id").values_list("address", flat=True))
