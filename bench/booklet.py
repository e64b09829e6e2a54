"""What a passport as PDF costs, beside the smallest PDF the same library makes: `python -m bench.booklet`."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from flask_babel import force_locale

from academy import create_app
from academy.passport.booklet import setting
from academy.passport.booklet.contents import Holder, contents
from academy.passport.booklet.setting import Paper
from academy.rewards import badges
from academy.rewards.badges import AwardKind
from academy.rewards.shown import AwardView, VisaView
from academy.settings import read
from academy.web import typesetting

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
TIMES = 40
HOLDER = Holder(
    "Ada Lenoir",
    "Cahiers, Lyon",
    "Papeteries Aurore",
    TODAY,
    TODAY,
    "ABCDEFGH2345",
    "https://academy.example/verify/ABCDEFGH2345",
    "",
)


def everything() -> tuple[list[VisaView], list[AwardView]]:
    """Every visa, badge and medal that ships, held."""
    shelf = badges.current().values()
    visas = [
        VisaView(each.key, "ai", each.title, TODAY, "Cahiers, Lyon", 1, 1, "")
        for each in shelf
        if each.kind is AwardKind.VISA
    ]
    others = [
        AwardView(
            each.key, each.kind, each.metal or "", each.title, each.summary, "", TODAY, 1, 1, ""
        )
        for each in shelf
        if each.kind in (AwardKind.BADGE, AwardKind.MEDAL)
    ]
    return visas, others


def line(name: str, work: Callable[[], bytes]) -> None:
    """Medians of CPU and wall time, and the size."""
    file = work()
    cpu, wall = [], []
    for _time in range(TIMES):
        began, ran = perf_counter(), process_time()
        work()
        wall.append((perf_counter() - began) * 1e3)
        cpu.append((process_time() - ran) * 1e3)
    size = len(file) / 1024
    print(f"{name:24} {median(cpu):7.1f} ms CPU {median(wall):7.1f} ms {size:6.0f} kB")


def smallest() -> bytes:
    return typesetting.pdf(b"#set document(title: [A])\nA", {}, NOW)


def main() -> None:
    with TemporaryDirectory() as home:
        app = create_app(read({"ACADEMY_HOME": home, "ACADEMY_DEMO": "1"}))
        with app.test_request_context("/"), force_locale("fr"):
            said = contents(HOLDER, *everything(), TODAY)
            line("the smallest PDF", smallest)
            for paper in Paper:
                line(f"passport, {paper.value}", partial(setting.pdf, said, paper, NOW))


if __name__ == "__main__":
    main()
