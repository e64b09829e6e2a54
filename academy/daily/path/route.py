"""The path as a paper map: one sheet per theme, its notions as stops along a winding road. Pure.

Each state has a shape of its own besides its ink, so that no colour is needed to read the map.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from academy.daily.states import State

ACROSS = 9
CELL = 40
MARGIN = 20
TOP = 28
"""The first line leaves room for the number of its gate."""
WIDTH = MARGIN * 2 + CELL * (ACROSS - 1)


@dataclass(frozen=True, slots=True)
class Stop:
    """A notion on the road; `post` is the number of the module that begins there."""

    state: State
    mine: bool = True
    post: int | None = None


SHAPES = {
    State.MASTERED: (
        '<path class="r-full" d="M-11-11h22v22h-22Z"/><path class="r-tick" d="m-5 0 4 4 6-8"/>'
    ),
    State.FADING: (
        '<path class="r-dashed" d="M-11-11h22v22h-22Z"/><path d="M-6 1c3-6 5-3 6-1s3 4 6-1"/>'
    ),
    State.MET: '<circle class="r-open" r="9"/><circle class="r-dot" r="3"/>',
    State.TO_COME: '<circle class="r-small" r="5"/>',
}
NOT_MINE = '<path class="r-away" d="M-5-5 5 5M5-5-5 5"/>'


def sheet(stops: Sequence[Stop]) -> str:
    """The road of one theme, back and forth, in at most nine stops a line."""
    height = TOP + MARGIN + CELL * max(0, (len(stops) - 1) // ACROSS)
    drawn = "".join(_drawn(place, stop) for place, stop in enumerate(stops))
    return (
        f'<svg class="route" viewBox="0 0 {WIDTH} {height}" aria-hidden="true" focusable="false">'
        f'<path class="r-road" d="{_road(len(stops))}"/>{drawn}</svg>'
    )


def sample(state: State | None) -> str:
    """One stop alone, for the legend and for lists; None is what is not for this job."""
    shape = SHAPES[state] if state else NOT_MINE
    return (
        '<svg class="route route-sample" viewBox="-14 -14 28 28" width="28" height="28" '
        f'aria-hidden="true" focusable="false">{shape}</svg>'
    )


def _place(place: int) -> tuple[int, int]:
    """Lines run to the right and to the left in turn."""
    line, along = divmod(place, ACROSS)
    if line % 2:
        along = ACROSS - 1 - along
    return MARGIN + CELL * along, TOP + CELL * line


def _road(stops: int) -> str:
    """From stop to stop; a half-circle where the road turns back."""
    steps = [f"M{MARGIN} {TOP}"]
    for place in range(1, stops):
        x, y = _place(place)
        if place % ACROSS:
            steps.append(f"L{x} {y}")
        else:
            side = 1 if x > WIDTH // 2 else 0
            steps.append(f"A{CELL // 2} {CELL // 2} 0 0 {side} {x} {y}")
    return "".join(steps)


def _drawn(place: int, stop: Stop) -> str:
    x, y = _place(place)
    shape = SHAPES[stop.state] if stop.mine else NOT_MINE
    post = f'<text class="r-post" x="0" y="-15">{stop.post}</text>' if stop.post else ""
    return f'<g transform="translate({x} {y})">{shape}{post}</g>'
