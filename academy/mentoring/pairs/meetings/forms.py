"""What one of a pair types in: times to meet, and a meeting held."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields import DateTimeLocalField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from academy.community.once import token
from academy.mentoring.pairs.meetings.services import Meeting, Offer
from academy.mentoring.pairs.models import LONGEST_PLACE, LONGEST_WORDS
from academy.mentoring.programmes.models import Programme
from academy.web.fields import Ticks
from academy.web.incoming import one_line
from academy.web.words import language

LASTS = (30, 45, 60, 90, 120)
FARTHEST = timedelta(days=366)
SHORTEST, LONGEST = 5, 480


def _when(label: object) -> DateTimeLocalField:
    return DateTimeLocalField(label, [Optional()], format="%Y-%m-%dT%H:%M")


def _token() -> HiddenField:
    return HiddenField(default=token, validators=[Length(max=40)])


class SlotsForm(FlaskForm):
    """Times are typed in the writer's own time zone."""

    first = _when(_("First time"))
    second = _when(_("Second time, if you like"))
    third = _when(_("Third time, if you like"))
    lasts = SelectField(
        _("How long"),
        coerce=int,
        choices=[SelectChoice(each, str(each)) for each in LASTS],
        default=60,
        description=_("In minutes."),
    )
    place = StringField(
        _("Where, or how to join"),
        [Length(max=LONGEST_PLACE, message=_("At most %(max)d characters."))],
        filters=[one_line],
        render_kw={"autocomplete": "off"},
    )
    token = _token()

    def __init__(self, zone: str, at: datetime, **data: Any) -> None:
        super().__init__(prefix="slot-", **data)
        self.zone, self.at = ZoneInfo(zone), at

    def accepted(self) -> bool:
        return self.is_submitted() and all([self.validate(), self._possible()])

    def offer(self) -> Offer:
        starts = sorted({start for each in self._times() if (start := self._moment(each))})
        return Offer(starts, self.lasts.data, self.place.data or "")

    def _times(self) -> tuple[DateTimeLocalField, ...]:
        return (self.first, self.second, self.third)

    def _possible(self) -> bool:
        typed = [each for each in self._times() if each.data]
        if not typed and not any(each.errors for each in self._times()):
            self.first.errors = [_("Propose one time at least.")]
        for each in typed:
            wrong = self._objection(each)
            if wrong:
                each.errors = [wrong]
        return not any(each.errors for each in self._times())

    def _objection(self, typed: DateTimeLocalField) -> object | None:
        start = self._moment(typed)
        if start is None:
            return _("There is no such time: clocks jump over it that night.")
        if start <= self.at:
            return _("Choose a time that is still to come.")
        if start - self.at > FARTHEST:
            return _("Choose a time within a year.")
        return None

    def _moment(self, typed: DateTimeLocalField) -> datetime | None:
        """In UTC; None for a time that no clock shows, or that was not typed."""
        if not typed.data:
            return None
        local = typed.data.replace(tzinfo=self.zone)
        try:
            moment: datetime = local.astimezone(UTC)
            shown = moment.astimezone(self.zone)
        except OverflowError:  # the first or the last day there is
            return None
        return moment if shown.replace(tzinfo=None) == typed.data else None


class MeetingForm(FlaskForm):
    held_on = DateField(_("The day you met"), [DataRequired(_("Choose a day."))])
    minutes = IntegerField(
        _("How many minutes"),
        [
            InputRequired(_("Type a number of minutes.")),
            NumberRange(SHORTEST, LONGEST, _("From 5 to 480 minutes.")),
        ],
        default=60,
    )
    topics = Ticks(_("What it was about"))
    words = TextAreaField(
        _("For the two of you"),
        [Length(max=LONGEST_WORDS, message=_("At most %(max)d characters."))],
        filters=[lambda typed: (typed or "").strip()],
        description=_("Nobody else ever reads it, organisers included."),
        render_kw={"rows": 4},
    )
    token = _token()

    def __init__(self, programme: Programme, **data: Any) -> None:
        super().__init__(prefix="log-", **data)
        names = programme.topic_names.items()
        self.topics.choices = [SelectChoice(key, name.said(language())) for key, name in names]

    def meeting(self) -> Meeting:
        return Meeting(
            self.held_on.data, self.minutes.data, list(self.topics.data or ()), self.words.data
        )
