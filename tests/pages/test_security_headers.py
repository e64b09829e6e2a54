"""What a browser is told with every answer, whatever it is of."""

import pytest

from tests.visitor import Visitor

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_every_kind_of_answer_carries_them(reader: Visitor) -> None:
    """A page, a redirect, a page that is not there, a file, JSON, a form refused."""
    asked = {
        "/": 200,
        "/sign-in": 302,
        "/nothing": 404,
        "/static/css/tokens.css": 200,
        "/static/css/none.css": 404,
        "/health": 200,
        "/api/v1/people": 401,
        "/language": 405,
    }
    for path, status in asked.items():
        with reader.client.get(path) as answer:
            assert answer.status_code == status, path
            assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS, path
            policy = answer.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert "base-uri 'none'" in policy
            assert "frame-ancestors 'none'" in policy
    assert reader.client.post("/language").headers["X-Content-Type-Options"] == "nosniff"
