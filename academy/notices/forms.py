"""The form of how one wants to be told."""

from datetime import time

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, SelectMultipleField, SubmitField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf
from wtforms.widgets import CheckboxInput, ListWidget

from academy.notices.kinds import MAILABLE
from academy.notices.words import KINDS

QUARTERS = [f"{minutes // 60:02}:{minutes % 60:02}" for minutes in range(6 * 60, 20 * 60 + 1, 15)]
HALVES = [f"{minutes // 60:02}:{minutes % 60:02}" for minutes in range(0, 24 * 60, 30)]


def _times(label: str, listed: list[str]) -> SelectField:
    return SelectField(
        label,
        choices=[SelectChoice(each, each) for each in listed],
        validators=[AnyOf(listed, _("Choose a time of the list."))],
        validate_choice=False,  # the validator above says what to do instead
    )


class PreferencesForm(FlaskForm):
    reminded = BooleanField(_("Remind me of my minute, on working days, until it is done"))
    hour = _times(_("At what time"), QUARTERS)
    mail = SelectMultipleField(
        _("Write to me by mail too when"),
        choices=[SelectChoice(str(kind), KINDS[kind]) for kind in MAILABLE],
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    quiet_from = _times(_("Quiet from"), HALVES)
    quiet_to = _times(_("Quiet until"), HALVES)
    digest = BooleanField(_("Send me my team’s week, in figures, when the next one begins"))
    submit = SubmitField(_("Save"))


def shown(hour: time) -> str:
    return f"{hour:%H:%M}"


def typed(hour: str) -> time:
    return time.fromisoformat(hour)
