"""The organiser's pages of pairs: proposals side by side, why each pair, what is wanted, publishing."""

import secrets
from functools import partial
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from academy import clock
from academy.community import once
from academy.database import db
from academy.mentoring.models import Progress
from academy.mentoring.pairs.models import Bond, Proposal
from academy.mentoring.pairs.proposing import pages, publishing, queries, services, shown, words
from academy.mentoring.programmes import words as programme_words
from academy.mentoring.programmes.models import Programme
from academy.mentoring.programmes.organising.reaching import within_reach
from academy.people.models import Role
from academy.people.sessions import me
from academy.refusal import Refusal
from academy.web.guards import only
from academy.web.incoming import row_number

bp = Blueprint("proposing", __name__, template_folder="templates")

LET_GO = "free"
LONGEST_TOKEN = 40


@bp.get("/mentoring/programmes/<int:number>/pairs")
@only(Role.ORGANISER)
def proposals(number: int) -> ResponseReturnValue:
    """How many have handed in, what is proposed, and what is wanted of it."""
    programme, _entity = within_reach(number)
    page = pages.overview(programme, clock.now())
    return _page("overview", page, token=once.token())


@bp.post("/mentoring/programmes/<int:number>/pairs/propose")
@only(Role.ORGANISER)
def propose(number: int) -> ResponseReturnValue:
    """Ask for proposals; the search goes on in the worker."""
    within_reach(number)
    near = request.form.get("near", default=None, type=row_number)
    if near is not None and queries.proposal(number, near) is None:
        raise Refusal(_("There is no proposal of that number to stay near to."))
    mark = once.mark(request.form.get("token", "")[:LONGEST_TOKEN], str(me().id), str(number))
    seed = secrets.randbelow(services.MOST_SEED)
    work = services.ask(number, mark, near, seed, me().id, clock.now())
    db.session.commit()
    return redirect(url_for(".work", number=number, work=work))


@bp.get("/mentoring/programmes/<int:number>/pairs/works/<int:work>")
@only(Role.ORGANISER)
def work(number: int, work: int) -> ResponseReturnValue:
    """How far a search is; when it is done, what it found."""
    programme, _entity = within_reach(number)
    found = queries.work(number, work) or abort(404)
    if found.state == Progress.DONE:
        return redirect(url_for(".proposals", number=number))
    order = queries.by_order(found.said["order"]) if found.said.get("order") else None
    names = pages.Names([order.mentor_id, order.mentee_id] if order else [])
    tie = shown.Tie(order, *names.two([order.mentor_id, order.mentee_id])) if order else None
    return render_template(
        "proposing/work.html", programme=programme, work=found, tie=tie, words=words
    )


@bp.post("/mentoring/programmes/<int:number>/pairs/orders")
@only(Role.ORGANISER)
def bind(number: int) -> ResponseReturnValue:
    """Want two people together, or apart, or let it go."""
    within_reach(number)
    mentor, mentee = (request.form.get(name, type=row_number) for name in ("mentor", "mentee"))
    said = request.form.get("bond", "")
    if said not in (*Bond, LET_GO):
        abort(400)
    if mentor is None or mentee is None:
        raise services.NoSuchTwo
    bond = None if said == LET_GO else Bond(said)
    services.bind(number, mentor, mentee, bond, me().id, clock.now())
    db.session.commit()
    flash(_("Understood. It counts from the next proposal on."), "success")
    return _to_overview(number)


@bp.get("/mentoring/programmes/<int:number>/pairs/compare")
@only(Role.ORGANISER)
def compare(number: int) -> ResponseReturnValue:
    """What differs between two proposals."""
    programme, _entity = within_reach(number)
    one, other = (request.args.get(name, type=row_number) for name in ("one", "other"))
    if one is None or other is None:
        abort(404)
    return _page(
        "compare", pages.difference(programme, _proposal(number, one), _proposal(number, other))
    )


@bp.get("/mentoring/programmes/<int:number>/pairs/<int:proposal>")
@only(Role.ORGANISER)
def proposal(number: int, proposal: int) -> ResponseReturnValue:
    """The pairs of a proposal, a page of them, and who has none."""
    programme, found = _found(number, proposal)
    turn = request.args.get("page", default=1, type=row_number)
    page = pages.whole(programme, found, me().id, turn)
    here = partial(url_for, ".proposal", number=number, proposal=proposal)
    return _page(
        "proposal",
        page,
        before_url=here(page=page.turn - 1) if page.turn > 1 else None,
        after_url=here(page=page.turn + 1) if page.turn < page.turns else None,
    )


@bp.get("/mentoring/programmes/<int:number>/pairs/<int:proposal>/<int:mentor>/<int:mentee>")
@only(Role.ORGANISER)
def pair(number: int, proposal: int, mentor: int, mentee: int) -> ResponseReturnValue:
    """Why these two, and what if they were apart."""
    programme, found = _found(number, proposal)
    page = pages.pair_page(programme, found, (mentor, mentee), me().id) or abort(404)
    return _page("pair", page)


@bp.get("/mentoring/programmes/<int:number>/pairs/<int:proposal>/people/<int:person>")
@only(Role.ORGANISER)
def person(number: int, proposal: int, person: int) -> ResponseReturnValue:
    """Whom somebody got, everybody they would rather have, and why not."""
    programme, found = _found(number, proposal)
    page = pages.person_page(programme, found, person, me().id) or abort(404)
    return _page("person", page)


@bp.post("/mentoring/programmes/<int:number>/pairs/<int:proposal>/publish")
@only(Role.ORGANISER)
def publish(number: int, proposal: int) -> ResponseReturnValue:
    """Make these pairs; everybody is told by the worker."""
    _found(number, proposal)
    read = request.form.get("version", default=0, type=row_number)
    publishing.publish(number, proposal, read, me().id, clock.now())
    db.session.commit()
    flash(_("The pairs are published. Everybody is being told, kindly."), "success")
    return redirect(url_for(".proposal", number=number, proposal=proposal))


def _found(number: int, proposal: int) -> tuple[Programme, Proposal]:
    programme, _entity = within_reach(number)
    return programme, _proposal(number, proposal)


def _proposal(number: int, proposal: int) -> Proposal:
    return queries.proposal(number, proposal) or abort(404)


def _page(name: str, page: Any, **more: Any) -> str:
    return render_template(
        f"proposing/{name}.html", page=page, words=words, programme_words=programme_words, **more
    )


def _to_overview(number: int) -> Response:
    return redirect(url_for(".proposals", number=number))
