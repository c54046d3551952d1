"""Put made-up rows into every table that a backup saves, and events into the trail. Run in a process of its own."""

import datetime as dt
import itertools
import uuid
from decimal import Decimal

import django

django.setup()

from django.db import models, transaction  # noqa: E402  Django is to be opened first

from vagvisare.web import backup_form  # noqa: E402
from vagvisare.web.audit import trail  # noqa: E402

WHEN = dt.datetime(2021, 6, 9, 13, 37, 42, 123456, tzinfo=dt.UTC)
TEXT = "Påhittad rad\u2028 med ”citat”, \\ och \n radbrytning 🌲 {}"
number = itertools.count(1)
made = {}


def value(column, turn):
    if isinstance(column, models.ForeignKey):
        if column.null and turn == 0:
            return None
        return rows(column.related_model)[0 if column.related_model is column.model else turn].pk
    if column.choices:
        return column.choices[0][0]
    kinds = {
        models.BooleanField: turn == 1,
        models.UUIDField: uuid.UUID(int=next(number)),
        models.DateTimeField: None if column.null and turn == 0 else WHEN,
        models.DateField: None if column.null and turn == 0 else WHEN.date(),
        models.DecimalField: Decimal("1.50"),
        models.JSONField: {"å": [1, 2.5, None, True], "z": {"b": "c", "a": []}} if turn else [["writer", ""]],
        models.BinaryField: bytes(range(256)),
        models.IntegerField: next(number),
        models.EmailField: f"person{next(number)}@exempel.se",
        models.GenericIPAddressField: "192.0.2.1",
        models.CharField: f"nyckel-{next(number)}"[: column.max_length or 100],
        models.TextField: TEXT.format(next(number)) if turn else "",
    }
    return next(made for kind, made in kinds.items() if isinstance(column, kind))


def rows(model):
    if model not in made:
        made[model] = []
        for turn in range(2):
            told = {
                c.attname: value(c, turn) for c in backup_form.columns(model) if not isinstance(c, models.AutoField)
            }
            made[model].append(model(**told))
            made[model][-1].save(force_insert=True)
    return made[model]


with transaction.atomic():
    for model in backup_form.kept_models():
        if model._meta.label_lower != "audit.event":
            rows(model)
for turn in range(20):
    trail.record(
        "Påhittad Person #1", "registers.evidence.change", "entry", f"evidence:{turn}", title=f"Rad {turn}\u2028",
        before=None if turn < 3 else {"titel": "före"}, after={"titel": "efter ”nu”", "n": turn}, reason="därför\nså",
    )  # fmt: skip
