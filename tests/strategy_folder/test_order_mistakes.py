"""Mistakes in an order of groups: each is told with its line, in both languages. All is made up."""

from __future__ import annotations

import pytest

from vagvisare.strategy_folder import read
from vagvisare.terms.errors import FolderError

FILE = "indicators.toml"
SHARES = "shares = [0.3, 0.5, 0.2]\n"


def change(path, old, new):
    place = path / FILE
    text = place.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    place.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def mistakes(path):
    with pytest.raises(FolderError) as caught:
        read(path)
    return caught.value.mistakes


def test_an_order_is_read_as_it_was_written(path):
    (order,) = read(path).indicators[0].ordered_groups
    assert order.key == "alla"
    assert [group.sex for group in order.groups] == ["K", "M", "K"]
    assert order.shares == (0.3, 0.5, 0.2)
    assert "[[indicator.order]]" in (path / FILE).read_text(encoding="utf-8")
    assert "[[indicator.order.group]]" in (path / FILE).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("new", "what", "hint"),
    [
        ("shares = [0.3, 0.7]\n", "3 grupper men 2 andelar", "en andel för varje grupp"),
        ("shares = [0.3, 0.5, 0.1]\n", "tillsammans bli 1", "0.2 för tjugo procent"),
        ("shares = [30, 50, 20]\n", "tillsammans bli 1", "0.2 för tjugo procent"),
        ("shares = [0.5, 0.5, 0.0]\n", "större än noll", ""),
        ("shares = [1.3, -0.5, 0.2]\n", "större än noll", ""),
        ("shares = [0.333, 0.333, 0.333]\n", "", ""),
    ],
)
def test_a_slip_in_the_shares(path, new, what, hint):
    line = change(path, SHARES, new)
    if not what:
        assert read(path)
        return
    (mistake,) = mistakes(path)
    assert (mistake.file, mistake.line) == (FILE, line)
    assert what in mistake.what.sv
    assert hint in mistake.suggestion.sv
    assert mistake.what.en != mistake.what.sv


def test_two_groups_are_a_contrast(path):
    text = (path / FILE).read_text(encoding="utf-8")
    start = text.index("[[indicator.order.group]]", text.index("[[indicator.order]]"))
    end = text.index("[[indicator.order.group]]", start + 1)
    (path / FILE).write_text(text[:start] + text[end:], encoding="utf-8")
    found = mistakes(path)
    assert any("minst tre grupper, men har 2" in mistake.what.sv for mistake in found)
    assert any("contrast" in mistake.suggestion.sv for mistake in found)


def test_a_group_the_figures_do_not_have(path):
    text = (path / FILE).read_text(encoding="utf-8")
    tail = text[text.index("[[indicator.order]]") :]
    broken = tail.replace('sex = "M"', 'sex = "X"', 1)
    (path / FILE).write_text(text.replace(tail, broken), encoding="utf-8")
    assert any("kön" in mistake.what.sv or "grupp" in mistake.what.sv for mistake in mistakes(path))
