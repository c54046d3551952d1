"""People, the roles they have been given, and the one-time links that let them in."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class People(BaseUserManager["Person"]):
    """Finds people by their address."""

    def get_by_natural_key(self, username: str | None) -> Person:
        """Return the person with an address, whatever its case."""
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **more: Any) -> Person:
        """Make a person; used by the sign-in library. Ours go through ``accounts.actions``."""
        person = self.model(email=email.strip().lower(), **more)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Somebody who signs in. ``organisation`` is the key of an actor; ``language`` is "sv" or "en"."""

    email = models.EmailField(max_length=200, unique=True)
    name = models.CharField(max_length=200)
    organisation = models.CharField(max_length=200, blank=True, default="")
    language = models.CharField(max_length=2, default="sv")
    is_active = models.BooleanField(default=True)
    demonstration = models.BooleanField(default=False)
    joined = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[People] = People()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    # Django's admin and others ask for these; we have neither an admin nor superusers.
    is_staff = False
    is_superuser = False

    class Meta:
        """People stand in order of name."""

        app_label = "accounts"
        ordering = ["name", "email"]

    def __str__(self) -> str:
        """Return what others call the person."""
        return self.name or self.email

    @property
    def key(self) -> str:
        """What the trail calls the person: name and number; an address is never written there."""
        return f"{self.name} #{self.pk}"


class Grant(models.Model):
    """One role given to one person; ``scope`` narrows it: a node's address, an actor's key, or empty for everything."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=40)
    scope = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        """A role is given once for each scope."""

        app_label = "accounts"
        constraints = [models.UniqueConstraint(fields=["person", "role", "scope"], name="grant_once")]

    def __str__(self) -> str:
        """Return role and scope."""
        return f"{self.role}{f' ({self.scope})' if self.scope else ''}"


class Invitation(models.Model):
    """A one-time link that makes somebody a member, or lets a member choose a new password.

    Only a digest of the link's secret is kept. ``roles`` is a list of ``[role, scope]``. ``person`` is set when the
    link is for somebody who is already here.
    """

    digest = models.CharField(max_length=64, unique=True)
    email = models.EmailField(max_length=200)
    name = models.CharField(max_length=200, blank=True, default="")
    organisation = models.CharField(max_length=200, blank=True, default="")
    roles = models.JSONField(default=list)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="links")
    invited_by = models.CharField(max_length=200)
    made = models.DateTimeField(auto_now_add=True)
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True, blank=True)
    withdrawn = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Newest first."""

        app_label = "accounts"
        ordering = ["-made"]

    def __str__(self) -> str:
        """Say whom it is for."""
        return self.email
