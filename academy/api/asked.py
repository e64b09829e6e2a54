"""What may be asked for: parameters, and where a list goes on."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from academy.web.incoming import LARGEST

MOST = 100
KEY = r"^[0-9a-f]{32}\Z"
ENTITY = r"^[a-z0-9]+(-[a-z0-9]+)*\Z"
CURSOR = r"^([0-9]{1,17}-)?[0-9]{1,18}\Z"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICRO = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a list goes on: after this number; among changes, after those of that moment up to it."""

    number: int
    moment: datetime | None = None

    def written(self) -> str:
        """As a cursor."""
        if self.moment is None:
            return str(self.number)
        return f"{(self.moment - _EPOCH) // _MICRO}-{self.number}"


START = Place(0)


def place(cursor: str) -> Place:
    moment, _dash, number = cursor.rpartition("-")
    return Place(int(number), _EPOCH + int(moment) * _MICRO if moment else None)


class Moment(fields.AwareDateTime):
    """Aware, and within what a calendar holds in UTC."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> datetime:
        found = super()._deserialize(value, *args, **kwargs)
        try:
            return found.astimezone(UTC)
        except OverflowError as beyond:
            raise ValidationError("beyond the calendar") from beyond


class Listed(Schema):
    cursor = fields.String(
        load_default="0",
        validate=validate.Regexp(CURSOR),
        metadata={"description": "`next_cursor` of the page before.", "example": "0"},
    )
    limit = fields.Integer(
        load_default=MOST,
        validate=validate.Range(1, MOST),
        metadata={"description": "How many at most."},
    )


class People(Listed):
    entity = fields.String(
        validate=[validate.Length(1, 60), validate.Regexp(ENTITY)],
        metadata={"description": "Key of an entity: who works in it or under it today."},
    )
    updated_since = Moment(
        metadata={
            "description": "Only whose data changed since; give `as_of` of the answer before. Looked "
            "for every quarter of an hour. Who was erased is in no list: read all of it from time to time."
        }
    )


class Campaigns(Schema):
    cursor = fields.String(
        load_default="0",
        validate=validate.Regexp(r"^[0-9]{1,18}\Z"),
        metadata={"description": "`next_cursor` of the page before."},
    )


class Day(Schema):
    day = fields.Date(metadata={"description": "As it was that day; the latest without it."})


LAST = LARGEST
"""After everybody of a moment."""
