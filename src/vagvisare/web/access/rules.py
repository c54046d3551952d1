"""The permission matrix, in one place: which role may do what.

A *need* names something a person may want to do. Every view of the workspace states its need, and every verb that
changes anything checks one; what states no need is refused. The table in ``docs/reference/permissions.md`` is made from
here, and a test asks every address and every verb as every role.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from vagvisare.terms.language import Text

if TYPE_CHECKING:
    from vagvisare.web.accounts.models import Person


class Role(StrEnum):
    """What a person is in the work with the strategy."""

    ADMINISTRATOR = "administrator"
    STRATEGIST = "strategist"
    WRITER = "writer"
    ANALYST = "analyst"
    PROCESS_LEADER = "process_leader"
    PARTNER = "partner"
    REGISTRAR = "registrar"
    READER = "reader"


ROLE_NAMES = {
    Role.ADMINISTRATOR: Text("administratör", "administrator"),
    Role.STRATEGIST: Text("strateg", "strategist"),
    Role.WRITER: Text("skribent", "writer"),
    Role.ANALYST: Text("analytiker", "analyst"),
    Role.PROCESS_LEADER: Text("processledare", "process leader"),
    Role.PARTNER: Text("partner", "partner"),
    Role.REGISTRAR: Text("registrator", "registrar"),
    Role.READER: Text("läsare", "reader"),
}

SCOPED = frozenset({Role.WRITER, Role.PROCESS_LEADER, Role.PARTNER})
"""Roles that are given for something: a node and all below it, an area, an organisation."""

A, S, W, N, P, K, R, L = (
    Role.ADMINISTRATOR,
    Role.STRATEGIST,
    Role.WRITER,
    Role.ANALYST,
    Role.PROCESS_LEADER,
    Role.PARTNER,
    Role.REGISTRAR,
    Role.READER,
)
EVERYBODY = frozenset(Role)
STAFF = EVERYBODY - {K}


@dataclass(frozen=True, slots=True)
class Need:
    """Something a person may want to do: in words, and the roles that may."""

    name: Text
    roles: frozenset[Role]


def _need(sv: str, en: str, *roles: Role) -> Need:
    return Need(Text(sv, en), frozenset(roles))


MATRIX: dict[str, Need] = {
    "workspace.read": Need(Text("Använda arbetsytan", "Use the workspace"), EVERYBODY),
    "self.sign_in": Need(Text("Logga in", "Sign in"), EVERYBODY),
    "self.change": Need(Text("Ändra sina egna uppgifter", "Change one's own details"), EVERYBODY),
    "people.read": Need(Text("Se vilka som är med", "See who takes part"), STAFF),
    "people.manage": _need("Bjuda in, ge roller, stänga av", "Invite, give roles, suspend", A),
    "trail.read": Need(Text("Läsa spåret för en sak", "Read the trail of one thing"), STAFF),
    "trail.export": _need("Läsa och ta ut hela spåret", "Read and export the whole trail", A, S, R),
    "registers.read": Need(Text("Läsa registren", "Read the registers"), EVERYBODY),
    "registers.mandate.change": _need("Ändra medskick", "Change steering input", S, R),
    "registers.timeline.change": _need("Ändra tidslinjen", "Change the timeline", S, R),
    "registers.meetings.change": _need("Ändra möten", "Change meetings", S, R),
    "registers.actors.change": _need("Ändra aktörer", "Change actors", S, R),
    "registers.contributions.change": _need("Ändra medverkande", "Change contributors", S, R, P),
    "registers.evidence.change": _need("Ändra underlag", "Change evidence", S, N),
    "registers.trends.change": _need("Ändra trender", "Change trends", S, N),
    "registers.alignments.change": _need("Ändra styrdokument", "Change policies", S, N),
    "registers.themes.change": _need("Ändra teman", "Change themes", S, N),
    "registers.terms.change": _need("Ändra ordlistan", "Change the list of terms", S, W, N),
    "registers.errata.change": _need("Rätta en förseglad utgåva", "Issue an erratum", S, R),
    "registers.import": _need("Läsa in register från fil", "Import registers from a file", S),
    "registers.folder": _need("Läsa från och skriva till strategimappen", "Read from and write to the folder", A, S),
    "editions.read": Need(Text("Läsa förseglade utgåvor", "Read sealed editions"), EVERYBODY),
    "draft.read": Need(Text("Läsa utkastet", "Read the draft"), STAFF),
    "draft.open": _need("Öppna ett utkast", "Open a draft", S),
    "draft.write": _need("Skriva i utkastet", "Write in the draft", S, W, P),
    "draft.structure": _need("Flytta, dela, slå ihop, ta bort", "Move, split, merge, remove", S, P),
    "draft.comment": Need(Text("Kommentera", "Comment"), frozenset({S, W, N, P, R})),
    "draft.assign": _need("Fördela skrivandet", "Assign the writing", S, P),
    "draft.link": _need("Fylla i bidrag, målkonflikter, perspektiv och teman",
                        "Fill in contributions, goal conflicts, perspectives and themes", S, N, P),
    "draft.reason": _need("Ange skäl till ändringar", "Give reasons for changes", S, W, N, P),
    "draft.import": _need("Läsa in dokument i utkastet", "Read documents into the draft", S),
    "draft.describe": _need("Formulera viktigaste ändringarna", "Word the main changes", S),
    "edition.override": _need("Släppa igenom en kontroll", "Let a check pass", S),
    "edition.seal": _need("Försegla en utgåva", "Seal an edition", S),
}  # fmt: skip
"""Every need there is. A role that is given for something may do what stands here within that something only."""

AREA_WIDE = frozenset({"draft.write", "draft.structure", "draft.assign", "draft.link", "draft.reason"})
"""Needs that a scoped role has only within its scope; the others it has as anybody with the role.

A scoped role that was given without a scope was given for everything.
"""


def may(person: Person | None, need: str, scope: str | None = None) -> bool:
    """Tell whether a person may do something, here or (when ``scope`` is None) anywhere at all.

    Args:
        person: None for somebody who has not signed in.
        need: a key of ``MATRIX``.
        scope: for needs within an area, the path of addresses from the node to the root, joined by blanks.

    Raises:
        KeyError: when there is no such need: a mistake in the code, not in the request.
    """
    roles = MATRIX[need].roles
    if person is None or not person.is_active:
        return False
    for role, within in grants_of(person):
        if role not in roles:
            continue
        narrow = role in SCOPED and need in AREA_WIDE
        if not narrow or not within or scope is None or within in scope.split():
            return True
    return False


def grants_of(person: Person) -> tuple[tuple[Role, str], ...]:
    """Return a person's roles with their scopes, read once for each request."""
    known: tuple[tuple[Role, str], ...] | None = getattr(person, "_grants", None)
    if known is None:
        known = tuple((Role(grant.role), grant.scope) for grant in person.grants.all())
        person._grants = known  # noqa: SLF001  a request's own memory
    return known


def roles_of(person: Person) -> frozenset[Role]:
    """Return a person's roles, whatever their scopes."""
    return frozenset(role for role, _ in grants_of(person))
