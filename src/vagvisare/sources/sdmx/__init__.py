"""SDMX 2.1 over REST, as OECD and many statistical offices answer: structures in XML, figures as CSV or XML.

Messages in XML are read with sdmx1, an optional extra that is loaded when it is needed. The standard:
https://sdmx.org/standards-2/ (REST 1.5, SDMX-CSV 1.0 and 2.0).
"""

from __future__ import annotations

from vagvisare.sources.sdmx.client import Sdmx

__all__ = ["Sdmx"]
