"""Days off told afterwards: rows of working days are looked at again, and what they deserve is granted."""

from datetime import date, datetime
from functools import partial

from academy.deeds import queries as log
from academy.deeds.services import Act
from academy.deeds.verbs import Verb
from academy.folio import services as folio
from academy.people.workdays import queries as workdays
from academy.rewards import badges, diary, queries, services
from academy.rewards.rules import Facts
from academy.rewards.services import NOTHING, Earned


def look_back(person_id: int, at: datetime, today: date) -> Earned:
    """Grant what the days kept deserve under the person's calendar as it is now.

    Nothing is ever taken away, and twice is as good as once. Its cost does not grow with the history.
    """
    page, plan = folio.open_page(person_id), badges.in_force()
    calendar = workdays.calendar_of(person_id, today)
    verbs = [
        verb
        for verb, watched in plan.watched.items()
        if watched.runs and diary.look_again(page.tallies, verb, watched.runs, calendar)
    ]
    if not verbs:
        folio.keep(page)  # when to look next may have changed
        return NOTHING
    held = frozenset(page.awards)
    asked = services.steps_asked(each for each in badges.current().values() if each.key not in held)
    done = queries.done(person_id, frozenset[str]().union(*asked.values()))
    act = Act(person_id, Verb.AWARD_EARNED, "", at, today, "")
    facts = Facts(page.tallies, held, asked, done, ever=services.ever(page))
    met = (services.of_theirs(act, facts, partial(plan.met, verb)) for verb in verbs)
    keys = tuple(dict.fromkeys(key for found in met for key in found))
    last = log.latest(person_id, verbs, 1)[0]
    return services.bring(page, act, last.id, keys)
