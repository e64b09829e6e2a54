"""What is signed is read as itsdangerous reads it, and refused as itsdangerous refuses it."""

import time
from datetime import UTC, datetime
from typing import Any

import pytest
from flask.json.tag import TaggedJSONSerializer
from hypothesis import given
from hypothesis import strategies as st
from itsdangerous import BadSignature, URLSafeTimedSerializer

from academy.web.signing import Signed

KEYS = ("old", "new")
HOW: dict[str, Any] = {
    "signer_kwargs": {"key_derivation": "hmac"},
    "serializer": TaggedJSONSerializer(),
}
PLAIN = URLSafeTimedSerializer(KEYS, salt="a salt", **HOW)
OURS = Signed(KEYS, salt="a salt", **HOW)

json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=8,
)


def read(serializer: URLSafeTimedSerializer, signed: str | bytes, age: int | None) -> Any:
    """What comes out: a value, or which error with which words."""
    try:
        return serializer.loads(signed, age)
    except BadSignature as error:
        return type(error), str(error)


@given(json, st.sampled_from([None, 60]))
def test_what_was_signed_comes_back(value: Any, age: int | None) -> None:
    signed = PLAIN.dumps(value)

    assert read(OURS, signed, age) == read(PLAIN, signed, age) == value
    assert OURS.loads(signed.encode()) == value
    assert PLAIN.loads(OURS.dumps(value)) == value


@given(json, st.data())
def test_whatever_is_changed_is_refused_with_the_same_words(
    value: Any, data: st.DataObject
) -> None:
    signed = bytearray(PLAIN.dumps(value).encode())
    place = data.draw(st.integers(0, len(signed) - 1))
    signed[place] = data.draw(st.integers(0, 127))

    assert read(OURS, bytes(signed), 60) == read(PLAIN, bytes(signed), 60)


@given(st.text(max_size=80).map(lambda text: text.encode("utf-8", "replace")))
def test_anything_else_is_refused_too(rubbish: bytes) -> None:
    assert read(OURS, rubbish, 60) == read(PLAIN, rubbish, 60)


@pytest.mark.parametrize(
    "value", [{"at": datetime(2026, 3, 2, tzinfo=UTC)}, {"pair": (1, 2)}, {"raw": b"\x00"}]
)
def test_values_that_json_does_not_know_come_back_as_they_were(value: Any) -> None:
    assert OURS.loads(PLAIN.dumps(value)) == value


def test_what_an_older_key_signed_is_still_read() -> None:
    older = URLSafeTimedSerializer("old", salt="a salt", **HOW)

    assert OURS.loads(older.dumps({"a": 1})) == {"a": 1}


def test_another_salt_is_another_key() -> None:
    with pytest.raises(BadSignature):
        OURS.loads(URLSafeTimedSerializer(KEYS, salt="pepper", **HOW).dumps({"a": 1}))


@pytest.mark.parametrize("later", [0, 60, 61])
def test_what_is_too_old_is_refused(monkeypatch: pytest.MonkeyPatch, later: int) -> None:
    signed, now = PLAIN.dumps("token"), int(time.time())
    monkeypatch.setattr(time, "time", lambda: now + later)

    assert read(OURS, signed, 60) == read(PLAIN, signed, 60)
    assert (read(OURS, signed, 60) == "token") is (later <= 60)
    assert OURS.loads(signed) == "token"


@pytest.mark.parametrize("value", [{"a": 1}, {"pair": (1, 2)}])
@pytest.mark.parametrize(
    ("ahead", "good"), [(2, True), (600, True), (86_400, True), (86_460, False)]
)
def test_what_a_clock_signed_that_was_ahead_of_ours_is_good_for_a_day(
    monkeypatch: pytest.MonkeyPatch, value: Any, ahead: int, good: bool
) -> None:
    """Two machines differ by seconds, and a clock that ran ahead is put back: nobody is signed out for it."""
    later = int(time.time()) + ahead
    with monkeypatch.context() as then:
        then.setattr(time, "time", lambda: later)
        signed = OURS.dumps(value)

    assert (read(OURS, signed, 60) == value) == good
    assert read(OURS, signed, None) == value
