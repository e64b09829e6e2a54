"""The form to lend a role."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField, SubmitField
from wtforms.validators import DataRequired, InputRequired, NumberRange
from wtforms.widgets import HiddenInput

from academy.web.incoming import LARGEST


class LoanForm(FlaskForm):
    """`colleague` is drawn by the page: one radio button for each person found."""

    colleague = IntegerField(
        _("Colleague"),
        [
            InputRequired(_("Choose a colleague.")),
            NumberRange(1, LARGEST, _("Choose a colleague.")),
        ],
        widget=HiddenInput(),
    )
    first = DateField(_("From"), [DataRequired(_("Choose the first day."))])
    last = DateField(_("To"), [DataRequired(_("Choose the last day."))])
    submit = SubmitField(_("Lend it"))
