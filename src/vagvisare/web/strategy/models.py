"""The strategy's head and its sealed editions."""

from __future__ import annotations

from typing import Any

from django.db import models


class Head(models.Model):
    """What strategy.toml says: owner, title, territory, levels, which edition is in force. There is one row.

    ``content`` is the plain form of ``editions.registers.Strategy`` without editions and registers.
    """

    content = models.JSONField()
    version = models.IntegerField(default=1)

    class Meta:
        """One row."""

        app_label = "strategy"

    def __str__(self) -> str:
        """Return the strategy's key."""
        return str(self.content.get("key", ""))


class SealedEdition(models.Model):
    """An edition as it was sealed: its canonical text, byte for byte, and the SHA-256 of it.

    Immutable: the database itself refuses to change or remove a row (see the migrations).
    """

    key = models.CharField(max_length=100, unique=True)
    position = models.IntegerField()
    title = models.TextField()
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()
    sealed_by = models.CharField(max_length=200)
    overrides = models.JSONField(default=list)

    class Meta:
        """In the order they were sealed."""

        app_label = "strategy"
        ordering = ["position"]

    def __str__(self) -> str:
        """Return the edition's key."""
        return self.key

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse: what is sealed stays."""
        del args, kwargs
        raise TypeError("A sealed edition cannot be removed.")


class Agreed(models.Model):
    """What the strategy folder and the workspace last both said of an entry, so that it shows which has changed since.

    Field by field: each is as it was when both last said the same of it. ``register`` is that of the entry, or ``HEAD``
    for what strategy.toml says. ``content`` is None where neither had it. ``was`` is what stood here before the
    ``event`` of the trail that can be undone.
    """

    HEAD = "strategy"

    register = models.CharField(max_length=40)
    key = models.CharField(max_length=200)
    position = models.IntegerField(default=0)
    content = models.JSONField(null=True)
    was = models.JSONField(null=True)
    event = models.BigIntegerField(null=True)

    class Meta:
        """In the order of the folder."""

        app_label = "strategy"
        ordering = ["register", "position", "id"]
        constraints = [models.UniqueConstraint(fields=["register", "key"], name="agreed_once")]

    def __str__(self) -> str:
        """Return register and key."""
        return f"{self.register}:{self.key}"
