"""Tracks and seasons: mine and others, begun, walked to the end, and what is to come."""

from academy.catalog import releases
from academy.database import db
from academy.tracks import services as tracks
from tests import factories
from tests.journeys.visit import Visit, place

TRACK = "safe-at-work"


@place
def tracks_mine_and_others(visit: Visit) -> None:
    _follow(visit)
    visit.open("/tracks", "#mine-title")


@place
def track_offered(visit: Visit) -> None:
    assert visit.person
    visit.open(f"/tracks/{TRACK}", ".stamp-waiting")


@place
def track_begun(visit: Visit) -> None:
    _follow(visit)
    with visit.served.behind():
        factories.read_lesson(visit.person, "phish-fake-plumber", visit.now)
    visit.open(f"/tracks/{TRACK}", ".trail-step.is-next")


@place
def track_walked(visit: Visit) -> None:
    _follow(visit)
    with visit.served.behind():
        for step in releases.current().tracks[TRACK].steps:
            if step.kind == "lesson":
                factories.read_lesson(visit.person, step.key, visit.now)
        factories.sit_quiz(visit.person, "doors", visit.now)
    visit.open(f"/tracks/{TRACK}", ".stamp-granted")


@place
def track_with_steps_to_come(visit: Visit) -> None:
    assert visit.person
    visit.open("/tracks/workshop-of-tomorrow", ".trail-step.is-announced")


@place
def seasons_page(visit: Visit) -> None:
    assert visit.person
    visit.open("/seasons", ".coming")


@place
def lesson_to_come(visit: Visit) -> None:
    assert visit.person
    visit.open("/lessons/real-virtual-twin", ".empty")


def _follow(visit: Visit) -> None:
    with visit.served.behind():
        tracks.follow(visit.person.id, releases.current().tracks[TRACK], visit.now)
        db.session.commit()
