"""The source of the academy, as the promise tests read it."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ACADEMY = ROOT / "academy"


def python_files() -> list[Path]:
    return sorted(ACADEMY.rglob("*.py"))


def shown(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def lines_with(pattern: str, file: Path) -> list[str]:
    """Where a pattern stands in a file's code, comments and docstrings apart."""
    code = _without_words(file)
    return [
        f"{shown(file)}:{number}" for number, line in enumerate(code, 1) if re.search(pattern, line)
    ]


def _without_words(file: Path) -> list[str]:
    source = file.read_text(encoding="utf-8")
    lines = [line.partition("  # ")[0] for line in source.splitlines()]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            for number in range(node.lineno - 1, node.end_lineno or node.lineno):
                lines[number] = ""
    return lines


def name_of(file: Path) -> str:
    """academy/catalog/tree.py is academy.catalog.tree."""
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def modules() -> dict[str, Path]:
    return {name_of(file): file for file in python_files()}


@cache
def imports(name: str) -> frozenset[str]:
    """The modules that one of ours imports by name; `from a import b` is a.b where that is a module."""
    tree = ast.parse(modules()[name].read_text(encoding="utf-8"))
    return frozenset(_imported(tree))


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute here"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield whole if whole in modules() else str(node.module)


def reached(name: str) -> dict[str, str]:
    """Everything a module needs, however far, and through which module of ours."""
    found: dict[str, str] = {}
    waiting = [name]
    while waiting:
        by = waiting.pop()
        for each in imports(by) - found.keys():
            found[each] = by
            if each in modules():
                waiting.append(each)
    return found
