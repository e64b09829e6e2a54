"""The generators and yardsticks beside the project, and libraries that may not be there: said when absent."""

import importlib
import importlib.util
import shutil
import sys
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.pairing.instances import Lists

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data" / "pairing_sim"
LIBRARIES = ("scipy", "ortools", "matching")


def installed(library: str) -> bool:
    """The library can be imported here."""
    return importlib.util.find_spec(library) is not None


class Yardsticks:
    """The yardsticks' modules, and the lists they last made an instance of."""

    def __init__(self) -> None:
        self.core: Any = importlib.import_module("core")
        self.gen: Any = importlib.import_module("gen")
        self.policy: Any = importlib.import_module("policy")
        self.algs: Any = importlib.import_module("algs") if installed("ortools") else None
        self.lists: tuple[Lists, Lists] = ([], [])
        normal = self.core.norm

        def remember(first: Lists, second: Lists, *places: Any) -> Any:
            self.lists = (first, second)
            return normal(first, second, *places)

        modules: tuple[Any, ...] = (self.gen, self.policy)
        for module in modules:
            module.norm = remember


@contextmanager
def yardsticks(folder: Path) -> Iterator[Yardsticks | None]:
    """The modules of a folder, copied where they may write; None if the folder is not there."""
    if not (folder / "policy.py").exists():
        yield None
        return
    with TemporaryDirectory() as place, chdir(place):
        for file in folder.glob("*.py"):
            shutil.copy(file, place)
        sys.path.insert(0, place)
        try:
            yield Yardsticks()
        finally:
            sys.path.remove(place)
