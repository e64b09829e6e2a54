"""Web processes killed under people's hands: whoever was told "kept" finds it kept, once."""

import pytest
from flask import Flask

from tests.faults.conftest import LONG, Serve
from tests.faults.hosts import kill, until
from tests.faults.mornings import ACTS, check, prepared

pytestmark = pytest.mark.faults

PEOPLE = 100 if LONG else 12
WEB = 2


def test_web_processes_killed_in_the_middle_of_a_morning_take_nothing_with_them(
    app: Flask, serve: Serve
) -> None:
    """One of two dies, and then the one that started both, with all it had started."""
    host = serve(app, web=WEB)
    morning = prepared(app, PEOPLE)
    victims = [host.web_processes[0], host.granian]

    with morning.lived([host]) as tally:
        for death, victim in enumerate(victims, 1):
            tally.reached(death * PEOPLE * ACTS // (len(victims) + 1))
            kill(victim)

    check(morning)
    assert morning.tally.broken == []
    assert "The web server died (-9); it starts again in 1 s." in host.said
    until(lambda: len(host.web_processes) == WEB, what="the last web process")
    assert not {host.granian, *host.web_processes} & set(victims)
