"""What is known of the providers: asked for once an hour, used for a day when they are down."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Generic, TypeVar

from flask import current_app
from joserfc.jwk import KeySet

from academy.people.signon import metadata, wire
from academy.people.signon.metadata import Metadata
from academy.people.signon.troubles import SignOnRefused, Trouble
from academy.providers import Provider

FRESH = timedelta(hours=1)
STALE = timedelta(days=1)
REST = timedelta(seconds=30)
"""After a failure nobody waits for the provider again so soon."""
KEYS_AGAIN = timedelta(minutes=1)
"""A key that is not known makes the keys be read again, but not more often."""
PATIENCE = wire.WHOLE + 1
HELD = "signon"

Value = TypeVar("Value")


@dataclass(slots=True)
class Fetched(Generic[Value]):
    """Something a provider publishes. One thread asks for it, the others wait for that answer."""

    fetch: Callable[[datetime], Value]
    _value: Value | None = None
    _read_at: datetime | None = None
    _failed_at: datetime | None = None
    _lock: Lock = field(default_factory=Lock)

    def value(self, at: datetime, no_older_than: timedelta = FRESH) -> Value:
        """Raises SignOnRefused when there is none that may still be used."""
        found = self._kept(at, no_older_than)
        if found is not None:
            return found
        if not self._lock.acquire(timeout=PATIENCE):
            return self._old(at)
        try:
            return self._kept(at, no_older_than) or self._anew(at)
        finally:
            self._lock.release()

    def _anew(self, at: datetime) -> Value:
        if self._failed_at is not None and at - self._failed_at < REST:
            return self._old(at)
        try:
            found = self.fetch(at)
        except SignOnRefused as refused:
            self._failed_at = at
            return self._old(at, refused)
        self._value, self._read_at, self._failed_at = found, at, None
        return found

    def _kept(self, at: datetime, no_older_than: timedelta) -> Value | None:
        fresh = self._read_at is not None and at - self._read_at < no_older_than
        return self._value if fresh else None

    def _old(self, at: datetime, refused: SignOnRefused | None = None) -> Value:
        found = self._kept(at, STALE)
        if found is None:
            raise refused or SignOnRefused(Trouble.UNREACHABLE, "resting")
        return found


class Known:
    """One provider: what it says of itself, and its keys."""

    def __init__(self, provider: Provider) -> None:
        self._provider = provider
        self._said = Fetched(self._read)
        self._keys = Fetched(self._read_keys)

    def said(self, at: datetime) -> Metadata:
        return self._said.value(at)

    def keys(self, at: datetime, again: bool = False) -> KeySet:
        """`again` when a token names a key that is not among them."""
        return self._keys.value(at, KEYS_AGAIN if again else FRESH)

    def _read(self, _at: datetime) -> Metadata:
        found = wire.document(metadata.address(self._provider.issuer))
        return metadata.read(found, self._provider)

    def _read_keys(self, at: datetime) -> KeySet:
        return metadata.key_set(wire.document(self.said(at).keys))


def known(provider: Provider) -> Known:
    """What this process knows of it. Another issuer or client under the same name is another provider."""
    held: dict[tuple[str, str], Known] = current_app.extensions.setdefault(HELD, {})
    return held.setdefault((provider.issuer, provider.client_id), Known(provider))
