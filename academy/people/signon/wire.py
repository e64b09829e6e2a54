"""How the academy speaks to a provider: no answer is too long, takes too long, or leads elsewhere."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from authlib.integrations.requests_client import OAuth2Session
from requests import PreparedRequest, RequestException, Response, Session
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError

from academy.people.signon.troubles import SignOnRefused, Trouble
from academy.providers import Provider

CONNECT, READ, WHOLE = 3.0, 5.0, 8.0
"""Seconds: to be heard, between two pieces, for the whole answer."""
LARGEST = 256 * 1024
PIECE = 16 * 1024
FINE = 200
Kind = TypeVar("Kind", bound=Session)


class Bounded(HTTPAdapter):
    """Reads the answer itself, piece by piece, and gives up in time."""

    def send(
        self,
        request: PreparedRequest,
        stream: bool = False,
        timeout: Any = None,
        verify: bool | str = True,
        cert: Any = None,
        proxies: Any = None,
    ) -> Response:
        until = time.monotonic() + WHOLE
        answer = super().send(request, True, (CONNECT, READ), verify, cert, proxies)
        try:
            if answer.is_redirect:
                raise RequestException("leads elsewhere")
            answer._content = b"".join(_pieces(answer, until))
        except (HTTPError, OSError) as error:
            raise RequestException("broken off") from error
        finally:
            answer.close()
        return answer


def _pieces(answer: Response, until: float) -> Iterator[bytes]:
    left = LARGEST
    while piece := answer.raw.read1(PIECE, decode_content=True):
        left -= len(piece)
        if left < 0:
            raise RequestException("too long")
        if time.monotonic() > until:
            raise RequestException("too slow")
        yield piece


@contextmanager
def client(provider: Provider, auth_method: str, redirect_uri: str) -> Iterator[OAuth2Session]:
    """The academy as this provider knows it."""
    with OAuth2Session(
        client_id=provider.client_id,
        client_secret=provider.client_secret or None,
        token_endpoint_auth_method=auth_method,
        scope=provider.scope,
        redirect_uri=redirect_uri,
        code_challenge_method="S256",
    ) as session:
        yield _bounded(session)


def document(url: str, bearer: str = "") -> dict[str, Any]:
    """The JSON object at this address. Raises SignOnRefused."""
    headers = {"Accept": "application/json"}
    if bearer:
        headers["Authorization"] = f"Bearer {bearer}"
    with speaking(), _bounded(Session()) as session:
        answer = session.get(url, headers=headers)
        if answer.status_code != FINE:
            raise RequestException(f"status {answer.status_code}")
        found = answer.json()
    if not isinstance(found, dict):
        raise SignOnRefused(Trouble.UNTRUSTWORTHY, "no object")
    return found


@contextmanager
def speaking() -> Iterator[None]:
    """Whatever goes wrong on the way is a provider that cannot be reached."""
    try:
        yield
    except RequestException as error:
        raise SignOnRefused(Trouble.UNREACHABLE, type(error).__name__) from error


def _bounded(session: Kind) -> Kind:
    session.mount("https://", Bounded())
    session.mount("http://", Bounded())
    return session
