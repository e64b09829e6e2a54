"""What the page of a group and the page of a post show."""

from dataclasses import dataclass

from flask import abort, url_for

from academy.community.groups import queries as groups
from academy.community.groups.queries import GroupSeen, Member
from academy.community.posts import queries
from academy.community.posts.queries import MessageSeen, Waiting
from academy.community.rights import Viewer


@dataclass(frozen=True, slots=True)
class GroupPage:
    """`here` is where a button of the page leads back to."""

    group: GroupSeen
    animators: tuple[Member, ...]
    waiting: Waiting | None
    posts: tuple[MessageSeen, ...]
    here: str
    older_url: str | None
    newer_url: str | None


@dataclass(frozen=True, slots=True)
class PostPage:
    group: GroupSeen
    post: MessageSeen
    answer: MessageSeen | None
    comments: tuple[MessageSeen, ...]
    here: str
    later_url: str | None
    first_url: str | None


def group_page(group: GroupSeen, viewer: Viewer, before: int | None = None) -> GroupPage:
    """What the group is for and, for those who may read it, a page of its posts."""
    posts, older = queries.posts(viewer, group.id, before) if group.may_read else ((), None)
    return GroupPage(
        group=group,
        animators=tuple(groups.animators(group.id)),
        waiting=queries.waiting(group.id) if group.animates else None,
        posts=posts,
        here=url_for(".group", number=group.id, before=before),
        older_url=url_for(".group", number=group.id, before=older) if older else None,
        newer_url=url_for(".group", number=group.id) if before else None,
    )


def post_page(group: GroupSeen, viewer: Viewer, number: int, after: int = 0) -> PostPage:
    """A post with a page of its comments; there is no such page when it is not in this group."""
    post = queries.post(viewer, group.id, number) or abort(404)
    comments, later = queries.comments(viewer, number, after)
    return PostPage(
        group=group,
        post=post,
        answer=queries.answer(viewer, number) if post.answered and not after else None,
        comments=comments,
        here=url_for(".post", number=group.id, post=number, after=after or None),
        later_url=url_for(".post", number=group.id, post=number, after=later) if later else None,
        first_url=url_for(".post", number=group.id, post=number) if after else None,
    )
