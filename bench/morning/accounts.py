"""What processes cost: CPU and memory, as Linux tells them in /proc."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.load import KIB_PER_MIB, cpu_seconds


@dataclass(frozen=True, slots=True)
class Memory:
    """MiB of one process: resident, its own alone, its share of what is shared, and the most it ever had."""

    rss: float
    uss: float
    pss: float
    peak: float


def family(pid: int) -> Iterator[int]:
    """The process and all its descendants that live."""
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    except OSError:
        return
    for child in children:
        yield from family(int(child))


def spent(pid: int | None) -> float:
    """CPU seconds of a process and its descendants so far."""
    if pid is None:
        return 0.0
    total = 0.0
    for each in family(pid):
        try:
            total += cpu_seconds(each)
        except OSError:  # it has just ended
            continue
    return total


def memory(pid: int) -> Memory:
    rollup = _fields(Path(f"/proc/{pid}/smaps_rollup"))
    own = rollup["Private_Clean"] + rollup["Private_Dirty"]
    peak = _fields(Path(f"/proc/{pid}/status"))["VmHWM"]
    return Memory(*(round(each, 1) for each in (rollup["Rss"], own, rollup["Pss"], peak)))


def _fields(file: Path) -> dict[str, float]:
    """The lines that give kB, in MiB."""
    lines = (line.split() for line in file.read_text("utf-8").splitlines())
    return {
        words[0].rstrip(":"): int(words[1]) / KIB_PER_MIB for words in lines if words[-1] == "kB"
    }


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share of all does not exceed; 0 of nothing."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(share * len(ranked)))] if ranked else 0.0
