"""Public holidays by country and region, from the `holidays` package.

The package takes 0.1 s to import and 0.2 s for the first year of a country, 0.5 ms for the next ones:
it is imported when first needed, and each year is asked for once a process.
"""

from datetime import date
from functools import lru_cache
from importlib import import_module

YEARS_KEPT = 2_000


def public_holidays(country: str | None, region: str | None, *years: int) -> frozenset[date]:
    """The public holidays of these years; none for a country that is not known (nor given).

    A region (`QC`, `57`) that the country does not have is passed over.
    """
    if country is None:
        return frozenset()
    return frozenset().union(*(_of_year(country, region, year) for year in years))


@lru_cache(maxsize=YEARS_KEPT)
def _of_year(country: str, region: str | None, year: int) -> frozenset[date]:
    holidays = import_module("holidays")
    try:
        return frozenset(holidays.country_holidays(country, subdiv=region, years=year))
    except NotImplementedError:
        return _of_year(country, None, year) if region else frozenset()
