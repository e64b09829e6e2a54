"""For HR and administrators, within their entities: a file handed in, tried out, confirmed, applied."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy import clock, database, personal
from academy.database import db
from academy.people.directory.desk import STAFF, today
from academy.people.importing import columns, queries, reporting, services, words
from academy.people.importing.forms import ConfirmForm, ReadingForm, UploadForm
from academy.people.importing.limits import MOST_BYTES
from academy.people.importing.models import Import, Kind, Stage, State, Verdict
from academy.people.importing.services import Confirmed, Handed, NotConfirmed, TooBig, Wished
from academy.people.sessions import me
from academy.web.guards import only
from academy.web.incoming import CONTROLS, large, one_line
from academy.web.refusals import beside
from academy.web.words import language

bp = Blueprint("importing", __name__, template_folder="templates")

AT_WORK = (State.RECEIVED, State.EXAMINING, State.APPLYING)
SHOWN = (Verdict.WRONG, Verdict.LEAVING, Verdict.MOVED, Verdict.CHANGED, Verdict.NEW)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the file on the page. `who` is empty where nobody is known."""

    line: int | None
    person_id: int | None
    who: str
    changes: tuple[str, ...]
    mistakes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Group:
    verdict: Verdict
    title: str
    count: int
    lines: tuple[Line, ...]


@bp.route("/people/imports", methods=["GET", "POST"])
@only(*STAFF)
@large(MOST_BYTES)
def imports() -> ResponseReturnValue:
    """Those I began, and a form to begin another."""
    form = UploadForm()
    if form.validate_on_submit():
        number = _handed_in(form)
        if number is not None:
            return redirect(url_for(".show", number=number))
    elif not form.is_submitted():
        form.token.data = secrets.token_hex(8)
    page = render_template(
        "importing/imports.html",
        form=form,
        imports=queries.latest(me().id),
        words=words,
        lists=personal.said("keep_lists"),
        reports=personal.said("keep_reports"),
    )
    return page, 400 if form.errors else 200


def _handed_in(form: UploadForm) -> int | None:
    sent = request.files.get(form.file.name)
    if sent is None or not sent.filename:
        form.file.errors = [_("Choose a file.")]
        return None
    content = sent.read()
    said = "\0".join((form.token.data or "", str(me().id), form.kind.data))
    print_of_it = hashlib.sha256(content).hexdigest()
    handed = Handed(
        kind=Kind(form.kind.data),
        file_name=CONTROLS.sub("", one_line(sent.filename)),
        content=content,
        once=hashlib.sha256(f"{said}\0{print_of_it}".encode()).hexdigest()[:32],
        author_id=me().id,
        language=language(),
        day=today(),
    )
    database.about_to_write()
    try:
        number = services.hand_in(handed, clock.now())
    except TooBig as refused:
        beside(form.file, refused)
        return None
    db.session.commit()
    return number


@bp.get("/people/imports/<int:number>")
@only(*STAFF)
def show(number: int) -> ResponseReturnValue:
    """Where it stands: under way, to be confirmed, or over."""
    work = _mine(number)
    if work.state == State.OPENED:
        return redirect(url_for(".say_columns", number=number))
    if work.state == State.EXAMINED:
        return _preview(work, ConfirmForm())
    over = work.state not in AT_WORK
    return render_template(
        "importing/work.html",
        work=work,
        over=over,
        share=_share(work),
        groups=_groups(work) if work.state == State.DONE else (),
        words=words,
    )


@bp.route("/people/imports/<int:number>/columns", methods=["GET", "POST"])
@only(*STAFF)
def say_columns(number: int) -> ResponseReturnValue:
    """Which column is what: proposed, to be corrected."""
    work = _mine(number)
    if work.state not in (State.OPENED, State.EXAMINED):
        return redirect(url_for(".show", number=number))
    options = work.options
    form = ReadingForm(
        month_first=options.get("month_first", False), complete=options.get("complete", False)
    )
    mapping, problem = dict(work.mapping), ""
    if form.validate_on_submit():
        mapping, problem = _mapped(work, request.form)
        if not problem:
            wished = Wished(form.month_first.data, form.complete.data)
            services.examine(work, mapping, wished, clock.now())
            db.session.commit()
            return redirect(url_for(".show", number=number))
    page = render_template(
        "importing/columns.html",
        work=work,
        form=form,
        fields=words.FIELDS[Kind(work.kind)],
        chosen={place: name for name, place in mapping.items()},
        problem=problem,
    )
    return page, 400 if problem or form.errors else 200


def _mapped(work: Import, typed: Mapping[str, str]) -> tuple[dict[str, int], str]:
    """The column of each field, and what is wrong with it."""
    fields, mapping, twice = words.FIELDS[Kind(work.kind)], {}, ""
    for place in range(len(work.headings)):
        name = typed.get(f"column-{place}", "")
        if name in mapping:
            twice = str(fields[name])
        elif name in fields:
            mapping[name] = place
    if twice:
        return mapping, _("Two columns are said to be “%(field)s”. Choose one.", field=twice)
    if columns.missing(Kind(work.kind), mapping):
        if work.kind == Kind.ENTITIES:
            return mapping, _("Say which column holds the key of the entity.")
        return mapping, _("Say which column holds the staff number, or the e-mail.")
    return mapping, ""


@bp.post("/people/imports/<int:number>/apply")
@only(*STAFF)
def apply(number: int) -> ResponseReturnValue:
    work, form = _mine(number), ConfirmForm()
    if work.state != State.EXAMINED:
        return redirect(url_for(".show", number=number))
    if not form.validate_on_submit():
        return _preview(work, form), 400
    said = Confirmed(form.without_wrong.data, form.invite.data, form.leaving.data)
    try:
        services.confirm(work, said, clock.now())
    except NotConfirmed as refused:
        beside(form.submit, refused)
        return _preview(work, form), 400
    db.session.commit()
    return redirect(url_for(".show", number=number))


@bp.post("/people/imports/<int:number>/drop")
@only(*STAFF)
def drop(number: int) -> ResponseReturnValue:
    """The file and what was found in it go at once."""
    services.drop(_mine(number))
    db.session.commit()
    flash(_("The file is thrown away. Nothing more comes of it."), "success")
    return redirect(url_for(".imports"))


@bp.get("/people/imports/<int:number>/report.csv")
@only(*STAFF)
def report(number: int) -> ResponseReturnValue:
    """What would happen, or happened, row by row."""
    work = _mine(number)
    if work.state not in (State.EXAMINED, State.DONE):
        abort(404)
    name = f"import-{number}.csv"
    answer = Response("".join(reporting.lines(work)), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _mine(number: int) -> Import:
    return queries.numbered(number, me().id) or abort(404)


def _preview(work: Import, form: ConfirmForm) -> str:
    return render_template(
        "importing/preview.html",
        work=work,
        form=form,
        groups=_groups(work),
        counts=work.counts,
        many=services.many_leave(work),
        words=words,
    )


def _groups(work: Import) -> tuple[Group, ...]:
    names = words.VERDICTS[Kind(work.kind)]
    return tuple(
        Group(
            verdict,
            str(names[verdict]),
            work.counts[verdict],
            tuple(
                Line(
                    row.line,
                    row.person_id,
                    name or row.said.get("who", ""),
                    tuple(words.changes(work.kind, row.said)),
                    tuple(words.mistakes(work.kind, row)),
                )
                for row, name in queries.some_rows(work.id, verdict)
            ),
        )
        for verdict in SHOWN
        if work.counts.get(verdict)
    )


def _share(work: Import) -> int:
    """How much is done, in per cent."""
    stages = [Stage.ROWS]
    if "manager" in work.mapping and work.kind == Kind.PEOPLE:
        stages.append(Stage.MANAGERS)
    if work.options.get("complete"):
        stages.append(Stage.ABSENT)
    if work.state == State.RECEIVED or work.stage not in stages:
        return 0
    done = min(work.cursor / max(work.parts, 1), 1)
    return int(100 * (stages.index(Stage(work.stage)) + done) / len(stages))
