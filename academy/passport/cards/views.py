"""The pictures to share: that of a link, for whoever has the link; that of an award, for its holder."""

from datetime import timedelta

from flask import Blueprint, Response, abort, current_app, request, url_for
from flask.typing import ResponseReturnValue

from academy import clock, database
from academy.database import db
from academy.passport import codes
from academy.passport.cards import pages
from academy.passport.cards.drawing import TYPES, Card, Shape, drawn
from academy.passport.cards.pages import Named
from academy.passport.credentials import queries as credentials
from academy.passport.links import queries as links
from academy.passport.links import rules
from academy.passport.links.rules import State
from academy.people.sessions import me
from academy.rewards import badges
from academy.web import throttle
from academy.web.guards import public, signed_in
from academy.web.throttle import Limit

bp = Blueprint("cards", __name__)

DRAWN = Limit("passport-card", 30, timedelta(minutes=5))
FIVE_MINUTES = 300
GONE = 410


@bp.get("/verify/<string:code>/card.png")
@public
def png(code: str) -> ResponseReturnValue:
    """What networks show of a link to a passport."""
    return _of_link(code, Shape.PNG)


@bp.get("/verify/<string:code>/card.svg")
@public
def svg(code: str) -> ResponseReturnValue:
    return _of_link(code, Shape.SVG)


@bp.post("/passport/files/<string:award>/card")
@signed_in
def of_award(award: str) -> ResponseReturnValue:
    """A picture of one award, its holder named as they wish."""
    named, shape = request.form.get("named", ""), request.form.get("format", "")
    if named not in set(Named) or shape not in set(Shape):
        abort(400)
    _patience(str(me().id))
    found, earned = badges.current().get(award), credentials.earned(me().id, award)
    if found is None or earned is None:
        abort(404)
    return _file(pages.of_award(found, earned, Named(named)), Shape(shape), award)


def _of_link(code: str, shape: Shape) -> Response:
    """Nothing once the link is closed, or the passport not in force any more."""
    database.about_to_write()
    _patience(request.remote_addr or "nowhere")
    found = links.shown_by(codes.tidy(code)) or abort(404)
    link = found.link
    if link and rules.state(link.ends_at, link.withdrawn_at, clock.now()) is not State.LIVE:
        abort(GONE)
    public: str = current_app.config["SETTINGS"].public_url
    address = public + url_for("passport.verification", code=found.code)
    card = pages.of_link(found, address) or abort(GONE)
    response = _file(card, shape, "passport")
    response.cache_control.max_age = FIVE_MINUTES
    response.cache_control.private = True
    response.headers["X-Robots-Tag"] = "noindex, noarchive"
    return response


def _patience(who: str) -> None:
    """Count this try, and let the writer go before anything is drawn."""
    allowed = throttle.allow(DRAWN, who, clock.now())
    db.session.commit()
    database.reading_only()
    if not allowed:
        abort(429)


def _file(card: Card, shape: Shape, name: str) -> Response:
    """A PNG may be shown in its place; a drawing is a file to keep."""
    response = Response(drawn(card, shape), content_type=TYPES[shape])
    how = "inline" if shape is Shape.PNG and request.method == "GET" else "attachment"
    response.headers["Content-Disposition"] = f'{how}; filename="{name}-card.{shape}"'
    return response
