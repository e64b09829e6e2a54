"""How names are filed."""

from hypothesis import given
from hypothesis import strategies as st

from academy.people.names import LONGEST, filed


def test_accents_capitals_and_spaces_do_not_matter() -> None:
    assert filed("  Hélène", "DUPONT ") == filed("helene", "dupont") == "helene dupont"
    assert filed("Zoë", "Çelik") == "zoe celik"
    assert filed("Weiß") == "weiss"


@given(st.text(max_size=400), st.text(max_size=400))
def test_what_is_filed_is_short_printable_and_filed_again_alike(one: str, other: str) -> None:
    name = filed(one, other)

    assert len(name) <= LONGEST
    assert name.isprintable()
    assert name == " ".join(name.split())
