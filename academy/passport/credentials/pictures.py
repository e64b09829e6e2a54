"""The picture of an award as PNG, drawn from its SVG."""

from functools import lru_cache

from academy.web import typesetting

SIDE = 400
_PAGE = f"""
#set page(width: {SIDE}pt, height: {SIDE}pt, margin: 0pt, fill: none)
#image(bytes(sys.inputs.drawing), width: {SIDE}pt, height: {SIDE}pt, format: "svg")
""".encode()


@lru_cache(maxsize=128)
def png(drawing: bytes) -> bytes:
    """The drawing on a transparent ground, 400 by 400; some milliseconds, hence kept."""
    return typesetting.picture(_PAGE, {"drawing": drawing.decode("utf-8-sig")}, "png")
