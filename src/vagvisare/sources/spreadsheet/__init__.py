"""Tidy tables in CSV and XLSX: the source that needs no network."""

from vagvisare.sources.spreadsheet.cases import CaseRow, read_cases, rows_as_cases
from vagvisare.sources.spreadsheet.tables import TableError, read_csv, read_xlsx
from vagvisare.sources.spreadsheet.verdicts import VerdictRow, read_verdicts

__all__ = [
    "CaseRow",
    "TableError",
    "VerdictRow",
    "read_cases",
    "read_csv",
    "read_verdicts",
    "read_xlsx",
    "rows_as_cases",
]
