"""Hold the size budgets of ARCHITECTURE.md: modules, functions and test files that fit in a reader's head."""

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
MODULE, MODULE_MOST = 400, 250
FUNCTION, FUNCTION_MOST = 60, 25
TEST_FILE = 600
NINE_IN_TEN = 0.9


def function_lengths(path: Path) -> list[tuple[str, int]]:
    """Return every function of a module with its length in lines, docstring left out."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
            length = (node.end_lineno or node.lineno) - body[0].lineno + 1
            found.append((f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", length))
    return found


def over(lengths: list[tuple[str, int]], limit: int, what: str) -> list[str]:
    """Return a sentence for each length above the limit."""
    return [f"{name}: {length} lines; a {what} has at most {limit}" for name, length in lengths if length > limit]


def share_over(lengths: list[tuple[str, int]], limit: int, what: str) -> list[str]:
    """Return a sentence when more than one in ten is above the usual size."""
    large = [name for name, length in lengths if length > limit]
    if len(large) <= (1 - NINE_IN_TEN) * len(lengths):
        return []
    return [
        f"{len(large)} of {len(lengths)} {what}s exceed {limit} lines; nine in ten must not: {', '.join(large[:12])}"
    ]


def main() -> int:
    """Print what is over budget; return 1 when anything is."""
    # Migrations are written by Django and never edited: their length says nothing about the reader's head.
    modules = sorted(path for path in (ROOT / "src").rglob("*.py") if path.parent.name != "migrations")
    sizes = [(str(path.relative_to(ROOT)), len(path.read_text(encoding="utf-8").splitlines())) for path in modules]
    tests = [
        (str(path.relative_to(ROOT)), len(path.read_text(encoding="utf-8").splitlines()))
        for path in sorted((ROOT / "tests").rglob("*.py"))
    ]
    functions = [length for path in modules for length in function_lengths(path)]
    complaints = [
        *over(sizes, MODULE, "module"),
        *share_over(sizes, MODULE_MOST, "module"),
        *over(functions, FUNCTION, "function"),
        *share_over(functions, FUNCTION_MOST, "function"),
        *over(tests, TEST_FILE, "test file"),
    ]
    for complaint in complaints:
        print(complaint)
    if not complaints:
        print(f"Budgets kept: {len(modules)} modules, {len(functions)} functions, {len(tests)} test files.")
    return bool(complaints)


if __name__ == "__main__":
    sys.exit(main())
