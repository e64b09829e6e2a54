"""The forms that say what a passport shows."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, RadioField, StringField, SubmitField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, DataRequired, Length

from academy.passport.links.models import LONGEST_LABEL
from academy.passport.links.rules import Choice, Span
from academy.passport.links.services import Wanted
from academy.web.incoming import one_line

SPANS = {
    Span.WEEK: _("A week"),
    Span.MONTH: _("A month"),
    Span.YEAR: _("A year"),
    Span.OPEN: _("Until I withdraw it"),
}


def _span(default: Span) -> RadioField:
    return RadioField(
        _("For how long"),
        choices=[SelectChoice(span, words) for span, words in SPANS.items()],
        default=default,
        validators=[AnyOf(SPANS, _("Choose for how long."))],
        validate_choice=False,  # the validator above says what to do instead
    )


class ShowForm(FlaskForm):
    """What the passport's own code shows."""

    class Meta:
        csrf = False  # the page's own token, under its own name: two forms stand on one page

    entity = BooleanField(_("My team and site"), default=True)
    visas = BooleanField(_("My visas"), default=True)
    awards = BooleanField(_("My badges and medals"), default=True)
    span = _span(Span.OPEN)
    submit = SubmitField(_("Keep this choice"))

    def wanted(self) -> Wanted:
        choice = Choice(self.entity.data, self.visas.data, self.awards.data)
        return Wanted(choice, Span(self.span.data))


class LinkForm(ShowForm):
    """A link for one occasion."""

    label = StringField(
        _("For whom, or what for"),
        [
            DataRequired(_("Give it a name, so that you know it again.")),
            Length(max=LONGEST_LABEL, message=_("At most %(max)d characters.")),
        ],
        filters=[one_line],
        render_kw={"autocomplete": "off"},
    )
    span = _span(Span.MONTH)
    once = HiddenField(validators=[Length(min=32, max=32)])
    submit = SubmitField(_("Make the link"))

    def wanted(self) -> Wanted:
        shown = super().wanted()
        return Wanted(shown.choice, shown.span, self.label.data or "", self.once.data or "")
