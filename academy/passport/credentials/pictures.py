"""The picture of an award as PNG, drawn from its SVG."""

from functools import lru_cache

import typst

SIDE = 400
_PAGE = f"""
#set page(width: {SIDE}pt, height: {SIDE}pt, margin: 0pt, fill: none)
#image(bytes(sys.inputs.drawing), width: {SIDE}pt, height: {SIDE}pt, format: "svg")
""".encode()


@lru_cache(maxsize=128)
def png(drawing: bytes) -> bytes:
    """The drawing on a transparent ground, 400 by 400; a few tens of milliseconds, hence kept."""
    made = typst.compile(
        _PAGE, format="png", ppi=72, sys_inputs={"drawing": drawing.decode("utf-8-sig")}
    )
    if not isinstance(made, bytes):
        raise TypeError("one page was asked for")
    return made
