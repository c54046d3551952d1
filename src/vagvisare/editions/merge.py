"""Two people's changes to one wording brought together, word by word, or both kept where they cannot be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from vagvisare.editions.alignment import hunks, tokens


@dataclass(frozen=True, slots=True)
class Clash:
    """A place where both changed the same words: what stood there, and what each made of it."""

    base: str
    theirs: str
    mine: str


@dataclass(frozen=True, slots=True)
class Merged:
    """The outcome: the merged ``text`` when ``clean``; otherwise ``text`` is theirs, untouched, beside the clashes."""

    text: str
    clean: bool
    clashes: tuple[Clash, ...] = ()


class _Change(NamedTuple):
    """Tokens ``first`` to ``last`` of the base became ``put``; ``mine`` tells whose change it is."""

    first: int
    last: int
    put: str
    mine: bool


def merge(base: str, theirs: str, mine: str) -> Merged:
    """Bring together what two people made of ``base``.

    A change both made is made once. Changes that overlap or stand side by side, with nothing but a space between,
    clash: neither is guessed at. Nothing is ever lost: a clash holds what stood there and both wordings of it.
    """
    if mine in (base, theirs):
        return Merged(theirs, clean=True)
    if theirs == base:
        return Merged(mine, clean=True)
    ground = tokens(base)
    changes = sorted([*_changes(ground, theirs, mine=False), *_changes(ground, mine, mine=True)])
    text: list[str] = []
    clashes: list[Clash] = []
    at = 0
    for group in _groups(ground, changes):
        first, last = group[0].first, max(change.last for change in group)
        ours, others = (_made(ground, first, last, [c for c in group if c.mine is side]) for side in (True, False))
        stood = "".join(ground[first:last])
        if stood not in (ours, others) and ours != others:
            clashes.append(Clash(stood, others, ours))
        text += ["".join(ground[at:first]), others if ours == stood else ours]
        at = last
    if clashes:
        return Merged(theirs, clean=False, clashes=tuple(clashes))
    return Merged("".join([*text, *ground[at:]]), clean=True)


def _changes(ground: list[str], text: str, *, mine: bool) -> list[_Change]:
    new = tokens(text)
    return [
        _Change(hunk.first, hunk.last, "".join(new[hunk.first_after : hunk.last_after]), mine)
        for hunk in hunks(ground, new)
    ]


def _groups(ground: list[str], changes: list[_Change]) -> list[list[_Change]]:
    """Put changes that touch in one group: between two groups stands a word, a mark or a line break that both kept."""
    groups: list[list[_Change]] = []
    end = 0
    for change in changes:
        if groups and (change.first <= end or _only_spaces(ground[end : change.first])):
            groups[-1].append(change)
        else:
            groups.append([change])
        end = max(end, change.last)
    return groups


def _only_spaces(between: list[str]) -> bool:
    return all(token.isspace() and "\n" not in token for token in between)


def _made(ground: list[str], first: int, last: int, changes: list[_Change]) -> str:
    """Return what one person's changes make of a stretch of the base."""
    ends = [first, *(change.last for change in changes)]
    starts = [*(change.first for change in changes), last]
    kept = ["".join(ground[end:start]) for end, start in zip(ends, starts, strict=True)]
    return kept[0] + "".join(change.put + rest for change, rest in zip(changes, kept[1:], strict=True))
