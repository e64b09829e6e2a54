"""How all figures are drawn: one pen, flat fills. Pure."""

from academy.passport.toy.palette import INK

PEN = f'stroke="{INK}" stroke-width="0.6" stroke-linecap="round" stroke-linejoin="round"'


def shape(path: str, fill: str = "none") -> str:
    return f'<path d="{path}" fill="{fill}" {PEN}/>'


def plain(path: str, fill: str) -> str:
    """Without a line around it."""
    return f'<path d="{path}" fill="{fill}"/>'


def line(path: str, colour: str = INK, wide: float = 0.6) -> str:
    return (
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{wide}" '
        f'stroke-linecap="round" stroke-linejoin="round"/>'
    )


def disc(x: float, y: float, radius: float, fill: str = "none", drawn: bool = True) -> str:
    return f'<circle cx="{x}" cy="{y}" r="{radius}" fill="{fill}"{" " + PEN if drawn else ""}/>'


def oval(x: float, y: float, wide: float, high: float, fill: str, drawn: bool = True) -> str:
    return (
        f'<ellipse cx="{x}" cy="{y}" rx="{wide}" ry="{high}" fill="{fill}"'
        f"{' ' + PEN if drawn else ''}/>"
    )


def slab(x: float, y: float, wide: float, high: float, round_: float, fill: str) -> str:
    return (
        f'<rect x="{x}" y="{y}" width="{wide}" height="{high}" rx="{round_}" fill="{fill}" {PEN}/>'
    )
