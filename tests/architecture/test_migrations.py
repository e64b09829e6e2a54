"""A migration only adds, so that the version before goes on meanwhile; or it says why it may take away."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT

VERSIONS = ROOT / "migrations" / "versions"
BEFORE_THE_RULE = {"0005", "0006", "0007", "0009", "0013", "0015"}
"""Written when no company ran the academy yet. Nothing is added to this list."""

TAKES_AWAY = frozenset(
    {
        "drop_table",
        "drop_column",
        "drop_constraint",
        "rename_table",
        "create_unique_constraint",
        "create_check_constraint",
        "create_foreign_key",
    }
)
"""Dropping breaks the version before; a new constraint may refuse what it writes."""
SQL = re.compile(r"\b(DROP|RENAME|SET NOT NULL|TRUNCATE)\b", re.IGNORECASE)


def upgrade_of(source: str) -> ast.Module:
    """Everything but the way back."""
    tree = ast.parse(source)
    tree.body = [each for each in tree.body if getattr(each, "name", "") != "downgrade"]
    return tree


def word(node: ast.AST | None) -> str:
    return str(node.value) if isinstance(node, ast.Constant) else ""


def calls(node: ast.AST) -> Iterator[ast.Call]:
    yield from (each for each in ast.walk(node) if isinstance(each, ast.Call))


def name_of(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def table_of(call: ast.Call, batch: str) -> str:
    """What a call is about: a batch names its table, others name it first (indices: second)."""
    place = 1 if name_of(call).endswith(("_index", "_constraint")) else 0
    return batch or word(call.args[place] if len(call.args) > place else None)


def in_batches(upgrade: ast.Module) -> Iterator[tuple[ast.Call, str]]:
    """Each call with the table of the batch it is in, if it is in one."""
    batched: dict[int, str] = {}
    for block in (each for each in ast.walk(upgrade) if isinstance(each, ast.With)):
        opened = block.items[0].context_expr
        if isinstance(opened, ast.Call) and name_of(opened) == "batch_alter_table":
            table = word(opened.args[0])
            batched |= {id(call): table for line in block.body for call in calls(line)}
    yield from ((call, batched.get(id(call), "")) for call in calls(upgrade))


def said(call: ast.Call) -> dict[str, ast.expr]:
    return {each.arg: each.value for each in call.keywords if each.arg}


def must_be_given(column: ast.AST) -> bool:
    """Is it a new column the version before does not fill, without a value of its own?"""
    found = next((call for call in calls(column) if name_of(call) == "Column"), None)
    given = said(found) if found else {}
    required = isinstance(given.get("nullable"), ast.Constant) and not word_true(given["nullable"])
    return required and "server_default" not in given


def word_true(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is True


def columns_of(call: ast.Call) -> set[str]:
    """What a new column or an index names."""
    return {word(each) for each in ast.walk(call) if word(each)}


def harm(call: ast.Call, added: set[str]) -> bool:
    """Would the version before stumble over it? A new column may be unique: it fills none."""
    name, given = name_of(call), said(call)
    match name:
        case "alter_column":
            tightened = "nullable" in given and not word_true(given["nullable"])
            lost = "server_default" in given and word(given["server_default"]) == "None"
            return tightened or lost or not given.keys().isdisjoint({"new_column_name", "type_"})
        case "add_column":
            return must_be_given(call)
        case "create_index":
            unique = "unique" in given and word_true(given["unique"])
            return unique and columns_of(call).isdisjoint(added)
        case "execute":
            return any(SQL.search(word(each)) for each in ast.walk(call))
    return name in TAKES_AWAY


def harms(source: str) -> list[str]:
    """What an upgrade takes away from tables that were there before it."""
    upgrade = upgrade_of(source)
    made = {word(call.args[0]) for call in calls(upgrade) if name_of(call) == "create_table"}
    added = {
        word(call.args[0])
        for column in calls(upgrade)
        if name_of(column) == "add_column"
        for call in calls(column)
        if name_of(call) == "Column"
    }
    return [
        f"line {call.lineno}: {name_of(call)}"
        for call, batch in in_batches(upgrade)
        if table_of(call, batch) not in made and harm(call, added)
    ]


def contract_of(source: str) -> str:
    """Why this migration may take away: `contract = "..."`, with the release since which nobody uses it."""
    found = re.search(r'^contract = "(.+)"$', source, re.MULTILINE)
    return found[1] if found else ""


@pytest.mark.parametrize("file", sorted(VERSIONS.glob("*.py")), ids=lambda file: file.stem[:4])
def test_a_migration_adds_or_says_since_when_nobody_uses_what_goes(file: Path) -> None:
    source = file.read_text(encoding="utf-8")
    found, contract = harms(source), contract_of(source)

    if file.stem[:4] in BEFORE_THE_RULE:
        assert found, "take it off the list"
    elif found:
        assert re.search(r"\bsince \d+\.\d+", contract), f"it takes away: {found}"
    else:
        assert not contract, "it takes nothing away"


EXAMPLES = {
    "op.drop_table('a')": 1,
    "op.drop_index('ix_a')": 0,
    "op.add_column('a', sa.Column('b', sa.Integer(), nullable=True))": 0,
    "op.add_column('a', sa.Column('b', sa.Integer(), nullable=False))": 1,
    "op.add_column('a', sa.Column('b', sa.Integer(), nullable=False, server_default='0'))": 0,
    "op.alter_column('a', 'b', nullable=False)": 1,
    "op.alter_column('a', 'b', nullable=True)": 0,
    "op.alter_column('a', 'b', new_column_name='c')": 1,
    "op.alter_column('a', 'b', server_default=None)": 1,
    "op.execute('ALTER TABLE a RENAME TO b')": 1,
    "op.execute('UPDATE a SET b = 1')": 0,
    "op.create_unique_constraint('uq', 'a', ['b'])": 1,
    "op.create_index('ix', 'a', ['b'], unique=True)": 1,
    "op.create_index('ix', 'a', ['b'])": 0,
    "with op.batch_alter_table('a') as batch:\n        batch.drop_column('b')": 1,
    "op.create_table('a')\n    op.create_index('ix', 'a', ['b'], unique=True)": 0,
}


@pytest.mark.parametrize(("line", "expected"), EXAMPLES.items())
def test_what_the_version_before_would_stumble_over_is_found(line: str, expected: int) -> None:
    assert len(harms(f"def upgrade() -> None:\n    {line}\n")) == expected
