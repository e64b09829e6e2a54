"""A group's posts, one post with its comments, and what one does with them."""

from collections.abc import Callable

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from academy import clock
from academy.community import rights
from academy.community.groups import queries as groups
from academy.community.groups.queries import GroupSeen
from academy.community.groups.services import TooFast
from academy.community.models import Message
from academy.community.posts import pages, queries, services
from academy.community.posts.forms import (
    LONGEST_COMMENT,
    CommentForm,
    ConfirmForm,
    EditForm,
    PostForm,
)
from academy.community.posts.services import Draft
from academy.community.rights import May, Viewer
from academy.database import db
from academy.people.models import Role
from academy.people.sessions import me
from academy.web.guards import safe_next, signed_in
from academy.web.incoming import row_number
from academy.web.words import language

bp = Blueprint("posts", __name__, template_folder="templates")


@bp.get("/groups/<int:number>")
@signed_in
def group(number: int) -> ResponseReturnValue:
    """What the group is for and, for those who may read it, its posts."""
    return _group_page(_group(number), PostForm())


@bp.post("/groups/<int:number>/posts")
@signed_in
def write(number: int) -> ResponseReturnValue:
    found, form = _readable(number), PostForm()
    if not form.validate():
        return _group_page(found, form), 400
    draft = Draft(form.text.data, language(), form.token.data, form.question.data)
    written = _published(form, lambda: services.write(_viewer(found), number, draft, clock.now()))
    if written is None:
        return _group_page(found, form), 429
    return redirect(url_for(".group", number=number, _anchor=f"message-{written}"))


@bp.get("/groups/<int:number>/posts/<int:post>")
@signed_in
def post(number: int, post: int) -> ResponseReturnValue:
    return _post_page(_readable(number), post, CommentForm())


@bp.post("/groups/<int:number>/posts/<int:post>/comments")
@signed_in
def comment(number: int, post: int) -> ResponseReturnValue:
    found, message = _locked(number, post)
    if message.post_id is not None:
        abort(404)
    form = CommentForm()
    if not form.validate():
        return _post_page(found, post, form), 400
    draft = Draft(form.text.data, language(), form.token.data)
    written = _published(
        form, lambda: services.comment(_viewer(found), message, draft, clock.now())
    )
    if written is None:
        return _post_page(found, post, form), 429
    after = written - 1 if message.comment_count > queries.COMMENTS else None
    return redirect(
        url_for(".post", number=number, post=post, after=after, _anchor=f"message-{written}")
    )


@bp.route("/groups/<int:number>/messages/<int:message>/edit", methods=["GET", "POST"])
@signed_in
def edit(number: int, message: int) -> ResponseReturnValue:
    """One's own words, to change."""
    group, found = _allowed(number, message, May.EDIT)
    form = EditForm(data={"text": found.source})
    if form.validate_on_submit() and _is_short_enough(form, found):
        services.edit(_viewer(group), found, form.text.data, clock.now())
        db.session.commit()
        return redirect(_address(found))
    page = render_template(
        "posts/edit.html", group=group, form=form, back_url=_address(found), is_post=_is_post(found)
    )
    return page, 400 if form.errors else 200


@bp.route("/groups/<int:number>/messages/<int:message>/delete", methods=["GET", "POST"])
@signed_in
def delete(number: int, message: int) -> ResponseReturnValue:
    """Ask once more, then take the words back for good."""
    if request.method == "POST":
        group, found = _locked(number, message)
        services.delete(_viewer(group), found, clock.now())
        db.session.commit()
        flash(_("Deleted. Nobody reads it any more, not even the animators."), "success")
        return redirect(_address(found))
    group, found = _allowed(number, message, May.DELETE)
    return render_template(
        "posts/delete.html",
        group=group,
        form=ConfirmForm(),
        message=found,
        back_url=_address(found),
        is_post=_is_post(found),
    )


@bp.post("/groups/<int:number>/messages/<int:message>/like")
@signed_in
def like(number: int, message: int) -> ResponseReturnValue:
    """The form says what is wanted, so that sending it twice changes nothing."""
    group, found = _locked(number, message)
    services.like(_viewer(group), found, _wanted(), clock.now())
    db.session.commit()
    return _back(found)


@bp.post("/groups/<int:number>/messages/<int:message>/answer")
@signed_in
def answer(number: int, message: int) -> ResponseReturnValue:
    """Mark a comment as the answer, or no longer."""
    group, found = _locked(number, message)
    services.mark(_viewer(group), found, _wanted(), clock.now())
    db.session.commit()
    return _back(found)


def _published(form: PostForm | CommentForm, publish: Callable[[], int]) -> int | None:
    """What was published, committed; or None, and the form says why: nobody types a text twice."""
    try:
        number = publish()
    except TooFast as refusal:
        db.session.rollback()
        form.text.errors = [refusal.words]
        return None
    db.session.commit()
    return number


def _group_page(group: GroupSeen, form: PostForm) -> str:
    page = pages.group_page(group, _viewer(group), request.args.get("before", type=row_number))
    return render_template("posts/group.html", page=page, form=form)


def _post_page(group: GroupSeen, number: int, form: CommentForm) -> str:
    after = request.args.get("after", 0, type=row_number)
    page = pages.post_page(group, _viewer(group), number, after)
    return render_template("posts/post.html", page=page, form=form)


def _group(number: int) -> GroupSeen:
    return groups.group_seen(me().id, number) or abort(404)


def _readable(number: int) -> GroupSeen:
    """A group whose posts the person may read; any other does not exist for them."""
    group = _group(number)
    return group if group.may_read else abort(404)


def _viewer(group: GroupSeen) -> Viewer:
    return Viewer(me().id, group.rank, me().holds(Role.ADMIN))


def _locked(number: int, message: int) -> tuple[GroupSeen, Message]:
    """The message to change, in a group the person may read."""
    group = _readable(number)
    found = queries.locked(message)
    return (group, found) if found and found.group_id == number else abort(404)


def _allowed(number: int, message: int, what: May) -> tuple[GroupSeen, Message]:
    """The message, when the person may do this to it; for them there is no such page otherwise."""
    if request.method == "POST":
        group, found = _locked(number, message)
    else:
        group, looked_up = _readable(number), queries.message(message)
        found = looked_up if looked_up and looked_up.group_id == number else abort(404)
    facts = queries.facts(found, queries.post_of(found))
    return (group, found) if what in rights.may(facts, _viewer(group)) else abort(404)


def _is_post(message: Message) -> bool:
    return message.post_id is None


def _is_short_enough(form: EditForm, message: Message) -> bool:
    if _is_post(message) or len(form.text.data) <= LONGEST_COMMENT:
        return True
    form.text.errors = [_("At most %(max)d characters.", max=LONGEST_COMMENT)]
    return False


def _wanted() -> bool:
    return request.form.get("wanted") == "yes"


def _address(message: Message) -> str:
    """Where the message stands."""
    return url_for(
        ".post",
        number=message.group_id,
        post=message.post_id or message.id,
        _anchor=f"message-{message.id}",
    )


def _back(message: Message) -> Response:
    """To the page one came from, at the message."""
    here = safe_next(request.form.get("next"), "")
    return redirect(f"{here}#message-{message.id}" if here else _address(message))
