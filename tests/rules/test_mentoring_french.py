"""What mentoring says in French: no sign is left alone at the beginning of a line."""

import re
from collections.abc import Iterator

from academy.mentoring.live.ice_breakers import QUESTIONS
from academy.mentoring.pairs.handbook import AFTER, THEMES

LOOSE = re.compile(r" [?!;:»]|« ")


def in_french() -> Iterator[str]:
    for said in QUESTIONS:
        yield said.fr
    for theme in (*THEMES, AFTER):
        for part in (theme.agenda, theme.questions):
            yield from (said.fr for said in part)


def test_a_french_sign_is_held_to_its_word() -> None:
    texts = [*in_french()]

    assert len(texts) > 40
    assert [text for text in texts if LOOSE.search(text)] == []
