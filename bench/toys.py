"""What drawing a Paper Toy and its stickers costs one process: `python -m bench.toys`."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from itertools import count
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from academy import create_app
from academy.passport.toy import sheets
from academy.passport.toy.choosing import Paper
from academy.passport.toy.crew.people import Character
from academy.passport.toy.palette import Colour
from academy.passport.toy.queries import Choice, Won
from academy.passport.toy.sheets import Wearer
from academy.rewards.badges import read_awards
from academy.settings import ROOT, read

ROUNDS, TIMES = 7, 5
AT = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
NUMBERS = count(1)


def wearer() -> Wearer:
    """Somebody else each time: typst remembers what it has drawn."""
    number = next(NUMBERS)
    return Wearer(f"Zoé Dupont {number}", f"https://academy.example/verify/BCDF{number:08}")


def turned(held: tuple[Won, ...]) -> tuple[Won, ...]:
    """The same awards in another order."""
    number = next(NUMBERS) % len(held)
    return held[number:] + held[:number]


def measured(name: str, work: Callable[[], bytes]) -> None:
    """One line: CPU and wall time of one call, medians, and the size of what it makes."""
    began = perf_counter()
    size = len(work())
    first = (perf_counter() - began) * 1e3
    cpu, wall = [], []
    for _round in range(ROUNDS):
        began, ran = perf_counter(), process_time()
        for _time in range(TIMES):
            work()
        wall.append((perf_counter() - began) / TIMES)
        cpu.append((process_time() - ran) / TIMES)
    spent, passed = median(cpu) * 1e3, median(wall) * 1e3
    print(
        f"{name:44} {spent:7.1f} ms CPU {passed:7.1f} ms, first {first:6.1f} ms {size / 1024:7.1f} KB"
    )


def main() -> None:
    held = tuple(Won(award, date(2026, 3, 2)) for award in read_awards(ROOT / "badges").values())
    with TemporaryDirectory() as home:
        app = create_app(read({"ACADEMY_HOME": home, "ACADEMY_DEMO": "1"}))
        with app.test_request_context("/", headers={"Accept-Language": "fr"}):
            for character in Character:
                choice = Choice(character, Colour.SEA, Paper.A4)
                measured(f"the sheet of {character}, PDF", partial(_figure, choice, held))
            for stickers in (1, 12, len(held)):
                measured(f"a sheet of {stickers} stickers, PDF", partial(_stickers, stickers, held))
            measured("the figure standing, SVG", partial(_standing, held))
            measured("the sheet, SVG", partial(_sheet, held))


FIRST = Choice(Character.ARMEL, Colour.SEA, Paper.A4)


def _figure(choice: Choice, held: tuple[Won, ...]) -> bytes:
    return sheets.figure_pdf(choice, turned(held)[:8], wearer(), AT)


def _stickers(stickers: int, held: tuple[Won, ...]) -> bytes:
    return sheets.stickers_pdf(1, turned(held)[:stickers], FIRST, wearer().name, AT)


def _standing(held: tuple[Won, ...]) -> bytes:
    return sheets.drawn_standing(FIRST, turned(held)[:8]).encode()


def _sheet(held: tuple[Won, ...]) -> bytes:
    return sheets.drawn_sheet(FIRST, turned(held)[:8], wearer()).encode()


if __name__ == "__main__":
    main()
