"""Files sealed with a passphrase, in the format age v1 (age-encryption.org/v1): `age -d` opens them too.

A key of the file's own is wrapped by scrypt over the passphrase; the content goes in chunks of 64 KiB, each
ChaCha20-Poly1305 under a nonce that counts and marks the last one, so that a chunk moved, doubled, cut off or
changed is noticed. The library that speaks age in Python seals with passphrases in memory only.
"""

import hmac
import io
import os
import secrets
from base64 import b64decode, b64encode
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

VERSION = b"age-encryption.org/v1\n"
LABEL = b"age-encryption.org/v1/scrypt"
CHUNK, TAG = 64 * 1024, 16
WORK = 16  # scrypt's N is two to this power: a tenth of a second and 64 MB, once for each file
MOST_WORK = 20
LONGEST_HEADER = 1024
NO_NONCE = bytes(12)


class CannotOpen(Exception):
    """Another passphrase, or a file that is damaged or was cut; the message says which is known."""


class Sealer:
    """Write plainly, close, and `out` holds the sealed file. `out` stays open."""

    def __init__(self, out: BinaryIO, passphrase: str) -> None:
        self._out, self._left, self._number = out, bytearray(), 0
        key, salt, nonce = secrets.token_bytes(16), secrets.token_bytes(16), secrets.token_bytes(16)
        out.write(_header(key, salt, passphrase) + nonce)
        self._seal = ChaCha20Poly1305(_derived(key, nonce, b"payload")).encrypt

    def write(self, data: Any) -> int:
        """Whole chunks leave once it is known that more follows."""
        self._left += data
        while len(self._left) > CHUNK:
            self._send(bytes(self._left[:CHUNK]), last=False)
            del self._left[:CHUNK]
        return len(data)

    def flush(self) -> None:
        self._out.flush()

    def close(self) -> None:
        self._send(bytes(self._left), last=True)

    def _send(self, chunk: bytes, last: bool) -> None:
        self._out.write(self._seal(_nonce(self._number, last), chunk, None))
        self._number += 1


class Opened(io.RawIOBase):
    """What was sealed, readable from any place. Its end is proven at once, each chunk when it is read."""

    def __init__(self, source: BinaryIO, passphrase: str) -> None:
        super().__init__()
        self._source, self._at, self._held = source, 0, (-1, b"")
        key = _unwrapped(source, passphrase)
        self._open = ChaCha20Poly1305(_derived(key, _exactly(source, 16), b"payload")).decrypt
        self._start = source.tell()
        length = source.seek(0, os.SEEK_END) - self._start
        self._last = max(0, (length - 1) // (CHUNK + TAG))
        self._size = self._last * CHUNK + len(self._chunk(self._last))

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        self._at = offset + {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        return self._at

    def readinto(self, into: Any) -> int:
        number, within = divmod(self._at, CHUNK)
        if self._at >= self._size:
            return 0
        found = self._chunk(number)[within : within + len(into)]
        into[: len(found)] = found
        self._at += len(found)
        return len(found)

    def _chunk(self, number: int) -> bytes:
        if self._held[0] != number:
            self._source.seek(self._start + number * (CHUNK + TAG))
            sealed = self._source.read(CHUNK + TAG)
            try:
                self._held = (
                    number,
                    self._open(_nonce(number, number == self._last), sealed, None),
                )
            except InvalidTag as error:
                raise CannotOpen("The file is damaged, or its end is missing.") from error
        return self._held[1]


def is_sealed(start: bytes) -> bool:
    """Does a file that begins so need a passphrase?"""
    return start.startswith(VERSION)


def _header(key: bytes, salt: bytes, passphrase: str) -> bytes:
    wrapped = ChaCha20Poly1305(_stretched(passphrase, salt, WORK)).encrypt(NO_NONCE, key, None)
    head = VERSION + b"-> scrypt %s %d\n%s\n---" % (_64(salt), WORK, _64(wrapped))
    return head + b" %s\n" % _64(_mac(key, head))


def _unwrapped(source: BinaryIO, passphrase: str) -> bytes:
    """The key of the file; raises CannotOpen."""
    lines = [source.readline(LONGEST_HEADER) for _ in range(4)]
    try:
        arrow, kind, salt, work = lines[1].split()
        if (lines[0], arrow, kind) != (VERSION, b"->", b"scrypt") or not 0 < int(work) <= MOST_WORK:
            raise ValueError("another kind of age file")
        opened = ChaCha20Poly1305(_stretched(passphrase, _un64(salt), int(work)))
        key = opened.decrypt(NO_NONCE, _un64(lines[2]), None)
        told = _un64(lines[3].removeprefix(b"--- "))
    except InvalidTag as error:
        raise CannotOpen("The passphrase does not open this file.") from error
    except ValueError as error:
        raise CannotOpen("The file is not sealed with a passphrase.") from error
    if not hmac.compare_digest(told, _mac(key, b"".join(lines[:3]) + b"---")):
        raise CannotOpen("The beginning of the file is damaged.")
    return key


def _exactly(source: BinaryIO, length: int) -> bytes:
    found = source.read(length)
    if len(found) < length:
        raise CannotOpen("The file is damaged, or its end is missing.")
    return found


def _stretched(passphrase: str, salt: bytes, work: int) -> bytes:
    return Scrypt(LABEL + salt, length=32, n=2**work, r=8, p=1).derive(passphrase.encode())


def _derived(key: bytes, salt: bytes | None, info: bytes) -> bytes:
    return HKDF(SHA256(), length=32, salt=salt, info=info).derive(key)


def _mac(key: bytes, head: bytes) -> bytes:
    return hmac.digest(_derived(key, None, b"header"), head, "sha256")


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _64(raw: bytes) -> bytes:
    return b64encode(raw).rstrip(b"=")


def _un64(text: bytes) -> bytes:
    text = text.strip()
    return b64decode(text + b"=" * (-len(text) % 4), validate=True)
