"""The minute: each type of question, asked and explained."""

from academy.catalog.tree import Question, QuestionType
from tests import factories
from tests.journeys.rounds import ask_today, question_of
from tests.journeys.visit import PLACES, Visit, Way, place


@place
def minute_explained_right(visit: Visit) -> None:
    answered_in_browser(visit, question_of(visit.served, QuestionType.SITUATION), right=True)
    visit.see(".verdict-right")


@place
def minute_explained_unknown(visit: Visit) -> None:
    asked(visit, question_of(visit.served, QuestionType.MATCHING))
    visit.page.locator("[name=dont_know]").click()
    visit.see(".verdict-unsure")


@place
def minute_refused(visit: Visit) -> None:
    asked(visit, question_of(visit.served, QuestionType.NUMERIC))
    visit.hand.send()
    visit.see(".field-error")


@place
def minute_done(visit: Visit) -> None:
    with visit.served.behind():
        factories.do_round(visit.person, visit.now)
    visit.open("/minute", ".outcomes")


def asked(visit: Visit, question: Question) -> None:
    """The minute asks this."""
    with visit.served.behind():
        ask_today(visit.person, visit.now, question)
    visit.open("/minute", f".ask-{question.type}")


def answered_in_browser(visit: Visit, question: Question, right: bool) -> None:
    asked(visit, question)
    visit.hand.answer(visit.page.locator("fieldset.ask"), right)
    visit.see(".review")


def _minute_of(kind: QuestionType) -> Way:
    return lambda visit: asked(visit, question_of(visit.served, kind))


def _wrong_minute_of(kind: QuestionType) -> Way:
    return lambda visit: answered_in_browser(visit, question_of(visit.served, kind), right=False)


for _kind in QuestionType:
    PLACES[f"minute of {_kind}"] = _minute_of(_kind)
    PLACES[f"minute explained wrong {_kind}"] = _wrong_minute_of(_kind)
