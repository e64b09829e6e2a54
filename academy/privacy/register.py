"""Every feature that keeps something about people. The person themself comes first here, and goes last."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _

from academy.api import personal as api
from academy.catalog import personal as catalog
from academy.community import personal as community
from academy.daily import personal as daily
from academy.deeds import personal as deeds
from academy.hr import personal as hr
from academy.hr.campaigns import progress
from academy.learning import personal as learning
from academy.mastery import personal as mastery
from academy.mentoring import personal as mentoring
from academy.notices import personal as notices
from academy.notices import services as told
from academy.passport import personal as passport
from academy.people import audit
from academy.people import personal as people
from academy.people.importing import services as importing
from academy.personal import Kept, Period, Prepare
from academy.post import personal as post
from academy.post import services as letters
from academy.reports import personal as reports
from academy.rewards import personal as rewards
from academy.rewards.shop import personal as shop
from academy.surveys import personal as surveys
from academy.tracks import personal as tracks
from academy.web import personal as web
from academy.web import throttle

PERIODS = (
    Period("keep_letters", letters.forget),
    Period("keep_notices", told.forget),
    Period("keep_campaigns", progress.forget),
    Period("keep_lists", importing.forget_waiting),
    Period("keep_reports", importing.forget_reports),
    Period("keep_tries", throttle.forget),
    Period("keep_audit", audit.forget),
)
"""What is forgotten by itself, every night; leavers are erased by their own rule."""


@dataclass(frozen=True, slots=True)
class Feature:
    """What one feature declares; `prepare` is what it does first when somebody is erased."""

    key: str
    title: str
    kept: tuple[Kept, ...]
    prepare: Prepare | None = None


FEATURES = (
    Feature("account", _("Your account and your work"), people.KEPT, people.prepare),
    Feature("answers", _("Answers and memory"), mastery.KEPT, mastery.prepare),
    Feature("minutes", _("The daily minute"), daily.KEPT),
    Feature("placement", _("The voyage"), surveys.KEPT),
    Feature("lessons", _("Lessons and quizzes"), learning.KEPT),
    Feature("tracks", _("Tracks"), tracks.KEPT),
    Feature("log", _("The log of what you did"), deeds.KEPT, deeds.prepare),
    Feature("rewards", _("Points and awards"), rewards.KEPT),
    Feature("shop", _("The gift shop"), shop.KEPT, shop.prepare),
    Feature("passport", _("The passport"), passport.KEPT, passport.prepare),
    Feature("groups", _("Groups"), community.KEPT, community.prepare),
    Feature("mentoring", _("Reverse mentoring"), mentoring.KEPT, mentoring.prepare),
    Feature("reports", _("Problems reported"), reports.KEPT, reports.prepare),
    Feature("content", _("Published content"), catalog.KEPT),
    Feature("notices", _("Notices and reminders"), notices.KEPT),
    Feature("mail", _("Mail"), post.KEPT, post.prepare),
    Feature("figures", _("Figures for human resources"), hr.KEPT),
    Feature("api", _("Other systems of the company"), api.KEPT),
    Feature("safety", _("Safety"), web.KEPT),
)


def declared() -> tuple[Kept, ...]:
    return tuple(kept for feature in FEATURES for kept in feature.kept)
