"""What award rules ask for, and what is still missing, in the page's language."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from academy.catalog import releases
from academy.deeds.verbs import Verb
from academy.people.words import role_name
from academy.rewards.metals import Metal
from academy.rewards.rules import (
    AtLeast,
    Count,
    Distinct,
    Gathered,
    Given,
    Held,
    Period,
    Progress,
    Reached,
    Run,
    Step,
    Sum,
    Walked,
    Within,
)
from academy.rewards.tariff import Currency
from academy.rewards.words import award_title
from academy.web.words import day, language


def explain(progress: Progress) -> str:
    """What is still missing, in one sentence: "2 of 3 quizzes passed; 1 of 3 themes visited"."""
    if progress.met:
        return _("Earned.")
    return _sentence(_missing(step) + _left(step) for step in progress.steps if not step.met)


def asks(progress: Progress) -> str:
    """All that a rule asks for, whoever reads it: every condition as if it were met."""
    return _sentence(_missing(replace(step, have=step.need)) for step in progress.steps)


def in_both(said: Callable[[], str]) -> dict[str, str]:
    """What it says in French and in English, to be kept."""
    both = {}
    for spoken in ("fr", "en"):
        with force_locale(spoken):
            both[spoken] = said()
    return both


def _sentence(parts: Iterable[str]) -> str:
    said = _("; ").join(parts) + "."
    return said[:1].upper() + said[1:]


def _left(step: Step) -> str:
    """How many more, where one counts: ", one left"."""
    left = step.need - step.have
    if step.need == 1 or step.have == 0:
        return ""
    return ngettext(", one left", ", %(num)s left", left)


def _missing(step: Step) -> str:
    match step.rule:
        case Run():
            return _running(step)
        case Distinct(verb, _least):
            return _distinct(verb, step)
        case Sum(_verb, figure, _least):
            return _figure(figure, step)
        case Gathered(currency, _least):
            return _gathered(currency, step)
        case Count() | Within():
            return _of_deeds(step.rule, step)
        case other:
            return _of_awards(other, step)


def _of_awards(leaf: Held | AtLeast | Reached | Given | Walked, step: Step) -> str:
    match leaf:
        case Reached(level):
            return _("“%(title)s” to reach, or a higher level", title=award_title(level))
        case Held(award):
            return _("“%(title)s” still to earn", title=award_title(award))
        case AtLeast(badge, metal, _awards):
            return _medal(badge, metal)
        case Given(_award, roles):
            names = _(" or ").join(role_name(role) for role in roles)
            return _("given by hand, by somebody who is %(roles)s", roles=names)
        case Walked(track):
            return _walked(track, step)


def _of_deeds(leaf: Count | Within, step: Step) -> str:
    words = _counted(leaf.verb, step)
    if leaf.theme:
        words = _("%(words)s in “%(theme)s”", words=words, theme=_theme(leaf.theme))
    if isinstance(leaf, Count):
        return _when(words, leaf.period) if leaf.period else words
    return ngettext("%(words)s in one day", "%(words)s within %(num)s days", leaf.days, words=words)


def _when(words: str, period: Period) -> str:
    since = day(period.since) if period.since else ""
    until = day(period.until) if period.until else ""
    if not since:
        return _("%(words)s until %(until)s", words=words, until=until)
    if not until:
        return _("%(words)s from %(since)s on", words=words, since=since)
    return _("%(words)s from %(since)s to %(until)s", words=words, since=since, until=until)


def _running(step: Step) -> str:
    return ngettext(
        "%(have)s of %(num)s working day in a row",
        "%(have)s of %(num)s working days in a row",
        step.need,
        have=step.have,
    )


def _medal(badge: str, metal: str) -> str:
    title = award_title(f"{badge}-{metal}")
    match metal:
        case Metal.GOLD:
            return _("“%(title)s” in gold", title=title)
        case Metal.SILVER:
            return _("“%(title)s” in silver or gold", title=title)
        case _:
            return _("“%(title)s” in bronze, silver or gold", title=title)


def _walked(key: str, step: Step) -> str:
    track = releases.current().tracks.get(key)
    return ngettext(
        "%(have)s of %(num)s step of the track “%(title)s”",
        "%(have)s of %(num)s steps of the track “%(title)s”",
        step.need,
        have=step.have,
        title=track.title.said(language()) if track else key,
    )


def _theme(key: str) -> str:
    theme = releases.current().themes.get(key)
    return theme.title.said(language()) if theme else key


def _counted(verb: str, step: Step) -> str:
    have, need = step.have, step.need
    match verb:
        case Verb.LESSON_DONE:
            return ngettext(
                "%(have)s of %(num)s lesson read",
                "%(have)s of %(num)s lessons read",
                need,
                have=have,
            )
        case Verb.QUIZ_PASSED:
            return ngettext(
                "%(have)s of %(num)s quiz passed",
                "%(have)s of %(num)s quizzes passed",
                need,
                have=have,
            )
        case Verb.QUIZ_FLAWLESS:
            return ngettext(
                "%(have)s of %(num)s quiz without a fault",
                "%(have)s of %(num)s quizzes without a fault",
                need,
                have=have,
            )
        case Verb.PLACEMENT_DONE:
            return ngettext(
                "%(have)s of %(num)s voyage made",
                "%(have)s of %(num)s voyages made",
                need,
                have=have,
            )
        case Verb.ANSWER_HELPED:
            return ngettext(
                "%(have)s of %(num)s question answered",
                "%(have)s of %(num)s questions answered",
                need,
                have=have,
            )
        case Verb.MENTORING_HELD | Verb.MENTORSHIP_DONE:
            return _mentored(verb, step)
        case Verb.REPORT_MENDED:
            return ngettext(
                "%(have)s of %(num)s report mended",
                "%(have)s of %(num)s reports mended",
                need,
                have=have,
            )
        case _:
            return ngettext(
                "%(have)s of %(num)s daily minute",
                "%(have)s of %(num)s daily minutes",
                need,
                have=have,
            )


def _mentored(verb: str, step: Step) -> str:
    have, need = step.have, step.need
    if verb == Verb.MENTORING_HELD:
        return ngettext(
            "%(have)s of %(num)s month with a mentoring meeting",
            "%(have)s of %(num)s months with a mentoring meeting",
            need,
            have=have,
        )
    return ngettext(
        "%(have)s of %(num)s mentorship completed",
        "%(have)s of %(num)s mentorships completed",
        need,
        have=have,
    )


def _distinct(verb: str, step: Step) -> str:
    have, need = step.have, step.need
    if verb == Verb.QUIZ_PASSED:
        return ngettext(
            "quizzes passed in %(have)s of %(num)s theme",
            "quizzes passed in %(have)s of %(num)s themes",
            need,
            have=have,
        )
    return ngettext(
        "%(have)s of %(num)s theme visited", "%(have)s of %(num)s themes visited", need, have=have
    )


def _gathered(currency: str, step: Step) -> str:
    """What was ever earned, spent or not."""
    have, need = step.have, step.need
    if currency == Currency.STAR:
        return ngettext(
            "%(have)s of %(num)s star earned", "%(have)s of %(num)s stars earned", need, have=have
        )
    return ngettext(
        "%(have)s of %(num)s key earned", "%(have)s of %(num)s keys earned", need, have=have
    )


def _figure(figure: str, step: Step) -> str:
    have, need = step.have, step.need
    if figure == "dont_know":
        return ngettext(
            "said “I don’t know” %(have)s time of %(num)s",
            "said “I don’t know” %(have)s times of %(num)s",
            need,
            have=have,
        )
    return ngettext(
        "%(have)s of %(num)s right answer in the daily minutes",
        "%(have)s of %(num)s right answers in the daily minutes",
        need,
        have=have,
    )
