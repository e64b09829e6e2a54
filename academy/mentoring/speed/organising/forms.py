"""What organisers change of a meeting."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateTimeLocalField, HiddenField, IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from academy.mentoring.programmes.models import Programme
from academy.mentoring.programmes.rules import REMOTE
from academy.mentoring.programmes.words import place_name
from academy.mentoring.speed.composing.forms import LARGEST
from academy.mentoring.speed.models import LONGEST_ROOM, SpeedMeeting
from academy.mentoring.speed.organising.services import Terms
from academy.web.incoming import one_line


class MeetingForm(FlaskForm):
    starts_at = DateTimeLocalField(
        _("Date and time"), [DataRequired(_("Say when."))], format="%Y-%m-%dT%H:%M"
    )
    place = SelectField(_("Place"))
    room = StringField(
        _("Room, or how to join"),
        [Length(max=LONGEST_ROOM)],
        filters=[one_line],
        description=_("A room, a link, a number to call: it stands in the invitation."),
        render_kw={"autocomplete": "off"},
    )
    chairs = IntegerField(
        _("People on each side, at most"),
        [
            InputRequired(_("Type a number from 1 to 20.")),
            NumberRange(1, LARGEST, _("Type a number from 1 to 20.")),
        ],
    )
    version = HiddenField(default="0")

    def __init__(self, programme: Programme, meeting: SpeedMeeting, zone: str) -> None:
        there = meeting.starts_at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        known: dict[str, Any] = {"starts_at": there, "place": meeting.place, "room": meeting.room}
        super().__init__(data={**known, "chairs": meeting.chairs, "version": str(meeting.version)})
        self.zone = zone
        names = [*programme.places, *([REMOTE] if programme.remote else [])]
        names += [] if meeting.place in names else [meeting.place]
        self.place.choices = [SelectChoice(each, place_name(each)) for each in names]

    def accepted(self, at: datetime) -> bool:
        if not (self.is_submitted() and self.validate()):
            return False
        if self.moment() <= at:
            self.starts_at.errors = [_("This moment is past.")]
            return False
        return True

    def moment(self) -> datetime:
        typed: datetime = self.starts_at.data
        return typed.replace(tzinfo=ZoneInfo(self.zone)).astimezone(UTC)

    def terms(self) -> Terms:
        return Terms(
            self.moment(), self.zone, self.place.data, self.room.data or "", self.chairs.data
        )
