"""The form to type a code."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import StringField, SubmitField
from wtforms.validators import DataRequired, Length, ValidationError

from academy.passport import codes


def _without_slip(_form: FlaskForm, field: StringField) -> None:
    """The check sign catches a slip before anybody doubts the holder."""
    if not codes.is_well_formed(codes.tidy(field.data or "")):
        raise ValidationError(
            _(
                "There is a slip in this code: its last sign does not fit the others. Check it once more."
            )
        )


class VerifyForm(FlaskForm):
    code = StringField(
        _("Code of the passport"),
        [
            DataRequired(_("Type the code written under the QR code.")),
            Length(max=40),
            _without_slip,
        ],
        render_kw={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"},
    )
    submit = SubmitField(_("Verify"))
