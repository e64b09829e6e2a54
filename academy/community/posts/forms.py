"""The forms one writes in."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, TextAreaField
from wtforms.validators import DataRequired, Length

from academy.community.once import token

LONGEST_POST = 5000
LONGEST_COMMENT = 2000


def lines(typed: str | None) -> str:
    """As typed, with one kind of line end and nothing around it."""
    return (typed or "").replace("\r\n", "\n").replace("\r", "\n").strip()


def _text(label: object, longest: int, rows: int) -> TextAreaField:
    return TextAreaField(
        label,
        [
            DataRequired(_("Write something first.")),
            Length(max=longest, message=_("At most %(max)d characters.")),
        ],
        filters=[lines],
        render_kw={"rows": rows},
    )


class PostForm(FlaskForm):
    text = _text(_("Your post"), LONGEST_POST, 4)
    question = BooleanField(_("It is a question: I will mark the answer that helps"))
    token = HiddenField(default=token, validators=[Length(max=40)])


class CommentForm(FlaskForm):
    text = _text(_("Your comment"), LONGEST_COMMENT, 3)
    token = HiddenField(default=token, validators=[Length(max=40)])


class EditForm(FlaskForm):
    text = _text(_("Your text"), LONGEST_POST, 8)


class ConfirmForm(FlaskForm):
    """Nothing but the button."""
