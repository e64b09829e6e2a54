"""How things are said: languages, dates, numbers, at the edge of the page."""

import re
from datetime import date, datetime
from functools import cache
from html import unescape
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from babel.support import NullTranslations, Translations
from flask import Flask, current_app, has_app_context, request
from flask_babel import Babel, get_locale

from academy import proxies

LANGUAGES = ("fr", "en")
LOCALES = {each: Locale(each) for each in LANGUAGES}
FIRST = re.compile(r"(?<![\d:])1(?= [^\W\d]|$)")
TAG = re.compile(r"<[^>]*>")


class Speaker(Protocol):
    """Somebody whose language and time zone are known."""

    language: str
    zone: str


class Bilingual(Protocol):
    def said(self, language: str) -> str: ...


def language() -> str:
    """The language of this page: French or English."""
    if has_app_context():
        kept = proxies.kept()
        # where Flask-Babel keeps what it found, or was told
        told = getattr(kept.get("_flask_babel"), "babel_locale", None)
        if told is None and (theirs := _language_of(kept.get("_login_user"))):
            return theirs  # as Flask-Babel would find when it asked us
    else:
        told = None
    locale = told or get_locale()
    return locale.language if locale and locale.language in LANGUAGES else "fr"


def _language_of(user: Any) -> str | None:
    """That of somebody signed in, if we speak it."""
    theirs = getattr(user, "language", None)
    return theirs if theirs in LANGUAGES else None


def speaker() -> Speaker | None:
    """The signed-in person, when there is one."""
    user: Any = proxies.kept().get("_login_user")
    return user if hasattr(user, "language") else None


def init_app(app: Flask) -> None:
    Babel(
        app,
        locale_selector=lambda: LOCALES[_chosen_language()],
        timezone_selector=_chosen_zone,
        default_translation_directories=f"{app.root_path}/web/translations",
    )
    app.add_template_filter(lambda words: words.said(language()), "words")
    app.add_template_filter(bare, "bare")
    app.add_template_filter(day, "day")
    app.add_template_filter(weekday, "weekday")
    app.add_template_filter(moment, "moment")
    app.add_template_filter(number, "number")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # of the extension i18n
        lambda text: _catalogue().ugettext(text),
        lambda one, many, number: _catalogue().ungettext(one, many, number),
        newstyle=True,
    )
    app.context_processor(lambda: {"language": language()})


def _catalogue() -> NullTranslations:
    """What templates look sentences up in, without asking Flask-Babel for each of them."""
    locale = get_locale()
    return _catalogues(current_app.root_path, str(locale) if locale else "fr")


@cache
def _catalogues(root: str, locale: str) -> NullTranslations:
    return Translations.load(f"{root}/web/translations", [locale])


def bare(html: str) -> str:
    """The words of a line of HTML without its tags; the spaces that hold a French sign to its word stay."""
    return " ".join(re.split(r"[ \t\r\n]+", unescape(TAG.sub("", html)).strip()))


def day(value: date) -> str:
    """22 November 2026, or 22 novembre 2026."""
    return _first(format_date(value, "long", locale=_locale()))


def weekday(value: date) -> str:
    """Tuesday 24 November, or mardi 24 novembre: a day of these weeks."""
    return _first(format_date(value, "EEEE d MMMM", locale=_locale()))


def day_within(value: date, pattern: str) -> str:
    """22, or 22 November: a day whose month or year is said elsewhere."""
    return _first(format_date(value, pattern, locale=_locale()))


def _first(said: str) -> str:
    """The first of a month as French writes it: 1er janvier, where the tables of dates have 1 janvier."""
    return FIRST.sub("1er", said) if language() == "fr" else said


def moment(value: datetime, zone: str | None = None) -> str:
    """A moment in the reader's own time zone, to the minute; a mail says whose zone that is."""
    where = ZoneInfo(zone or _chosen_zone() or "UTC")
    return _first(format_datetime(value, "d MMMM y, HH:mm", tzinfo=where, locale=_locale()))


def number(value: float) -> str:
    return format_decimal(value, locale=_locale())


def _locale() -> str:
    return "en_GB" if language() == "en" else "fr_FR"


def _chosen_language() -> str:
    theirs = _language_of(speaker())
    if theirs is not None:
        return theirs
    cookie = request.cookies.get(current_app.config["LANGUAGE_COOKIE_NAME"]) if request else None
    if cookie in LANGUAGES:
        return str(cookie)
    return (request.accept_languages.best_match(LANGUAGES) if request else None) or "fr"


def _chosen_zone() -> str | None:
    known = speaker()
    return known.zone if known is not None else "Europe/Paris"
