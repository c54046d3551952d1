"""What was written in the margin of a document, kept as comments on the nodes, and taken back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.db.models import Q

from vagvisare.manuscripts.manuscript import Remark
from vagvisare.manuscripts.proposal import FoundRemark
from vagvisare.terms.language import Language
from vagvisare.web.accounts.models import Person
from vagvisare.web.frame import dates
from vagvisare.web.revision.models import Comment, DraftNode
from vagvisare.web.revision.writing import talk


def said_as(remark: Remark) -> str:
    """Return a remark as the comment it becomes, with who wrote it and when."""
    try:
        day = dates.day(date.fromisoformat(remark.day), Language.SV)
    except ValueError:
        day = ""
    who = ", ".join(part for part in (remark.by, day) if part)
    return f"Ur dokumentet{', ' if who else ''}{who}: {remark.text}"[: talk.LONGEST]


def keep_remarks(by: Person, remarks: Iterable[FoundRemark], rows: Mapping[str, DraftNode]) -> list[int]:
    """Say each remark at its node, and return the comments; what has been said there already is not said again."""
    told = [(rows[found.address], said_as(found.remark)) for found in remarks]
    there = set(Comment.objects.filter(node__in=[node for node, _ in told]).values_list("node", "text"))
    made = []
    for node, text in told:
        if (node.pk, text) not in there:
            made.append(talk.comment(by, node, text).pk)
            there.add((node.pk, text))
    return made


def answered(comments: Collection[int]) -> set[int]:
    """Return the nodes where somebody has answered one of the comments, or dealt with it."""
    touched = Comment.objects.filter(Q(reply_to__in=comments) | Q(pk__in=comments, resolved_at__isnull=False))
    return set(touched.values_list("node", flat=True))


def take_back_remarks(comments: Collection[int]) -> None:
    """Take the comments away again."""
    Comment.objects.filter(pk__in=comments).delete()
