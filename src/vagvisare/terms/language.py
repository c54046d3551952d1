"""Swedish and English side by side, and how each writes a number."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

NARROW_NO_BREAK_SPACE = "\u202f"
NO_BREAK_SPACE = "\u00a0"
MINUS = "\u2212"


class Language(StrEnum):
    """The two languages of the interface; Swedish comes first."""

    SV = "sv"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Text:
    """One thing said in both languages."""

    sv: str
    en: str

    def to(self, language: Language) -> str:
        """Return the wording in ``language``."""
        return self.sv if language is Language.SV else self.en


def number(value: float, language: Language, decimals: int = 0, *, signed: bool = False) -> str:
    """Write ``value`` as people read it: decimal comma and thin spaces in Swedish, point and comma in English.

    A value that rounds to zero is written without a sign; ``signed`` puts a plus before positive values.
    """
    rounded = round(value, decimals)
    plain = f"{abs(rounded):,.{decimals}f}"
    if language is Language.SV:
        plain = plain.replace(",", NARROW_NO_BREAK_SPACE).replace(".", ",")
    if rounded < 0:
        return MINUS + plain
    return "+" + plain if signed and rounded > 0 else plain


def listing(parts: list[str], language: Language) -> str:
    """Join ``parts`` as a person would: ``a, b och c`` / ``a, b and c``."""
    if len(parts) < 2:
        return "".join(parts)
    word = "och" if language is Language.SV else "and"
    return f"{', '.join(parts[:-1])} {word} {parts[-1]}"
