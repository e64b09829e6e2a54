"""What organisers write of a programme."""

from collections.abc import Iterator
from itertools import pairwise, zip_longest
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from academy.catalog import releases, shelf
from academy.community.once import token
from academy.mentoring.programmes.models import LONGEST_CODE, LONGEST_NAME
from academy.mentoring.programmes.rules import MOST_MENTEES, MOST_TOPICS
from academy.mentoring.programmes.words import CODE
from academy.people.words import JOBS, language_name
from academy.web.fields import Ticks, lines, version_of, wrong
from academy.web.incoming import one_line
from academy.web.words import language

TONGUES = ("fr", "en", "de", "es", "it", "nl", "pl", "pt")
LONGEST_PLACE = 60
MOST_PLACES = 8
LONGEST_CAREER = 50
THEME = "theme:"
MOST_MONTHS = 12
ALL_LEVELS = "all"
DEPTHS = {
    ALL_LEVELS: _("Never, however many levels lie between"),
    "2": _("Not within two levels"),
    "1": _("Not the direct ones"),
    "0": _("They may meet"),
}
"""How far a reporting line keeps people apart, as the form says it."""


def _name(label: object) -> StringField:
    return StringField(
        label,
        [DataRequired(_("Give it a name in both languages.")), Length(max=LONGEST_NAME)],
        filters=[one_line],
        render_kw={"autocomplete": "off"},
    )


def _date(label: object) -> DateField:
    return DateField(label, [DataRequired(_("Choose a day."))])


def _text(label: object, rows: int, *validators: Any, **more: Any) -> TextAreaField:
    return TextAreaField(label, list(validators), render_kw={"rows": rows}, **more)


def _years(label: object) -> IntegerField:
    between = NumberRange(0, LONGEST_CAREER, _("Type a number of years, 0 to 50."))
    return IntegerField(label, [InputRequired(_("Type a number, 0 for everybody.")), between])


class DaysForm(FlaskForm):
    """What may still change once people volunteered: names and days."""

    name_fr = _name(_("Name in French"))
    name_en = _name(_("Name in English"))
    opens_on = _date(_("The call opens on"))
    closes_on = _date(_("The call closes on"))
    starts_on = _date(_("First day of the programme"))
    ends_on = _date(_("Last day of the programme"))
    wishes_by = DateField(
        _("Last day for wishes"),
        [Optional()],
        description=_(
            "When those who met have said whom they would like. Left empty: not known yet."
        ),
    )
    version = HiddenField(default="0")
    token = HiddenField(default=token, validators=[Length(max=40)])

    def accepted(self) -> bool:
        """Was it sent and is it right? Every mistake is said, not only the first."""
        return self.is_submitted() and all([self.validate(), self.is_coherent()])

    def is_coherent(self) -> bool:
        days = (self.opens_on, self.closes_on, self.starts_on, self.ends_on)
        right = True
        for before, after in pairwise(days):
            if before.data and after.data and after.data < before.data:
                after.errors = [*after.errors, _("This day comes before the previous one.")]
                right = False
        last = self.wishes_by.data
        if last and self.ends_on.data and last > self.ends_on.data:
            self.wishes_by.errors = [_("This day comes after the last of the programme.")]
            right = False
        return right

    def plan(self) -> dict[str, Any]:
        """The columns, but for the entity."""
        days = (self.opens_on, self.closes_on, self.starts_on, self.ends_on, self.wishes_by)
        return {each.short_name: each.data for each in (self.name_fr, self.name_en, *days)}

    def written(self) -> int:
        """The version this form was filled from; 0 for what cannot be one."""
        return version_of(self.version)


class ProgrammeForm(DaysForm):
    place = StringField(
        _("For whom"),
        [Length(max=120)],
        filters=[one_line],
        description=_("An entity and all below it. Left empty: the whole company."),
        render_kw={"autocomplete": "off", "list": "entities"},
    )
    remote = BooleanField(_("People may meet remotely"), default=True)
    places = _text(_("Places where people may meet"), 3, description=_("One on each line."))
    languages = Ticks(
        _("Languages"), validators=[DataRequired(_("Choose one at least."))], default=["fr"]
    )
    themes = Ticks(_("Topics from the academy’s themes"))
    topics_fr = _text(_("Other topics, in French"), 3, description=_("One on each line."))
    topics_en = _text(
        _("The same topics in English"), 3, description=_("In the same order, one on each line.")
    )
    mentor_years = _years(_("Mentors joined less than so many years ago (0: everybody)"))
    mentor_jobs = Ticks(
        _("Trades whose people are mentors by default"),
        description=_("They are told so, and may answer “rather not” in one click."),
        default=["apprenticeship"],
    )
    mentee_years = _years(_("Mentees joined at least so many years ago (0: everybody)"))
    both = BooleanField(_("One may be both mentor and mentee"))
    line_depth = SelectField(
        _("Bosses and their people"),
        choices=[SelectChoice(depth, words) for depth, words in DEPTHS.items()],
        default=ALL_LEVELS,
        description=_("Whom the programme never brings together, in either direction."),
    )
    months = SelectField(
        _("Months that a pair lasts"),
        coerce=int,
        choices=[SelectChoice(number, str(number)) for number in range(1, MOST_MONTHS + 1)],
        default=4,
    )
    capacity = SelectField(
        _("Mentees for one mentor, at most"),
        coerce=int,
        choices=[SelectChoice(number, str(number)) for number in range(1, MOST_MENTEES + 1)],
        default=1,
    )
    code_fr = _text(_("Code of conduct in French"), 6, default=CODE.fr)
    code_en = _text(_("Code of conduct in English"), 6, default=CODE.en)

    def __init__(self, *args: Any, **data: Any) -> None:
        super().__init__(*args, **data)
        themes = shelf.theme_list(releases.current())
        self.languages.choices = [SelectChoice(code, language_name(code)) for code in TONGUES]
        self.themes.choices = [
            SelectChoice(theme.key, theme.title.said(language())) for theme in themes
        ]
        self.mentor_jobs.choices = [SelectChoice(job, words) for job, words in JOBS.items()]

    def is_coherent(self) -> bool:
        mistakes = [super().is_coherent(), *(not found for found in self._mistakes())]
        return all(mistakes)

    def plan(self) -> dict[str, Any]:
        same: tuple[Any, ...] = (self.remote, self.languages, self.mentor_years, self.mentor_jobs)
        same += (self.mentee_years, self.both, self.capacity, self.months)
        said = {each.short_name: each.data for each in same}
        depth = self.line_depth.data
        code = {"code_fr": self.code_fr.data.strip(), "code_en": self.code_en.data.strip()}
        return {
            **super().plan(),
            **said,
            **code,
            "line_depth": None if depth == ALL_LEVELS else int(depth),
            "places": lines(self.places.data),
            "topics": list(self._topics()),
        }

    def _topics(self) -> Iterator[dict[str, str]]:
        known = releases.current().themes
        for key in self.themes.data:
            yield {"key": f"{THEME}{key}", "fr": known[key].title.fr, "en": known[key].title.en}
        own = zip(lines(self.topics_fr.data), lines(self.topics_en.data), strict=True)
        for number, (fr, en) in enumerate(own, 1):
            yield {"key": f"own:{number}", "fr": fr, "en": en}

    def _mistakes(self) -> Iterator[bool]:
        places = lines(self.places.data)
        topics = [lines(self.topics_fr.data), lines(self.topics_en.data)]
        several = len(self.themes.data or ()) + max(map(len, topics))
        yield wrong(
            self.places,
            not (places or self.remote.data),
            _("Name a place, or let people meet remotely."),
        )
        yield wrong(
            self.places,
            len(places) > MOST_PLACES or any(len(place) > LONGEST_PLACE for place in places),
            _("At most 8 places, of at most 60 characters each."),
        )
        unequal = any(not (fr and en) for fr, en in zip_longest(*topics))
        yield wrong(self.topics_en, unequal, _("As many lines in English as in French, please."))
        long = any(len(topic) > LONGEST_NAME for each in topics for topic in each)
        yield wrong(self.topics_fr, long, _("At most 80 characters a line."))
        yield wrong(
            self.themes,
            not 0 < several <= MOST_TOPICS,
            _("Choose from 1 to 12 topics in all, the others included."),
        )
        for code in (self.code_fr, self.code_en):
            size = len((code.data or "").strip())
            words = _("Write the code people will sign, in at most 3,000 characters.")
            yield wrong(code, not 0 < size <= LONGEST_CODE, words)
