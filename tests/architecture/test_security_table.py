"""The security table names proofs that are there, and each requirement once."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from academy.settings import ROOT

TABLE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (\d+\.\d+\.\d+[^|]*)\|([^|]+)\|([^|]+)\|([^|]+)\|$", re.MULTILINE)
PROOF = re.compile(r"`([\w/]+\.py)::(test_\w+)`")
NUMBER = re.compile(r"\d+\.\d+\.\d+")
UNPROVEN = "by reading"


@cache
def names_in(file: str) -> frozenset[str]:
    path: Path = ROOT / "tests" / file
    tree = ast.parse(path.read_text(encoding="utf-8")) if path.is_file() else ast.Module([], [])
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def rows() -> list[tuple[str, str, str, str]]:
    return [(first, asks, how, proof) for first, asks, how, proof in ROW.findall(TABLE)]


def test_every_proof_is_a_test_that_exists() -> None:
    named = PROOF.findall(TABLE)

    assert len(named) > 100
    assert [name for name in named if name[1] not in names_in(name[0])] == []


def test_every_line_is_proven_or_says_that_it_was_only_read() -> None:
    silent = [
        first
        for first, _asks, how, proof in rows()
        if (not PROOF.search(proof) and not proof.strip().startswith(UNPROVEN)) or not how.strip()
    ]

    assert silent == []


def test_requirements_come_once_and_in_order() -> None:
    numbers = [
        tuple(int(part) for part in number.split("."))
        for first, *_rest in rows()
        for number in NUMBER.findall(first)[:1]
    ]

    assert len(rows()) == len(re.findall(r"^\| \d", TABLE, re.MULTILINE))
    assert numbers == sorted(set(numbers))


@pytest.mark.parametrize("chapter", range(1, 18))
def test_every_chapter_is_there(chapter: int) -> None:
    assert f"\n## V{chapter} " in TABLE
