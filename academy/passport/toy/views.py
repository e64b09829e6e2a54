"""My Paper Toy: choosing it, printing it, printing stickers."""

from datetime import timedelta

from flask import Blueprint, Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy import clock, database
from academy.database import db
from academy.passport.toy import pages, queries, services, sheets
from academy.passport.toy.forms import ToyForm, filled
from academy.passport.toy.queries import Choice
from academy.people.sessions import me
from academy.web import throttle
from academy.web.guards import signed_in
from academy.web.throttle import Limit
from academy.web.typesetting import NoSuchLetters

bp = Blueprint("toy", __name__, template_folder="templates")

PRINTS = Limit("paper-toy", 20, timedelta(minutes=5))


@bp.get("/passport/toy")
@signed_in
def toy() -> ResponseReturnValue:
    choice = queries.choice(me().id)
    return _page(filled(choice), choice)


@bp.post("/passport/toy")
@signed_in
def choose() -> ResponseReturnValue:
    form = ToyForm()
    if not form.validate():
        return _page(form, queries.choice(me().id)), 400
    services.keep(me().id, form.wanted(queries.held(me().id)), clock.now())
    db.session.commit()
    flash(_("Here it is, as you want it."), "success")
    return redirect(url_for("toy.toy"))


@bp.post("/passport/toy/figure")
@signed_in
def print_figure() -> ResponseReturnValue:
    """The figure on the form, as PDF. The writer is let go before it is drawn."""
    form = ToyForm()
    if not form.validate():
        return _page(form, queries.choice(me().id)), 400
    at = clock.now()
    _once_more()
    wanted = form.wanted(queries.held(me().id))
    worn = services.print_figure(me().id, wanted, at)
    wearer = pages.wearer()
    db.session.commit()
    database.reading_only()
    return _pdf(f"{wanted.character}.pdf", sheets.figure_pdf(wanted, worn, wearer, at))


@bp.post("/passport/toy/stickers/<int:number>")
@signed_in
def print_stickers(number: int) -> ResponseReturnValue:
    """A sheet of stickers, as PDF: the next one, or one of before again."""
    at = clock.now()
    _once_more()
    worn = services.print_stickers(me().id, number, at)
    choice = queries.choice(me().id)
    db.session.commit()
    database.reading_only()
    content = sheets.stickers_pdf(number, worn, choice, me().name, at)
    return _pdf(f"stickers-{number}.pdf", content)


@bp.errorhandler(NoSuchLetters)
def without_letters(_error: NoSuchLetters) -> ResponseReturnValue:
    """Said on the page, whichever sheet was asked for."""
    flash(
        _("This academy has no font for some letters of your sheet. Ask those who run it."),
        "error",
    )
    return redirect(url_for("toy.toy"))


@bp.get("/passport/toy/sheet.svg")
@signed_in
def sheet() -> ResponseReturnValue:
    """The sheet as it would be printed now, to look at."""
    choice = queries.choice(me().id)
    worn = services.on_figure(queries.held(me().id), choice)
    drawn = sheets.drawn_sheet(choice, worn, pages.wearer())
    return Response(drawn, mimetype="image/svg+xml")


@bp.get("/passport/toy/figure.svg")
@signed_in
def picture() -> ResponseReturnValue:
    """The figure already built, to take along: for whoever does not cut."""
    choice = queries.choice(me().id)
    worn = services.on_figure(queries.held(me().id), choice)
    response = Response(sheets.drawn_standing(choice, worn), mimetype="image/svg+xml")
    response.headers["Content-Disposition"] = f'attachment; filename="{choice.character}.svg"'
    return response


def _page(form: ToyForm, choice: Choice) -> str:
    """The figure that is kept, with the form as it was filled in."""
    page = pages.toy(choice)
    form.offer(page.held)
    return render_template("toy/toy.html", page=page, form=form)


def _once_more() -> None:
    """Count this print; drawing costs more than a page."""
    allowed = throttle.allow(PRINTS, str(me().id), clock.now())
    if not allowed:
        db.session.commit()
        abort(429)


def _pdf(name: str, content: bytes) -> Response:
    response = Response(content, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
