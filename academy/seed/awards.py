"""What the award rules owe once everybody's days off are known, as the worker grants it."""

from datetime import datetime

from academy.passport import jobs


def grant_what_is_owed(now: datetime) -> None:
    while not jobs.walk(now, jobs.PEOPLE_AT_A_TIME):
        pass
