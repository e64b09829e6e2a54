"""Awards and deeds in words, in the page's language."""

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext

from academy.catalog import releases
from academy.deeds.verbs import Verb
from academy.rewards import badges
from academy.rewards.rules import Count, Distinct, Held, Progress, Step, Sum, Walked
from academy.web.words import language

WITHOUT_SUBJECT = {
    Verb.PLACEMENT_DONE: lazy_gettext("First voyage aboard the Envelope"),
    Verb.ANSWER_HELPED: lazy_gettext("A colleague’s question answered"),
    Verb.MENTORING_HELD: lazy_gettext("A mentoring meeting held"),
    Verb.MENTORSHIP_DONE: lazy_gettext("A mentorship completed, month after month"),
}
"""What the history says in the same words each time."""


def explain(progress: Progress) -> str:
    """What is still missing, in one sentence: "2 of 3 quizzes passed; 1 of 3 themes visited"."""
    if progress.met:
        return _("Earned.")
    said = _("; ").join(_missing(step) for step in progress.steps if not step.met) + "."
    return said[:1].upper() + said[1:]


def deed(verb: str, subject: str, result: Mapping[str, int]) -> str:
    """One line of the history."""
    if verb in WITHOUT_SUBJECT:
        return str(WITHOUT_SUBJECT[Verb(verb)])
    match verb:
        case Verb.LESSON_DONE:
            return _("Lesson read: %(title)s", title=_title(subject))
        case Verb.QUIZ_PASSED:
            return _("Quiz passed: %(title)s", title=_title(subject))
        case Verb.QUIZ_FLAWLESS:
            return _("Quiz without a fault: %(title)s", title=_title(subject))
        case Verb.REPORT_MENDED:
            return _("What you reported was mended: %(title)s", title=_title(subject))
        case Verb.AWARD_EARNED:
            return _("Earned: %(title)s", title=award_title(subject))
        case _:
            right = result.get("right", 0)
            return ngettext(
                "Daily minute: %(num)s right answer", "Daily minute: %(num)s right answers", right
            )


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


def _theme(key: str) -> str:
    theme = releases.current().themes.get(key)
    return theme.title.said(language()) if theme else key


def _missing(step: Step) -> str:
    match step.rule:
        case Held(award):
            return _("“%(title)s” still to earn", title=award_title(award))
        case Walked(track):
            return _walked(track, step)
        case Distinct(verb, _least):
            return _distinct(verb, step)
        case Sum(_verb, figure, _least):
            return _figure(figure, step)
        case Count(verb, _least, theme):
            words = _counted(verb, step)
            return (
                _("%(words)s in “%(theme)s”", words=words, theme=_theme(theme)) if theme else words
            )


def _walked(key: str, step: Step) -> str:
    track = releases.current().tracks.get(key)
    return ngettext(
        "%(have)s of %(num)s step of the track “%(title)s”",
        "%(have)s of %(num)s steps of the track “%(title)s”",
        step.need,
        have=step.have,
        title=track.title.said(language()) if track else key,
    )


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
