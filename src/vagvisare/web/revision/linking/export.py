"""Tables for spreadsheets, in which no cell is taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from django.http import HttpResponse

from vagvisare.web.registers.sheets import safe


def sheet(name: str, rows: Iterable[Iterable[str]]) -> HttpResponse:
    """Send rows as CSV that Swedish spreadsheets open as they stand: semicolons, UTF-8 with its mark."""
    written = io.StringIO()
    csv.writer(written, delimiter=";").writerows([safe(cell) for cell in row] for row in rows)
    response = HttpResponse("\ufeff" + written.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
