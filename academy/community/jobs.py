"""What the worker sees to: no group stays without somebody who can act for it."""

from datetime import datetime

from academy.community.groups import queries, services
from academy.community.ranks import Act
from academy.database import db


def replace_absent_animators(at: datetime) -> None:
    """Where every animator's account is closed, who has been there longest animates too.

    Each hour, however accounts are closed. The animators stay what they were: they may be back.
    """
    for group in queries.without_animator():
        heir = queries.next_animator(group)
        if heir is not None:
            services.act(Act.APPOINT, heir, group, at)
            db.session.commit()
