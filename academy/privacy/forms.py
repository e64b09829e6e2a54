"""The forms that erase somebody: typed out, so that nobody does it by a slip."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import StringField, SubmitField
from wtforms.validators import DataRequired, ValidationError

from academy.people.accounts.forms import present_password
from academy.web.incoming import address

LONGEST_ADDRESS = 254


class LeaverForm(FlaskForm):
    """`expected` is the address that must be typed."""

    expected = ""

    email = StringField(
        _("E-mail address"),
        [DataRequired(_("Type the address of this account, to confirm."))],
        filters=[address],
        render_kw={"autocomplete": "off", "spellcheck": "false", "maxlength": LONGEST_ADDRESS},
    )
    submit = SubmitField(_("Erase for good"))

    def validate_email(self, field: StringField) -> None:
        if field.data != self.expected:
            raise ValidationError(_("This is not the address of this account."))


class MyErasureForm(LeaverForm):
    """Taken out for somebody who has no password."""

    present = present_password()
