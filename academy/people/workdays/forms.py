"""The form to declare leave."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateField, SubmitField
from wtforms.validators import DataRequired


class LeaveForm(FlaskForm):
    first = DateField(_("First day away"), [DataRequired(_("Choose the first day you are away."))])
    last = DateField(_("Last day away"), [DataRequired(_("Choose the last day you are away."))])
    submit = SubmitField(_("Note it down"))
