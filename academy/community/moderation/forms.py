"""The forms of reporting and deciding."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, DataRequired, Length

from academy.community.models import LONGEST_REASON
from academy.community.moderation.queries import Reason
from academy.web.incoming import one_line

REASONS = {
    Reason.RUDE: _("It hurts somebody"),
    Reason.PRIVATE: _("It tells what is private or confidential"),
    Reason.ADVERT: _("It has nothing to do here"),
    Reason.OTHER: _("Something else"),
}


class ReportForm(FlaskForm):
    reason = RadioField(
        _("What is wrong with it?"),
        choices=[SelectChoice(reason, label) for reason, label in REASONS.items()],
        validators=[AnyOf(REASONS, _("Say what is wrong with it."))],
        validate_choice=False,  # the validator above says what to do instead
    )
    words = TextAreaField(
        _("A word for the animators (if you like)"),
        [Length(max=LONGEST_REASON, message=_("At most %(max)d characters."))],
        filters=[one_line],
        render_kw={"rows": 3},
    )


class HideForm(FlaskForm):
    reason = TextAreaField(
        _("Why it is hidden"),
        [
            DataRequired(_("Its author deserves to know why.")),
            Length(max=LONGEST_REASON, message=_("At most %(max)d characters.")),
        ],
        filters=[one_line],
        render_kw={"rows": 3},
    )
    remove_author = BooleanField(_("Remove its author from the group too"))
