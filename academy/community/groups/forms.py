"""The forms of a group."""

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import EmailField, HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, DataRequired, Length

from academy.community.groups.queries import Visibility
from academy.community.groups.services import Charter
from academy.community.models import LONGEST_NAME, LONGEST_PURPOSE
from academy.community.naming import Said
from academy.community.once import token
from academy.web.incoming import one_line

INKS = {
    "culture": _("Blue"),
    "together": _("Green"),
    "identity": _("Plum"),
    "security": _("Brick"),
    "ai": _("Violet"),
    "healthy": _("Ochre"),
}
LONGEST_EMAIL = 254


def _name(label: object) -> StringField:
    return StringField(
        label,
        [Length(max=LONGEST_NAME, message=_("At most %(max)d characters."))],
        filters=[one_line],
        render_kw={"autocomplete": "off"},
    )


def _purpose(label: object) -> TextAreaField:
    return TextAreaField(
        label,
        [Length(max=LONGEST_PURPOSE, message=_("At most %(max)d characters."))],
        filters=[one_line],
        render_kw={"rows": 3},
    )


class CharterForm(FlaskForm):
    """A name and a purpose in one language at least, and an ink."""

    name_fr = _name(_("Name in French"))
    purpose_fr = _purpose(_("Purpose in French"))
    name_en = _name(_("Name in English"))
    purpose_en = _purpose(_("Purpose in English"))
    ink = RadioField(
        _("Ink"),
        choices=[SelectChoice(ink, label) for ink, label in INKS.items()],
        default="together",
        validators=[AnyOf(INKS, _("Choose an ink."))],
        validate_choice=False,  # the validator above says what to do instead
    )

    def said_in(self, language: str) -> tuple[Any, Any]:
        """The two fields of a language."""
        return (
            (self.name_en, self.purpose_en) if language == "en" else (self.name_fr, self.purpose_fr)
        )

    def accepted(self, language: str) -> bool:
        """Was it sent and is it right? What is missing is told in the language of the page."""
        return self.is_submitted() and self.validate() and self._is_said(language)

    def charter(self, visibility: Visibility) -> Charter:
        return Charter(
            visibility,
            self.ink.data,
            Said(self.name_fr.data, self.name_en.data),
            Said(self.purpose_fr.data, self.purpose_en.data),
        )

    def _is_said(self, language: str) -> bool:
        """In each language both or neither; in one of them at least."""
        said = {each: self.said_in(each) for each in ("fr", "en")}
        begun = [each for each in said if any(field.data for field in said[each])] or [language]
        missing = [field for each in begun for field in said[each] if not field.data]
        for field in missing:
            field.errors = [_("Name and purpose go together: fill both in.")]
        return not missing


class FoundForm(CharterForm):
    visibility = RadioField(
        _("Who may come in"),
        choices=[
            SelectChoice(Visibility.OPEN, _("Open: everybody reads it, anybody joins")),
            SelectChoice(
                Visibility.CLOSED,
                _("Closed: everybody sees its name, an animator accepts who asks"),
            ),
            SelectChoice(Visibility.HIDDEN, _("Hidden: it exists only for those an animator adds")),
        ],
        default=Visibility.OPEN,
        validators=[AnyOf([*Visibility], _("Say who may come in."))],
        validate_choice=False,
    )
    token = HiddenField(default=token, validators=[Length(max=40)])


class AddForm(FlaskForm):
    email = EmailField(
        _("E-mail at work"),
        [DataRequired(_("Type your colleague’s address.")), Length(max=LONGEST_EMAIL)],
        render_kw={"autocomplete": "off"},
    )
