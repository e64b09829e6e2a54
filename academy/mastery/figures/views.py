"""How questions do, for those who write them: counts over everybody, nothing about anybody."""

from dataclasses import dataclass

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from academy.catalog import releases
from academy.catalog.tree import Theme
from academy.mastery.figures import pages, queries
from academy.mastery.figures.pages import QuestionRow
from academy.people.models import Role
from academy.web.guards import only
from academy.web.words import language

bp = Blueprint("figures", __name__, template_folder="templates")


@dataclass(frozen=True, slots=True)
class QuestionsPage:
    themes: tuple[Theme, ...]
    theme: str
    suspect: tuple[QuestionRow, ...]
    others: tuple[QuestionRow, ...]


@bp.get("/questions")
@only(Role.AUTHOR, Role.ADMIN)
def questions() -> ResponseReturnValue:
    """Every question, the most suspect first."""
    catalog = releases.current()
    theme = request.args.get("theme", "")
    theme = theme if theme in catalog.themes else ""
    rows = pages.rows(catalog, queries.all_figures(catalog), theme, language())
    page = QuestionsPage(
        themes=tuple(catalog.themes.values()),
        theme=theme,
        suspect=tuple(row for row in rows if row.flags),
        others=tuple(row for row in rows if not row.flags),
    )
    return render_template("figures/questions.html", page=page)


@bp.get("/questions/<string:key>")
@only(Role.AUTHOR, Role.ADMIN)
def question(key: str) -> ResponseReturnValue:
    """One question: how hard, how quick, which options serve."""
    catalog = releases.current()
    found = catalog.questions.get(key) or abort(404)
    page = pages.page(catalog, found, queries.of_question(found))
    return render_template("figures/question.html", page=page)
