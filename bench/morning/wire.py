"""HTTP over kept connections, for a client that must cost little."""

import asyncio
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    body: str
    cookie: str
    micros: int
    """CPU of the thread that answered, as it says itself (`served`)."""
    statements: int


class Line(asyncio.Protocol):
    """One connection, one request at a time."""

    def __init__(self) -> None:
        self.held = bytearray()
        self.waiting: asyncio.Future[Reply] | None = None
        self.transport: asyncio.Transport | None = None
        self.needs = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def connection_lost(self, _reason: Exception | None) -> None:
        self.transport = None
        if self.waiting and not self.waiting.done():
            self.waiting.set_exception(ConnectionResetError())

    def send(self, request: bytes) -> "asyncio.Future[Reply]":
        assert self.transport is not None
        self.held.clear()
        self.needs = 0
        self.waiting = asyncio.get_running_loop().create_future()
        self.transport.write(request)
        return self.waiting

    def data_received(self, data: bytes) -> None:
        self.held += data
        if not self.needs:
            end = self.held.find(b"\r\n\r\n")
            if end < 0:
                return
            self.needs = end + 4 + int(_named(bytes(self.held[:end]).lower(), b"content-length"))
        if len(self.held) >= self.needs and self.waiting and not self.waiting.done():
            self.waiting.set_result(_read(bytes(self.held)))


def _named(head: bytes, name: bytes) -> bytes:
    """What a header says; "0" when it is not there."""
    _before, found, rest = head.partition(b"\r\n" + name + b": ")
    return rest.partition(b"\r\n")[0] if found else b"0"


def _read(held: bytes) -> Reply:
    head, _blank, body = held.partition(b"\r\n\r\n")
    lower = head.lower()
    place = lower.find(b"\r\nset-cookie: session=")
    cookie = head[place + 22 :].partition(b";")[0].decode() if place >= 0 else ""
    micros, _comma, statements = _named(lower, b"x-cost").partition(b",")
    return Reply(
        int(head[9:12]), body.decode("utf-8"), cookie, int(micros), int(statements or b"0")
    )


class Lines:
    """As many connections as are needed at once; each is used again."""

    def __init__(self, port: int) -> None:
        self.port, self.idle, self.opened = port, list[Line](), 0

    async def send(self, request: bytes) -> Reply:
        line = self._free() or await self._open()
        reply = await line.send(request)
        self.idle.append(line)
        return reply

    def _free(self) -> Line | None:
        while self.idle:
            line = self.idle.pop()
            if line.transport is not None and not line.transport.is_closing():
                return line
        return None

    async def _open(self) -> Line:
        self.opened += 1
        loop = asyncio.get_running_loop()
        _transport, line = await loop.create_connection(Line, "127.0.0.1", self.port)
        return line

    def close(self) -> None:
        for line in self.idle:
            if line.transport is not None:
                line.transport.close()
