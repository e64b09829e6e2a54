"""A form counts when its token was signed for forms, for the browser that sends it, from a page of ours."""

import pytest
from flask import Flask
from itsdangerous import URLSafeTimedSerializer

from tests.pages.conftest import token
from tests.visitor import Visitor

SECURE = {"wsgi.url_scheme": "https", "HTTP_HOST": "localhost"}


@pytest.mark.parametrize(
    ("referrer", "status"),
    [
        ("https://localhost/minute", 302),
        ("https://localhost:444/minute", 400),
        ("http://localhost/minute", 400),
        ("https://elsewhere.example/", 400),
        ("https://[", 400),
        ("https://localhost:abc/", 400),
        ("", 400),
    ],
)
@pytest.mark.parametrize("where", ["field", "header"])
def test_over_https_a_form_must_come_from_a_page_of_ours(
    reader: Visitor, referrer: str, status: int, where: str
) -> None:
    fields, headers = {"language": "fr"}, {"Referer": referrer}
    told, name = (fields, "csrf_token") if where == "field" else (headers, "X-CSRFToken")
    told[name] = token(reader)

    answer = reader.client.post("/language", data=fields, headers=headers, environ_overrides=SECURE)

    assert answer.status_code == status


def test_a_token_may_come_in_a_header(reader: Visitor) -> None:
    for sent, status in ((token(reader), 302), ("forged", 400)):
        answer = reader.client.post(
            "/language", data={"language": "fr"}, headers={"X-CSRFToken": sent}
        )
        assert answer.status_code == status


def test_a_token_signed_for_something_else_is_refused(reader: Visitor, app: Flask) -> None:
    with reader.client.session_transaction() as held:
        held["csrf_token"] = "a" * 40
    for salt, said, status in (
        ("wtf-csrf-token", "a" * 40, 302),
        ("wtf-csrf-token", "b" * 40, 400),
        ("cookie-session", "a" * 40, 400),
    ):
        signed = URLSafeTimedSerializer(app.config["SECRET_KEY"], salt=salt).dumps(said)
        fields = {"csrf_token": signed, "language": "fr"}
        assert reader.client.post("/language", data=fields).status_code == status, (salt, said)


def test_a_token_made_for_one_browser_is_refused_from_another(reader: Visitor, app: Flask) -> None:
    other = Visitor(app)
    other.get("/sign-in")  # it has a token of its own

    for sender, status in ((other, 400), (reader, 302)):
        fields = {"csrf_token": token(reader), "language": "fr"}
        assert sender.client.post("/language", data=fields).status_code == status
