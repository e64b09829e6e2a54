"""The desk: the queue, an order by its code typed or scanned, and the buttons that bring it on."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response

from academy import clock
from academy.database import db
from academy.people.directory import desk as reaching
from academy.people.directory.reach import Reach
from academy.people.models import Role
from academy.people.sessions import me
from academy.refusal import Refusal
from academy.rewards.shop import codes, services, slips, words
from academy.rewards.shop.desk import queries
from academy.rewards.shop.desk.queries import Ticket
from academy.rewards.shop.forms import CodeForm, RefusalForm
from academy.rewards.shop.rules import (
    AT_THE_DESK,
    DECISIONS,
    HANDS,
    KEEPS,
    LIVE,
    Move,
    State,
    moves_from,
)
from academy.web.guards import only
from academy.web.incoming import row_number

bp = Blueprint("desk", __name__)


class NotYourself(Refusal):
    """Nobody stands on both sides of the desk."""

    def __init__(self) -> None:
        super().__init__(
            lazy_gettext("This order is your own: a colleague of the desk sees to it."), 403
        )


@bp.get("/shop/desk")
@only(*HANDS)
def queue() -> ResponseReturnValue:
    """What waits within my reach; a code leads straight to its order."""
    form = CodeForm(request.args)
    if "code" in request.args and form.validate():
        number = codes.read(form.code.data or "")
        if number is not None and queries.ticket(number, _reach(), reaching.today()):
            return redirect(url_for(".ticket", number=number))
        form.code.errors = [_("No order here has this code. Look at it again, or scan it.")]
    status = 404 if form.code.errors else 200
    asked = request.args.get("state", "")
    counts = queries.how_many(_reach(), reaching.today())
    state = State(asked) if asked in LIVE else _busiest(counts)
    after = request.args.get("after", type=row_number)
    found, more = queries.waiting(_reach(), state, after, reaching.today())
    page = render_template(
        "shop/queue.html",
        form=form,
        counts=counts,
        state=state,
        tickets=found,
        words=words,
        keeps=_keeps(),
        later_url=url_for(".queue", state=state, after=more) if more else None,
        first_url=url_for(".queue", state=state) if after else None,
    )
    return page, status


@bp.get("/shop/desk/slips/<string:slip>")
@only(*HANDS)
def scanned(slip: str) -> ResponseReturnValue:
    """What a telephone opens that scanned the code on somebody's screen."""
    number = slips.number_on(slip)
    return redirect(url_for(".ticket", number=number)) if number is not None else abort(404)


@bp.get("/shop/desk/orders/<int:number>")
@only(*HANDS)
def ticket(number: int) -> ResponseReturnValue:
    return _page(_within_reach(number), RefusalForm())


@bp.post("/shop/desk/orders/<int:number>/<string:how>")
@only(*HANDS)
def move(number: int, how: str) -> ResponseReturnValue:
    """Approve, refuse, make ready, hand over."""
    if how not in list(AT_THE_DESK):
        abort(404)
    step = Move(how)
    found = _within_reach(number, *(KEEPS if step in DECISIONS else HANDS))
    if found.order.person_id == me().id:
        raise NotYourself
    form = RefusalForm()
    if step is Move.REFUSE and not form.validate():
        return _page(found, form, 400)
    reason = (form.reason.data or "") if step is Move.REFUSE else ""
    services.move(number, step, clock.now(), me().id, reason)
    db.session.commit()
    flash(str(words.DONE[step]), "success")
    return _to_ticket(number)


def _page(found: Ticket, form: RefusalForm, status: int = 200) -> ResponseReturnValue:
    as_keeper = _reach(*KEEPS)
    may_decide = _keeps() and queries.ticket(found.order.id, as_keeper, reaching.today())
    mine = found.order.person_id == me().id
    steps = [
        how
        for how in moves_from(State(found.order.state))
        if not mine and (may_decide or how not in DECISIONS)
    ]
    page = render_template(
        "shop/ticket.html",
        ticket=found,
        code=codes.written(found.order.id),
        steps=[how for how in steps if how is not Move.REFUSE],
        refuses=Move.REFUSE in steps,
        mine=mine,
        form=form,
        words=words,
    )
    return page, status


def _within_reach(number: int, *acting: Role) -> Ticket:
    return queries.ticket(number, _reach(*acting), reaching.today()) or abort(404)


def _keeps() -> bool:
    return any(me().holds(role) for role in KEEPS)


def _reach(*acting: Role) -> Reach:
    return reaching.my_reach(*(acting or HANDS))


def _busiest(counts: dict[State, int]) -> State:
    """The queue to show first: the first one in which something waits."""
    return next((state for state in LIVE if counts[state]), State.READY)


def _to_ticket(number: int) -> Response:
    return redirect(url_for("shop.desk.ticket", number=number))
