"""What becomes of the pairs of somebody who is erased. The caller commits."""

from datetime import datetime

from academy.mentoring.pairs import queries, services


def part_from(person_id: int, at: datetime) -> None:
    """The others are told; the pairs go with the rows that name this person."""
    for number in queries.begun_of(person_id):
        services.part_from_leaver(number, at, gone=person_id)
