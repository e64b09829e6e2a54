"""My tracks, one of them, following and leaving."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy import clock
from academy.catalog import releases
from academy.catalog.tracks import Track
from academy.database import db
from academy.learning import queries as learning
from academy.learning.tracks import pages
from academy.people.sessions import me
from academy.rewards import queries as rewards
from academy.tracks import queries, services
from academy.web.guards import signed_in
from academy.web.words import language

bp = Blueprint("tracks", __name__, template_folder="templates")


@bp.get("/tracks")
@signed_in
def tracks() -> ResponseReturnValue:
    """Mine with what is left of them, and those I may follow."""
    today = clock.day_in(me().zone, clock.now())
    page = pages.tracks_page(
        queries.situation(me().id, today),
        learning.standings(me().id),
        rewards.grants(me().id),
        today,
    )
    return render_template("tracks/tracks.html", page=page)


@bp.get("/tracks/<string:track>")
@signed_in
def track(track: str) -> ResponseReturnValue:
    """The steps in order; a track that is neither mine nor open is not there for me."""
    found, today = _track(track), clock.day_in(me().zone, clock.now())
    mine, granted = queries.situation(me().id, today), rewards.grants(me().id)
    claim = queries.claims(mine, granted).get(track) or abort(404)
    page = pages.track_page(found, claim, mine, learning.standings(me().id), granted, today)
    return render_template("tracks/track.html", page=page)


@bp.post("/tracks/<string:track>/follow")
@signed_in
def follow(track: str) -> ResponseReturnValue:
    found = _track(track)
    services.follow(me().id, found, clock.now())
    db.session.commit()
    flash(_("You follow “%(title)s”.", title=found.title.said(language())), "success")
    return redirect(url_for("tracks.track", track=track))


@bp.post("/tracks/<string:track>/leave")
@signed_in
def leave(track: str) -> ResponseReturnValue:
    found = _track(track)
    services.leave(me().id, track)
    db.session.commit()
    flash(
        _(
            "You follow “%(title)s” no more. What you did in it stays yours.",
            title=found.title.said(language()),
        ),
        "success",
    )
    return redirect(url_for("tracks.tracks"))


def _track(key: str) -> Track:
    return releases.current().tracks.get(key) or abort(404)
