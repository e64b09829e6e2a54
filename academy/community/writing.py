"""From what a colleague types to what a page shows: short Markdown, rendered once when written. Pure.

Paragraphs, lists, quotes, emphasis, code and links; no heading, no image, no HTML. The result is safe.
"""

from html import escape
from typing import Final

import nh3
from markdown import Markdown
from markdown.extensions import Extension

MOST_BRACKETS: Final = 200
"""A bracket may open a link: the time to look for its end grows with the square of their number."""

_TAGS: Final = {"p", "br", "ul", "ol", "li", "strong", "em", "code", "pre", "a", "blockquote"}
_ATTRIBUTES: Final = {"a": {"href"}, "ol": {"start"}}
_SCHEMES: Final = {"http", "https", "mailto"}
_NO_BLOCKS: Final = ("code", "hashheader", "setextheader", "hr", "reference")
_NO_PATTERNS: Final = (
    *("html", "image_link", "image_reference", "short_image_ref"),
    *("reference", "short_reference", "automail"),
)


class _Short(Extension):
    """Only what a short text needs; an indented line is not code."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # named by Python-Markdown
        md.preprocessors.deregister("html_block")
        for block in _NO_BLOCKS:
            md.parser.blockprocessors.deregister(block)
        for pattern in _NO_PATTERNS:
            md.inlinePatterns.deregister(pattern)


def post_html(source: str) -> str:
    """The text as HTML; one that nests beyond reason is shown as it was typed."""
    try:
        made = _markdown().convert(_few_brackets(source))
    except RecursionError:
        made = f"<p>{escape(source, quote=False)}</p>"
    return nh3.clean(
        made,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel="nofollow ugc noopener",
    )


def _markdown() -> Markdown:
    """One for each text: a converter is not shared between threads."""
    return Markdown(
        extensions=[
            "fenced_code",
            "sane_lists",
            "nl2br",
            "pymdownx.betterem",
            "pymdownx.magiclink",
            _Short(),
        ]
    )


def _few_brackets(source: str) -> str:
    """A text with more brackets than any letter to colleagues has no links of that kind."""
    return source if source.count("[") <= MOST_BRACKETS else source.replace("[", r"\[")
