"""What keepers write of a gift, and of a budget."""

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

from academy.catalog.rendering import safe_svg
from academy.rewards.shop.forms import token
from academy.rewards.shop.models import (
    LONGEST_ABOUT,
    LONGEST_DRAWING,
    LONGEST_NAME,
    LONGEST_ONCE,
    LONGEST_PLACE,
    MOST,
)
from academy.rewards.shop.words import ICONS, KINDS
from academy.rewards.tariff import Currency
from academy.web.incoming import one_line

NUMBER = _("Type a whole number, at most a million.")
COINS = {Currency.KEY: _("Keys"), Currency.STAR: _("Stars")}


def _line(label: object, longest: int, *validators: Any, **more: Any) -> StringField:
    length = Length(max=longest, message=_("At most %(max)d characters."))
    return StringField(
        label,
        [*validators, length],
        filters=[one_line],
        render_kw={"autocomplete": "off", **more.pop("render_kw", {})},
        **more,
    )


def _number(label: object, least: int, *first: Any, **more: Any) -> IntegerField:
    return IntegerField(label, [*first, NumberRange(least, MOST, NUMBER)], **more)


def _place(description: object) -> StringField:
    return _line(_("For whom"), 120, description=description, render_kw={"list": "entities"})


class GiftForm(FlaskForm):
    name_fr = _line(
        _("Name in French"), LONGEST_NAME, DataRequired(_("Give it a name in both languages."))
    )
    name_en = _line(
        _("Name in English"), LONGEST_NAME, DataRequired(_("Give it a name in both languages."))
    )
    about_fr = _line(_("What it is, in French"), LONGEST_ABOUT)
    about_en = _line(_("What it is, in English"), LONGEST_ABOUT)
    kind = SelectField(
        _("What sort of gift"), choices=[SelectChoice(str(kind), KINDS[kind]) for kind in KINDS]
    )
    where_fr = _line(_("Where to collect it, in French"), LONGEST_PLACE)
    where_en = _line(_("Where to collect it, in English"), LONGEST_PLACE)
    icon = SelectField(
        _("Picture"), choices=[SelectChoice(name, words) for name, words in ICONS.items()]
    )
    drawing = TextAreaField(
        _("Or a drawing of your own"),
        [Length(max=LONGEST_DRAWING, message=_("At most %(max)d characters."))],
        description=_("Paste an SVG: a still drawing that refers to nothing outside."),
        render_kw={"rows": 4, "spellcheck": "false"},
    )
    price = _number(_("Price"), 1, InputRequired(NUMBER))
    currency = SelectField(
        _("In"), choices=[SelectChoice(str(coin), words) for coin, words in COINS.items()]
    )
    cost = _number(
        _("What one costs the company"),
        0,
        InputRequired(NUMBER),
        default=0,
        description=_(
            "Counted against the budget of the entity of whoever orders it; 0 if nothing."
        ),
    )
    stock = _number(
        _("Pieces in all"),
        0,
        Optional(),
        description=_("Those already ordered included. Left empty: without limit."),
    )
    per_person = _number(
        _("At most for one person"), 1, Optional(), description=_("Left empty: without limit.")
    )
    place = _place(_("An entity and all below it. Left empty: the whole company."))
    opens_on = DateField(_("On the shelf from"), [DataRequired(_("Choose a day."))])
    closes_on = DateField(_("Until"), [Optional()], description=_("Left empty: for good."))
    approval = BooleanField(_("Each order asks for our approval"))
    on_shelf = BooleanField(_("On the shelf"), default=True)
    version = HiddenField(default="0")
    once = HiddenField(default=token, validators=[Length(max=LONGEST_ONCE)])

    def accepted(self) -> bool:
        """Was it sent and is it right? Every mistake is said, not only the first."""
        return self.is_submitted() and all([self.validate(), self._lasts(), self._is_drawn()])

    def plan(self) -> dict[str, Any]:
        """The columns, but for the entity."""
        kept: tuple[Any, ...] = (
            self.name_fr,
            self.name_en,
            self.about_fr,
            self.about_en,
            self.kind,
            self.icon,
        )
        kept += (self.where_fr, self.where_en, self.price, self.currency, self.cost, self.stock)
        kept += (self.per_person, self.opens_on, self.closes_on, self.approval, self.on_shelf)
        drawing = (self.drawing.data or "").strip()
        return {**{field.short_name: field.data for field in kept}, "drawing": drawing}

    def written(self) -> int:
        """The version this form was filled from; 0 for what cannot be one."""
        typed = self.version.data or ""
        return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0  # noqa: PLR2004  # digits

    def _lasts(self) -> bool:
        opens, closes = self.opens_on.data, self.closes_on.data
        if not (opens and closes and closes < opens):
            return True
        self.closes_on.errors = [*self.closes_on.errors, _("This day comes before the first one.")]
        return False

    def _is_drawn(self) -> bool:
        drawing = (self.drawing.data or "").strip()
        if not drawing:
            return True
        try:
            safe_svg(drawing.encode())
        except ValueError as why:
            refused = _("This drawing is refused: %(why)s.", why=str(why))
            self.drawing.errors = [
                *self.drawing.errors,
                str(refused),
            ]  # plain, so that it is escaped
            return False
        return True


class BudgetForm(FlaskForm):
    place = _line(
        _("Entity"), 120, DataRequired(_("Type which entity.")), render_kw={"list": "entities"}
    )
    amount = _number(_("What gifts may cost there this year"), 0, InputRequired(NUMBER))
