"""Requests as they are read, and answers as they are sent: Flask's, without what a plain page does not need.

Each shortcut is taken where nothing is out of the ordinary; for everything else Flask's own way stands.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from io import BytesIO
from operator import itemgetter
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

from flask import Request, Response
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.exceptions import ClientDisconnected
from werkzeug.routing import Map, MapAdapter
from werkzeug.sansio.http import parse_cookie
from werkzeug.utils import cached_property
from werkzeug.wsgi import get_host

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

BODY_LIMIT: Final = 256 * 1024
FORM: Final = "application/x-www-form-urlencoded"
DIGITS: Final = len(str(BODY_LIMIT))
_OK: Final = 200
_SPECIAL: Final = frozenset({"content-length", "location", "content-location"})
_WHOLE: Final = frozenset({"content-length"})
_NOTHING: Final[ImmutableMultiDict[str, str]] = ImmutableMultiDict()


class Asked(Request):
    """A request whose cookies and simple forms are read at once."""

    @cached_property
    def cookies(self) -> ImmutableMultiDict[str, str]:
        """A WSGI server joins what came in several headers."""
        cookies = self.environ.get("HTTP_COOKIE", "")
        return parse_cookie(cookies, cls=self.dict_storage_class)  # type: ignore[return-value]  # immutable

    def _load_form_data(self) -> None:
        if self._is_simple_form():
            known = self.__dict__
            known["stream"], known["form"], known["files"] = BytesIO(), self._form(), _NOTHING
        else:
            super()._load_form_data()

    def _is_simple_form(self) -> bool:
        """Not read yet, of a length that is told and allowed, and encoded the usual way."""
        length = self.environ.get("CONTENT_LENGTH", "")
        return (
            self.environ.get("CONTENT_TYPE") == FORM
            and "HTTP_TRANSFER_ENCODING" not in self.environ  # which says that the length is not it
            and length.isascii()
            and length.isdecimal()
            and len(length) <= DIGITS
            and int(length) <= BODY_LIMIT
            and self._max_content_length is None
            and self.__dict__.keys().isdisjoint({"stream", "form", "_cached_data"})
        )

    def _form(self) -> ImmutableMultiDict[str, str]:
        length = int(self.environ["CONTENT_LENGTH"])
        body = self.environ["wsgi.input"].read(length)
        if len(body) < length:
            raise ClientDisconnected
        try:
            fields = _fields(body)
        except UnicodeDecodeError:
            return _NOTHING
        return ImmutableMultiDict(fields)


def plain_adapter(known: Map, asked: Request) -> MapAdapter | None:
    """What Werkzeug binds this request to, where it is nothing but a path on a host; else None.

    An academy is one host's, whatever it is called: no server's name is set and no subdomain is told apart.
    """
    environ = asked.environ
    host, path = environ.get("HTTP_HOST"), environ.get("PATH_INFO")
    if not (host and path) or environ.get("QUERY_STRING") or "HTTP_UPGRADE" in environ:
        return None
    scheme = environ["wsgi.url_scheme"]
    asked.host, server = _server(scheme, host)
    method = environ["REQUEST_METHOD"]
    return MapAdapter(known, server, asked.root_path, "", scheme, asked.path, method, "")


@lru_cache(maxsize=64)
def _server(scheme: str, host: str) -> tuple[str, str]:
    """A host as Flask tells it, and as Werkzeug builds addresses with it. Raises HTTPException for none."""
    said = get_host({"wsgi.url_scheme": scheme, "HTTP_HOST": host})
    return said, Map().bind(said.lower()).server_name


def _fields(body: bytes) -> list[tuple[str, str]]:
    """What was typed, decoded; where nothing is written in signs of addresses there is nothing to decode."""
    text = body.decode()
    if "%" in text or "+" in text:
        return parse_qsl(text, keep_blank_values=True, errors="werkzeug.url_quote")
    return [each.partition("=")[::2] for each in text.split("&") if each]


class Answer(Response):
    """An answer that is a page goes out as it is."""

    def said(self) -> set[str]:
        """The headers that are there, in small letters."""
        return set(map(str.lower, map(itemgetter(0), self.headers)))

    def tell(self, headers: Mapping[str, str]) -> set[str]:
        """Add headers of our own where they are not there yet; gives those that were there.

        Werkzeug's `add` would look for line breaks in each of them, each time.
        """
        said, ours = self.said(), headers.items()
        if said.isdisjoint(map(str.lower, headers)):
            self.headers._list.extend(ours)
        else:
            self.headers._list.extend([each for each in ours if each[0].lower() not in said])
        return said

    def depends_on(self, header: str) -> None:
        """Of the request: so that nobody keeps the answer for somebody else."""
        if "vary" in self.said():
            self.vary.add(header)
        else:
            self.headers.add("Vary", header)

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        if not self._is_plain(environ):
            return super().__call__(environ, start_response)
        start_response(self.status, [*self.headers])
        return self.response  # type: ignore[return-value]  # a list of bytes

    def _is_plain(self, environ: "WSGIEnvironment") -> bool:
        """A whole page for somebody who asked for it."""
        return (
            self.status_code == _OK
            and environ["REQUEST_METHOD"] != "HEAD"
            and type(self.response) is list
            and not self._on_close
            and self.said() & _SPECIAL == _WHOLE
        )
