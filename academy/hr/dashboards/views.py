"""Figures of the company and of each entity, for human resources within their reach."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from academy.hr.dashboards import (
    adoption,
    comparing,
    coverage,
    equity,
    framing,
    meanings,
    pages,
    queries,
)
from academy.hr.dashboards.framing import SEES, Frame
from academy.hr.dashboards.meanings import Meanings
from academy.people.directory import desk
from academy.refusal import Refusal
from academy.web.guards import only
from academy.web.incoming import asked

bp = Blueprint("dashboards", __name__, template_folder="templates")


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
    part = request.args.get("page", default=1, type=int)
    return _shown(
        entity, "hr/completion.html", lambda frame: pages.completion(frame, part), meanings.PASSPORT
    )


@bp.get("/hr/entities/<int:entity>/adoption")
@only(*SEES)
def use(entity: int) -> ResponseReturnValue:
    """Who comes, day by day and month by month, and who stays."""
    return _shown(entity, "hr/adoption.html", adoption.page, meanings.ADOPTION)


@bp.get("/hr/entities/<int:entity>/equity")
@only(*SEES)
def fairness(entity: int) -> ResponseReturnValue:
    """Whom the programme reaches least."""
    return _shown(entity, "hr/equity.html", equity.page, meanings.EQUITY)


@bp.get("/hr/entities/<int:entity>/knowledge")
@only(*SEES)
def knowledge(entity: int) -> ResponseReturnValue:
    """What a large group knows, theme by theme and notion by notion."""
    return _shown(entity, "hr/knowledge.html", coverage.page, meanings.KNOWLEDGE)


@bp.get("/hr/compare")
@only(*SEES)
def compare() -> ResponseReturnValue:
    """Two to four entities side by side; one more is typed in by its name."""
    moment = framing.moment()
    if moment is None:
        return render_template("hr/not_counted.html")
    chosen, trouble = comparing.chosen(request.args.getlist("entity")), ""
    if typed := asked("add"):
        try:
            more = desk.entity_of_mine(typed, comparing.elsewhere(), *SEES).id
            return redirect(comparing.address((*chosen, more), moment))
        except Refusal as refused:
            trouble = str(refused)
    page = comparing.page(chosen, moment, trouble)
    return render_template("hr/compare.html", page=page), 422 if trouble else 200


def _shown(
    entity: int, template: str, made: Callable[[Frame], Any], told: Meanings
) -> ResponseReturnValue:
    moment = framing.moment()
    if moment is None:
        return render_template("hr/not_counted.html")
    frame = framing.framed(entity, moment)
    page = made(frame)
    if getattr(page, "by_wave", False):
        told = (*meanings.BY_WAVE, *told)
    return render_template(template, frame=frame, page=page, told=told)
