"""The draft of the next edition: its tree, every wording there has been, and the work around it."""

from __future__ import annotations

import uuid

from django.db import models

from vagvisare.web.accounts.models import Person


class Draft(models.Model):
    """A strategy being revised. It opens from a sealed edition (``opened_from``) and ends as one (``sealed_as``).

    ``head`` is the plain form of the edition without its nodes, changes, links and lineage (title, note, english …).
    """

    key = models.CharField(max_length=100, unique=True)
    title = models.TextField()
    opened_from = models.CharField(max_length=100, blank=True, default="")
    opened_at = models.DateTimeField(auto_now_add=True)
    opened_by = models.CharField(max_length=200)
    head = models.JSONField(default=dict)
    sealed_as = models.CharField(max_length=100, blank=True, default="")
    sealed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Newest first."""

        app_label = "revision"
        ordering = ["-opened_at", "-id"]

    def __str__(self) -> str:
        """Return the draft's key."""
        return self.key


class DraftNode(models.Model):
    """One node of a draft. Its address is its identity: it survives rewording and moving.

    ``version`` counts wordings (see ``Wording``). ``parent`` is the node it lies under, ``position`` its place among
    its siblings. A removed node stays, so that it can come back and what was said of it is not lost.
    """

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="nodes")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    address = models.CharField(max_length=300)
    level = models.CharField(max_length=60)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    position = models.IntegerField(default=0)
    number = models.CharField(max_length=40, blank=True, default="")
    text = models.TextField(blank=True, default="")
    english = models.TextField(blank=True, default="")
    source = models.TextField(blank=True, default="")
    working_name = models.BooleanField(default=False)
    note = models.TextField(blank=True, default="")
    note_en = models.TextField(blank=True, default="")
    version = models.IntegerField(default=1)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """In the order of the tree's siblings."""

        app_label = "revision"
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["draft", "address"], name="draft_address_once")]

    def __str__(self) -> str:
        """Return the address."""
        return self.address


class Wording(models.Model):
    """One wording of a node, never changed. Every save makes one; a save that was merged says so.

    ``ticket`` is drawn by the writer's browser for each save, so that one sent twice is kept once.
    """

    node = models.ForeignKey(DraftNode, on_delete=models.PROTECT, related_name="wordings")
    version = models.IntegerField()
    text = models.TextField(blank=True)
    base = models.IntegerField(default=0)
    merged = models.BooleanField(default=False)
    by = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)
    ticket = models.CharField(max_length=64, unique=True)

    class Meta:
        """In the order they were written."""

        app_label = "revision"
        ordering = ["version"]
        constraints = [models.UniqueConstraint(fields=["node", "version"], name="wording_version_once")]

    def __str__(self) -> str:
        """Return which wording it is."""
        return f"{self.node_id} v{self.version}"


class Clash(models.Model):
    """Two wordings that could not be merged: both are kept until a person settles it.

    ``mine`` was written on ``base`` (version) while the node had become ``theirs`` (version).
    """

    node = models.ForeignKey(DraftNode, on_delete=models.PROTECT, related_name="clashes")
    base = models.IntegerField()
    theirs = models.IntegerField()
    mine = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    ticket = models.CharField(max_length=64, unique=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.CharField(max_length=200, blank=True, default="")
    settled_as = models.IntegerField(null=True, blank=True)

    class Meta:
        """Oldest first: they are settled in order."""

        app_label = "revision"
        ordering = ["at", "id"]

    def __str__(self) -> str:
        """Say which wordings."""
        return f"{self.node_id}: v{self.base} → v{self.theirs}"


class Descent(models.Model):
    """A recorded split or merger, by addresses: ``before`` in the edition it came from, ``after`` in the draft."""

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="descents")
    kind = models.CharField(max_length=10)
    before = models.CharField(max_length=300)
    after = models.CharField(max_length=300)

    class Meta:
        """A pair is told once."""

        app_label = "revision"
        constraints = [models.UniqueConstraint(fields=["draft", "before", "after"], name="descent_once")]

    def __str__(self) -> str:
        """Return from and to."""
        return f"{self.before} → {self.after}"


class Reason(models.Model):
    """Why a node was changed: in words, and by what (``because``: a list of ``register:key``). One for each address."""

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="reasons")
    address = models.CharField(max_length=300)
    text = models.TextField(blank=True, default="")
    because = models.JSONField(default=list)
    by = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        """One reason an address; a removed node may need one, too."""

        app_label = "revision"
        constraints = [models.UniqueConstraint(fields=["draft", "address"], name="reason_once")]

    def __str__(self) -> str:
        """Return the address."""
        return self.address


class Comment(models.Model):
    """Something said about a node. ``reply_to`` makes a thread; the first one is resolved for all."""

    node = models.ForeignKey(DraftNode, on_delete=models.PROTECT, related_name="comments")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="comments")
    text = models.TextField()
    reply_to = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replies")
    mentions = models.ManyToManyField(Person, related_name="mentioned_in", blank=True)
    at = models.DateTimeField(auto_now_add=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        """In the order they were said."""

        app_label = "revision"
        ordering = ["at", "id"]

    def __str__(self) -> str:
        """Return the beginning of it."""
        return self.text[:60]


class Assignment(models.Model):
    """Somebody who is to write a node, and by when."""

    node = models.ForeignKey(DraftNode, on_delete=models.PROTECT, related_name="assignments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="assignments")
    due = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True, default="")
    made_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Most urgent first."""

        app_label = "revision"
        ordering = ["due", "id"]
        constraints = [models.UniqueConstraint(fields=["node", "person"], name="assigned_once")]

    def __str__(self) -> str:
        """Return who and what."""
        return f"{self.person_id} → {self.node_id}"


class Presence(models.Model):
    """Who is where right now; rows older than half a minute mean nothing. Not part of the trail."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="presences")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="presences")
    node = models.ForeignKey(DraftNode, null=True, on_delete=models.CASCADE, related_name="presences")
    writing = models.BooleanField(default=False)
    seen_at = models.DateTimeField()

    class Meta:
        """A person is in one place of a draft."""

        app_label = "revision"
        constraints = [models.UniqueConstraint(fields=["draft", "person"], name="present_once")]

    def __str__(self) -> str:
        """Return who and where."""
        return f"{self.person_id} @ {self.node_id}"


class Cell(models.Model):
    """One cell of a contribution matrix, or a goal conflict: a link of the draft, with version and rationale.

    ``kind`` is a kind of link ("contributes_to", "conflicts_with", "aligned_with"); ``answer`` "yes" or "no". A cell
    that nobody has filled in has no row: unknown is a value, too.
    """

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="cells")
    kind = models.CharField(max_length=40)
    origin = models.CharField(max_length=300)
    target = models.CharField(max_length=300)
    answer = models.CharField(max_length=10)
    rationale = models.TextField(blank=True, default="")
    english = models.TextField(blank=True, default="")
    source = models.TextField(blank=True, default="")
    version = models.IntegerField(default=1)
    by = models.CharField(max_length=200, blank=True, default="")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        """One answer a cell."""

        app_label = "revision"
        constraints = [models.UniqueConstraint(fields=["draft", "kind", "origin", "target"], name="cell_once")]

    def __str__(self) -> str:
        """Return the link."""
        return f"{self.origin} {self.kind} {self.target}: {self.answer}"


class Screening(models.Model):
    """Whether a direction takes up a perspective (both by address): ``answer`` "yes", "no" or "partly", and how."""

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="screenings")
    perspective = models.CharField(max_length=300)
    address = models.CharField(max_length=300)
    answer = models.CharField(max_length=10)
    how = models.TextField(blank=True, default="")
    version = models.IntegerField(default=1)
    by = models.CharField(max_length=200, blank=True, default="")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        """One answer a cell."""

        app_label = "revision"
        constraints = [models.UniqueConstraint(fields=["draft", "perspective", "address"], name="screened_once")]

    def __str__(self) -> str:
        """Return the cell."""
        return f"{self.perspective} × {self.address}: {self.answer}"


class ThemeTag(models.Model):
    """A node tagged by hand with a theme of the register of themes."""

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="theme_tags")
    theme = models.CharField(max_length=200)
    address = models.CharField(max_length=300)

    class Meta:
        """Tagged once."""

        app_label = "revision"
        constraints = [models.UniqueConstraint(fields=["draft", "theme", "address"], name="tagged_once")]

    def __str__(self) -> str:
        """Return theme and address."""
        return f"{self.theme}: {self.address}"


class ChangeNote(models.Model):
    """The strategist's own wording of a computed change, by the change's key; ``left_out`` keeps it off the list."""

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="change_notes")
    key = models.CharField(max_length=300)
    sv = models.TextField(blank=True, default="")
    en = models.TextField(blank=True, default="")
    left_out = models.BooleanField(default=False)
    by = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        """One note a change."""

        app_label = "revision"
        constraints = [models.UniqueConstraint(fields=["draft", "key"], name="noted_once")]

    def __str__(self) -> str:
        """Return the change's key."""
        return self.key


class Manuscript(models.Model):
    """A document read into the draft: the original as it came, what was found in it, and what was decided.

    ``found`` is the plain form of what ``manuscripts`` read; ``decisions`` what the person chose for each piece.
    """

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="manuscripts")
    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=20)
    sha256 = models.CharField(max_length=64)
    original = models.BinaryField()
    found = models.JSONField(default=dict)
    decisions = models.JSONField(default=dict)
    by = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)
    kept_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Newest first."""

        app_label = "revision"
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        """Return the file's name."""
        return self.name


class GateOverride(models.Model):
    """A check before sealing that somebody let pass, by name and with a reason; for this draft only."""

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="overrides")
    gate = models.CharField(max_length=100)
    by = models.CharField(max_length=200)
    reason = models.TextField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """One override a gate."""

        app_label = "revision"
        constraints = [models.UniqueConstraint(fields=["draft", "gate"], name="overridden_once")]

    def __str__(self) -> str:
        """Return the gate."""
        return self.gate
