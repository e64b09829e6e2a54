"""What one looks for in groups, and what is shown of what was found."""

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from academy.community.search.words import EXCERPT, MOST, Piece, excerpt, spellings, wanted


def test_each_word_of_two_letters_or_more_is_looked_for_once() -> None:
    assert wanted("  Paper a PAPER  ink ") == ("Paper", "ink")
    assert wanted("a b") == ()
    assert len(wanted(" ".join(f"word{number}" for number in range(20)))) == MOST


def test_a_word_is_looked_for_with_and_without_a_capital_whatever_the_letter() -> None:
    assert spellings("paper") == ("paper",)  # no database tells its capitals apart
    assert spellings("école") == ("école", "École", "ÉCOLE")


def test_an_excerpt_sets_the_words_apart_without_tags() -> None:
    assert excerpt("<p>Fold the <em>paper</em> &amp; smile.</p>", ("PAPER",)) == (
        Piece("Fold the ", found=False),
        Piece("paper", found=True),
        Piece(" & smile.", found=False),
    )


def test_a_long_text_is_cut_around_the_first_word_between_words() -> None:
    said = "before " * 40 + "needle " + "after " * 80

    pieces = excerpt(f"<p>{said}</p>", ("needle",))

    assert pieces[0] == Piece("… ", found=False)
    assert pieces[1].text.startswith("before ")
    assert Piece("needle", found=True) in pieces
    assert pieces[-2].text.endswith("after")
    assert pieces[-1] == Piece(" …", found=False)


@given(st.text(), st.lists(st.text(min_size=2).filter(str.strip), min_size=1, max_size=4))
def test_an_excerpt_is_a_short_part_of_what_was_said(said: str, words: list[str]) -> None:
    html = str(escape(said))

    text = "".join(piece.text for piece in excerpt(html, tuple(words)))

    assert len(text) <= EXCERPT + 4
    assert text.removeprefix("… ").removesuffix(" …").strip() in " ".join(said.split())
