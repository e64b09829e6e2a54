"""From what authors write to what pages show: Markdown, one-line Markdown, minutes, pictures.

Everything returned here is safe to put into a page as it is.
"""

import re
import xml.etree.ElementTree as ET
from html import escape
from math import ceil
from threading import Lock
from typing import Final

import nh3
from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from academy.catalog.tree import Words

WORDS_PER_MINUTE: Final = {"fr": 200, "en": 200}

_TAGS: Final = {
    *("h2", "h3", "h4", "h5", "h6", "p", "div", "blockquote", "ul", "ol", "li", "pre", "hr", "br"),
    *("strong", "em", "code", "a", "sup", "table", "thead", "tbody", "tr", "th", "td"),
}
_ATTRIBUTES: Final = {
    "a": {"href", "title", "rel", "class"},
    "div": {"class"},
    "p": {"class"},
    "li": {"id"},
    "sup": {"id"},
    "ol": {"start"},
    "th": {"scope", "class"},
    "td": {"class"},
}
_SCHEMES: Final = {"http", "https", "mailto"}
_ABROAD: Final = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_ALIGNED: Final = re.compile(r"text-align: (left|right|center);")


_UNUSED: Final = (
    *("html", "image_link", "image_reference", "short_image_ref"),
    *("reference", "short_reference", "automail"),
)


class _Manners(Treeprocessor):
    """Headings start at h2, links abroad tell nothing of us, table heads name their columns."""

    def run(self, root: ET.Element) -> None:
        for element in root.iter():
            if element.tag == "h1":
                element.tag = "h2"
            elif element.tag == "a" and _ABROAD.match(element.get("href", "")):
                element.set("rel", "noopener")
            elif element.tag in ("th", "td"):
                _tidy_cell(element)


def _tidy_cell(cell: ET.Element) -> None:
    if cell.tag == "th":
        cell.set("scope", "col")
    aligned = _ALIGNED.fullmatch(cell.attrib.pop("style", ""))
    if aligned:
        cell.set("class", f"to-{aligned[1]}")


class _Academy(Extension):
    """No HTML, no images, no links by reference; our manners."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # named by Python-Markdown
        md.preprocessors.deregister("html_block")
        for pattern in _UNUSED:
            md.inlinePatterns.deregister(pattern)
        md.treeprocessors.register(_Manners(md), "manners", 0)


_MARKDOWN: Final = Markdown(
    extensions=["tables", "footnotes", "admonition", "sane_lists", "pymdownx.betterem", _Academy()],
    extension_configs={"footnotes": {"BACKLINK_TEXT": "↩", "BACKLINK_TITLE": "↩ {}"}},
)
_ONE_AT_A_TIME: Final = Lock()
"""The converter keeps notes while it works; a release may be read while somebody previews a lesson."""


def lesson_html(markdown: str) -> str:
    """A lesson's body; raw HTML in it comes out as visible text."""
    with _ONE_AT_A_TIME:
        made = _MARKDOWN.reset().convert(markdown)
    return nh3.clean(made, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel=None)


_MARKS: Final = re.compile(r"[*_`\[\\]")
_INLINE: Final = re.compile(
    r"\\(?P<literal>[\\`*_\[\]()])"
    r"|(?P<fence>`+)(?P<code>.+?)(?<!`)(?P=fence)(?!`)"
    r"|\[(?P<label>[^\[\]]+)\]\((?P<address>[^()\s<>\"]+)\)"
    r"|\*\*(?=[^\s*])(?P<strong>.+?)(?<=\S)\*\*"
    r"|\*(?=[^\s*])(?P<em>.+?)(?<=\S)\*"
    r"|(?<!\w)_(?=\S)(?P<low>.+?)(?<=\S)_(?!\w)"
)
_LINK: Final = re.compile(r"(?:https?://|mailto:|/(?!/)|#)", re.IGNORECASE)


def inline_html(text: str) -> str:
    """One line: emphasis, strong, code and links; everything else is shown as written."""
    if not _MARKS.search(text):
        return escape(text, quote=False)
    parts, end = [], 0
    for found in _INLINE.finditer(text):
        parts += [escape(text[end : found.start()], quote=False), _inline(found)]
        end = found.end()
    return "".join(parts) + escape(text[end:], quote=False)


def rendered(words: Words) -> Words:
    """Both sides as one line of HTML."""
    return Words(inline_html(words.fr), inline_html(words.en))


def _inline(found: re.Match[str]) -> str:
    kind = found.lastgroup
    if kind == "literal":
        return found["literal"]
    if kind == "code":
        return f"<code>{escape(found['code'].strip(), quote=False)}</code>"
    if kind == "address":
        return _link(found[0], found["label"], found["address"])
    tag = "strong" if kind == "strong" else "em"
    return f"<{tag}>{inline_html(found[kind or 0])}</{tag}>"


def _link(written: str, label: str, address: str) -> str:
    if not _LINK.match(address):
        return escape(written, quote=False)
    rel = ' rel="noopener"' if _ABROAD.match(address) else ""
    return f'<a href="{escape(address)}"{rel}>{inline_html(label)}</a>'


_ADDRESS: Final = re.compile(r"\]\([^)]*\)|<https?://[^>]*>")
_WORD: Final = re.compile(r"[^\W_]+(?:['\u2019.,-][^\W_]+)*")


def minutes(markdown: str, language: str) -> int:
    """How long a calm reader needs, rounded up; at least 1."""
    words = len(_WORD.findall(_ADDRESS.sub(" ", markdown)))
    return max(1, ceil(words / WORDS_PER_MINUTE.get(language, WORDS_PER_MINUTE["fr"])))


_SVG: Final = "{http://www.w3.org/2000/svg}"
_DRAWN: Final = {
    *("svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon"),
    *("title", "desc", "defs", "use", "symbol", "clipPath", "mask", "pattern", "marker"),
    *("linearGradient", "radialGradient", "stop", "text", "tspan"),
}
_LARGEST: Final = 100_000
_FOREIGN: Final = re.compile(
    r"url\(\s*['\"]?(?!#|['\"])|javascript:|data:|@import|\\", re.IGNORECASE
)
_DECLARED: Final = re.compile(r"<!(?!--)|<\?(?!xml\s)", re.IGNORECASE)


def safe_svg(drawing: bytes) -> bytes:
    """The picture itself, once it is known to be a still drawing that refers to nothing outside.

    Raises ValueError with the reason otherwise.
    """
    if len(drawing) > _LARGEST:
        raise ValueError(f"it is larger than {_LARGEST} bytes")
    for element in _drawn(drawing).iter():
        name = str(element.tag).removeprefix(_SVG)
        if name not in _DRAWN or not str(element.tag).startswith(_SVG):
            raise ValueError(f"<{name[:60]}> is not allowed")
        for attribute, value in element.items():
            _refuse_attribute(attribute, value)
    return drawing


def _drawn(drawing: bytes) -> ET.Element:
    try:
        text = drawing.decode("utf-8-sig")
        if _DECLARED.search(text):
            raise ValueError("declarations, entities and processing instructions are not allowed")
        root = ET.fromstring(text)  # noqa: S314  # no entity got this far
    except UnicodeDecodeError:
        raise ValueError("it is not UTF-8") from None
    except ET.ParseError as error:
        raise ValueError(f"it is not XML ({error})") from None
    if root.tag != f"{_SVG}svg":
        raise ValueError("its root is not <svg> in the SVG namespace")
    return root


def _refuse_attribute(attribute: str, value: str) -> None:
    name = attribute.rpartition("}")[2].lower()
    if name.startswith("on"):
        raise ValueError(f"the event attribute {name} is not allowed")
    if name in ("href", "src", "base") and not value.strip().startswith("#"):
        raise ValueError(f"{name} may only point inside the picture")
    if _FOREIGN.search(value):
        raise ValueError(f"{name} refers to something outside the picture")
