"""What no publishable sentence may contain."""

from __future__ import annotations

import re

from vagvisare.terms.language import Text


def faults(text: Text) -> list[str]:
    """Name what no publishable sentence may contain."""
    rules = {
        "not a number": r"\bnan\b|\binf\b|None",
        "double space": r"[ \u00a0\u202f]{2}",
        "space before a stop": r"[ \u00a0\u202f][.,:;]",
        "hyphen for minus": r"(?<![\d\w])-\d",
        "no full stop": r"[^.]$",
        "lower-case start": r"^[a-zåäö]",
        "empty brackets": r"\(\)|{}|[{}]",
        "two numbers in a row": r"\d[  ]\d{4}(?!\d)",
    }
    found = [f"{name}: {s}" for name, rule in rules.items() for s in (text.sv, text.en) if re.search(rule, s)]
    found += [f"decimal point: {text.sv}"] if re.search(r"\d\.\d", text.sv) else []
    found += [f"decimal comma: {text.en}"] if re.search(r"\d,\d{1,2}(?!\d)", text.en) else []
    found += [f"Swedish in English: {text.en}"] if re.search(r"\b(och|procent|län|om året)\b", text.en) else []
    return found
