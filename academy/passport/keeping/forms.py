"""The forms to give an award, and to withdraw one."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField, SubmitField
from wtforms.validators import DataRequired, Length

from academy.rewards.models import REASON
from academy.web.incoming import one_line


class GiveForm(FlaskForm):
    award = SelectField(_("Award"))
    give = SubmitField(_("Give it"))


class WithdrawForm(FlaskForm):
    award = SelectField(_("Award to withdraw"), [DataRequired(_("Choose the award to withdraw."))])
    reason = StringField(
        _("Why"),
        [
            DataRequired(_("Write why, in a sentence: its holder will read it.")),
            Length(max=REASON, message=_("At most %(max)d characters.")),
        ],
        description=_("Its holder reads these words. Points that were paid stay paid."),
        filters=[one_line],
        render_kw={"maxlength": REASON},
    )
    withdraw = SubmitField(_("Withdraw it"))
