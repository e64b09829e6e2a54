"""Groups, and what is said in them by those who are there."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from academy.community.groups import services as groups
from academy.community.groups.queries import Visibility
from academy.community.groups.services import Charter
from academy.community.models import Message
from academy.community.moderation import services as moderation
from academy.community.moderation.queries import Reason
from academy.community.naming import Said
from academy.community.posts import queries as messages
from academy.community.posts import services as posts
from academy.community.posts.services import Draft
from academy.community.ranks import Act, Rank
from academy.community.rights import Viewer
from academy.people.models import Person

GROUPS = Path(__file__).with_name("groups.yaml")


def gather(staff: list[Person], now: datetime) -> None:
    """Every group of the file, as old as its oldest post."""
    who = {person.email.partition("@")[0]: person.id for person in staff}
    for told in yaml.safe_load(GROUPS.read_text(encoding="utf-8")):
        began = now - timedelta(days=50)
        charter = Charter(
            Visibility(told["visibility"]),
            told["ink"],
            Said(**told["name"]),
            Said(**told["purpose"]),
        )
        group = groups.found(who[told["founder"]], charter, told["name"]["fr"], began)
        for person in staff[1 : 1 + told["members"]]:
            groups.admit(person.id, group, began)
        for name in told.get("animators", ()):
            groups.act(Act.APPOINT, who[name], group, began)
        for name in filter(who.get, told.get("asking", ())):
            groups.act(Act.ASK, who[name], group, now - timedelta(days=1))
        for each in told["posts"]:
            _say(each, group, None, who, now - timedelta(days=each["days"]))


def _say(
    told: dict[str, Any], group: int, post: int | None, who: dict[str, int], at: datetime
) -> None:
    """A post or a comment, with all that follows from it; those who are not there say nothing."""
    if told["by"] not in who:
        return
    groups.admit(who[told["by"]], group, at)
    author = Viewer(who[told["by"]], Rank.MEMBER)
    draft = Draft(told["text"].strip(), told.get("language", "fr"), "", told.get("question", False))
    if post is None:
        number = posts.write(author, group, draft, at)
    else:
        number = posts.comment(author, _message(post), draft, at)
    for liker in filter(who.get, told.get("likes", ())):
        posts.like(Viewer(who[liker], Rank.MEMBER), _message(number), True, at)
    if told.get("answer"):
        posts.mark(Viewer(author.person_id, Rank.ANIMATOR), _message(number), True, at)
    if report := told.get("report"):
        reporter = Viewer(who[report["by"]], Rank.MEMBER)
        reason = Reason(report["reason"])
        moderation.report(reporter, _message(number), reason, report["words"], at)
    for hours, each in enumerate(told.get("comments", ()), 1):
        _say(each, group, number, who, at + timedelta(hours=hours))


def _message(number: int) -> Message:
    message = messages.locked(number)
    if message is None:
        raise LookupError(number)
    return message
