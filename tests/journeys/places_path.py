"""The voyage of the Envelope, and my path: begun, half-way, arrived; empty, full, spoken of."""

from academy.catalog import releases
from academy.daily.hearing import Word
from academy.daily.path import services as path
from academy.database import db
from tests import factories
from tests.journeys.visit import Visit, place


@place
def voyage_invitation(visit: Visit) -> None:
    assert visit.person
    visit.open("/placement", ".voyage-terms")


@place
def voyage_scene(visit: Visit) -> None:
    with visit.served.behind():
        factories.sail(visit.person, visit.now, scenes=5)
    visit.open("/placement/scene", ".voyage-tale")


@place
def voyage_half_way_at_home(visit: Visit) -> None:
    with visit.served.behind():
        factories.sail(visit.person, visit.now, scenes=2)
    visit.open("/", ".voyage-invite")


@place
def voyage_letter(visit: Visit) -> None:
    with visit.served.behind():
        factories.sail(visit.person, visit.now, right=False)
    visit.open("/placement", ".traveller")
    visit.page.locator(".letter-head").click()
    visit.see(".letter .folded")


@place
def path_of_a_newcomer(visit: Visit) -> None:
    assert visit.person
    visit.open("/path", ".map")


@place
def path_with_history(visit: Visit) -> None:
    assert visit.regular
    visit.open("/path", ".notion-lines")


@place
def path_of_a_theme_with_words_said(visit: Visit) -> None:
    with visit.served.behind():
        first, second = releases.current().modules["changes"].notions[:2]
        path.say(visit.person.id, first, Word.NOT_MINE, visit.now)
        path.say(visit.person.id, second, Word.KNOWN, visit.now)
        db.session.commit()
    visit.open("/path/themes/culture", ".say-undo")


@place
def path_of_an_empty_state(visit: Visit) -> None:
    assert visit.person
    visit.open("/path/states/fading", ".crumbs")
