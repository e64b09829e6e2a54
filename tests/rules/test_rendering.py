"""What authors write becomes safe pages."""

import re

import nh3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from academy.catalog.rendering import inline_html, lesson_html, minutes, safe_svg

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">%s</svg>'
LINK = ' xmlns:xlink="http://www.w3.org/1999/xlink" '


def test_headings_start_at_the_second_level() -> None:
    assert lesson_html("# One\n\n## Two") == "<h2>One</h2>\n<h2>Two</h2>"


def test_a_lesson_may_hold_tables_footnotes_and_admonitions() -> None:
    html = lesson_html('|a|b|\n|-|-:|\n|1|2|\n\n!!! tip "À retenir"\n    Peu.[^1]\n\n[^1]: Note.')

    assert '<th scope="col">a</th>' in html
    assert '<td class="to-right">2</td>' in html
    assert '<div class="admonition tip">' in html
    assert '<p class="admonition-title">À retenir</p>' in html
    assert '<a class="footnote-ref" href="#fn:1">1</a>' in html
    assert '<li id="fn:1">' in html


def test_links_abroad_say_noopener_and_links_at_home_do_not() -> None:
    html = lesson_html("[out](https://example.org) [in](/lessons/datum)")

    assert '<a href="https://example.org" rel="noopener">' in html
    assert '<a href="/lessons/datum">' in html
    assert "target" not in html


@pytest.mark.parametrize(
    "raw",
    ["<script>alert(1)</script>", "<b onclick='x'>b</b>", "<img src=x onerror=y>", "<!-- c -->",
     "<svg/onload=x>", "<div>\n\n**in**\n\n</div>", "![p](https://example.org/p.png)"],
)  # fmt: skip
def test_no_raw_html_and_no_image_survives(raw: str) -> None:
    html = lesson_html(f"Before\n\n{raw}\n\nafter {raw} it")

    assert not re.search(r"<(?:script|b|img|svg|div|!--)\b", html)
    assert "after" in html


@given(st.text(alphabet="<>[]()!*_`:#|&'\"/\\ \nabjs.=-x^{}", max_size=120))
@settings(deadline=None)
def test_whatever_is_written_a_lesson_is_already_clean(text: str) -> None:
    tags = set(re.findall(r"</?([a-z0-9]+)", lesson_html(text)))

    assert not tags & {"script", "img", "svg", "iframe", "b", "i", "style", "h1"}


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Rien < tout & moi", "Rien &lt; tout &amp; moi"),
        ("**fort** *doux* _doux_", "<strong>fort</strong> <em>doux</em> <em>doux</em>"),
        ("**a *b* c**", "<strong>a <em>b</em> c</strong>"),
        ("`a < b`", "<code>a &lt; b</code>"),
        ("`` a`b ``", "<code>a`b</code>"),
        ("snake_case_name", "snake_case_name"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        (r"\*nu\*", "*nu*"),
        ("[in](/x)", '<a href="/x">in</a>'),
        ("[out](https://e.org/?a&b)", '<a href="https://e.org/?a&amp;b" rel="noopener">out</a>'),
        ("[no](javascript:alert)", "[no](javascript:alert)"),
        ("[no](//e.org)", "[no](//e.org)"),
        ("<b>*x*</b>", "&lt;b&gt;<em>x</em>&lt;/b&gt;"),
    ],
)
def test_one_line_knows_emphasis_code_and_links_only(text: str, html: str) -> None:
    assert inline_html(text) == html


@given(st.text(alphabet="<>[]()!*_`:&'\"/\\ abhtps.=-", max_size=200))
@settings(deadline=None)
def test_whatever_is_written_one_line_is_already_clean(text: str) -> None:
    html = inline_html(text)

    allowed = {"a": {"href", "rel"}}
    cleaned = nh3.clean(html, tags={"em", "strong", "code", "a"}, attributes=allowed, link_rel=None)
    assert re.findall(r"<[^>]*>", cleaned) == re.findall(r"<[^>]*>", html.replace("&#x27;", "'"))


def test_a_long_row_of_marks_is_read_in_no_time() -> None:
    assert inline_html("*" * 2000) == "*" * 2000
    assert inline_html("[" * 2000) == "[" * 2000
    assert inline_html("*a " * 666) == "*a " * 666


def test_minutes_are_rounded_up_and_never_none() -> None:
    assert minutes("", "fr") == 1
    assert minutes("mot " * 200, "fr") == 1
    assert minutes("mot " * 201, "fr") == 2
    assert minutes("- \n* \n## " * 500, "en") == 1


def test_addresses_are_not_read_aloud() -> None:
    assert minutes("[word](https://example.org/a-b-c-d-e-f) " * 200, "en") == 1


def test_a_still_drawing_is_safe_and_comes_back_unchanged() -> None:
    drawing = (
        SVG % '<defs><g id="a"/></defs><use href="#a"/><path fill="url(#p)" d="M0"/>'
    ).encode()

    assert safe_svg(drawing) == drawing


@pytest.mark.parametrize(
    ("drawing", "reason"),
    [
        (SVG % "<script>1</script>", "<script> is not allowed"),
        (SVG % "<foreignObject/>", "<foreignObject> is not allowed"),
        (SVG % "<style>@import 'x'</style>", "<style> is not allowed"),
        (SVG % '<animate attributeName="href"/>', "<animate> is not allowed"),
        (SVG % '<a href="https://e.org"/>', "<a> is not allowed"),
        (SVG % '<image href="x.png"/>', "<image> is not allowed"),
        (SVG % '<b xmlns="http://www.w3.org/1999/xhtml"/>', "is not allowed"),
        (SVG % '<path onclick="x"/>', "event attribute onclick"),
        (SVG % '<path ONLOAD="x"/>', "event attribute onload"),
        (SVG % '<use href="https://e.org/x.svg#a"/>', "href may only point inside"),
        (SVG % f'<use {LINK} xlink:href="data:x"/>', "href may only point inside"),
        (SVG % '<path fill="url(https://e.org)"/>', "fill refers to something outside"),
        (SVG % "<path fill=\"url( 'https://e.org')\"/>", "fill refers to something outside"),
        (SVG % '<path style="fill:u\\72l(x)"/>', "style refers to something outside"),
        ("<!DOCTYPE svg>" + SVG % "", "declarations, entities"),
        ('<!doctype svg [<!ENTITY a "b">]>' + SVG % "&a;", "declarations, entities"),
        ('<?xml-stylesheet href="x"?>' + SVG % "", "processing instructions"),
        ("<svg/>", "root is not <svg>"),
        ("<html/>", "root is not <svg>"),
        ("", "not XML"),
        (SVG % ("<g/>" * 30_000), "larger than"),
    ],
)
def test_an_unsafe_picture_is_refused_with_the_reason(drawing: str, reason: str) -> None:
    with pytest.raises(ValueError, match=re.escape(reason)):
        safe_svg(drawing.encode())


@given(st.binary(max_size=60))
def test_any_bytes_are_a_picture_or_a_value_error(content: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # any reason will do
        safe_svg(content)


def test_a_picture_in_another_encoding_is_refused() -> None:
    with pytest.raises(ValueError, match="not UTF-8"):
        safe_svg((SVG % "").encode("utf-16"))
