"""Keys that the engine could not tell apart are refused when a pack is read."""

import re
from collections.abc import Callable
from pathlib import Path

from academy.catalog.numbering import alike, question_tag, tag
from academy.catalog.pack import read_pack
from tests.content.test_pack_reader import mistakes_in, pack

ENOUGH = 400_000
"""Keys among which two are alike in 32 bits, but for bad luck that these names do not have."""


def twins(stem: str, tagged: Callable[[str], int]) -> tuple[str, str]:
    """The first two of such names that stand for the same number."""
    return next(alike((f"{stem}{number}" for number in range(ENOUGH)), tagged))


def renamed(folder: Path, **keys: str) -> Path:
    """The pack with these words for others, wherever they stand alone."""
    for path in folder.rglob("*.yaml"):
        text = path.read_text("utf-8")
        for old, new in keys.items():
            text = re.sub(rf"\b{old.replace('_', '-')}\b(?!-)", new, text)
        path.write_text(text, "utf-8")
    return folder


def test_two_notions_that_stand_for_one_number_are_told(tmp_path: Path) -> None:
    one, other = twins("notion-", tag)
    folder = renamed(pack(tmp_path), fact=one, sense=other)

    (told,) = mistakes_in(folder)

    assert told.path == "culture/data/module.yaml"
    assert f"`{other}` cannot be told from `{one}`" in told.problem


def test_two_questions_of_one_notion_that_stand_for_one_number_are_told(tmp_path: Path) -> None:
    one, other = twins("question-", question_tag)
    folder = renamed(pack(tmp_path), fact_1=one, fact_2=other)

    (told,) = mistakes_in(folder)

    assert told.path == "culture/data/questions.yaml"
    assert f"`{other}` cannot be told from `{one}`" in told.problem


def test_the_same_questions_apart_are_a_sound_pack(tmp_path: Path) -> None:
    one, _other = twins("question-", question_tag)

    catalog = read_pack(renamed(pack(tmp_path), fact_1=one))

    assert one in catalog.questions
