"""A workspace to look around in: the folder taken in, and one made-up person who may do everything."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from django.db import transaction

from vagvisare.strategy_folder.folder import Folder
from vagvisare.terms.errors import OutputError
from vagvisare.terms.language import Text
from vagvisare.web import upkeep
from vagvisare.web.access.rules import Role
from vagvisare.web.accounts.models import Grant, Person
from vagvisare.web.audit import trail
from vagvisare.web.strategy.actions import take_in
from vagvisare.web.strategy.models import SealedEdition

ADDRESS = "demo@exempel.se"
NAME = "Demo Påhittad"


@dataclass(frozen=True, slots=True)
class SignIn:
    """What signs the made-up person in; the password is drawn anew each time."""

    address: str
    password: str


def furnish(folder: Folder) -> SignIn:
    """Make the records, the person, and take the folder in; what is there already is left as it is.

    Raises:
        OutputError: when the records hold people who are not made up: a demonstration is no place for them.
    """
    upkeep.prepare()
    if Person.objects.filter(demonstration=False).exists():
        raise OutputError(
            Text("Här arbetar riktiga personer.", "Real people work here."),
            meaning=Text("En demonstration görs inte i deras arbetsyta.", "Their workspace is no demonstration."),
            remedy=Text("Välj en annan mapp med --out.", "Choose another folder with --out."),
        )
    password = secrets.token_urlsafe(9)
    person = _person(password)
    if not SealedEdition.objects.exists():
        take_in(person, folder)
    return SignIn(ADDRESS, password)


@transaction.atomic
def _person(password: str) -> Person:
    person = Person.objects.filter(email=ADDRESS).first()
    if person is None:
        person = Person.objects.create_user(ADDRESS, password, name=NAME, demonstration=True)
        for role in (Role.ADMINISTRATOR, Role.STRATEGIST):
            Grant.objects.create(person=person, role=role.value)
        roles = [[Role.ADMINISTRATOR.value, ""], [Role.STRATEGIST.value, ""]]
        trail.record("system", "people.manage", "person", str(person.pk), title=NAME, after={"roles": roles})
        return person
    person.set_password(password)
    person.save(update_fields=["password"])
    trail.record("system", "people.manage", "person", str(person.pk), title=NAME, after={"password": "new"})
    return person
