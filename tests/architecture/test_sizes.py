"""Files of at most 300 lines, functions of at most 40 beside their docstring; exceptions are
listed, and the list only shrinks."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST_FILE, LONGEST_FUNCTION = 300, 40
# Each with its reason.
LONG_FILES: dict[str, str] = {
    "migrations/versions/0001_first_light.py": "one migration makes every table of first light",
}
LONG_FUNCTIONS: dict[str, str] = {
    "migrations/versions/0001_first_light.py:upgrade": "one statement a table",
    "migrations/versions/0001_first_light.py:downgrade": "one statement a table",
}


def sources() -> list[Path]:
    folders = ("portal", "intake", "classifier", "migrations", "tests", "bench")
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            said = (ast.get_docstring(node, clean=False) or "").count("\n")
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1 - said


def test_no_file_is_long_without_a_reason() -> None:
    long = {
        str(path.relative_to(ROOT))
        for path in sources()
        if len(path.read_text().splitlines()) > LONGEST_FILE
    }
    assert long == set(LONG_FILES)


def test_no_function_is_long_without_a_reason() -> None:
    long = {
        f"{path.relative_to(ROOT)}:{name}"
        for path in sources()
        for name, lines in functions(path)
        if lines > LONGEST_FUNCTION
    }
    assert long == set(LONG_FUNCTIONS)


@pytest.mark.parametrize("drawer", ["utils", "helpers", "common", "manager", "services", "misc"])
def test_there_are_no_drawers(drawer: str) -> None:
    assert not [
        path
        for path in sources()
        if path.stem == drawer and "tests" not in path.relative_to(ROOT).parts
    ]
