"""From chances to chairs: as many people as possible seated, then what is worth most. Pure.

An assignment of people to seats, solved exactly. In a large pool those who have nearly settled keep their
place and the others share the seats left; if that leaves out somebody who could be seated, everybody is
asked again.
"""

from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment

from academy.mentoring.composition.board import NOWHERE, Flags, Floats, Places

SEATED = 1e7
NEEDED = 1e3
"""Being seated counts first; then that a session has its fewest, and not more than usual; then worth."""
EVEN = 1e-3
SETTLED = 0.9
Counts: TypeAlias = npt.NDArray[np.intp]


class Seats(NamedTuple):
    """How many of one side each session should have at least, usually has at most, and may have at most."""

    least: Counts
    usual: Counts
    most: Counts

    def less(self, taken: Counts) -> "Seats":
        """Those left when some are taken."""
        return Seats(*(np.maximum(each - taken, 0) for each in self))

    def appeal(self) -> npt.NDArray[np.float64]:
        """Of each seat: the first are needed, the last are for whoever has no other; else even sessions."""
        return np.concatenate(
            [
                NEEDED * (seat < least) - NEEDED * (seat >= usual) - EVEN * seat
                for least, usual, seat in zip(
                    self.least, self.usual, map(np.arange, self.most), strict=True
                )
            ]
        )


def seated(open_to: Flags, worth: Floats, seats: Seats) -> Places:
    """Everybody at once."""
    able = np.nonzero(open_to.any(axis=1))[0]
    session = np.repeat(np.arange(len(seats.most)), seats.most)
    places: Places = np.full(len(open_to), NOWHERE)
    if not len(able) or not len(session):
        return places
    fits = open_to[np.ix_(able, session)]
    value = np.where(fits, worth[np.ix_(able, session)] + SEATED + seats.appeal(), 0.0)
    rows, columns = linear_sum_assignment(value, maximize=True)
    good = fits[rows, columns]
    places[able[rows[good]]] = session[columns[good]]
    return places


def seated_from(
    chances: Floats, calm: Flags, open_to: Flags, worth: Floats, seats: Seats
) -> Places:
    """Those who have nearly settled, where it is `calm`; then the others on the seats left."""
    if not chances.size:
        return np.full(len(open_to), NOWHERE)
    best = chances.argmax(axis=1)
    people = np.arange(len(best))
    sure = np.nonzero((chances[people, best] >= SETTLED) & calm[people, best])[0]
    places: Places = np.full(len(best), NOWHERE)
    room = seats.usual.copy()
    for person in sure[np.argsort(-chances[sure, best[sure]], kind="stable")]:
        if room[best[person]]:
            room[best[person]] -= 1
            places[person] = best[person]
    rest = np.nonzero(places == NOWHERE)[0]
    places[rest] = seated(open_to[rest], worth[rest], seats.less(seats.usual - room))
    if ((places == NOWHERE) & open_to.any(axis=1)).any():
        return seated(open_to, worth, seats)
    return places
