"""Folder, workspace and what both last agreed on: every state there is, and that nothing said is lost unseen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vagvisare.strategy_folder.three_way import (
    ORDER,
    WHOLE,
    Side,
    agreed,
    arranged,
    chosen,
    compare,
    merged,
    order_difference,
)

A, B, C = {"t": "a"}, {"t": "b"}, {"t": "c"}
FOLDER, WORKSPACE, CLASH = Side.FOLDER, Side.WORKSPACE, Side.CLASH
AT = ("evidence", "x")


def difference(base, folder, workspace, fixed=()):
    """Compare one thing; None is a thing that is not there."""
    three = ({} if each is None else {AT: each} for each in (base, folder, workspace))
    found = compare(*three, fixed)
    return found[0] if found else None


@pytest.mark.parametrize(
    ("base", "folder", "workspace", "side", "made", "agree"),
    [
        (None, A, None, FOLDER, A, None),  # new in the folder
        (None, None, A, WORKSPACE, A, None),  # new in the workspace
        (None, A, B, CLASH, B, None),  # new in both, and not the same
        (A, None, A, FOLDER, None, A),  # removed from the folder
        (A, A, None, WORKSPACE, None, A),  # removed in the workspace
        (A, None, B, CLASH, B, A),  # removed from the folder, changed in the workspace
        (A, B, None, CLASH, None, A),  # changed in the folder, removed in the workspace
        (A, B, A, FOLDER, B, A),  # changed in the folder only
        (A, A, B, WORKSPACE, B, A),  # changed in the workspace only
        (A, B, C, CLASH, C, A),  # changed in both, the same field
        ({"t": "a", "n": 1}, {"t": "a"}, {"t": "a", "n": 1}, FOLDER, A, {"t": "a", "n": 1}),  # a field emptied
        ({"t": "a", "n": 1}, {"t": "a"}, {"t": "a", "n": 2}, CLASH, {"t": "a", "n": 2}, {"t": "a", "n": 1}),
    ],
)
def test_every_state_of_one_thing(base, folder, workspace, side, made, agree):
    found = difference(base, folder, workspace)
    assert found.sides == {side}
    assert found.clashes is (side is CLASH)
    assert merged(found) == made
    assert agreed(base, folder, workspace) == agree


@pytest.mark.parametrize(("base", "both"), [(None, A), (A, None), (A, A), (A, B), (None, None)])
def test_what_both_say_is_agreed_whatever_it_was(base, both):
    assert difference(base, both, both) is None
    assert agreed(base, both, both) == both


def test_different_fields_are_brought_together():
    base, folder, here = {"t": "a", "n": 1, "s": "x"}, {"t": "b", "n": 1, "s": "y"}, {"t": "a", "n": 2, "s": "z"}
    found = difference(base, folder, here)
    assert {each.name: each.side for each in found.fields} == {"t": FOLDER, "n": WORKSPACE, "s": CLASH}
    assert merged(found) == {"t": "b", "n": 2, "s": "z"}


def test_what_never_changes_clashes_when_the_folder_has_changed_it():
    assert difference(A, B, A, {"evidence"}).clashes
    assert difference(A, None, A, {"evidence"}).clashes
    assert difference(None, A, None, {"evidence"}).sides == {FOLDER}


@pytest.mark.parametrize("field", ["n", "t", "x"])
def test_only_a_clash_is_chosen(field):
    found = difference({"t": "a", "n": 1}, {"t": "b", "n": 1}, {"t": "a", "n": 2})
    with pytest.raises(KeyError):
        chosen(found, field, FOLDER)
    with pytest.raises(KeyError):
        chosen(found, WHOLE, FOLDER)


@pytest.mark.parametrize(
    ("base", "folder", "workspace", "side", "keys"),
    [
        ("abc", "abc", "abc", None, "abc"),
        ("abc", "cab", "abc", FOLDER, "cab"),
        ("abc", "abc", "bca", WORKSPACE, "bca"),
        ("abc", "cab", "bca", CLASH, "bca"),
        ("abc", "axbc", "abc", None, "axbc"),
        ("abc", "xcab", "abyc", FOLDER, "xcaby"),
        ("abc", "axbc", "cab", WORKSPACE, "caxb"),
        ("", "ab", "ba", WORKSPACE, "ba"),
        ("abc", "bc", "ac", None, "bac"),
    ],
)
def test_every_state_of_an_order(base, folder, workspace, side, keys):
    found = order_difference("evidence", *map(list, (base, folder, workspace)))
    assert (None if found is None else next(iter(found.sides))) is side
    assert sorted(arranged(base, folder, workspace)) == sorted(keys)
    if side is not None:
        winner = folder if side is FOLDER else workspace
        assert [key for key in arranged(base, folder, workspace) if key in winner] == list(winner)
        assert found.fields[0].name == ORDER


things = st.none() | st.dictionaries(st.sampled_from("tns"), st.integers(0, 2), max_size=3)
many = st.dictionaries(st.tuples(st.sampled_from(["evidence", "themes"]), st.sampled_from("xyz")), things)


def there(of):
    return {place: content for place, content in of.items() if content is not None}


@given(many, many, many)
def test_nothing_said_anywhere_is_lost_without_being_shown(base, folder, workspace):
    base, folder, workspace = map(there, (base, folder, workspace))
    found = {each.place: each for each in compare(base, folder, workspace)}
    for place in {*folder, *workspace}:
        one, other = folder.get(place), workspace.get(place)
        if place not in found:
            assert one == other
            continue
        each = found[place]
        assert (each.base, each.folder, each.workspace) == (base.get(place), one, other)
        made = merged(each)
        for said, side in ((one, FOLDER), (other, WORKSPACE)):
            if said is None or made == said:
                continue
            # What one said does not stand: then the other has changed it since, or it clashes.
            against = WORKSPACE if side is FOLDER else FOLDER
            if each.whole is not None:
                assert each.whole in {against, CLASH}
            else:
                names = {name for name in {*said, *made} if said.get(name) != made.get(name)}
                shown = {field.name: field.side for field in each.fields}
                assert all(shown[name] in {against, CLASH} for name in names)


def taken_in(base, folder, workspace):
    """Return what is agreed on and what the workspace says when what only the folder has changed is taken in."""
    here = dict(workspace)
    for each in compare(base, folder, workspace):
        here[each.place] = merged(each)
    here = there(here)
    places = {*base, *folder, *here}
    return there({place: agreed(base.get(place), folder.get(place), here.get(place)) for place in places}), here


@given(many, many, many)
def test_taking_in_twice_changes_nothing_and_leaves_what_clashed(base, folder, workspace):
    base, folder, workspace = map(there, (base, folder, workspace))
    clashes = [
        (each.place, field)
        for each in compare(base, folder, workspace)
        for field in ([each.whole] if each.whole is CLASH else [f.name for f in each.fields if f.side is CLASH])
    ]
    base_after, here = taken_in(base, folder, workspace)
    assert taken_in(base_after, folder, here) == (base_after, here)
    left = compare(base_after, folder, here)
    assert not any(FOLDER in each.sides for each in left)
    assert clashes == [
        (each.place, field)
        for each in left
        for field in ([each.whole] if each.whole is CLASH else [f.name for f in each.fields if f.side is CLASH])
    ]


@given(many, many, many)
def test_writing_keeps_what_the_folder_had_changed_for_whoever_takes_it_in_later(base, folder, workspace):
    base, folder, workspace = map(there, (base, folder, workspace))
    found = compare(base, folder, workspace)
    if any(each.clashes for each in found):
        return
    written = there({**workspace, **{each.place: merged(each) for each in found}})
    places = {*base, *written, *workspace}
    after = there({place: agreed(base.get(place), written.get(place), workspace.get(place)) for place in places})
    left = compare(after, written, workspace)
    assert all(each.sides == {FOLDER} for each in left)
    assert taken_in(after, written, workspace)[1] == written


@given(things, things, things, st.sampled_from([FOLDER, WORKSPACE]))
def test_choosing_every_clash_leaves_none(base, folder, workspace, side):
    for _ in range(4):
        each = difference(base, folder, workspace)
        if each is None or not each.clashes:
            break
        field = WHOLE if each.whole else next(f.name for f in each.fields if f.side is CLASH)
        base, here = chosen(each, field, side)
        said = folder if side is FOLDER else workspace
        assert (here or {}).get(field) == (said or {}).get(field)
        workspace = here
    else:
        pytest.fail("there is always another")
