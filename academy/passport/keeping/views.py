"""A colleague's awards: given by those whose role allows it, withdrawn by administrators."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from academy import clock
from academy.database import db
from academy.passport import services as passports
from academy.passport.keeping import services
from academy.passport.keeping.forms import GiveForm, WithdrawForm
from academy.people.accounts.queries import Profile
from academy.people.directory import desk
from academy.people.directory.desk import my_reach
from academy.people.models import Person, Role
from academy.people.sessions import me
from academy.rewards import badges, by_hand, queries, words
from academy.rewards.badges import AwardKind
from academy.rewards.by_hand import Giver
from academy.web.guards import only

bp = Blueprint("keeping", __name__, template_folder="templates")


@dataclass(frozen=True, slots=True)
class KeepingPage:
    """`withdraws` is for administrators; others see what they may give, and no more."""

    number: int
    name: str
    withdraws: bool


@dataclass(frozen=True, slots=True)
class Desk:
    """What I may do with the awards of one person, and the forms for it."""

    profile: Profile
    givable: dict[str, str]
    administers: bool
    giving: GiveForm
    withdrawing: WithdrawForm

    def page(self) -> ResponseReturnValue:
        page = KeepingPage(self.profile.id, self.profile.name, self.administers)
        forms = {"giving": self.giving, "withdrawing": self.withdrawing}
        refused = bool(self.giving.errors or self.withdrawing.errors)
        return render_template("keeping/awards.html", page=page, **forms), 400 if refused else 200


@bp.get("/people/<int:number>/awards")
@only(*Role)
def awards(number: int) -> ResponseReturnValue:
    """What I may give to this person, and for administrators, what they hold."""
    return _desk(number).page()


@bp.post("/people/<int:number>/awards/give")
@only(*Role)
def give(number: int) -> ResponseReturnValue:
    """Give an award by hand; giving it twice gives it once."""
    here = _desk(number)
    if not here.giving.validate_on_submit():
        return here.page()
    key = here.giving.award.data
    return _given(here.profile, key, here.givable[key])


@bp.post("/people/<int:number>/awards/withdraw")
@only(Role.ADMIN)
def withdraw(number: int) -> ResponseReturnValue:
    """Withdraw an award, with the words its holder will read."""
    here = _desk(number)
    if not here.administers:
        abort(403)
    if not here.withdrawing.validate_on_submit():
        return here.page()
    return _withdrawn(here.profile, here.withdrawing)


def _desk(number: int) -> Desk:
    profile = desk.within_reach(number, *Role)
    mine, held = _givable(profile), queries.held(number)
    if not mine and not any(_reaches(profile, role) for role in desk.STAFF):
        abort(403)
    administers = _reaches(profile, Role.ADMIN)
    giving, withdrawing = GiveForm(prefix="give"), WithdrawForm(prefix="withdraw")
    giving.award.choices = _choices([key for key in mine if key not in held])
    known = [key for key in badges.current() if administers and key in held]
    nothing = SelectChoice("", _("Choose an award"))
    withdrawing.award.choices = [nothing, *_choices(known)] if known else []
    return Desk(profile, mine, administers, giving, withdrawing)


def _reaches(profile: Profile, role: str) -> bool:
    return my_reach(Role(role)).holds(place.id for place in profile.places)


def _givable(profile: Profile) -> dict[str, str]:
    """The awards I may give to this person, with the role that lets me; none to myself."""
    if profile.id == me().id:
        return {}
    return {
        award.key: role
        for award in badges.current().values()
        for role in sorted(by_hand.given_by(award))
        if _reaches(profile, role)
    }


def _choices(keys: Sequence[str]) -> list[SelectChoice]:
    return [SelectChoice(key, words.named(badges.current()[key])) for key in keys]


def _given(profile: Profile, key: str, role: str) -> ResponseReturnValue:
    award = badges.current()[key]
    zone = db.session.get_one(Person, profile.id).zone
    today = clock.day_in(zone, clock.now())
    giver = Giver(me().id, role)
    earned = by_hand.give(profile.id, award, giver, clock.now(), today)
    if any(each.kind is AwardKind.PASSPORT for each in earned.awards):
        passports.issue(profile.id, clock.now(), today)
    db.session.commit()
    if award in earned.awards:
        flash(_("Given. %(name)s has been told.", name=profile.name), "success")
    else:
        flash(_("It is noted. The award comes once the rest of its rule is met."), "message")
    return redirect(url_for(".awards", number=profile.id))


def _withdrawn(profile: Profile, form: WithdrawForm) -> ResponseReturnValue:
    done = services.withdraw(profile.id, form.award.data, form.reason.data, me().id, clock.now())
    db.session.commit()
    if done:
        flash(_("Withdrawn. %(name)s has been told why.", name=profile.name), "success")
    else:
        flash(_("It had been withdrawn already. Nothing was changed."), "message")
    return redirect(url_for(".awards", number=profile.id))
