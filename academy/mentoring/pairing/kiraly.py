"""A stable choice of many pairs at once, at least two thirds of the most there can be: Kiraly, 2013.

Those who ask go down their list. Among equals they ask first whoever nobody asked yet; refused by all,
they ask all once more, and now win ties. Who has an uncertain suitor, one who could as well ask somebody
never asked, takes any other. One place each: several places are several seats.
"""

from itertools import groupby

ONCE, AGAIN, DONE = 0, 1, 2


class _Suitors:
    """One run. `lists[a]` holds (rank, b) best first, in the order equals are asked; `rank[b][a]`."""

    def __init__(self, lists: list[list[tuple[int, int]]], rank: list[dict[int, int]]) -> None:
        self.lists, self.rank = lists, rank
        self.waiting: list[list[list[int]]] = [[] for _ in lists]
        self.tries = [ONCE - 1] * len(lists)
        self.mine = [-1] * len(lists)
        self.suitor = [-1] * len(rank)

    def run(self) -> list[int]:
        """For each who asks, whom they get, or -1."""
        asking = list(range(len(self.lists) - 1, -1, -1))
        while asking:
            left = self._ask(asking.pop())
            if left >= 0:
                asking.append(left)
        return self.mine

    def _ask(self, one: int) -> int:
        """Ask down the list until somebody says yes; who was left for this, or -1."""
        while self._has_hope(one):
            group = self.waiting[one][-1]
            other = next((each for each in group if self.suitor[each] < 0), group[0])
            rival = self.suitor[other]
            if rival < 0:
                self._take(one, other)
                return -1
            if self._uncertain(rival):
                self._take(one, other)
                self.mine[rival] = -1
                return rival
            if self._wins(one, rival, other):
                self._take(one, other)
                self.mine[rival] = -1
                self._strike(rival, other)
                return rival
            self._strike(one, other)
        return -1

    def _has_hope(self, one: int) -> bool:
        """There is somebody left to ask, now or a second time."""
        while not self.waiting[one]:
            if self.tries[one] >= AGAIN or not self.lists[one]:
                self.tries[one] = DONE
                return False
            self.tries[one] += 1
            self.waiting[one] = [
                [other for _, other in group] for _, group in groupby(self.lists[one], key=_first)
            ][::-1]
        return True

    def _take(self, one: int, other: int) -> None:
        self.suitor[other], self.mine[one] = one, other

    def _wins(self, one: int, rival: int, other: int) -> bool:
        ranks = self.rank[other]
        return (ranks[one], -self.tries[one]) < (ranks[rival], -self.tries[rival])

    def _strike(self, one: int, other: int) -> None:
        """One no less to hope for."""
        groups = self.waiting[one]
        groups[-1].remove(other)
        if not groups[-1]:
            groups.pop()

    def _uncertain(self, rival: int) -> bool:
        """On the first round, with somebody never asked among the equals of whom they have."""
        if self.tries[rival] != ONCE:
            return False
        return any(self.suitor[each] < 0 for each in self.waiting[rival][-1])


def _first(pair: tuple[int, int]) -> int:
    return pair[0]


def kiraly(lists: list[list[tuple[int, int]]], rank: list[dict[int, int]]) -> list[int]:
    """For each who asks, whom they get, or -1."""
    return _Suitors(lists, rank).run()
