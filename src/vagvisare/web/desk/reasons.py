"""Changed parts that owe a reason, for those who wrote them or answer for where they lie.

The comparison is the change page's own, so that the two never disagree. It is made only for a person who has something
to do with a draft: most who come in have not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from vagvisare.terms.errors import UserError
from vagvisare.terms.language import Text
from vagvisare.web.access.rules import MATRIX, grants_of, may
from vagvisare.web.accounts.models import Person
from vagvisare.web.revision.changes import queries
from vagvisare.web.revision.changes.comparing import of_draft
from vagvisare.web.revision.changes.telling import reasons_of
from vagvisare.web.revision.models import Draft, Wording

NEED = "draft.reason"
DRAFTS = 3
"""So many open drafts are looked through, the last opened first; hardly anybody has more than one."""


@dataclass(frozen=True, slots=True)
class Owed:
    """A changed part without a reason: where it is, what stands for it, and what became of it."""

    draft: Draft
    address: str
    title: Text
    fates: tuple[Text, ...]


def owed(person: Person, most: int) -> tuple[Owed, ...]:
    """Return changed parts without a reason in open drafts that the person wrote, or that lie in their scope."""
    if not may(person, NEED):
        return ()
    scopes = {within for role, within in grants_of(person) if within and role in MATRIX[NEED].roles}
    drafts = list(Draft.objects.filter(sealed_at=None).exclude(opened_from="")[:DRAFTS])
    wrote = _wrote(person, drafts)
    found: list[Owed] = []
    for draft in drafts:
        if len(found) < most and (scopes or wrote[draft.pk]):
            found += _in(draft, person, scopes, wrote[draft.pk])
    return tuple(found[:most])


def _wrote(person: Person, drafts: Collection[Draft]) -> Mapping[int, Mapping[str, int]]:
    """Return the last wording of theirs, by draft and address. A name may change; the number after it does not."""
    mine = Wording.objects.filter(node__draft__in=drafts, by__endswith=f" #{person.pk}").order_by("version")
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for draft, address, version in mine.values_list("node__draft", "node__address", "version"):
        found[draft][address] = version
    return found


def _in(draft: Draft, person: Person, scopes: Collection[str], wrote: Mapping[str, int]) -> list[Owed]:
    try:
        rows = queries.rows(of_draft(draft), reasons_of(draft), None, person)
    except UserError:  # nothing taken in yet, or a register that cannot be read: its own page says so
        return []
    return [
        Owed(draft, row.change.address, row.title, row.fates)
        for row in rows
        if row.wants_reason and row.may_reason and (_lies_in(row, scopes) or _is_theirs(row, wrote))
    ]


def _lies_in(row: queries.Row, scopes: Collection[str]) -> bool:
    return any(step in scopes for step in row.path.split())


def _is_theirs(row: queries.Row, wrote: Mapping[str, int]) -> bool:
    """Tell whether they worded it; the first wording of what the edition had is only its opening."""
    version = wrote.get(row.change.address, 0)
    return version > 1 or (version == 1 and row.change.before is None)
