"""What organisers say to have meetings composed."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateTimeLocalField, FieldList, HiddenField, IntegerField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from academy.community.once import token
from academy.mentoring.programmes.models import Programme
from academy.mentoring.programmes.rules import REMOTE
from academy.mentoring.programmes.words import place_name
from academy.mentoring.speed.composing.asked import Asked
from academy.web.fields import Ticks

MOST_MOMENTS = 20
SHOWN_FIRST = 4
SMALLEST, LARGEST = 2, 20
SHORTEST_TALK, LONGEST_TALK = 2, 15
MOST_AT_ONCE = 50
A_MINUTE = 60


def _size(label: object, default: int) -> IntegerField:
    between = NumberRange(SMALLEST, LARGEST, _("Type a number from 2 to 20."))
    return IntegerField(
        label, [InputRequired(_("Type a number from 2 to 20.")), between], default=default
    )


class ComposeForm(FlaskForm):
    moments = FieldList(
        DateTimeLocalField(_("Date and time"), [Optional()], format="%Y-%m-%dT%H:%M"),
        min_entries=MOST_MOMENTS,
        max_entries=MOST_MOMENTS,
    )
    places = Ticks(_("Places"), validators=[DataRequired(_("Choose one at least."))])
    at_once = IntegerField(
        _("Meetings at once in one place, at most"),
        [Optional(), NumberRange(1, MOST_AT_ONCE, _("Type a number from 1 to 50, or nothing."))],
        description=_("How many rooms you have. Left empty: as many as needed."),
    )
    wanted = _size(_("People wanted on each side"), 10)
    fewest = _size(_("At least"), 4)
    most = _size(_("At most"), 12)
    talk = IntegerField(
        _("Minutes for each one-to-one"),
        [
            InputRequired(_("Type a number from 2 to 15.")),
            NumberRange(SHORTEST_TALK, LONGEST_TALK, _("Type a number from 2 to 15.")),
        ],
        default=5,
    )
    token = HiddenField(default=token, validators=[Length(max=40)])

    def __init__(self, programme: Programme, zone: str, **data: Any) -> None:
        super().__init__(data=data)
        self.zone, self.last = zone, programme.ends_on
        names = [*programme.places, *([REMOTE] if programme.remote else [])]
        self.places.choices = [SelectChoice(each, place_name(each)) for each in names]
        for number, each in enumerate(self.moments, 1):
            each.label.text = _("Date and time %(number)s", number=number)

    def accepted(self, at: datetime) -> bool:
        """Was it sent and is it right? Every mistake is said, not only the first."""
        return self.is_submitted() and all([self.validate(), *self._sound(at)])

    def asked(self) -> Asked:
        return Asked(
            tuple(sorted({moment for _field, moment in self._moments()})),
            self.zone,
            tuple(self.places.data),
            self.at_once.data,
            self.wanted.data,
            self.fewest.data,
            self.most.data,
            self.talk.data * A_MINUTE,
        )

    def _moments(self) -> Iterator[tuple[Any, datetime]]:
        for each in self.moments:
            if each.data is not None:
                yield each, each.data.replace(tzinfo=ZoneInfo(self.zone)).astimezone(UTC)

    def _sound(self, at: datetime) -> Iterator[bool]:
        moments = list(self._moments())
        yield _right(self.moments[0], bool(moments), _("Offer one date and time at least."))
        for field, moment in moments:
            yield _right(field, moment > at, _("This moment is past."))
            there = moment.astimezone(ZoneInfo(self.zone)).date()
            yield _right(field, there <= self.last, _("The programme is over by then."))
        sizes = self.fewest.data, self.wanted.data, self.most.data
        if None not in sizes:
            ordered = sizes[0] <= sizes[1] <= sizes[2]
            words = _("The number wanted must lie between the least and the most.")
            yield _right(self.wanted, ordered, words)


def _right(field: Any, right: bool, words: object) -> bool:
    if not right:
        field.errors = [*field.errors, words]
    return right


def as_form(asked: Asked) -> dict[str, Any]:
    """What was asked last, to begin with; the moments are typed anew."""
    return {
        "places": list(asked.places),
        "at_once": asked.at_once,
        "wanted": asked.wanted,
        "fewest": asked.fewest,
        "most": asked.most,
        "talk": asked.talk_seconds // A_MINUTE,
    }
