"""What a volunteer writes of themselves, for one programme."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from academy.mentoring.programmes.models import LONGEST_HOPES
from academy.mentoring.programmes.queries import Call
from academy.mentoring.programmes.rules import LEARN, REMOTE, SLOTS, TEACH, Side
from academy.mentoring.programmes.services import Profile
from academy.mentoring.programmes.suggesting import Suggestion
from academy.mentoring.programmes.words import SIDES, half_day, place_name
from academy.people.words import language_name
from academy.web.fields import Ticks
from academy.web.words import language

NOTHING = ""


def _wish(label: object) -> SelectField:
    return SelectField(label, default=NOTHING)


def _some(label: object, **more: Any) -> Ticks:
    return Ticks(label, validators=[DataRequired(_("Choose one at least."))], **more)


class ProfileForm(FlaskForm):
    side = RadioField(_("In this programme, I am"))
    offered_1 = _wish(_("First topic I can show"))
    offered_2 = _wish(_("Second topic I can show"))
    offered_3 = _wish(_("Third topic I can show"))
    wanted_1 = _wish(_("First topic I want to learn"))
    wanted_2 = _wish(_("Second topic I want to learn"))
    wanted_3 = _wish(_("Third topic I want to learn"))
    consent = BooleanField(
        _("Look at what my daily minutes show I master or still mix up, this once")
    )
    languages = _some(_("Languages I am at ease in"))
    places = _some(_("Where I can meet"))
    slots = _some(_("Half-days when I am usually free"))
    capacity = SelectField(_("Mentees I would take, at most"), coerce=int)
    hopes = TextAreaField(
        _("What I hope for"),
        [Length(max=LONGEST_HOPES, message=_("At most %(max)d characters."))],
        filters=[lambda typed: (typed or "").strip()],
        description=_("A sentence or two, shown later to the people you meet, and to nobody else."),
        render_kw={"rows": 3},
    )
    signed = BooleanField(
        _("I have read the code of conduct, and I sign it"),
        [DataRequired(_("Without the code, no pair: read it and sign it."))],
    )

    def __init__(self, call: Call, **data: Any) -> None:
        super().__init__(data=data)
        programme = call.programme
        self.side.choices = [SelectChoice(side, SIDES[side]) for side in sides_of(call)]
        names = programme.topic_names.items()
        topics = [SelectChoice(key, name.said(language())) for key, name in names]
        for wish in (*self.offers, *self.wants):
            wish.choices = [SelectChoice(NOTHING, _("Choose…")), *topics]
        self.languages.choices = [
            SelectChoice(code, language_name(code)) for code in programme.languages
        ]
        self.places.choices = [SelectChoice(each, place_name(each)) for each in places_of(call)]
        self.slots.choices = [SelectChoice(slot, half_day(slot)) for slot in SLOTS]
        most = range(1, programme.capacity + 1)
        self.capacity.choices = [SelectChoice(number, str(number)) for number in most]

    @property
    def offers(self) -> tuple[SelectField, ...]:
        return (self.offered_1, self.offered_2, self.offered_3)

    @property
    def wants(self) -> tuple[SelectField, ...]:
        return (self.wanted_1, self.wanted_2, self.wanted_3)

    def accepted(self) -> bool:
        """Is it right? Every mistake is said, not only the first."""
        return all(
            [self.validate(), self._wished(TEACH, self.offers), self._wished(LEARN, self.wants)]
        )

    def propose(self, found: Suggestion) -> None:
        """Fill the topics in; the rest stays as it was typed."""
        for fields, keys in ((self.offers, found.offered), (self.wants, found.wanted)):
            for field, key in zip(fields, keys, strict=False):
                field.data = key

    def profile(self) -> Profile:
        side = Side(self.side.data)
        return Profile(
            side=side,
            offered=_chosen(self.offers) if side in TEACH else [],
            wanted=_chosen(self.wants) if side in LEARN else [],
            languages=self.languages.data,
            places=self.places.data,
            slots=self.slots.data,
            capacity=self.capacity.data if side in TEACH else 1,
            hopes=self.hopes.data,
        )

    def _wished(self, sides: tuple[Side, ...], fields: Sequence[SelectField]) -> bool:
        """One topic at least for who needs one, and none twice."""
        chosen = _chosen(fields)
        if self.side.data in sides and not chosen:
            fields[0].errors = [*fields[0].errors, _("Choose one topic at least.")]
            return False
        if len(set(chosen)) < len(chosen):
            fields[-1].errors = [*fields[-1].errors, _("Each topic once: leave the rest empty.")]
            return False
        return True


def sides_of(call: Call) -> list[Side]:
    """What they may be: by the terms today, or as they volunteered before time or work changed."""
    return [side for side in Side if side in call.sides or (call.mine and call.mine.side == side)]


def places_of(call: Call) -> list[str]:
    return [*call.programme.places, *([REMOTE] if call.programme.remote else [])]


def said_before(call: Call, spoken: Sequence[str]) -> dict[str, Any]:
    """What the form shows first: what was saved, or what is likely."""
    mine = call.mine
    if mine is None or not call.volunteers:
        likely = [code for code in call.programme.languages if code in spoken]
        return {"side": call.sides[0], "languages": likely, "capacity": 1}
    kept = ("side", "languages", "places", "slots", "capacity", "hopes")
    wishes = {f"offered_{n}": key for n, key in enumerate(mine.offered, 1)}
    wishes |= {f"wanted_{n}": key for n, key in enumerate(mine.wanted, 1)}
    return {name: getattr(mine, name) for name in kept} | wishes | {"signed": True}


def _chosen(fields: Sequence[SelectField]) -> list[str]:
    return [field.data for field in fields if field.data]
