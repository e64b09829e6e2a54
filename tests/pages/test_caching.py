"""Files are kept for as long as their name tells their content, by everybody alike; pages are not kept."""

import re

import pytest

from tests.visitor import Visitor

STYLE = re.compile(r"/static/css/tokens\.css\?v=[0-9a-f]{10}")


def test_a_file_named_by_its_content_is_kept_for_a_year_whoever_asks(reader: Visitor) -> None:
    named = STYLE.search(reader.get("/minute").response.text)
    assert named is not None

    with reader.client.get(named[0]) as answer:
        assert answer.status_code == 200
        assert answer.cache_control.max_age == 31_536_000
        assert answer.cache_control.public
        assert "Vary" not in answer.headers
        assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/static/css/tokens.css", 200),
        ("/static/css/tokens.css?v=", 200),
        ("/static/css/tokens.css?v=0123456789", 200),  # of another release than this worker's
        ("/static/css/none.css?v=0", 404),
        ("/static/..%2f..%2fwsgi.py?v=0", 404),
    ],
)
def test_a_file_under_another_name_is_asked_for_again(
    reader: Visitor, path: str, status: int
) -> None:
    with reader.client.get(path) as answer:
        assert answer.status_code == status
        assert not answer.cache_control.max_age
        assert not answer.cache_control.public


def test_a_page_is_never_kept_and_belongs_to_its_cookie(reader: Visitor) -> None:
    answer = reader.client.get("/minute")

    assert answer.headers["Cache-Control"] == "no-store"
    assert "Cookie" in answer.headers["Vary"]
