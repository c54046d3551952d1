"""How everything is done: a verb checks permission, makes its change in one transaction, and leaves a trail.

Views, commands, imports and tests all go through the same verbs, so they cannot disagree.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Concatenate, ParamSpec, TypeVar

from django.db import transaction

from vagvisare.terms.errors import UserError
from vagvisare.terms.language import Text
from vagvisare.web.access.rules import MATRIX, may
from vagvisare.web.audit.trail import take_turn

if TYPE_CHECKING:
    from vagvisare.web.accounts.models import Person

P = ParamSpec("P")
T = TypeVar("T")


class RefusedError(UserError):
    """A person may not do what they asked for."""

    def __init__(self, need: str) -> None:
        self.need = need
        name = MATRIX[need].name
        super().__init__(
            Text(f"Det får du inte göra här: {name.sv[0].lower()}{name.sv[1:]}.",
                 f"You may not do that here: {name.en[0].lower()}{name.en[1:]}."),
            meaning=Text("Ingenting har ändrats.", "Nothing was changed."),
            remedy=Text("Fråga den som är administratör om din roll.", "Ask an administrator about your role."),
        )  # fmt: skip


class OvertakenError(UserError):
    """Somebody else changed the same thing first; carries what stands there now."""

    said: ClassVar = (
        Text("Någon annan hann ändra samma sak.", "Somebody else changed the same thing first."),
        Text("Din ändring är inte sparad.", "Your change is not saved."),
        Text("Se vad som står nu och ändra på nytt.", "See what stands there now and change it again."),
    )

    def __init__(self, now: Any = None) -> None:
        self.now = now
        what, meaning, remedy = self.said
        super().__init__(what, meaning=meaning, remedy=remedy)


class ChangedSinceError(OvertakenError):
    """What is to be undone has been changed since, by somebody else or by the same person."""

    said: ClassVar = (
        Text("Det har ändrats igen sedan dess.", "It has been changed again since then."),
        Text("Ingenting är ångrat.", "Nothing was undone."),
        Text("Ångra de senare ändringarna först, den sista först, eller ändra själv.",
             "Undo the later changes first, the last one first, or change it yourself."),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb as the permission tests see it."""

    name: str
    need: str
    function: Callable[..., Any]


VERBS: dict[str, Verb] = {}
"""Every verb there is, by ``module.function``; filled as the modules are imported."""


def verb(
    need: str, scope: Callable[..., str] | None = None, *, traced: bool = True
) -> Callable[[Callable[Concatenate[Person, P], T]], Callable[Concatenate[Person, P], T]]:
    """Make a function a verb that needs ``need``. Its first argument is the person who does it.

    Args:
        need: a key of ``access.rules.MATRIX``. A verb whose need depends on its arguments takes ``need`` with
            ``{name}`` in it, filled from keyword arguments of that name (``"registers.{register}.change"``).
        scope: returns, from the verb's own arguments after the person, the path of addresses it happens within.
        traced: False for the few that leave no trail (that somebody is here just now).

    The function itself calls ``audit.trail.record``; both happen in one transaction or not at all. Verbs take turns
    from their first moment, so that two of them never wait for each other.
    """

    def made(function: Callable[Concatenate[Person, P], T]) -> Callable[Concatenate[Person, P], T]:
        @functools.wraps(function)
        def doing(by: Person, *args: P.args, **kwargs: P.kwargs) -> T:
            asked = need.format(**kwargs) if "{" in need else need
            # Whoever may not do it anywhere is told so before anything is looked up for them.
            if not may(by, asked) or (scope is not None and not may(by, asked, scope(*args, **kwargs))):
                raise RefusedError(asked)
            with transaction.atomic():
                if traced:
                    take_turn()
                return function(by, *args, **kwargs)

        name = f"{function.__module__.removeprefix('vagvisare.web.')}.{function.__name__}"
        VERBS[name] = Verb(name, need, doing)
        doing.need = need  # type: ignore[attr-defined]
        return doing

    return made
