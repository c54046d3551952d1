"""What the forms about people hold, read from a request."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, QueryDict

from vagvisare.terms.language import Language, Text
from vagvisare.web.access.rules import SCOPED, Role

MISSING = Text("Det här behöver fyllas i.", "This needs to be filled in.")


@dataclass(slots=True)
class Invite:
    """The invitation form: what was written, and what is wrong with it, by field."""

    email: str = ""
    name: str = ""
    organisation: str = ""
    roles: list[str] = field(default_factory=list)
    scopes: dict[str, str] = field(default_factory=dict)
    wrong: dict[str, Text] = field(default_factory=dict)

    @classmethod
    def read(cls, told: QueryDict) -> Invite:
        """Read and check a posted form."""
        form = cls(
            told.get("email", "").strip(),
            told.get("name", "").strip(),
            told.get("organisation", "").strip(),
            [role for role in told.getlist("role") if role in set(Role)],
            {role: told.get(f"scope-{role}", "").strip() for role in SCOPED},
        )
        try:
            validate_email(form.email)
        except ValidationError:
            form.wrong["email"] = Text("Skriv en e-postadress.", "Write an e-mail address.")
        if not form.name or "@" in form.name:
            form.wrong["name"] = Text("Skriv personens namn, inte en adress.", "Write the person's name, no address.")
        if not form.roles:
            form.wrong["role"] = Text("Välj minst en roll.", "Choose at least one role.")
        return form

    def grants(self) -> list[tuple[str, str]]:
        """Return the roles with their scopes; several scopes of one role are separated by commas."""
        given = []
        for role in self.roles:
            within = [part.strip() for part in self.scopes.get(role, "").split(",") if part.strip()]
            given += [(role, scope) for scope in within] or [(role, "")]
        return given


@dataclass(slots=True)
class Accept:
    """The form of somebody who has opened their link."""

    name: str = ""
    password: str = ""
    wrong: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def read(cls, request: HttpRequest, language: Language, *, new: bool) -> Accept:
        """Read and check a posted form; somebody who is here already writes no name."""
        form = cls(request.POST.get("name", "").strip(), request.POST.get("password", ""))
        if new and (not form.name or "@" in form.name):
            form.wrong["name"] = [Text("Skriv ditt namn.", "Write your name.").to(language)]
        if not form.password:
            form.wrong["password"] = [MISSING.to(language)]
        elif form.password != request.POST.get("again", ""):
            same = Text("De två lösenorden är inte lika.", "The two passwords are not the same.")
            form.wrong["again"] = [same.to(language)]
        return form
