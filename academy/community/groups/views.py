"""The list of groups, founding one, and who belongs to it."""

from dataclasses import dataclass

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from academy import clock
from academy.community import once
from academy.community.groups import queries, services
from academy.community.groups.forms import AddForm, CharterForm, FoundForm
from academy.community.groups.queries import GroupSeen, Member, Page, Visibility
from academy.community.ranks import Act, Rank
from academy.database import db
from academy.people.models import Role
from academy.people.sessions import me
from academy.web.guards import only, signed_in
from academy.web.incoming import row_number
from academy.web.words import language

bp = Blueprint("groups", __name__, template_folder="templates")

FOUNDERS = (Role.ANIMATOR, Role.ORGANISER, Role.HR, Role.ADMIN)
# What an animator may do to somebody, as it stands in the address.
DECISIONS = (Act.ACCEPT, Act.REFUSE, Act.APPOINT, Act.STEP_DOWN, Act.REMOVE)


@dataclass(frozen=True, slots=True)
class GroupsPage:
    mine: Page
    others: Page
    may_found: bool
    moderates: bool
    mine_url: str | None
    others_url: str | None
    first_url: str | None


@dataclass(frozen=True, slots=True)
class MembersPage:
    group: GroupSeen
    me: int
    animators: tuple[Member, ...]
    asking: tuple[Member, ...]
    members: tuple[Member, ...]
    older_url: str | None
    newer_url: str | None


@bp.get("/groups")
@signed_in
def groups() -> ResponseReturnValue:
    """Mine first, then those to discover; each list has its own cursor."""
    of_mine = request.args.get("mine", type=row_number)
    of_others = request.args.get("others", type=row_number)
    mine, others = queries.mine(me().id, of_mine), queries.to_discover(me().id, of_others)
    here = {"mine": of_mine, "others": of_others}
    page = GroupsPage(
        mine=mine,
        others=others,
        may_found=any(me().holds(role) for role in FOUNDERS),
        moderates=me().holds(Role.ADMIN) or any(group.animates for group in mine.groups),
        mine_url=_more(here, mine=mine.older),
        others_url=_more(here, others=others.older),
        first_url=url_for(".groups") if of_mine or of_others else None,
    )
    return render_template("groups/groups.html", page=page)


@bp.route("/groups/new", methods=["GET", "POST"])
@only(*FOUNDERS)
def new() -> ResponseReturnValue:
    form = FoundForm()
    if form.accepted(language()):
        charter = form.charter(Visibility(form.visibility.data))
        mark = once.mark(form.token.data, charter.name.fr, charter.name.en)
        number = services.found(me().id, charter, mark, clock.now())
        db.session.commit()
        flash(_("The group is open. Its first post is yours to write."), "success")
        return _to_group(number)
    return _charter_page(form, None)


@bp.route("/groups/<int:number>/settings", methods=["GET", "POST"])
@signed_in
def settings(number: int) -> ResponseReturnValue:
    """Its animators change the words and the ink; who may see it stays as it was promised."""
    group = _animated(number)
    form = CharterForm(data=_words_of(group))
    if form.accepted(language()):
        services.amend(number, form.charter(group.visibility))
        db.session.commit()
        flash(_("The group’s words are changed."), "success")
        return _to_group(number)
    return _charter_page(form, group)


@bp.post("/groups/<int:number>/join")
@signed_in
def join(number: int) -> ResponseReturnValue:
    rank = services.join(me().id, _group(number), clock.now())
    db.session.commit()
    if rank is Rank.ASKED:
        flash(_("Your request is sent: an animator will answer it."), "success")
    else:
        flash(_("Welcome to the group."), "success")
    return _to_group(number)


@bp.post("/groups/<int:number>/leave")
@signed_in
def leave(number: int) -> ResponseReturnValue:
    """Leave, or take a request back."""
    group = _group(number)
    services.act(Act.LEAVE, me().id, number, clock.now())
    db.session.commit()
    if group.rank is Rank.ASKED:
        flash(_("Your request is taken back."), "message")
    else:
        flash(_("You left the group. What you wrote stays; you can come back."), "message")
    return redirect(url_for(".groups"))


@bp.route("/groups/<int:number>/members", methods=["GET", "POST"])
@signed_in
def members(number: int) -> ResponseReturnValue:
    """Who belongs, for those who belong; an animator adds a colleague by address."""
    group = _belonging(number)
    form = AddForm()
    if request.method == "GET":
        return _members_page(group, form)
    if not group.animates:
        abort(404)
    if form.validate() and _added(form, number):
        flash(_("Your colleague is in the group."), "success")
        return redirect(url_for(".members", number=number))
    return _members_page(group, form), 400


@bp.post("/groups/<int:number>/members/<int:person>/<string:decision>")
@signed_in
def decide(number: int, person: int, decision: str) -> ResponseReturnValue:
    """What an animator decides about a member, or about somebody who asks."""
    _animated(number)
    if decision not in DECISIONS:
        abort(404)
    services.act(Act(decision), person, number, clock.now())
    db.session.commit()
    flash(_("It is done."), "success")
    if person == me().id:  # stepping down, they may still look at the members
        return _to_group(number)
    return redirect(url_for(".members", number=number))


def _added(form: AddForm, number: int) -> bool:
    added = services.add(me().id, form.email.data, number, clock.now())
    db.session.commit()
    if not added:
        form.email.errors = [_("No colleague has this address. Check how it is spelt.")]
    return added


def _members_page(group: GroupSeen, form: AddForm) -> str:
    before = request.args.get("before", type=row_number)
    found, older = queries.members(group.id, before)
    page = MembersPage(
        group=group,
        me=me().id,
        animators=tuple(queries.animators(group.id, queries.PEOPLE)) if before is None else (),
        asking=tuple(queries.asking(group.id)) if group.animates and before is None else (),
        members=tuple(found),
        older_url=url_for(".members", number=group.id, before=older) if older else None,
        newer_url=url_for(".members", number=group.id) if before else None,
    )
    return render_template("groups/members.html", page=page, form=form)


def _charter_page(form: CharterForm, group: GroupSeen | None) -> ResponseReturnValue:
    other = "en" if language() == "fr" else "fr"
    page = render_template(
        "groups/charter.html",
        form=form,
        group=group,
        first=form.said_in(language()),
        second=form.said_in(other),
    )
    return page, 400 if form.is_submitted() else 200


def _words_of(group: GroupSeen) -> dict[str, str]:
    return {
        "name_fr": group.name.fr,
        "name_en": group.name.en,
        "purpose_fr": group.purpose.fr,
        "purpose_en": group.purpose.en,
        "ink": group.ink,
    }


def _group(number: int) -> GroupSeen:
    return queries.group_seen(me().id, number) or abort(404)


def _belonging(number: int) -> GroupSeen:
    group = _group(number)
    return group if group.belongs else abort(404)


def _animated(number: int) -> GroupSeen:
    group = _group(number)
    return group if group.animates else abort(404)


def _to_group(number: int) -> Response:
    return redirect(url_for("community.posts.group", number=number))


def _more(here: dict[str, int | None], **cursor: int | None) -> str | None:
    """The next part of one list, the other staying where it is."""
    if not any(cursor.values()):
        return None
    cursors = {**here, **cursor}
    return url_for(".groups", mine=cursors["mine"], others=cursors["others"])
