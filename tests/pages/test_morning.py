"""The benchmark's crowd reads and answers pages as they are: else a morning measures error pages."""

from random import Random

from academy.people.models import Person
from bench.morning import accounts, visits
from tests.pages.conftest import Behind
from tests.visitor import Visitor


def test_the_crowd_of_the_benchmark_answers_what_the_page_asks(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    for slot in (1, 2):
        asked = visits.asked(reader.client.get("/minute").text)

        assert asked is not None
        assert asked.slot == slot
        sent = reader.client.post(asked.path, data=dict(visits.given(asked, Random(slot))))  # noqa: S311  # no secret
        assert sent.status_code == 200

    assert visits.asked(reader.client.get("/minute").text) is None


def test_the_crowd_signs_in_with_the_token_of_the_page(visitor: Visitor) -> None:
    token = visits.token(visitor.client.get("/sign-in").text)

    sent = visitor.client.post(
        "/sign-in", data={"csrf_token": token, "email": "nobody@aurore.example", "password": "no"}
    )

    assert sent.status_code == 401  # asked, and not known: the form itself was taken


def test_a_percentile_is_a_value_that_was_there() -> None:
    assert accounts.percentile([], 0.99) == 0
    assert accounts.percentile([3, 1, 2], 0.5) == 2
    assert accounts.percentile(range(100), 0.99) == 99
