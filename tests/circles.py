"""Small makers of groups and of what is said in them, through the academy's own services."""

from datetime import datetime
from itertools import count

from academy.community.groups import queries as groups
from academy.community.groups import services
from academy.community.groups.queries import Visibility
from academy.community.groups.services import Charter
from academy.community.models import Message
from academy.community.moderation import services as moderation
from academy.community.moderation.queries import Reason
from academy.community.naming import Said
from academy.community.posts import queries
from academy.community.posts import services as posts
from academy.community.posts.services import Draft
from academy.community.ranks import Act, Rank
from academy.community.rights import Viewer
from academy.database import db
from academy.people.models import Person
from tests.conftest import MONDAY

OPEN, CLOSED, HIDDEN = Visibility.OPEN, Visibility.CLOSED, Visibility.HIDDEN

_tokens = count(1)


def charter(visibility: Visibility = OPEN, name: str = "Paper lovers") -> Charter:
    return Charter(visibility, "culture", Said(en=name), Said(en="We talk about paper."))


def make_group(
    founder: Person, *members: Person, visibility: Visibility = OPEN, name: str = "Paper lovers"
) -> int:
    """A group with its founder as animator."""
    number = services.found(founder.id, charter(visibility, name), f"{next(_tokens)}", MONDAY)
    for person in members:
        services.admit(person.id, number, MONDAY)
    db.session.commit()
    return number


def move(what: Act, person: Person, group: int) -> Rank | None:
    rank = services.act(what, person.id, group, MONDAY)
    db.session.commit()
    return rank


def rank(person: Person, group: int) -> Rank | None:
    row = groups.membership(person.id, group)
    return Rank(row.rank) if row else None


def viewer(person: Person, group: int, admin: bool = False) -> Viewer:
    return Viewer(person.id, rank(person, group), admin)


def message(number: int) -> Message:
    found = queries.locked(number)
    assert found is not None
    return found


def draft(text: str, question: bool = False, token: str = "") -> Draft:
    return Draft(text, "en", token or f"{next(_tokens)}", question)


def say(person: Person, group: int, text: str = "Good morning.", question: bool = False) -> int:
    number = posts.write(viewer(person, group), group, draft(text, question), MONDAY)
    db.session.commit()
    return number


def reply(person: Person, post: int, text: str = "Quite so.", at: datetime = MONDAY) -> int:
    found = message(post)
    number = posts.comment(viewer(person, found.group_id), found, draft(text), at)
    db.session.commit()
    return number


def like(person: Person, number: int, wanted: bool = True) -> None:
    found = message(number)
    posts.like(viewer(person, found.group_id), found, wanted, MONDAY)
    db.session.commit()


def mark(person: Person, number: int, wanted: bool = True, at: datetime = MONDAY) -> None:
    found = message(number)
    posts.mark(viewer(person, found.group_id), found, wanted, at)
    db.session.commit()


def delete(person: Person, number: int) -> None:
    found = message(number)
    posts.delete(viewer(person, found.group_id), found, MONDAY)
    db.session.commit()


def report(person: Person, number: int, words: str = "") -> None:
    found = message(number)
    moderation.report(viewer(person, found.group_id), found, Reason.RUDE, words, MONDAY)
    db.session.commit()
