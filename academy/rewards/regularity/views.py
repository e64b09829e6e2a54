"""My rhythm: for the person alone."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from academy import clock, database
from academy.database import db
from academy.people.sessions import me
from academy.rewards.regularity import pages, services
from academy.web.guards import signed_in

bp = Blueprint("regularity", __name__, template_folder="templates")


@bp.get("/rhythm")
@signed_in
def rhythm() -> ResponseReturnValue:
    """A row longer than any before is noted as it is shown: from then on it stays."""
    page = pages.rhythm_page(me().id, clock.day_in(me().zone, clock.now()))
    if page.record is not None:
        database.about_to_write()
        services.note_longest(me().id, page.record)
        db.session.commit()
    return render_template("regularity/rhythm.html", page=page)
