"""The form to say that one forgot."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import EmailField, SubmitField
from wtforms.validators import DataRequired, Length


class ForgotForm(FlaskForm):
    email = EmailField(
        _("E-mail at work"),
        [DataRequired(_("Type your e-mail address.")), Length(max=254)],
        render_kw={"autocomplete": "username"},
    )
    submit = SubmitField(_("Send me a link"))
