"""The forms of working days and of closures."""

from babel.dates import get_day_names
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateField, SelectMultipleField, StringField, SubmitField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from academy.people.workdays.patterns import WEEK
from academy.web.incoming import one_line
from academy.web.words import language


def _weekdays() -> list[SelectChoice]:
    names = get_day_names("wide", locale=language())
    return [SelectChoice(day, names[day].capitalize()) for day in WEEK]


class PatternForm(FlaskForm):
    weekdays = SelectMultipleField(
        _("Working days"),
        coerce=int,
        choices=_weekdays,
        description=_("Half days count as worked."),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    since = DateField(_("From this day on"), [DataRequired(_("Choose the first day."))])
    submit = SubmitField(_("Set these days"))


class ClosureForm(FlaskForm):
    place = StringField(
        _("What is closed"),
        [DataRequired(_("Type the entity.")), Length(max=120)],
        description=_("The name of an entity, or its key. All that stands under it is closed too."),
        render_kw={"autocomplete": "off", "list": "places"},
    )
    first = DateField(_("First day closed"), [DataRequired(_("Choose the first day."))])
    last = DateField(_("Last day closed"), [DataRequired(_("Choose the last day."))])
    reason = StringField(
        _("Why (everybody there reads it)"),
        [Length(max=120)],
        filters=[one_line],
        render_kw={"autocomplete": "off"},
    )
    submit = SubmitField(_("Close it on these days"))
