"""The academy: create_app() puts settings, extensions and features together, and does nothing else."""

from collections.abc import Callable
from functools import partial
from typing import Any, cast

from flask import Flask, Request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import MapAdapter

from academy import cli, database, settings
from academy.api import pages as read_api
from academy.backups import jobs as backups
from academy.catalog import releases
from academy.catalog import views as catalog
from academy.community import views as community
from academy.community.jobs import replace_absent_animators
from academy.daily import views as daily
from academy.daily.path import views as path
from academy.home import views as home
from academy.hr import jobs as hr_jobs
from academy.hr.campaigns import jobs as campaign_jobs
from academy.hr.campaigns import views as campaigns
from academy.hr.dashboards import views as dashboards
from academy.hr.exports import views as exports
from academy.hr.seen import views as seen
from academy.hr.waves import jobs as wave_jobs
from academy.hr.waves import views as waves
from academy.learning import views as learning
from academy.learning.seasons import views as seasons
from academy.learning.tracks import views as tracks
from academy.mastery import numbers
from academy.mastery.figures import jobs as figures_jobs
from academy.mastery.figures import views as figures
from academy.mastery.nights import jobs as nights
from academy.mentoring import jobs as mentoring_jobs
from academy.mentoring import views as mentoring
from academy.notices import pages as notices
from academy.passport import looking_back
from academy.passport import views as passport
from academy.passport.booklet import views as booklet
from academy.passport.cards import views as cards
from academy.passport.credentials import ring
from academy.passport.credentials import views as credentials
from academy.passport.jobs import grant_what_is_owed
from academy.passport.keeping import views as keeping
from academy.passport.leaving import views as farewell
from academy.passport.links import views as links
from academy.passport.toy import views as toy
from academy.people import mailbox, pages, sessions
from academy.people import views as people
from academy.people.leaving.jobs import close_those_who_left
from academy.post import handlers, jobs, mail
from academy.privacy import views as privacy
from academy.privacy.jobs import erase_old_leavers, forget_what_is_over
from academy.reports import views as reports
from academy.rewards import badges
from academy.rewards import views as rewards
from academy.rewards.rankings import views as rankings
from academy.rewards.rankings.jobs import count_once_a_day
from academy.rewards.regularity import views as regularity
from academy.rewards.regularity.jobs import note_longest_rows
from academy.rewards.shop import views as shop
from academy.rewards.shop.jobs import look_after_the_uncollected, tell_who_decides
from academy.settings import Settings
from academy.surveys import views as surveys
from academy.watch import views as watch
from academy.web import (
    counting,
    csrf,
    errors,
    frames,
    guards,
    headers,
    incoming,
    pieces,
    watching,
    words,
)
from academy.web.exchange import BODY_LIMIT, Answer, Asked, plain_adapter
from academy.web.navigation import line_here, menu_for, navigation

FORM_FIELD_LIMIT = 500


class Academy(Flask):
    """Nothing here is asynchronous; Flask need not look at every function of every request to know."""

    request_class = Asked
    response_class = Answer

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        return func

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """Outside a request there are no addresses, as no server's name is set."""
        if request is None:
            return None
        return plain_adapter(self.url_map, request) or super().create_url_adapter(request)

    def preprocess_request(self) -> ResponseReturnValue | None:
        """What is asked of every request. No feature has checks of its own; if one had, Flask would ask."""
        if self.url_value_preprocessors or self.before_request_funcs.keys() != {None}:
            return super().preprocess_request()
        for check in self.before_request_funcs[None]:
            refused: Any = check()
            if refused is not None:
                return cast(ResponseReturnValue, refused)
        return None


def create_app(config: Settings | None = None) -> Flask:
    """The application; raises BrokenPack or BrokenBadges with every mistake when its files are wrong."""
    config = config or settings.read()
    app = Academy(__name__, static_folder="web/static", template_folder="web/templates")
    app.config.update(
        SQLALCHEMY_DATABASE_URI=config.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=database.options(config),
        SECRET_KEY=config.secret_key,
        SETTINGS=config,
        MAX_CONTENT_LENGTH=BODY_LIMIT,
        MAX_FORM_MEMORY_SIZE=BODY_LIMIT,
        MAX_FORM_PARTS=FORM_FIELD_LIMIT,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=config.secure_cookies,
        WTF_CSRF_TIME_LIMIT=None,  # a form lives as long as its session
    )
    if config.trusted_proxies:
        hops = config.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, hops, hops, hops, hops)  # type: ignore[method-assign]  # Flask's own idiom
    headers.init_app(app, config.secure_cookies, config.trusted_proxies > 0)
    database.init_app(app, config)
    sessions.init_app(app, config.secure_cookies)
    guards.init_app(app, sessions.asking, guards.Ways("people.sign_in", "waves.waiting"))
    incoming.init_app(app)
    csrf.Forms(app)
    words.init_app(app)
    pieces.init_app(app)
    frames.init_app(app)
    errors.init_app(app)
    handlers.init_app(app)
    mail.init_app(app, config)
    watching.init_app(app, counting.init_app(app, config))
    jobs.init_app(app, config)
    jobs.every(app, replace_absent_animators, minute="25")
    jobs.every(app, grant_what_is_owed, minute="*/5")
    looking_back.init_app(app)
    jobs.every(app, figures_jobs.count_answers, hour="2", minute="40")
    jobs.every(app, look_after_the_uncollected, hour="5", minute="10")
    jobs.every(app, tell_who_decides, hour="5", minute="15")
    jobs.every(app, count_once_a_day, minute="50")
    jobs.every(app, note_longest_rows, hour="4", minute="10")
    jobs.every(app, hr_jobs.count_groups, minute="*")
    jobs.every(app, hr_jobs.forget_days, hour="4", minute="35")
    jobs.every(app, close_those_who_left, minute="20")
    jobs.every(app, erase_old_leavers, hour="4", minute="50")
    jobs.every(app, forget_what_is_over, hour="3", minute="17")
    campaign_jobs.init_app(app)
    wave_jobs.init_app(app)
    jobs.every(app, hr_jobs.count_knowledge, hour="4", minute="5")
    jobs.every(app, nights.fit_tonight, hour="3", minute="20")
    mentoring_jobs.init_app(app)
    backups.init_app(app, config)
    releases.init_app(app, config.content)
    numbers.init_app(app)
    badges.init_app(app, config.badges)
    ring.init_app(app, config)
    for feature in (
        people,
        mailbox,
        learning,
        seasons,
        tracks,
        daily,
        path,
        surveys,
        passport,
        keeping,
        booklet,
        credentials,
        farewell,
        links,
        toy,
        cards,
        rewards,
        regularity,
        rankings,
        shop,
        home,
        catalog,
        figures,
        dashboards,
        campaigns,
        waves,
        seen,
        exports,
        community,
        mentoring,
        reports,
        privacy,
    ):
        app.register_blueprint(feature.bp)
    pages.init_app(app)
    notices.init_app(app)
    read_api.init_app(app, config.public_url)
    watch.init_app(app, config)
    cli.init_app(app)
    app.jinja_env.globals.update(
        academy_name=_("Academy"),
        company=config.company,
        demo=config.demo,
        navigation=navigation,
        menu_for=partial(menu_for, demo=config.demo),
        line_here=line_here,
    )
    return app
