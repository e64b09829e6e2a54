"""Requests and answers read and sent in a shorter way are Flask's to the byte."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from flask import Flask, Request, Response
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.exceptions import ClientDisconnected, HTTPException, RequestEntityTooLarge
from werkzeug.routing import MapAdapter
from werkzeug.test import EnvironBuilder

from academy.web.exchange import BODY_LIMIT, FORM, Answer, Asked, plain_adapter

bare = Flask(__name__)
bare.config["MAX_CONTENT_LENGTH"] = BODY_LIMIT
texts = st.text(st.characters(codec="utf-8"), max_size=12)
bodies = st.one_of(
    st.binary(max_size=60),
    st.lists(st.tuples(texts, texts), max_size=5).map(
        lambda pairs: "&".join(f"{name}={value}" for name, value in pairs).encode()
    ),
    st.text("abc=&%+;é0", max_size=30).map(str.encode),
)


def environ(body: bytes, **more: Any) -> dict[str, Any]:
    built = EnvironBuilder(method="POST", path="/x").get_environ()
    return {
        **built,
        "CONTENT_TYPE": FORM,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": BytesIO(body),
        **more,
    }


def read(kind: type[Request], body: bytes, **more: Any) -> Any:
    asked = kind(environ(body, **more))
    return list(asked.form.lists()), list(asked.files.lists()), asked.get_data()


@given(bodies)
def test_forms_are_read_alike(body: bytes) -> None:
    with bare.app_context():
        assert read(Asked, body) == read(Request, body)


@pytest.mark.parametrize(
    "more",
    [
        {"CONTENT_TYPE": "text/plain"},
        {"CONTENT_TYPE": f"{FORM}; charset=utf-8"},
        {"CONTENT_TYPE": ""},
        {"CONTENT_LENGTH": ""},
        {"CONTENT_LENGTH": "-1"},
        {"CONTENT_LENGTH": "٣"},
        {"HTTP_TRANSFER_ENCODING": "chunked"},
        {"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input_terminated": True},
    ],
)
def test_what_is_no_simple_form_is_read_alike(more: dict[str, str]) -> None:
    with bare.app_context():
        assert read(Asked, b"a=1&b=2", **more) == read(Request, b"a=1&b=2", **more)


def test_a_form_that_is_too_long_is_refused() -> None:
    with bare.app_context(), pytest.raises(RequestEntityTooLarge):
        read(Asked, b"a" * (BODY_LIMIT + 1))


@pytest.mark.parametrize("digits", [7, 300, 5000])
def test_a_length_nobody_could_send_is_read_alike(digits: int) -> None:
    told = {"CONTENT_LENGTH": "9" * digits}
    with bare.app_context():
        assert outcome(Asked, told) == outcome(Request, told)


def outcome(kind: type[Request], told: dict[str, str]) -> object:
    try:
        return read(kind, b"a=1", **told)
    except (RequestEntityTooLarge, ClientDisconnected) as refused:
        return type(refused)


def test_a_form_cut_short_is_refused() -> None:
    with bare.app_context(), pytest.raises(ClientDisconnected):
        read(Asked, b"a=1", CONTENT_LENGTH="10")


def test_a_body_read_before_its_form_is_read_alike() -> None:
    with bare.app_context():
        asked = Asked(environ(b"a=1"))

        assert asked.get_data() == b"a=1"
        assert asked.form["a"] == "1"


def test_a_page_may_allow_itself_less() -> None:
    with bare.app_context():
        asked = Asked(environ(b"a=123456"))
        asked.max_content_length = 3

        with pytest.raises(RequestEntityTooLarge):
            _ = asked.form


@given(st.text(st.characters(max_codepoint=255), max_size=60))
def test_cookies_are_read_alike(cookie: str) -> None:
    headers = environ(b"", HTTP_COOKIE=cookie)

    assert list(Asked(headers).cookies.lists()) == list(Request(headers).cookies.lists())


def sent(answer: Response, method: str) -> tuple[str, list[tuple[str, str]], bytes]:
    seen: list[Any] = []
    body = answer(
        {**environ(b""), "REQUEST_METHOD": method},
        lambda status, headers, *_: seen.append((status, headers)),  # type: ignore[arg-type]
    )
    ((status, headers),) = seen
    return status, sorted(headers), b"".join(body)


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
@pytest.mark.parametrize(
    ("body", "status", "headers"),
    [
        ("<p>É</p>", 200, {}),
        (b"bytes", 200, {"Vary": "Cookie"}),
        (["two", "parts"], 200, {}),
        ("", 204, {}),
        ("", 304, {"ETag": '"a"'}),
        ("", 302, {"Location": "/é?a=b c"}),
        ("no", 404, {}),
    ],
)
def test_answers_are_sent_alike(
    method: str, body: Any, status: int, headers: dict[str, str]
) -> None:
    ours, theirs = (kind(body, status, headers) for kind in (Answer, Response))

    assert sent(ours, method) == sent(theirs, method)


def test_what_waits_for_the_end_is_called() -> None:
    ended: list[int] = []
    answer = Answer("page")
    answer.call_on_close(lambda: ended.append(1))
    body = answer(environ(b""), lambda *_: None)  # type: ignore[arg-type]
    list(body)
    body.close()  # type: ignore[attr-defined]

    assert ended == [1]


def test_headers_of_our_own_stand_back() -> None:
    answer = Answer("page", headers={"X-Frame-Options": "SAMEORIGIN"})

    said = answer.tell({"x-frame-options": "DENY", "Cache-Control": "no-store"})

    assert "x-frame-options" in said
    assert answer.headers.getlist("X-Frame-Options") == ["SAMEORIGIN"]
    assert answer.cache_control.no_store


def test_what_an_answer_depends_on_is_said_once() -> None:
    answer = Answer("page")

    for header in ("Cookie", "Accept-Language", "Cookie"):
        answer.depends_on(header)

    assert answer.headers.getlist("Vary") == ["Cookie, Accept-Language"]


hosts = st.sampled_from(
    ["academy.example", "Academy.Example:80", "academy.example:8000", "[::1]:8000", "école.example"]
) | st.text(st.characters(codec="latin-1"), min_size=1, max_size=12)


@given(
    hosts,
    st.text("abé/%.", max_size=8).map(lambda path: path.encode().decode("latin-1")),
    st.sampled_from(["", "/academy", "/academy/"]),
    st.sampled_from(["http", "https"]),
    st.sampled_from(["", "a=1"]),
)
def test_a_request_is_bound_alike(host: str, path: str, root: str, scheme: str, query: str) -> None:
    told = {
        "HTTP_HOST": host,
        "PATH_INFO": path,
        "SCRIPT_NAME": root,
        "wsgi.url_scheme": scheme,
        "QUERY_STRING": query,
    }

    plain = bound(told, lambda asked: plain_adapter(bare.url_map, asked))

    if path and not query:
        assert plain == bound(told, bare.create_url_adapter)
    else:
        assert plain is None


def bound(
    told: dict[str, str], bind: Callable[[Request], MapAdapter | None]
) -> dict[str, object] | str | None:
    """What an adapter knows, and the host told; or why there is none."""
    asked = Asked(environ(b"", **told))
    try:
        adapter = bind(asked)
    except HTTPException as refused:
        return type(refused).__name__
    if adapter is None:
        return None
    known = {**vars(adapter), "script_name": adapter.script_name.replace("//", "/")}
    known["path_info"] = "/" + adapter.path_info.lstrip("/")  # as it is matched
    return {**known, "host": asked.host}
