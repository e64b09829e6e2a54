"""The operations of the API: each only reads, and says which scopes it needs."""

import re
from typing import Any

from flask import abort, current_app
from werkzeug.exceptions import UnprocessableEntity

from academy import clock
from academy.api import answers, asked, completion, entities, holdings, people, problems, sight
from academy.api.asked import LAST, Place
from academy.api.document import ROOT, Blueprint
from academy.api.guarding import api
from academy.api.people import Page, Told
from academy.api.scopes import Scope
from academy.hr.campaigns import pages as campaigns
from academy.passport import codes
from academy.passport.credentials import queries as credentials
from academy.passport.links import queries as links

bp = Blueprint("api", __name__, url_prefix=ROOT, description="What may be read.")

_KEY = re.compile(asked.KEY)
_REF = re.compile(r"[A-Za-z0-9_-]{1,22}")


def _path(name: str, words: str, pattern: str = "") -> dict[str, Any]:
    schema = {"type": "string", **({"pattern": pattern} if pattern else {})}
    return {"name": name, "in": "path", "required": True, "description": words, "schema": schema}


_PERSON = [_path("key", "`id` of a person.")]
_ENTITY = [_path("key", "`key` of an entity.")]


@bp.route("/people", tags=["people"])
@api(Scope.PEOPLE)
@bp.arguments(asked.People, location="query")
@bp.response(200, answers.People)
def list_people(wanted: dict[str, Any]) -> dict[str, Any]:
    """People, a page at a time; those whose data changed, if asked for."""
    seen = sight.mine()
    if "entity" in wanted:
        seen = sight.within(sight.entity(wanted["entity"]), seen)
    place, since = asked.place(wanted["cursor"]), wanted.get("updated_since")
    if since is not None and place.moment is None:
        place = Place(place.number or LAST, since)
    read = people.page if place.moment is None else people.changed
    found: Page = read(seen, place, wanted["limit"])
    looked = people.looked_at()
    return {
        "items": found.items,
        "next_cursor": found.next.written() if found.next else None,
        "as_of": looked.looked_at if looked else None,
    }


@bp.route("/people/<string:key>", parameters=_PERSON, tags=["people"])
@api(Scope.PEOPLE)
@bp.response(200, answers.Person)
def show_person(key: str) -> Told:
    """One person."""
    return _person(key)


@bp.route("/people/<string:key>/awards", parameters=_PERSON, tags=["awards"])
@api(Scope.AWARDS)
@bp.response(200, answers.Holdings)
def show_awards_of_person(key: str) -> dict[str, Any]:
    """What somebody's passport attests, and nothing else of what they hold."""
    found = _person(key)
    return {"id": found.id, "passport": holdings.passport(found.number)}


@bp.route("/entities", tags=["entities"])
@api(may_be_missing=False)
@bp.arguments(asked.Listed, location="query")
@bp.response(200, answers.Entities)
def list_entities(wanted: dict[str, Any]) -> dict[str, Any]:
    """The entities within the reach of the token."""
    found = entities.page(sight.mine(), asked.place(wanted["cursor"]), wanted["limit"])
    return {"items": found.items, "next_cursor": found.next.written() if found.next else None}


@bp.route("/entities/<string:key>/completion", parameters=_ENTITY, tags=["completion"])
@api(Scope.COMPLETION)
@bp.arguments(asked.Day, location="query")
@bp.response(200, answers.Completion)
def show_completion(wanted: dict[str, Any], key: str) -> dict[str, Any]:
    """The figures of an entity, as its dashboard tells them."""
    return completion.of_entity(_plain(key), wanted.get("day"))


@bp.route("/campaigns", tags=["completion"])
@api(Scope.COMPLETION, may_be_missing=False)
@bp.arguments(asked.Campaigns, location="query")
@bp.response(200, answers.Campaigns)
def list_campaigns(wanted: dict[str, Any]) -> dict[str, Any]:
    """The campaigns that were announced, newest first, fifty at a time."""
    found, older = completion.campaigns(int(wanted["cursor"]) or None)
    return {"items": found, "next_cursor": str(older) if older else None}


@bp.route("/campaigns/<int:number>", tags=["completion"])
@api(Scope.COMPLETION)
@bp.response(200, answers.CampaignReached)
def show_campaign(number: int) -> dict[str, Any]:
    """A campaign, and how far the groups are that the token sees."""
    return completion.campaign(number)


@bp.route("/campaigns/<int:number>/people", tags=["completion"])
@api(Scope.COMPLETION, Scope.PEOPLE)
@bp.arguments(asked.Campaigns, location="query")
@bp.response(200, answers.Standings)
def list_people_of_campaign(wanted: dict[str, Any], number: int) -> dict[str, Any]:
    """Who is done in a mandatory campaign, of those who were told of it; of any other, nobody."""
    found, following = completion.standings(number, int(wanted["cursor"]) or None, sight.mine())
    keys = people.keys(each.id for each in found)
    items = [
        {
            "id": keys[each.id],
            "name": each.name,
            "entity": each.entity,
            "state": campaigns.standing(each),
            "done_on": each.done_on,
        }
        for each in found
    ]
    return {"items": items, "next_cursor": str(following) if following else None}


@bp.route("/awards", tags=["awards"])
@api(Scope.AWARDS, may_be_missing=False)
@bp.response(200, answers.Awards)
def list_awards() -> dict[str, Any]:
    """Every award there is, in both languages."""
    return {"items": holdings.definitions()}


@bp.route(
    "/verifications/<string:code>",
    parameters=[_path("code", "The code of a passport, or of a link that shows one.")],
    tags=["verification"],
)
@api(Scope.VERIFICATION)
@bp.response(200, answers.Verification)
def verify_passport(code: str) -> Any:
    """Where a passport stands, and what it attests: as the public page says it."""
    found = links.shown_by(codes.tidy(code)) or abort(404)
    return holdings.verification(found, clock.now(), _company())


@bp.route(
    "/verifications/credentials/<string:ref>",
    parameters=[_path("ref", "The last part of the address of a credential.")],
    tags=["verification"],
)
@api(Scope.VERIFICATION)
@bp.response(200, answers.Credential)
def verify_credential(ref: str) -> Any:
    """Where a credential stands: as its public page says it."""
    known = credentials.by_ref(ref) if _REF.fullmatch(ref) else None
    return holdings.credential(known or abort(404), _company())


@bp.errorhandler(UnprocessableEntity)
def unreadable(error: UnprocessableEntity) -> Any:
    """Names the parameters that are wrong."""
    wrong = getattr(error, "data", {}).get("messages", {}).get("query", {})
    return problems.told(422, more={"parameters": sorted(map(str, wrong))})


def _person(key: str) -> Told:
    found = people.keyed(key, sight.mine()) if _KEY.fullmatch(key) else None
    return found or abort(404)


def _plain(key: str) -> str:
    return key if re.fullmatch(asked.ENTITY, key) else abort(404)


def _company() -> str:
    company: str = current_app.config["SETTINGS"].company
    return company
