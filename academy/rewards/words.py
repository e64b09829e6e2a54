"""Deeds and awards in words, in the page's language."""

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext

from academy.catalog import releases
from academy.deeds.verbs import Verb
from academy.rewards import badges
from academy.rewards.badges import Award, AwardKind
from academy.rewards.metals import Metal
from academy.web.words import language

WITHOUT_SUBJECT = {
    Verb.PLACEMENT_DONE: lazy_gettext("First voyage aboard the Envelope"),
    Verb.ANSWER_HELPED: lazy_gettext("A colleague’s question answered"),
    Verb.MENTORING_HELD: lazy_gettext("A mentoring meeting held"),
    Verb.MENTORSHIP_DONE: lazy_gettext("A mentorship completed, month after month"),
}
"""What the history says in the same words each time."""


def deed(verb: str, subject: str, result: Mapping[str, int]) -> str:
    """One line of the history."""
    if verb in WITHOUT_SUBJECT:
        return str(WITHOUT_SUBJECT[Verb(verb)])
    match verb:
        case Verb.ROUND_DONE:
            right = result.get("right", 0)
            return ngettext(
                "Daily minute: %(num)s right answer", "Daily minute: %(num)s right answers", right
            )
        case Verb.AWARD_EARNED | Verb.AWARD_GIVEN:
            return _award_deed(verb, subject)
        case _:
            return _about_content(verb, _title(subject))


def _award_deed(verb: str, key: str) -> str:
    award, title = badges.current().get(key), award_title(key)
    if verb == Verb.AWARD_GIVEN:
        return _("Given to you: %(title)s", title=title)
    if award and award.kind is AwardKind.LEVEL:
        return _("Reached: %(title)s", title=title)
    return _("Earned: %(title)s", title=title)


def _about_content(verb: str, title: str) -> str:
    match verb:
        case Verb.LESSON_DONE:
            return _("Lesson read: %(title)s", title=title)
        case Verb.QUIZ_PASSED:
            return _("Quiz passed: %(title)s", title=title)
        case Verb.QUIZ_FLAWLESS:
            return _("Quiz without a fault: %(title)s", title=title)
        case _:
            return _("What you reported was mended: %(title)s", title=title)


def named(award: Award) -> str:
    """An award told from others of its name: the metal of a medal with its title."""
    title = award.title.said(language())
    match award.metal:
        case Metal.GOLD:
            return _("%(title)s, in gold", title=title)
        case Metal.SILVER:
            return _("%(title)s, in silver", title=title)
        case Metal.BRONZE:
            return _("%(title)s, in bronze", title=title)
        case _:
            return title


def award_title(key: str) -> str:
    award = badges.current().get(key)
    return award.title.said(language()) if award else key


def _title(key: str) -> str:
    catalog = releases.current()
    found = catalog.lessons.get(key) or catalog.modules.get(key)
    if found:
        return found.title.said(language())
    question = catalog.questions.get(key)
    return catalog.notions[question.notion].name.said(language()) if question else key
