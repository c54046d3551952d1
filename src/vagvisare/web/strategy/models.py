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
