"""A card of 1,200 by 630, as PNG or SVG: what networks show of an address. Pure: its words are given."""

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import lru_cache

from academy.web import typesetting

WIDTH, HEIGHT = 1200, 630


class Shape(StrEnum):
    PNG = "png"
    SVG = "svg"


TYPES = {Shape.PNG: "image/png", Shape.SVG: "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says, in words of its reader's language; drawings are SVG."""

    label: str
    headline: str
    detail: str
    foot: str
    picture: str
    row: tuple[str, ...] = ()
    qr: str = ""


_PAGE = f"""
#let card = json(bytes(sys.inputs.card))
#let ink = rgb("#1d2433")
#let quiet = rgb("#4a5368")
#let long = card.headline.clusters().len()
#let size = if long <= 20 {{ 64pt }} else if long <= 40 {{ 50pt }} else {{ 36pt }}
#set page(width: {WIDTH}pt, height: {HEIGHT}pt, margin: 0pt, fill: rgb("#fbf7ef"))
#set text(font: "Libertinus Serif", fill: ink, size: 28pt, hyphenate: false)
#set par(leading: 0.5em)
#place(top + left, rect(width: 400pt, height: {HEIGHT}pt, fill: rgb("#6d1f33")))
#place(top + left, dx: 18pt, dy: 18pt, rect(
  width: 364pt, height: {HEIGHT - 36}pt, radius: 14pt, stroke: 2pt + rgb("#e9c46a"),
))
#place(top + left, dx: 70pt, dy: {HEIGHT // 2 - 130}pt, image(
  bytes(card.picture), format: "svg", width: 260pt, height: 260pt, fit: "contain",
))
#place(top + left, dx: 456pt, dy: 58pt, block(width: 690pt, height: 244pt, clip: true)[
  #text(size: 24pt, fill: rgb("#6d1f33"), weight: "bold", tracking: 1pt, card.label)
  #v(10pt)
  #par(leading: 0.35em, text(size: size, weight: "bold", card.headline))
  #v(8pt)
  #text(fill: quiet, card.detail)
])
#place(top + left, dx: 456pt, dy: 310pt, stack(
  dir: ltr, spacing: 18pt,
  ..card.row.map(each => image(bytes(each), format: "svg", width: 96pt, height: 96pt, fit: "contain")),
))
#place(bottom + left, dx: 456pt, dy: -52pt, block(width: 520pt, text(size: 24pt, fill: quiet, card.foot)))
#if card.qr != "" {{
  place(bottom + right, dx: -44pt, dy: -40pt, image(
    bytes(card.qr), format: "svg", width: 150pt, height: 150pt,
  ))
}}
""".encode()


@lru_cache(maxsize=64)
def drawn(card: Card, shape: Shape) -> bytes:
    """The card; some tens of milliseconds, hence kept. Another choice of its holder makes another card."""
    return typesetting.picture(_PAGE, {"card": json.dumps(asdict(card))}, shape.value)
