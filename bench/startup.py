"""How long the academy takes to open its content, and what it holds in memory.

`python -m bench.startup [folder]` reads the shipped pack, then one fifty times as large, each in a
process of its own.
"""

import re
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

TIMES_LARGER = 50
RUNS = 3
KIB_PER_MIB = 1024
KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
SHIPPED = Path(__file__).parent.parent / "content"


@dataclass(frozen=True, slots=True)
class Measure:
    """CPU seconds and peak memory in MiB of one process."""

    seconds: float
    peak: float


def enlarge(pack: Path, to: Path, times: int) -> None:
    """Writes a pack with every theme of `pack` `times` over, under other keys."""
    keys = {path.name.partition(".")[0] for path in pack.glob("*/*/*.md")}
    for path in pack.glob("*/*/*.yaml"):
        keys |= set(re.findall(r"key: ([a-z0-9-]+)", path.read_text("utf-8")))
    for number in range(times):
        for path in pack.glob("*/**/*.*"):
            _copy(path, pack, to, keys, f"-{number}")


def _copy(path: Path, pack: Path, to: Path, keys: set[str], suffix: str) -> None:
    *folders, name = path.relative_to(pack).parts
    stem, dot, end = name.partition(".")
    place = to.joinpath(*(folder + suffix for folder in folders))
    place.mkdir(parents=True, exist_ok=True)
    content = path.read_bytes()
    if path.suffix == ".yaml":
        text = content.decode()
        content = KEY.sub(lambda key: key[0] + suffix if key[0] in keys else key[0], text).encode()
    (place / f"{stem + suffix if stem in keys else stem}{dot}{end}").write_bytes(content)


def open_pack(folder: str) -> Measure:
    from academy.catalog.pack import read_pack  # noqa: PLC0415  # each process pays for its imports

    return _measure(lambda: read_pack(Path(folder)))


def import_only(_folder: str) -> Measure:
    def load() -> object:
        from academy.catalog import pack  # noqa: PLC0415  # the import is what is measured

        return pack

    return _measure(load)


def start_app(_folder: str) -> Measure:
    def start() -> object:
        from academy import create_app, settings  # noqa: PLC0415  # the import is what is measured

        return create_app(settings.read({"ACADEMY_HOME": home, "ACADEMY_DEMO": "1"}))

    with TemporaryDirectory() as home:
        return _measure(start)


def _measure(deed: Callable[[], object]) -> Measure:
    start = time.process_time()
    kept = deed()
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB_PER_MIB
    del kept
    return Measure(seconds, peak)


def in_fresh_processes(deed: Callable[[str], Measure], folder: Path) -> Measure:
    """The median of several runs, each in a new process."""
    with get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        measures = [pool.apply(deed, (str(folder),)) for _ in range(RUNS)]
    return Measure(median(one.seconds for one in measures), max(one.peak for one in measures))


def row(name: str, folder: Path, deed: Callable[[str], Measure]) -> str:
    files = [path for path in folder.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files) / 1e6
    measure = in_fresh_processes(deed, folder)
    return f"{name:<22}{size:>9.1f}{len(files):>8}{measure.seconds:>13.2f}{measure.peak:>10.0f}"


def main() -> None:
    shipped = Path(sys.argv[1]) if len(sys.argv) > 1 else SHIPPED
    print(f"{'':<22}{'MB':>9}{'files':>8}{'CPU seconds':>13}{'peak MiB':>10}")
    print(row("imports alone", shipped, import_only))
    print(row("shipped pack", shipped, open_pack))
    with TemporaryDirectory() as place:
        enlarge(shipped, Path(place), TIMES_LARGER)
        print(row(f"{TIMES_LARGER} times as much", Path(place), open_pack))
    print(row("create_app", shipped, start_app))


if __name__ == "__main__":
    main()
