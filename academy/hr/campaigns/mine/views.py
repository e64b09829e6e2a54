"""My campaigns: what is asked, by when, how far I am, and what human resources see of me."""

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from academy.hr.campaigns import queries, words
from academy.hr.campaigns.mine import pages
from academy.people.directory import desk
from academy.people.sessions import me
from academy.web.guards import signed_in

bp = Blueprint("mine", __name__)


@bp.get("/campaigns")
@signed_in
def campaigns() -> ResponseReturnValue:
    """Those that concern me."""
    return render_template(
        "campaigns/mine.html", campaigns=queries.mine(me().id), words=words, today=desk.today()
    )


@bp.get("/campaigns/<int:number>")
@signed_in
def campaign(number: int) -> ResponseReturnValue:
    found = next(iter(queries.mine(me().id, number)), None) or abort(404)
    return render_template(
        "campaigns/one.html", page=pages.campaign(found, me().id, desk.today()), words=words
    )
