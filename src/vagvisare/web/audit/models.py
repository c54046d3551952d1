"""One table that is only ever added to."""

from __future__ import annotations

from django.db import models


class Event(models.Model):
    """One thing that was done. Plain text and no foreign keys: the trail outlives what it tells about.

    ``seal`` is SHA-256 over the event's own fields and the ``previous`` event's seal, so that nothing can be altered or
    taken away unseen. ``before`` and ``after`` are canonical JSON, empty where there is nothing to tell.
    """

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    who = models.CharField(max_length=200)
    verb = models.CharField(max_length=80)
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=300)
    title = models.TextField(blank=True, default="")
    before = models.TextField(blank=True, default="")
    after = models.TextField(blank=True, default="")
    reason = models.TextField(blank=True, default="")
    previous = models.CharField(max_length=64)
    seal = models.CharField(max_length=64, unique=True)

    class Meta:
        """Read mostly by object, newest first."""

        app_label = "audit"
        indexes = [models.Index(fields=["kind", "key", "number"], name="audit_by_object")]
        ordering = ["number"]

    def __str__(self) -> str:
        """Say what was done."""
        return f"{self.number} {self.verb} {self.kind}:{self.key}"
