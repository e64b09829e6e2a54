"""What is typed in the shop and at its desk."""

import secrets

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField
from wtforms.validators import DataRequired, Length

from academy.rewards.shop.models import LONGEST_ONCE, LONGEST_REASON
from academy.web.incoming import one_line


def token() -> str:
    """What a form carries to be told from another."""
    return secrets.token_hex(8)


class OrderForm(FlaskForm):
    """Nothing to fill in: the form sent twice is one order."""

    once = HiddenField(default=token, validators=[DataRequired(), Length(max=LONGEST_ONCE)])


class CodeForm(FlaskForm):
    class Meta:
        csrf = False  # it only looks something up

    code = StringField(
        _("Code of the order"),
        [DataRequired(_("Type the code that is on the person’s screen."))],
        filters=[one_line],
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "maxlength": 20},
    )


class RefusalForm(FlaskForm):
    reason = StringField(
        _("Why, for the person to read"),
        [
            DataRequired(_("Say why in one sentence: the person reads it.")),
            Length(max=LONGEST_REASON, message=_("At most 200 characters.")),
        ],
        filters=[one_line],
        render_kw={"autocomplete": "off"},
    )
