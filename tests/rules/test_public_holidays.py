"""Public holidays where people work."""

from datetime import date

from academy.people.public_holidays import public_holidays

CHRISTMAS = date(2026, 12, 25)
ALL_SAINTS = date(2026, 11, 1)
SAINT_JOHN = date(2026, 6, 24)
GOOD_FRIDAY = date(2026, 4, 3)


def test_each_country_has_its_own() -> None:
    french, canadian = public_holidays("FR", None, 2026), public_holidays("CA", "QC", 2026)

    assert CHRISTMAS in french & canadian
    assert ALL_SAINTS in french - canadian
    assert SAINT_JOHN in canadian - french


def test_a_region_has_more() -> None:
    assert GOOD_FRIDAY in public_holidays("FR", "57", 2026) - public_holidays("FR", None, 2026)


def test_several_years_are_put_together() -> None:
    found = public_holidays("FR", None, 2025, 2026, 2027)

    assert {day.year for day in found} == {2025, 2026, 2027}


def test_what_is_not_known_keeps_no_holiday_and_breaks_nothing() -> None:
    assert public_holidays(None, None, 2026) == frozenset()
    assert public_holidays("XX", None, 2026) == frozenset()
    assert public_holidays("FR", "nowhere", 2026) == public_holidays("FR", None, 2026)
    assert public_holidays("FR", None, 9999) == frozenset()
