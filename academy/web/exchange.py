"""Requests as they are read, and answers as they are sent: Flask's, without what a plain page does not need.

Each shortcut is taken where nothing is out of the ordinary; for everything else Flask's own way stands.
"""

from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

from flask import Request, Response
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.exceptions import ClientDisconnected
from werkzeug.sansio.http import parse_cookie
from werkzeug.utils import cached_property

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
            fields = parse_qsl(body.decode(), keep_blank_values=True, errors="werkzeug.url_quote")
        except UnicodeDecodeError:
            return _NOTHING
        return ImmutableMultiDict(fields)


class Answer(Response):
    """An answer that is a page goes out as it is."""

    def said(self) -> set[str]:
        """The headers that are there, in small letters."""
        return {name.lower() for name, _value in self.headers}

    def tell(self, headers: Mapping[str, str]) -> set[str]:
        """Add headers of our own where they are not there yet; gives those that were there.

        Werkzeug's `add` would look for line breaks in each of them, each time.
        """
        said = self.said()
        mine = [each for each in headers.items() if each[0].lower() not in said]
        self.headers._list.extend(mine)
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
