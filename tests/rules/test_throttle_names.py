"""The names of buckets: they tell nothing, and part what must be apart."""

from datetime import UTC, datetime, timedelta

from academy.web.throttle import Limit

QUARTER = timedelta(minutes=15)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SIGN_IN = Limit("sign-in", 8, QUARTER)


def test_a_bucket_does_not_name_the_person() -> None:
    bucket = SIGN_IN.bucket("ada@aurore.example", NOON)

    assert bucket.startswith("sign-in:")
    assert "ada" not in bucket
    assert "aurore" not in bucket


def test_tries_of_one_window_share_a_bucket() -> None:
    almost_over = NOON + QUARTER - timedelta(seconds=1)

    assert SIGN_IN.bucket("ada", NOON) == SIGN_IN.bucket("ada", almost_over)


def test_people_purposes_and_windows_have_buckets_of_their_own() -> None:
    buckets = {
        SIGN_IN.bucket("ada", NOON),
        SIGN_IN.bucket("bob", NOON),
        SIGN_IN.bucket("ada", NOON + QUARTER),
        Limit("verify", 8, QUARTER).bucket("ada", NOON),
    }

    assert len(buckets) == 4
