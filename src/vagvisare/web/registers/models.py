"""One table for every register: an entry is a register's value in its plain form, with a version."""

from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """One entry of one register.

    ``register`` is a field of ``editions.registers.Register`` ("evidence", "timeline" …). ``content`` is the value as
    the strategy folder writes it (``strategy_folder.codec``): the same rules check it here and there, and nothing is
    lost on the way. ``version`` counts its changes, so that two who change it at once find out.
    """

    register = models.CharField(max_length=40)
    key = models.CharField(max_length=200)
    position = models.IntegerField(default=0)
    content = models.JSONField()
    version = models.IntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        """In the order of the folder."""

        app_label = "registers"
        ordering = ["register", "position", "id"]
        constraints = [models.UniqueConstraint(fields=["register", "key"], name="entry_once")]

    def __str__(self) -> str:
        """Return register and key."""
        return f"{self.register}:{self.key}"
