"""Short Markdown: what is shown, what is not, and that nothing harms."""

import re
from html.parser import HTMLParser
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.community.naming import Said
from academy.community.once import mark, token
from academy.community.writing import post_html

REL = 'rel="nofollow ugc noopener"'
ALLOWED = {"p", "br", "ul", "ol", "li", "strong", "em", "code", "pre", "a", "blockquote"}
SIGNS = st.text(st.sampled_from("ab *_`[]()<>!#-1.\n\"'&:/\\~=h"), max_size=80)


class Tags(HTMLParser):
    """Every tag with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("One\ntwo", "<p>One<br>\ntwo</p>"),
        ("*a* **b** `c`", "<p><em>a</em> <strong>b</strong> <code>c</code></p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>'),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>"),
        ("```\n<b>\n```", "<pre><code>&lt;b&gt;\n</code></pre>"),
        ("[us](https://a.example/)", f'<p><a href="https://a.example/" {REL}>us</a></p>'),
        ("[home](/groups)", f'<p><a href="/groups" {REL}>home</a></p>'),
    ],
)
def test_what_a_short_text_needs_is_rendered(typed: str, shown: str) -> None:
    assert post_html(typed) == shown


def test_a_bare_address_becomes_a_link() -> None:
    html = post_html("See https://a.example/x?y=1&z=2.")

    assert f'<a href="https://a.example/x?y=1&amp;z=2" {REL}>' in html
    assert html.endswith("</a>.</p>")


@pytest.mark.parametrize(
    "typed",
    [
        "# Loud",
        "Loud\n====",
        "![spy](https://a.example/x.png)",
        "<script>alert(1)</script>",
        "<b>bold</b>",
        "a\n\n---\n\nb",
        "    not code",
    ],
)
def test_what_does_not_belong_is_shown_as_typed(typed: str) -> None:
    assert {tag for tag, _attributes in Tags(post_html(typed)).seen} <= {"p", "br", "a"}


@pytest.mark.parametrize(
    "typed",
    [
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html,hello)",
        "<javascript:alert(1)>",
        "[x](vbscript:x)",
    ],
)
def test_no_link_runs_anything(typed: str) -> None:
    assert "href" not in post_html(typed)


@given(SIGNS)
def test_whatever_is_typed_only_plain_tags_and_safe_links_come_out(typed: str) -> None:
    for tag, attributes in Tags(post_html(typed)).seen:
        assert tag in ALLOWED
        assert set(attributes) <= {"href", "rel", "start"}
        href = attributes.get("href")
        assert href is None or re.match(r"(https?:|mailto:|[^:]*$|[/#?])", href)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=60))
def test_any_text_is_rendered(typed: str) -> None:
    assert isinstance(post_html(typed), str)


@pytest.mark.parametrize("sign", ["- ", "1. ", "> ", "* "])
def test_nesting_beyond_reason_does_not_break_the_page(sign: str) -> None:
    assert "end" in post_html(sign * 2000 + "end")


@pytest.mark.parametrize("sign", ["[", "![[", "[a](", "*a", "_", "``a`", "<", "http://", "***a"])
def test_no_text_of_five_thousand_signs_keeps_a_worker_busy(sign: str) -> None:
    """Not a measure of speed: a text that explodes would take hours. Of the processor, whatever the load."""
    began = process_time()

    post_html((sign * 5000)[:5000])

    assert process_time() - began < 20


@pytest.mark.parametrize(
    ("said", "french", "english"),
    [
        (Said("Papier", "Paper"), "Papier", "Paper"),
        (Said("Papier", ""), "Papier", "Papier"),
        (Said("", "Paper"), "Paper", "Paper"),
    ],
)
def test_a_name_is_said_in_the_readers_language_where_there_is_one(
    said: Said, french: str, english: str
) -> None:
    assert (said.said("fr"), said.said("en")) == (french, english)
    assert getattr(said, said.tongue("fr")) == french


def test_the_same_form_with_the_same_words_has_the_same_mark() -> None:
    form = token()

    assert mark(form, "words") == mark(form, "words")
    assert mark(form, "words") != mark(form, "other words")
    assert mark(form, "words") != mark(token(), "words")
    assert mark(form, "a", "b") != mark(form, "ab")
    assert len(mark(form, "words")) == 32
