"""What it costs to write down and to count one request: `python -m bench.watching`.

CPU of this process, the best of seven times; the log goes to a file. No server and no database: beside what
an answer costs (`bench.answer`), this is what watching adds to it.
"""

import os
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from academy import create_app, logs, settings
from academy.web.counting import Counts
from academy.web.watching import SAID, Watched

TIMES, ROUNDS = 20_000, 7
ASKED = {"REQUEST_METHOD": "POST", SAID: ("/minute", 200, "0123456789ab")}


def best(deed: Callable[[], object]) -> float:
    """Microseconds of CPU."""
    found = []
    for _round in range(ROUNDS):
        began = time.process_time()
        for _time in range(TIMES):
            deed()
        found.append((time.process_time() - began) / TIMES * 1e6)
    return min(found)


def nothing(_environ: object, _start: object) -> list[bytes]:
    return []


def main() -> None:
    with TemporaryDirectory() as home:
        app = create_app(settings.read({"ACADEMY_HOME": home, "ACADEMY_DEMO": "1"}))
        counts = Counts(app, Path(home) / "metrics")
        plain: Any = nothing
        floor = best(lambda: plain(ASKED, None))

        def told(name: str, watched: Any) -> None:
            print(f"{name:<28}{best(lambda: watched(ASKED, None)) - floor:6.2f} µs")

        told("seen, nothing kept", Watched(nothing, None))
        told("counted", Watched(nothing, counts))
        with (Path(home) / "log").open("wb") as file:
            terminal = os.dup(logs.STANDARD_ERROR)
            os.dup2(file.fileno(), logs.STANDARD_ERROR)
            try:
                for form in ("text", "json"):
                    logs.begin(form, words=False)
                    told(f"a line of {form}", Watched(nothing, None))
            finally:
                os.dup2(terminal, logs.STANDARD_ERROR)
        began = time.process_time()
        counts.total()
        print(f"{'all counts added up':<28}{(time.process_time() - began) * 1e3:6.2f} ms")


if __name__ == "__main__":
    main()
