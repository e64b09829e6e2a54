"""The organiser's pages: their programmes, one programme and its volunteers, writing it, moving it on."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from academy import clock
from academy.community import once
from academy.database import db
from academy.mentoring.programmes import queries, services, words
from academy.mentoring.programmes.forms import ALL_LEVELS, THEME, DaysForm, ProgrammeForm
from academy.mentoring.programmes.models import Programme
from academy.mentoring.programmes.organising.reaching import within_reach
from academy.mentoring.programmes.queries import Funnel, Line
from academy.mentoring.programmes.rules import Move, State, moves_from
from academy.mentoring.programmes.services import ChangedMeanwhile
from academy.people import queries as people
from academy.people.directory import desk
from academy.people.directory.services import NoSuchEntity
from academy.people.models import Role
from academy.people.sessions import me
from academy.web.guards import only
from academy.web.incoming import row_number

bp = Blueprint("organising", __name__)


@dataclass(frozen=True, slots=True)
class Board:
    programme: Programme
    entity: str | None
    state: State
    funnel: Funnel
    volunteers: tuple[Line, ...]
    moves: tuple[Move, ...]
    older_url: str | None
    newer_url: str | None


@bp.get("/mentoring/programmes")
@only(Role.ORGANISER)
def programmes() -> ResponseReturnValue:
    before = request.args.get("before", type=row_number)
    found, older = queries.organised(desk.my_reach(Role.ORGANISER), desk.today(), before)
    return render_template(
        "programmes/programmes.html",
        programmes=found,
        words=words,
        older_url=url_for(".programmes", before=older) if older else None,
        newer_url=url_for(".programmes") if before else None,
    )


@bp.route("/mentoring/programmes/new", methods=["GET", "POST"])
@only(Role.ORGANISER)
def new() -> ResponseReturnValue:
    form = ProgrammeForm(mentor_years=2, mentee_years=0)
    right, entity = form.accepted(), _entity(form)
    if right and entity is not False:
        plan = {**form.plan(), "entity_id": entity}
        mark = once.mark(form.token.data or "", str(me().id))
        number = services.create(plan, mark, me().id, clock.now())
        db.session.commit()
        flash(
            _("The draft is kept. Read it as your colleagues will, then open the call."), "success"
        )
        return _to_board(number)
    return _written(form, None, 400 if form.is_submitted() else 200)


@bp.get("/mentoring/programmes/<int:number>")
@only(Role.ORGANISER)
def board(number: int) -> ResponseReturnValue:
    """Who is concerned, who volunteered, and what may be done next."""
    programme, entity = within_reach(number)
    before = request.args.get("before", type=row_number)
    lines, older = queries.volunteers(number, before)
    page = Board(
        programme,
        entity,
        State(programme.state),
        queries.funnel(programme, desk.today()),
        tuple(lines),
        moves_from(State(programme.state)),
        url_for(".board", number=number, before=older) if older else None,
        url_for(".board", number=number) if before else None,
    )
    return render_template("programmes/board.html", page=page, words=words)


@bp.route("/mentoring/programmes/<int:number>/edit", methods=["GET", "POST"])
@only(Role.ORGANISER)
def edit(number: int) -> ResponseReturnValue:
    """All of a draft; the names and days of an open or closed one."""
    programme, entity = within_reach(number)
    if programme.state == State.ENDED:
        abort(404)
    draft = programme.state == State.DRAFT
    form = (ProgrammeForm if draft else DaysForm)(data=_as_form(programme, entity))
    right, place = form.accepted(), _entity(form)
    if not right or place is False:
        return _written(form, programme, 400 if form.is_submitted() else 200)
    plan = {**form.plan(), **({"entity_id": place} if draft else {})}
    try:
        services.change(number, form.written(), plan, me().id, clock.now())
    except ChangedMeanwhile as meanwhile:
        return _met(form, meanwhile.programme, entity)
    db.session.commit()
    flash(_("The programme is changed."), "success")
    return _to_board(number)


@bp.post("/mentoring/programmes/<int:number>/discard")
@only(Role.ORGANISER)
def discard(number: int) -> ResponseReturnValue:
    """Throw a draft away; the form carries the version that was read."""
    within_reach(number)
    read = request.form.get("version", default=0, type=int)
    services.discard(number, read, me().id, clock.now())
    db.session.commit()
    flash(_("The draft is gone."), "success")
    return redirect(url_for(".programmes"))


@bp.post("/mentoring/programmes/<int:number>/<string:how>")
@only(Role.ORGANISER)
def move(number: int, how: str) -> ResponseReturnValue:
    """Open the call, close it, end the programme."""
    within_reach(number)
    if how not in list(Move):
        abort(404)
    read = request.form.get("version", default=0, type=int)
    after = services.move(number, read, Move(how), me().id, clock.now())
    db.session.commit()
    flash(str(words.MOVED[after]), "success")
    return _to_board(number)


def _met(form: DaysForm, now: Programme, entity: str | None) -> ResponseReturnValue:
    """Somebody was faster: what they changed is told, what was typed stays, saving again decides."""
    db.session.rollback()
    kept = _as_form(now, entity)
    other = people.named([now.changed_by] if now.changed_by else [])
    conflict = {
        "who": next(iter(other.values())).name if other else _("Somebody"),
        "at": now.changed_at,
        "fields": [
            each.label.text
            for each in form
            if each.short_name in kept
            and each.short_name != "version"
            and _plain(each.data) != _plain(kept[each.short_name])
        ],
    }
    form.version.raw_data, form.version.data = None, str(now.version)
    return _written(form, now, 409, conflict)


def _plain(said: Any) -> Any:
    """Texts as browsers send them back and as they are kept compare equal."""
    if isinstance(said, list):
        return sorted(said)
    if not isinstance(said, str | None):
        return said
    return "\n".join(line.strip() for line in (said or "").strip().splitlines())


def _written(
    form: DaysForm,
    programme: Programme | None,
    status: int,
    conflict: dict[str, Any] | None = None,
) -> ResponseReturnValue:
    page = render_template(
        "programmes/write.html",
        form=form,
        programme=programme,
        conflict=conflict,
        near=desk.suggested(Role.ORGANISER) if isinstance(form, ProgrammeForm) else (),
    )
    return page, status


def _entity(form: DaysForm) -> int | bool | None:
    """The entity typed in, None for the whole company; False when it cannot be, and the form says why."""
    if not (form.is_submitted() and isinstance(form, ProgrammeForm)):
        return None
    if not form.place.data:
        if desk.my_reach(Role.ORGANISER).everywhere:
            return None
        form.place.errors = [_("You organise within an entity: type which one.")]
        return False
    try:
        yours = _("You do not organise there.")
        return desk.entity_of_mine(form.place.data, yours, Role.ORGANISER).id
    except (NoSuchEntity, desk.OutOfReach) as no:
        form.place.errors = [no.words]
        return False


def _as_form(programme: Programme, entity: str | None) -> dict[str, Any]:
    own = [topic for topic in programme.topics if not topic["key"].startswith(THEME)]
    themes = [topic["key"] for topic in programme.topics if topic not in own]
    columns = {column.name: getattr(programme, column.name) for column in Programme.__table__.c}
    return {
        **columns,
        "version": str(programme.version),
        "place": entity or "",
        "line_depth": ALL_LEVELS if programme.line_depth is None else str(programme.line_depth),
        "places": "\n".join(programme.places),
        "themes": [key.removeprefix(THEME) for key in themes],
        "topics_fr": "\n".join(topic["fr"] for topic in own),
        "topics_en": "\n".join(topic["en"] for topic in own),
    }


def _to_board(number: int) -> Response:
    return redirect(url_for("mentoring.organising.board", number=number))
