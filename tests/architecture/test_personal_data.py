"""Every table that names a person says so: what it keeps, why, for how long, and what erasure does to it."""

import re

import pytest
from sqlalchemy import Column, Table

from academy.database import Base
from academy.personal import Fate, Kept
from academy.privacy.register import FEATURES, declared

TABLES = Base.metadata.tables
NAMES_SOMEBODY = re.compile(r"(.*_)?person_id|.*_by|(.*_)?email")
NAMES_NOBODY = {"certificate.replaced_by", "mentoring_programme.wishes_by"}
"""Columns whose name only sounds like it."""

declarations = pytest.mark.parametrize(
    "kept", declared(), ids=lambda kept: f"{kept.table}.{kept.column}"
)


def personal(column: Column[object]) -> bool:
    if f"{column.table}.{column.name}" in NAMES_NOBODY:
        return False
    to_a_person = any(key.target_fullname == "person.id" for key in column.foreign_keys)
    return to_a_person or NAMES_SOMEBODY.fullmatch(column.name) is not None


def columns(table: Table) -> list[str]:
    return [column.name for column in table.columns if personal(column)]


@pytest.mark.parametrize("name", [name for name, table in TABLES.items() if columns(table)])
def test_a_table_that_names_a_person_is_declared_column_by_column(name: str) -> None:
    told = {kept.column for kept in declared() if kept.table == name}
    own = {"id"} if name == "person" else set(columns(TABLES[name]))

    assert own <= told, f"declare {own - told} of {name} in its feature's personal.py"


def test_a_new_table_with_a_person_would_be_noticed() -> None:
    found = {name for name, table in TABLES.items() if columns(table)}

    assert {"answer", "deed", "posting", "message", "letter", "person"} <= found


@declarations
def test_a_declaration_names_what_exists(kept: Kept) -> None:
    columns = TABLES[kept.table].columns

    assert not kept.column or kept.column in columns
    assert kept.withheld <= set(columns.keys())


@declarations
def test_a_declaration_says_everything_and_what_stays(kept: Kept) -> None:
    said = (kept.what, kept.why, kept.how_long, kept.seen_by)
    stays = bool(str(kept.stays))

    assert all(str(words) for words in said)
    assert stays == (kept.fate is not Fate.DELETED)


@declarations
def test_what_is_detached_can_be(kept: Kept) -> None:
    if kept.fate is Fate.DETACHED:
        assert TABLES[kept.table].columns[kept.column].nullable or kept.nobody


def test_the_person_goes_last() -> None:
    assert FEATURES[0].kept[0].table == "person"


def test_secrets_are_never_handed_over() -> None:
    withheld = {(kept.table, name) for kept in declared() for name in kept.withheld}

    assert {("person", "password_hash"), ("letter", "payload")} <= withheld
