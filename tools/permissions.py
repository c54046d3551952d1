"""Write docs/reference/permissions.md from the permission matrix, or with ``--check`` say that it is stale."""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "src"))

from vagvisare.web.access.rules import AREA_WIDE, MATRIX, ROLE_NAMES, SCOPED, Role  # noqa: E402

PAGE = ROOT / "docs" / "reference" / "permissions.md"

HEAD = """# Permissions

Who may do what in the workspace. This page is made from `src/vagvisare/web/access/rules.py` by `tools/permissions.py`;
change the matrix there. Every address of the workspace states one of these needs, and so does everything that changes
anything; a test walks them all as every role, and what states no need is refused to everybody.

"""
TAIL = """
● may. ◐ may within what the role was given for: a node and all below it, an area, an organisation; everywhere when it
was given for nothing in particular. Somebody with several roles may what any of them may. Nobody who is suspended may
anything.
"""


def mark(need: str, role: Role) -> str:
    """Return the sign in one cell."""
    if role not in MATRIX[need].roles:
        return " "
    return "◐" if role in SCOPED and need in AREA_WIDE else "●"


def text() -> str:
    """Return the page."""
    names = [ROLE_NAMES[role].en.capitalize() for role in Role]
    lines = [f"| To | På svenska | Need | {' | '.join(names)} |", f"|---|---|---|{':-:|' * len(names)}"]
    lines += [
        f"| {need.name.en} | {need.name.sv} | `{key}` | {' | '.join(mark(key, role) for role in Role)} |"
        for key, need in MATRIX.items()
    ]
    return HEAD + "\n".join(lines) + "\n" + TAIL


def main() -> int:
    """Write the page, or with ``--check`` return 1 when it is stale."""
    wanted, present = text(), PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    if "--check" in sys.argv[1:]:
        if wanted != present:
            print("docs/reference/permissions.md is stale; run python tools/permissions.py")
        return int(wanted != present)
    beside = PAGE.with_suffix(".part")
    beside.write_text(wanted, encoding="utf-8")
    beside.replace(PAGE)
    print(f"docs/reference/permissions.md: {len(MATRIX)} needs, {len(Role)} roles")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
