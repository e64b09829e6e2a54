"""What human resources see of me, with the very figures."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from academy.hr.seen import pages
from academy.people.directory import desk
from academy.people.sessions import me
from academy.web.guards import signed_in

bp = Blueprint("seen", __name__, template_folder="templates")


@bp.get("/my-data/seen")
@signed_in
def mine() -> ResponseReturnValue:
    """The groups I am counted in, my campaigns, and who may look."""
    return render_template("seen/mine.html", page=pages.page(me().id, desk.today()))
