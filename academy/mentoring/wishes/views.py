"""The page on which somebody says whom they would like."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy import clock
from academy.database import db
from academy.mentoring.programmes import words as programme_words
from academy.mentoring.programmes.models import Programme
from academy.mentoring.wishes import queries, rules, services, words
from academy.mentoring.wishes.queries import Met, Standing
from academy.mentoring.wishes.rules import Act, Choices, Unreadable
from academy.mentoring.wishes.services import SavedMeanwhile
from academy.people.directory import desk
from academy.people.sessions import me
from academy.refusal import Refusal
from academy.web.guards import signed_in

bp = Blueprint("wishes", __name__, template_folder="templates")

MOST_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody to wish for: what the form shows chosen, and what was kept where that is another thing."""

    met: Met
    typed: str
    kept: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The page: three lists of people. `over`: why nothing changes any more."""

    programme: Programme
    standing: Standing
    ranked: tuple[Line, ...]
    fine: tuple[Line, ...]
    refused: tuple[Line, ...]
    over: object
    conflict: bool

    @property
    def lines(self) -> tuple[Line, ...]:
        return self.ranked + self.fine + self.refused


@bp.get("/mentoring/<int:number>/wishes")
@signed_in
def wishes(number: int) -> ResponseReturnValue:
    """Those I met, in the order I would like them; at first as my ten-second notes propose."""
    standing = queries.standing(me().id, number) or abort(404)
    met = _here(queries.met(me().id, number))
    saved = standing.saved_at is not None
    return _page(standing, met, {each.id: each.kept if saved else each.first for each in met})


@bp.post("/mentoring/<int:number>/wishes")
@signed_in
def save(number: int) -> ResponseReturnValue:
    """A draft, or handed in; both may be changed until the last day ends."""
    standing = queries.standing(me().id, number) or abort(404)
    services.refuse_if_over(standing, desk.today())
    everybody = queries.met(me().id, number)
    said, act = _said(everybody), _act()
    try:
        services.save(me().id, number, _read(), said, act is Act.HAND_IN, clock.now(), desk.today())
    except SavedMeanwhile:
        db.session.rollback()
        return _met_another(number, said)
    db.session.commit()
    flash(*_told(act))
    return redirect(url_for(".wishes", number=number))


def _met_another(number: int, said: Choices) -> ResponseReturnValue:
    """Another tab was faster: what is kept now is told, what was typed stays, saving again decides."""
    standing = queries.standing(me().id, number) or abort(404)
    return _page(standing, _here(queries.met(me().id, number)), said, conflict=True)


def _page(
    standing: Standing, met: Sequence[Met], chosen: Choices, conflict: bool = False
) -> ResponseReturnValue:
    here = {each.id: chosen[each.id] for each in met}
    people = {each.id: each for each in met}
    ranked, fine, refused = (
        tuple(_line(people[one], chosen, conflict) for one in part) for part in rules.in_order(here)
    )
    over = _over(standing)
    sheet = Sheet(standing.programme, standing, ranked, fine, refused, over, conflict)
    page = render_template(
        "wishes/wishes.html",
        page=sheet,
        options=words.options(len(met)),
        words=words,
        programme_words=programme_words,
    )
    return page, 409 if conflict else 200


def _line(met: Met, chosen: Choices, conflict: bool) -> Line:
    choice = chosen[met.id]
    other = conflict and choice != met.kept
    return Line(met, choice.typed, words.said(met.kept) if other else "")


def _here(met: Sequence[Met]) -> tuple[Met, ...]:
    """Who left the company or the programme is not wished for any more."""
    return tuple(each for each in met if each.here)


def _over(standing: Standing) -> object:
    try:
        services.refuse_if_over(standing, desk.today())
    except Refusal as over:
        return over.words
    return ""


def _said(met: Sequence[Met]) -> Choices:
    """What the form says of those who were met; who left since is left out."""
    try:
        said = rules.read(request.form.lists(), frozenset(each.id for each in met))
    except Unreadable as unreadable:
        raise Refusal(words.WRONG[unreadable.wrong]) from unreadable
    return {each.id: said[each.id] for each in met if each.here}


def _act() -> Act:
    typed = request.form.get("act", "")
    return Act(typed) if typed in list(Act) else abort(400)


def _read() -> int:
    """The version this form was filled from; one that never is for what cannot be one."""
    typed = request.form.get("version", "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < MOST_DIGITS else -1


def _told(act: Act) -> tuple[str, str]:
    if act is Act.HAND_IN:
        return _("Your wishes are handed in. You may change them until the last day."), "success"
    return _("Your draft is kept. Hand it in when it is right."), "success"
