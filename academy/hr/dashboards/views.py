"""Figures of the company and of each entity, for human resources within their reach."""

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from academy.hr.dashboards import pages, queries
from academy.people import places
from academy.people.directory import desk
from academy.people.models import Role
from academy.web.guards import only

bp = Blueprint("dashboards", __name__, template_folder="templates")

SEES = (Role.HR, Role.ADMIN)


@bp.get("/hr")
@only(*SEES)
def start() -> ResponseReturnValue:
    """The highest entity within my reach, or a choice of those."""
    roots = queries.roots(desk.my_reach(*SEES), desk.today())
    if len(roots) == 1:
        return redirect(url_for("dashboards.completion", entity=roots[0].id))
    return render_template("hr/roots.html", roots=roots)


@bp.get("/hr/entities/<int:entity>")
@only(*SEES)
def completion(entity: int) -> ResponseReturnValue:
    """How far the passport has spread in an entity, and in what is under it."""
    chain = places.above(entity, desk.today()) or abort(404)
    mine = desk.my_reach(*SEES).part_of([place.id for place in chain])
    if not mine:
        abort(403)
    counted = queries.as_of()
    if counted is None:
        return render_template("hr/not_counted.html")
    trail = [place for place in chain if place.id in mine]
    return render_template("hr/completion.html", page=pages.completion(trail, *counted))
