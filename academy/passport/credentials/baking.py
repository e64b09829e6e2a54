"""A credential inside a picture: written into a PNG or an SVG, and found again. Pure."""

import re
import zlib
from collections.abc import Iterator
from struct import pack
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from openbadgeslib import baking as library
from openbadgeslib.errors import LibOpenBadgesException
from png import Error as PngError
from png import Reader

KEYWORD = b"openbadgecredential"
NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"
SIGNATURE = b"\x89PNG\r\n\x1a\n"
LARGEST = 128 * 1024
_ROOT = re.compile(rb"<svg\b[^>]*>")
_END = b"\x00\x00\x00\x00IEND\xaeB`\x82"
_TAG = f"{{{NAMESPACE}}}credential"


class NothingBaked(ValueError):
    """The picture holds no credential, or is damaged."""


def bake_png(picture: bytes, text: str) -> bytes:
    """The picture with the credential in a chunk of its own, before the end."""
    data = b"iTXt" + KEYWORD + b"\x00" * 5 + text.encode()
    chunk = pack("!I", len(data) - 4) + data + pack("!I", zlib.crc32(data))
    return picture.removesuffix(_END) + chunk + _END


def bake_svg(picture: bytes, text: str) -> bytes:
    """The drawing with the credential as its first element."""
    root = _ROOT.search(picture)
    if root is None:
        raise NothingBaked
    inside = text.replace("]]>", "]]\\u003e")
    element = (
        f'<openbadges:credential xmlns:openbadges="{NAMESPACE}">'
        f"<![CDATA[{inside}]]></openbadges:credential>"
    )
    return picture[: root.end()] + element.encode() + picture[root.end() :]


def unbake_png(picture: bytes) -> str:
    """The one credential in the picture, every checksum being right; raises NothingBaked."""
    try:
        if sum(1 for _each in _baked(picture)) != 1:
            raise NothingBaked
        text = library.extract_png(picture, LARGEST, keyword=KEYWORD)
    except (PngError, LibOpenBadgesException, zlib.error, UnicodeDecodeError) as error:
        raise NothingBaked from error
    if text is None:
        raise NothingBaked
    return text


def _baked(picture: bytes) -> Iterator[bytes]:
    for kind, data in Reader(bytes=picture).chunks():
        if kind == b"iTXt" and data.startswith(KEYWORD + b"\x00"):
            yield data


def unbake_svg(picture: bytes) -> str:
    """The one credential in the drawing; raises NothingBaked."""
    try:
        root: Element = fromstring(picture)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise NothingBaked from error
    found = list(root.iter(_TAG))
    if len(found) != 1:
        raise NothingBaked
    return (found[0].get("verify") or "".join(found[0].itertext())).strip()
