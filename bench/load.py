"""Load on the loopback, and what it costs the servers: a small keep-alive client, and Linux's /proc."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import create_connection, socket
from tempfile import TemporaryFile
from urllib.parse import urlencode

from academy.settings import ROOT

PATIENCE = 60
AGENT = "academy-bench"
KIB_PER_MIB = 1024


@dataclass(frozen=True, slots=True)
class Post:
    """One request, ready to be sent."""

    path: str
    cookie: str
    fields: Sequence[tuple[str, str]]

    def raw(self) -> bytes:
        body = urlencode(self.fields).encode()
        head = (
            f"POST {self.path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: {AGENT}\r\n"
            f"Cookie: session={self.cookie}\r\nAccept-Language: en\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body


class Server:
    """One granian, WSGI, with its worker processes."""

    def __init__(
        self,
        target: str,
        environment: dict[str, str],
        workers: int,
        threads: int,
        program: str = "granian",
    ) -> None:
        with socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        command = [
            *(sys.executable, "-m", program, "--interface", "wsgi", "--host", "127.0.0.1"),
            *("--port", str(self.port), "--workers", str(workers)),
            *("--blocking-threads", str(threads), "--log-level", "error", target),
        ]
        self.log = TemporaryFile()  # noqa: SIM115  # closed when it stops; a line for each request
        self.process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **environment}, stderr=self.log
        )

    def wait(self) -> None:
        """Until it takes connections."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                create_connection(("127.0.0.1", self.port), 1).close()
            except OSError:
                time.sleep(0.1)
            else:
                return
        self.log.seek(0)
        raise TimeoutError(f"{self.port}: {self.log.read()[-2000:].decode(errors='replace')}")

    def workers(self) -> list[int]:
        pid = self.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
        return [int(child) for child in children]

    def cpu_seconds(self) -> float:
        """User and system time of the server and its workers so far."""
        return sum(cpu_seconds(pid) for pid in (self.process.pid, *self.workers()))

    def memory(self) -> float:
        """MiB resident in the largest worker."""
        return max(resident(pid) for pid in self.workers() or [self.process.pid])

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(PATIENCE)
        self.log.close()


@contextmanager
def serving(
    target: str,
    environment: dict[str, str],
    workers: int,
    threads: int,
    program: str = "granian",
) -> Iterator[Server]:
    """`program` is the module that serves: granian, or what reads the application before it does."""
    server = Server(target, environment, workers, threads, program)
    try:
        server.wait()
        yield server
    finally:
        server.stop()


def send(port: int, requests: Sequence[bytes], connections: int) -> list[float]:
    """Send them all over so many keep-alive connections; gives the milliseconds of each. All must be 200."""
    shares = [requests[number::connections] for number in range(connections)]
    with ThreadPoolExecutor(connections) as pool:
        found = list(pool.map(lambda share: _send(port, share), shares))
    return [each for share in found for each in share]


def _send(port: int, requests: Sequence[bytes]) -> list[float]:
    waits = []
    with create_connection(("127.0.0.1", port), PATIENCE) as there:
        for request in requests:
            start = time.perf_counter()
            there.sendall(request)
            status, body = _answer(there)
            waits.append((time.perf_counter() - start) * 1000)
            assert status == 200, (status, request[:80], body[:2000])
    return waits


def _answer(there: socket) -> tuple[int, bytes]:
    held = b""
    while b"\r\n\r\n" not in held:
        held += _more(there)
    head, _blank, body = held.partition(b"\r\n\r\n")
    lines = head.lower().split(b"\r\n")
    length = next(int(line[15:]) for line in lines if line.startswith(b"content-length:"))
    while len(body) < length:
        body += _more(there)
    return int(lines[0].split()[1]), body


def _more(there: socket) -> bytes:
    found = there.recv(65536)
    assert found, "the server closed the connection"
    return found


def cpu_seconds(pid: int) -> float:
    """Of all its threads that live, in nanoseconds: the ticks of /proc/*/stat are a hundredth of a second."""
    times = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(each.read_text("ascii").split()[0]) for each in times) / 1e9


def resident(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text("ascii").splitlines()
    return int(next(line.split()[1] for line in status if line.startswith("VmRSS"))) / KIB_PER_MIB
