"""The shop as everybody sees it: the shelf, a gift, my orders."""

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy import clock
from academy.database import db
from academy.people.directory import desk as reaching
from academy.people.sessions import me
from academy.rewards.shop import codes, queries, services, slips, words
from academy.rewards.shop.desk import views as desk
from academy.rewards.shop.forms import OrderForm
from academy.rewards.shop.keeping import views as keeping
from academy.rewards.shop.queries import Mine
from academy.rewards.shop.rules import LIVE, Kind, Move, State
from academy.web.guards import signed_in
from academy.web.incoming import row_number
from academy.web.qr import qr_svg

bp = Blueprint("shop", __name__, template_folder="templates")
bp.register_blueprint(desk.bp)
bp.register_blueprint(keeping.bp)

A_DAY = 86_400


@bp.get("/shop")
@signed_in
def shelf() -> ResponseReturnValue:
    """What my stars and keys buy where I work."""
    page = queries.shelf(me().id, reaching.today())
    return render_template("shop/shelf.html", page=page, words=words)


@bp.route("/shop/gifts/<int:number>", methods=["GET", "POST"])
@signed_in
def gift(number: int) -> ResponseReturnValue:
    """One gift, and the button that orders it."""
    form = OrderForm()
    if request.method == "POST":
        if not form.validate():
            abort(400)
        made = services.order(me().id, number, form.once.data or "", clock.now(), reaching.today())
        db.session.commit()
        flash(_("Ordered, and paid. It is yours."), "success")
        return redirect(url_for(".order", number=made))
    offer = queries.offer(me().id, number, reaching.today()) or abort(404)
    return render_template("shop/gift.html", offer=offer, form=form, words=words)


@bp.get("/shop/gifts/<int:number>/picture.svg")
@signed_in
def picture(number: int) -> ResponseReturnValue:
    """A gift's own drawing."""
    found = queries.gift(number)
    if found is None or not found.drawing:
        abort(404)
    response = Response(found.drawing, mimetype="image/svg+xml")
    response.cache_control.private = True
    response.cache_control.max_age = A_DAY
    return response


@bp.get("/shop/orders")
@signed_in
def orders() -> ResponseReturnValue:
    before = request.args.get("before", type=row_number)
    found, older = queries.my_orders(me().id, before)
    return render_template(
        "shop/orders.html",
        orders=found,
        words=words,
        older_url=url_for(".orders", before=older) if older else None,
        newer_url=url_for(".orders") if before else None,
    )


@bp.get("/shop/orders/<int:number>")
@signed_in
def order(number: int) -> ResponseReturnValue:
    """An order of mine: where it stands, and the code to show at the desk."""
    found = _mine(number)
    state = State(found.order.state)
    collects = found.gift.kind == Kind.THING and state in (State.APPROVED, State.READY)
    return render_template(
        "shop/order.html",
        mine=found,
        words=words,
        cancels=state in LIVE,
        code=codes.written(number) if collects else None,
        qr=qr_svg(slips.public_address(number)) if collects else None,
    )


@bp.post("/shop/orders/<int:number>/cancel")
@signed_in
def cancel(number: int) -> ResponseReturnValue:
    """Change my mind before the hand-over; a button pressed twice does it once."""
    _mine(number)
    services.move(number, Move.CANCEL, clock.now(), me().id)
    db.session.commit()
    flash(_("Cancelled: everything you paid is back in your purse."), "success")
    return redirect(url_for(".order", number=number))


def _mine(number: int) -> Mine:
    return queries.mine(me().id, number) or abort(404)
