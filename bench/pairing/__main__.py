"""`python -m bench.pairing [--instances FOLDER] [--small N] [--yardsticks FOLDER] [--json]`.

With --instances: of every file of the folder its pairs, size, blocking pairs, CPU seconds. Else: sessions
of 10 to 30 a side and large pools, beside the yardsticks if their folder is there, and N small pools against
trying everything.
"""

import argparse
import json
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench.pairing import instances, pools, sessions, small
from bench.pairing.yardsticks import FOLDER, LIBRARIES, installed, yardsticks


def main() -> None:
    options = _options()
    if options.instances is not None:
        found: dict[str, Any] = {"instances": instances.measured(options.instances)}
    else:
        found = _figures(options)
    if options.json:
        print(json.dumps(found))
        return
    for title, rows in found.items():
        print(f"## {title}")
        for row in rows if isinstance(rows, list) else [rows]:
            print(row if isinstance(row, str) else json.dumps(row, ensure_ascii=False))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.pairing")
    parser.add_argument("--instances", type=Path, help="a folder of files, each an instance")
    parser.add_argument("--yardsticks", type=Path, default=FOLDER)
    parser.add_argument("--small", type=int, default=10_000, help="how many small pools to try")
    parser.add_argument("--quick", action="store_true", help="no large pool, 300 small ones")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def _figures(options: argparse.Namespace) -> dict[str, Any]:
    there = {library: version(library) if installed(library) else "absent" for library in LIBRARIES}
    found: dict[str, Any] = {"libraries": there}
    count = min(options.small, 300) if options.quick else options.small
    with yardsticks(options.yardsticks) as yard:
        if yard is None:
            found["sessions"] = f"no yardsticks in {options.yardsticks}: not measured"
        else:
            found["sessions"] = sessions.measured(yard)
            found["pools"] = pools.measured(yard, pools.SIZES[:1] if options.quick else pools.SIZES)
    found["strict lists: pairs, blocking, worst, total, proven, cpu"] = sessions.strict_lists()
    found["small pools"] = _small(count)
    return found


def _small(count: int) -> dict[str, Any]:
    """How many of the small pools the product gets wrong."""
    wrong = {
        seed: found
        for seed in range(count)
        if (found := small.disagreements(small.case(seed), seed))
    }
    return {"tried": count, "wrong": len(wrong), "which": wrong}


if __name__ == "__main__":
    main()
